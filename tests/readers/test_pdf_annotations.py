"""Annotations: each text once, with its zone, place and why it is not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from countermark.model import Document, Line, ProblemKind, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.needs import CORPUS
from support.pdf_files import changed, page, pdf

if TYPE_CHECKING:
    from pypdf import PdfWriter

COMMENTS = ("/Text", "/Highlight", "/Popup")
NOTES = (Zone.annotation, Zone.comment)
RECT = (100, 400, 300, 430)
RICH = '<body xmlns="http://www.w3.org/1999/xhtml"><p>UK <b>TOP</b> SECRET</p><p>second</p></body>'


def rectangle(corners: tuple[float, ...]) -> ArrayObject:
    return ArrayObject([FloatObject(number) for number in corners])


def appearance(writer: PdfWriter, shown: str) -> Any:
    """A form XObject that shows one line."""
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 2 2 Td ({shown}) Tj ET".encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject({NameObject(key): NameObject(name) for key, name in font.items()})
    resources = {NameObject("/Font"): DictionaryObject({NameObject("/F1"): fonts})}
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): rectangle((0, 0, 200, 30)),
            NameObject("/Resources"): DictionaryObject(resources),
        }
    )
    return writer._add_object(stream)


def annotate(
    writer: PdfWriter, kind: str, shown: str = "", rect: tuple[float, ...] = RECT, **entries: Any
) -> DictionaryObject:
    """An annotation on the first page; `shown` is the text of its appearance stream."""
    note = DictionaryObject({NameObject("/Subtype"): NameObject(kind), NameObject("/Rect"): rectangle(rect)})
    for key, entry in entries.items():
        note[NameObject(f"/{key}")] = TextStringObject(entry) if type(entry) is str else entry
    if shown:
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): appearance(writer, shown)})
    notes = writer.pages[0].setdefault(NameObject("/Annots"), ArrayObject())
    notes.append(writer._add_object(note))
    return note


def opened(*args: Any, **entries: Any) -> Document:
    data = changed(pdf(page("UK SECRET", "UK SECRET")), lambda writer: annotate(writer, *args, **entries))
    return read(data, "test.pdf", Limits())


def notes(document: Document) -> list[Line]:
    edges = (Zone.header, Zone.footer, Zone.body)
    return [line for line in document.pages[0].lines if line.zone not in edges]


def texts(document: Document) -> list[str]:
    return [line.text for line in notes(document)]


@pytest.mark.parametrize(
    ("kind", "shown", "entries"),
    [
        ("/FreeText", "", {"Contents": "UK TOP SECRET"}),
        ("/FreeText", "UK TOP SECRET", {"Contents": "UK TOP\rSECRET"}),
        ("/FreeText", "UK TOP SECRET", {}),
        ("/Text", "", {"Contents": "UK TOP SECRET"}),
        ("/Highlight", "", {"Contents": "UK TOP SECRET"}),
        ("/Popup", "", {"Contents": "UK TOP SECRET"}),
        ("/Stamp", "UK TOP SECRET", {"Name": NameObject("/Draft")}),
        ("/Redact", "", {"OverlayText": "UK TOP SECRET"}),
        ("/FileAttachment", "", {"Contents": "UK TOP SECRET"}),
        ("/Line", "UK TOP SECRET", {}),
    ],
)
def test_the_text_of_an_annotation_is_told_once_with_its_place(
    kind: str, shown: str, entries: dict[str, Any]
) -> None:
    found = notes(opened(kind, shown, **entries))
    assert "".join(line.text for line in found).replace(" ", "") == "UKTOPSECRET"
    for line in found:
        assert (line.zone, line.unseen) == (Zone.comment if kind in COMMENTS else Zone.annotation, None)
        assert line.box is not None
        assert (line.box.x0, line.box.y0) == pytest.approx((100, 841.89 - 430), abs=1)


def test_a_watermark_annotation_is_a_watermark() -> None:
    [line] = notes(opened("/Watermark", "UK TOP SECRET"))
    assert (line.text, line.zone) == ("UK TOP SECRET", Zone.watermark)


def test_rich_text_is_told_where_it_differs() -> None:
    assert texts(opened("/FreeText", RC=RICH)) == ["UK TOP SECRET", "second"]
    assert texts(opened("/FreeText", RC=RICH, Contents="UK TOP SECRET\rsecond")) == [
        "UK TOP SECRET",
        "second",
    ]
    assert texts(opened("/FreeText", RC="<body><p>cut", Contents="note")) == ["note"]
    assert texts(opened("/FreeText", RC='<!DOCTYPE a [<!ENTITY e "SECRET">]><p>&e;</p>')) == []


def test_an_appearance_that_says_otherwise_is_told_too() -> None:
    assert texts(opened("/FreeText", "UK SECRET", Contents="UK OFFICIAL")) == ["UK OFFICIAL", "UK SECRET"]


def test_a_standard_stamp_that_shows_no_text_is_told_by_its_name() -> None:
    assert texts(opened("/Stamp", Name=NameObject("/TopSecret"))) == ["TOP SECRET"]


@pytest.mark.parametrize(
    ("entries", "unseen"),
    [
        ({"F": NumberObject(2)}, Unseen.hidden),
        ({"F": NumberObject(32 | 4)}, Unseen.hidden),
        ({"rect": (-300, 400, -100, 430)}, Unseen.off_page),
        ({"rect": (100, 900, 300, 930)}, Unseen.off_page),
        ({"rect": (100, 400, 100, 400)}, Unseen.size),
    ],
)
def test_an_annotation_that_is_not_seen_says_why(entries: dict[str, Any], unseen: Unseen) -> None:
    for shown, contents in (("", "UK TOP SECRET"), ("UK TOP SECRET", "")):
        [line] = notes(opened("/FreeText", shown, Contents=contents, **entries))
        assert (line.text, line.zone, line.unseen) == ("UK TOP SECRET", Zone.hidden, unseen)


@pytest.mark.parametrize("membership", [False, True])
def test_an_annotation_in_a_layer_that_is_off_is_not_seen(membership: bool) -> None:
    def annotate_layer(writer: PdfWriter) -> None:
        layer = DictionaryObject({NameObject("/Type"): NameObject("/OCG")})
        group = writer._add_object(layer)
        members = {NameObject("/Type"): NameObject("/OCMD"), NameObject("/OCGs"): group}
        off = DictionaryObject({NameObject("/OFF"): ArrayObject([group])})
        properties = {NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): off}
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(properties)
        content = writer._add_object(DictionaryObject(members)) if membership else group
        annotate(writer, "/FreeText", Contents="UK TOP SECRET", OC=content)

    [line] = notes(read(changed(pdf(page("UK SECRET")), annotate_layer), "test.pdf", Limits()))
    assert (line.zone, line.unseen) == (Zone.hidden, Unseen.layer)


def test_what_the_page_shows_in_the_same_place_is_told_once() -> None:
    over_head = (0, 780, 595, 841)
    assert texts(opened("/FreeText", "UK SECRET", rect=over_head, Contents="UK SECRET")) == []
    assert texts(opened("/FreeText", "UK SECRET", Contents="UK SECRET")) == ["UK SECRET"]


def test_a_broken_annotation_costs_its_page_only() -> None:
    def break_first(writer: PdfWriter) -> None:
        bad = NumberObject(7)
        note = annotate(writer, "/Text", Contents="UK TOP SECRET")
        writer.pages[1][NameObject("/Annots")] = ArrayObject([note])
        writer.pages[0][NameObject("/Annots")] = bad

    document = read(changed(pdf(page("a"), page("b")), break_first), "test.pdf", Limits())
    found = [line.text for line in document.pages[1].lines if line.zone in NOTES]
    assert found == ["UK TOP SECRET"]
    assert [problem.kind for problem in document.problems][:1] == [ProblemKind.part_unreadable]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pypdf/resources__commented", ["Note in second paragraph"]),
        ("pypdf/resources__example", ["A PDF with a JPEG image.", "Text comment"]),
        ("sample-files/024-annotations__annotated_pdf", ["This is a text annotation."]),
    ],
)
def test_annotations_in_files_by_others_are_found(name: str, expected: list[str]) -> None:
    document = read((CORPUS / f"{name}.pdf").read_bytes(), "a.pdf", Limits())
    found = [line.text for each in document.pages for line in each.lines if line.zone in NOTES]
    assert set(expected) <= set(found)
