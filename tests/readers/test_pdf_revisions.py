"""Earlier saved revisions, and objects that nothing refers to."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from test_pdf_annotations import annotate, appearance

from countermark.model import Document, Line, ProblemKind, Unseen, Zone
from countermark.readers.pdf.revisions import revision_ends
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.passwords import Passwords
from support.needs import CORPUS
from support.pdf_files import BODY, changed, page, pdf

if TYPE_CHECKING:
    from collections.abc import Callable


def updated(data: bytes, change: Callable[[PdfWriter], Any]) -> bytes:
    """The PDF with an incremental update."""
    writer = PdfWriter(BytesIO(data), incremental=True)
    change(writer)
    target = BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(data)
    return target.getvalue()


def shows(writer: PdfWriter, other: bytes, number: int = 0) -> None:
    """Let a page show what the first page of another PDF shows."""
    contents = DecodedStreamObject()
    contents.set_data(PdfReader(BytesIO(other)).pages[0].get_contents().get_data())  # type: ignore[union-attr]
    writer.pages[number][NameObject("/Contents")] = writer._add_object(contents)


def opened(data: bytes, limits: Limits | None = None, password: str = "") -> Document:
    return read(data, "test.pdf", limits or Limits(), passwords=Passwords([password]))


def revised(document: Document) -> list[tuple[int | None, str, str | None]]:
    found: list[tuple[int | None, Line]] = [(None, line) for line in document.lines]
    found = [(each.number, line) for each in document.pages for line in each.lines] + found
    return [(number, line.text, line.part) for number, line in found if line.zone is Zone.revision]


def unused(document: Document) -> list[str]:
    lines = [line for line in document.lines if line.unseen is Unseen.unused]
    assert all(line.zone is Zone.hidden and (line.part or "").startswith("object ") for line in lines)
    return [line.text for line in lines]


def test_what_an_earlier_revision_showed_is_told_on_its_page() -> None:
    first = pdf(page("UK TOP SECRET", "UK SECRET"), page("UK TOP SECRET", "UK SECRET"))
    second = updated(first, lambda writer: shows(writer, pdf(page("UK OFFICIAL", "UK SECRET")), 1))
    third = updated(second, lambda writer: writer.add_metadata({"/Note": "Trials"}))
    document = opened(third)
    assert revised(document) == [(2, "UK TOP SECRET", "revision 1")]
    line = document.pages[1].lines[-1]
    assert line.box is not None
    assert line.box.y0 < 60
    assert not document.problems
    assert unused(document) == []


def test_annotations_bookmarks_and_properties_of_an_earlier_revision_are_told() -> None:
    def first(writer: PdfWriter) -> None:
        annotate(writer, "/FreeText", Contents="UK TOP SECRET")
        writer.add_outline_item(title="UK SECRET annex", page_number=0)
        writer.add_metadata({"/Title": "UK SECRET title"})

    def second(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Annots")] = ArrayObject()
        writer.root_object[NameObject("/Outlines")] = DictionaryObject()
        writer.add_metadata({"/Title": "plain"})

    document = opened(updated(changed(pdf(page("UK SECRET")), first), second))
    part = "revision 1"
    assert revised(document) == [
        (1, "UK TOP SECRET", part),
        (None, "UK SECRET annex", part),
        (None, "UK SECRET title", part),
    ]


def test_a_page_that_is_gone_is_told_without_page() -> None:
    first = pdf(page("UK SECRET"), page("UK TOP SECRET", body=["gone"]))

    def remove(writer: PdfWriter) -> None:
        pages = writer.root_object["/Pages"]
        kept = ArrayObject(pages["/Kids"][:1])  # type: ignore[index]
        pages.update({NameObject("/Kids"): kept, NameObject("/Count"): NumberObject(1)})  # type: ignore[attr-defined]

    document = opened(updated(first, remove))
    assert revised(document) == [(None, "UK TOP SECRET", "revision 1"), (None, "gone", "revision 1")]
    assert unused(document) == []


def test_an_inserted_page_changes_nothing_that_was_there() -> None:
    first = pdf(page("UK SECRET", body=["one"]), page("UK SECRET", body=["two"]))

    def insert(writer: PdfWriter) -> None:
        writer.insert_page(PdfReader(BytesIO(pdf(page("UK SECRET", body=["new"])))).pages[0], 0)

    assert revised(opened(updated(first, insert))) == []


def test_the_number_of_revisions_is_limited_and_the_latest_are_read() -> None:
    data = pdf(page("oldest"))
    for head in ("middle", "later", "last"):
        data = updated(data, partial(shows, other=pdf(page(head))))
    document = opened(data, Limits(revisions=2))
    assert [text for _, text, _ in revised(document)] == ["middle", "later"]
    [problem] = document.problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "revisions")


@pytest.mark.parametrize(
    "inside", [b"startxref\n123456\n%%EOF\n", b"%%EOF\n%%EOF\n", b"startxref\n99999999999999999999\n%%EOF"]
)
def test_ends_that_lead_to_no_cross_references_are_no_revisions(inside: bytes) -> None:
    data = pdf(page("UK SECRET"))
    assert revision_ends(data) == []
    assert revision_ends(data + inside) == []
    attached = changed(data, lambda writer: writer.add_attachment("inner.pdf", pdf(page("inner"))))
    assert revision_ends(attached) == []


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "revisions"),
    [
        ("pypdf/resources__issue-301", 0),  # linearized
        ("pypdf/resources__pdflatex-outline", 0),
        ("pypdf/resources__commented", 2),
        ("docling/tests__data__odf__sources__odf_presentation_01.odp", 1),
    ],
)
def test_revisions_in_files_by_others_are_counted(name: str, revisions: int) -> None:
    assert len(revision_ends((CORPUS / f"{name}.pdf").read_bytes())) == revisions


def orphan(kind: str, writer: PdfWriter) -> None:
    """Add an object that nothing refers to and that says UK TOP SECRET."""
    lost: Any = DictionaryObject()
    match kind:
        case "form":
            appearance(writer, "UK TOP SECRET")
            return
        case "content":
            lost = DecodedStreamObject()
            lost.set_data(b"BT /F1 12 Tf 72 700 Td (UK TOP SECRET) Tj ET")
        case "annotation":
            lost[NameObject("/Contents")] = TextStringObject("UK TOP SECRET")
            lost[NameObject("/P")] = writer.pages[0].indirect_reference
        case "string":
            lost = TextStringObject("UK TOP SECRET")
        case "page":
            other = writer.add_page(PdfReader(BytesIO(pdf(page("UK TOP SECRET", body=[])))).pages[0])
            pages = writer.root_object["/Pages"]
            del pages["/Kids"][-1]  # type: ignore[index]
            pages[NameObject("/Count")] = NumberObject(1)  # type: ignore[index]
            note = DictionaryObject({NameObject("/P"): other.indirect_reference})
            other[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])  # they hold each other
            return
    writer._add_object(lost)


@pytest.mark.parametrize("kind", ["form", "content", "annotation", "string", "page"])
@pytest.mark.parametrize("packed", [False, True])
def test_text_of_an_object_that_nothing_refers_to_is_told(kind: str, packed: bool) -> None:
    data = changed(pdf(page("UK SECRET", body=BODY)), lambda writer: orphan(kind, writer))
    assert b"UK TOP SECRET" in data or kind == "page"
    document = opened(in_object_streams(data) if packed else data)
    assert unused(document) == ["UK TOP SECRET"]
    assert document.problems == ()
    assert revised(document) == []


def in_object_streams(data: bytes) -> bytes:
    """The PDF with its dictionaries and strings in an object stream (ISO 32000-1, 7.5.7)."""
    reader = PdfReader(BytesIO(data))
    numbers = sorted(number for entries in reader.xref.values() for number in entries)
    bodies, rows, out = {}, {0: (0, 0, 65535)}, bytearray(b"%PDF-1.7\n")
    for number in numbers:
        written = BytesIO()
        found = reader.get_object(IndirectObject(number, 0, reader))
        found.write_to_stream(written)  # type: ignore[union-attr]
        if b"stream" in written.getvalue():
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, written.getvalue())
        else:
            bodies[number] = written.getvalue()
    container = max(numbers) + 1
    heads, content = [], b""
    for index, (number, body) in enumerate(bodies.items()):
        rows[number] = (2, container, index)
        heads.append(b"%d %d" % (number, len(content)))
        content += body + b"\n"
    head = b" ".join(heads) + b"\n"
    rows[container] = (1, len(out), 0)
    entry = b"/Type/ObjStm/N %d/First %d/Length %d" % (len(bodies), len(head), len(head + content))
    out += b"%d 0 obj\n<<%b>>stream\n%b\nendstream\nendobj\n" % (container, entry, head + content)
    start = len(out)
    rows[container + 1] = (1, start, 0)
    size = container + 2
    packed = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + last.to_bytes(2, "big")
        for kind, place, last in (rows.get(number, (0, 0, 0)) for number in range(size))
    )
    root, info = (reader.trailer.raw_get(key).idnum for key in ("/Root", "/Info"))
    entry = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R" % (size, root, info)
    entry += b"/Length %d" % len(packed)
    out += b"%d 0 obj\n<<%b>>stream\n%b\nendstream\nendobj\n" % (container + 1, entry, packed)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


@pytest.mark.parametrize("limit", [0, 200])
def test_an_embedded_file_that_nothing_refers_to_is_a_child(limit: int) -> None:
    first = changed(pdf(page()), lambda writer: writer.add_attachment("a.pdf", pdf(page("UK TOP SECRET"))))

    def remove(writer: PdfWriter) -> None:
        del writer.root_object["/Names"]

    document = opened(updated(first, remove), Limits(children=limit))
    heads = [line.text for child in document.children for line in child.pages[0].lines]
    assert ("UK TOP SECRET" in heads) == bool(limit)
    assert [problem.args["limit"] for problem in document.problems] == ([] if limit else ["children"])


def test_what_the_document_says_anyway_is_not_told_of_unused_objects() -> None:
    def add(writer: PdfWriter) -> None:
        writer._add_object(TextStringObject("UK SECRET"))

    assert unused(opened(changed(pdf(page("UK SECRET")), add))) == []


def test_the_number_of_unused_objects_is_limited() -> None:
    def add(writer: PdfWriter) -> None:
        for number in range(3):
            writer._add_object(TextStringObject(f"text {number}a"))

    document = opened(changed(pdf(page("UK SECRET")), add), Limits(unused=2))
    assert unused(document) == ["text 0a", "text 1a"]
    [problem] = document.problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "unused")
