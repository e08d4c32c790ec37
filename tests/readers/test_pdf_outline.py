"""Bookmarks, page labels, and what a PDF would do if it were let."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from test_pdf_annotations import annotate

from countermark.model import Document, ProblemKind, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.messages import LANGUAGES, text
from support.needs import CORPUS
from support.pdf_files import changed, dictionary, page, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PdfWriter


def opened(change: Callable[[PdfWriter], Any], limits: Limits | None = None) -> Document:
    return read(changed(pdf(page()), change), "test.pdf", limits or Limits())


def outline(writer: PdfWriter) -> None:
    above = writer.add_outline_item(title="UK SECRET", page_number=0)
    writer.add_outline_item(title="UK TOP SECRET", page_number=0, parent=above)
    last = dictionary(writer.add_outline_item(title="plain", page_number=0))
    last[NameObject("/Next")] = above  # an outline that comes back to its beginning


def test_bookmarks_are_told_in_order_and_each_once() -> None:
    lines = opened(outline).lines
    assert [line.text for line in lines] == ["UK SECRET", "UK TOP SECRET", "plain"]
    assert {line.zone for line in lines} == {Zone.bookmark}
    assert [line.number for line in lines] == [1, 2, 3]


def test_the_number_of_bookmarks_is_limited() -> None:
    document = opened(outline, Limits(bookmarks=2))
    assert [line.text for line in document.lines] == ["UK SECRET", "UK TOP SECRET"]
    [problem] = document.problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "bookmarks")


def test_prefixes_of_page_labels_are_told() -> None:
    def label(writer: PdfWriter) -> None:
        prefixes = [DictionaryObject({NameObject("/P"): TextStringObject("UK SECRET ")})] * 2
        numbers = ArrayObject([NumberObject(0), prefixes[0], NumberObject(1), prefixes[1]])
        kid = writer._add_object(DictionaryObject({NameObject("/Nums"): numbers}))
        labels = DictionaryObject({NameObject("/Kids"): ArrayObject([kid])})
        writer.root_object[NameObject("/PageLabels")] = writer._add_object(labels)

    [line] = opened(label).lines
    assert (line.text, line.zone, line.part) == ("UK SECRET", Zone.property, "page labels")


def action(kind: str, **entries: Any) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/S"): NameObject(f"/{kind}"),
            **{NameObject(f"/{key}"): each for key, each in entries.items()},
        }
    )


KINDS = ("JavaScript", "Launch", "URI", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition")
CLICKED = ("annotation", "next", "bookmark")


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (kind, place)
        for kind in KINDS
        for place in ("open", "page", *CLICKED)
        if kind != "URI" or place not in CLICKED
    ],
)
def test_active_content_is_told_and_not_followed(kind: str, place: str) -> None:
    def add(writer: PdfWriter) -> None:
        acts = action(kind)
        triggers = DictionaryObject({NameObject("/O"): acts})
        match place:
            case "open":
                writer.root_object[NameObject("/OpenAction")] = acts
            case "page":
                writer.pages[0][NameObject("/AA")] = triggers
            case "annotation":
                annotate(writer, "/Link", A=acts)
            case "next":
                annotate(writer, "/Link", A=action("GoTo", Next=ArrayObject([acts])))
            case "bookmark":
                item = dictionary(writer.add_outline_item(title="plain", page_number=0))
                item[NameObject("/A")] = acts

    [problem] = opened(add).problems
    assert (problem.kind, problem.args) == (ProblemKind.active_content, {"kinds": kind})
    assert all(kind in text(lang, f"reasons.{problem.reason}", problem.args) for lang in LANGUAGES)


def test_all_kinds_are_told_in_one_problem() -> None:
    def add(writer: PdfWriter) -> None:
        scripts = DictionaryObject({NameObject("/Names"): ArrayObject()})
        names = DictionaryObject({NameObject("/JavaScript"): writer._add_object(scripts)})
        writer.root_object[NameObject("/Names")] = names
        annotate(writer, "/RichMedia")
        annotate(writer, "/Link", A=action("Launch"))

    [problem] = opened(add).problems
    assert problem.args == {"kinds": "JavaScript, Launch, RichMedia"}


def test_a_web_link_that_waits_for_a_click_is_not_active_content() -> None:
    assert not opened(lambda writer: annotate(writer, "/Link", A=action("URI"))).problems


def test_moving_within_the_document_is_not_active_content() -> None:
    assert not opened(lambda writer: annotate(writer, "/Link", A=action("GoTo"))).problems


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("pypdf/resources__SF424_page2", "JavaScript, Launch"),
        ("sample-files/010-pdflatex-forms__pdflatex-forms", "SubmitForm"),
    ],
)
def test_active_content_in_files_by_others_is_found(name: str, kinds: str) -> None:
    document = read((CORPUS / f"{name}.pdf").read_bytes(), "a.pdf", Limits())
    assert [problem.args for problem in document.problems] == [{"kinds": kinds}]
