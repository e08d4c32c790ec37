"""What a PDF carries besides its text: properties, labels, annotations, embedded files."""

from __future__ import annotations

import logging
from functools import partial
from io import BytesIO
from logging.handlers import BufferingHandler
from typing import TYPE_CHECKING

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.annotations import FreeText, Popup, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from countermark.model import Document, Problem, ProblemKind, Zone
from countermark.readers.pdf.document_parts import open_structure
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import changed, dictionary, page, pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pypdf import PdfWriter

GUID = "11111111-2222-3333-4444-555555555555"


def opened(change: Callable[[PdfWriter], Any], limits: Limits | None = None) -> Document:
    return read(changed(pdf(page("UK SECRET", "UK SECRET")), change), "test.pdf", limits or Limits())


def notes(document: Document) -> list[str]:
    return [line.text for line in document.pages[0].lines if line.zone in (Zone.annotation, Zone.comment)]


def with_xmp(packet: str | bytes) -> Document:
    content = packet if isinstance(packet, bytes) else packet.encode()
    return opened(lambda writer: setattr(writer, "xmp_metadata", content))


def xmp(inside: str) -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">{inside}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    )


def test_a_sensitivity_label_in_information_and_xmp_is_one_label() -> None:
    def describe(writer: PdfWriter) -> None:
        writer.add_metadata({f"/MSIP_Label_{GUID}_Name": "UK SECRET", f"/MSIP_Label_{GUID}_Enabled": "True"})
        writer.xmp_metadata = xmp(
            f"<pdfx:MSIP_Label_{GUID}_Name>UK SECRET</pdfx:MSIP_Label_{GUID}_Name>"
            f"<pdfx:MSIP_Label_{GUID}_Enabled>true</pdfx:MSIP_Label_{GUID}_Enabled>"
        ).encode()

    [label] = opened(describe).labels
    assert (label.text, label.enabled) == ("UK SECRET", True)


def test_metadata_of_a_page_are_read_like_the_documents() -> None:
    def describe(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(
            xmp(f"<pdfx:MSIP_Label_{GUID}_Name>UK TOP SECRET</pdfx:MSIP_Label_{GUID}_Name>").encode()
        )
        stream[NameObject("/Type")] = NameObject("/Metadata")
        writer.pages[0][NameObject("/Metadata")] = writer._add_object(stream)
        writer.xmp_metadata = xmp("<pdfx:Sensitivity>UK SECRET</pdfx:Sensitivity>").encode()

    document = opened(describe)
    assert [label.text for label in document.labels] == ["UK TOP SECRET", "UK SECRET"]
    assert ("pdfx:Sensitivity", "UK SECRET") in [(item.name, item.value) for item in document.properties]
    assert not document.problems


def test_labels_that_disagree_are_both_told() -> None:
    def describe(writer: PdfWriter) -> None:
        writer.add_metadata({f"/MSIP_Label_{GUID}_Name": "UK SECRET"})
        writer.xmp_metadata = xmp(
            f"<pdfx:MSIP_Label_{GUID}_Name>UK OFFICIAL</pdfx:MSIP_Label_{GUID}_Name>"
        ).encode()

    assert [label.text for label in opened(describe).labels] == ["UK SECRET", "UK OFFICIAL"]


@pytest.mark.parametrize(
    "packet",
    [
        '<!DOCTYPE x [<!ENTITY e "UK SECRET">]>' + xmp("<pdfx:Sensitivity>&e;</pdfx:Sensitivity>"),
        ('<!DOCTYPE x [<!ENTITY e "UK SECRET">]>' + xmp("<pdfx:A>&e;</pdfx:A>")).encode("utf-16"),
        "<x:xmpmeta",
    ],
)
def test_metadata_that_is_unsafe_or_broken_costs_itself_only(packet: str | bytes) -> None:
    document = with_xmp(packet)
    assert [line.text for line in document.pages[0].lines if line.zone is Zone.header] == ["UK SECRET"]
    assert [problem.kind for problem in document.problems] == [ProblemKind.part_unreadable]
    assert not [item for item in document.properties if item.source == "XMP"]
    assert not document.labels


def test_what_is_well_formed_in_broken_metadata_is_read() -> None:
    label = f"<pdfx:MSIP_Label_{GUID}_Name>UK SECRET</pdfx:MSIP_Label_{GUID}_Name>"
    document = with_xmp(xmp(label).replace("</rdf:RDF>", "</rdf:Wrong>"))
    assert [problem.kind for problem in document.problems] == [ProblemKind.part_unreadable]
    assert [label.text for label in document.labels] == ["UK SECRET"]


def test_a_stanag_label_is_told_with_its_privacy_mark_and_categories() -> None:
    label = (
        '<c:ConfidentialityInformation xmlns:c="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">'
        "<c:PolicyIdentifier>UK</c:PolicyIdentifier><c:Classification>SECRET</c:Classification>"
        "<c:PrivacyMark>COMMERCIAL</c:PrivacyMark><c:Category TagName='Releasable To' Type='PERMISSIVE'>"
        "<c:GenericValue>JPN</c:GenericValue><c:GenericValue>GBR</c:GenericValue></c:Category>"
        "</c:ConfidentialityInformation>"
    )
    document = with_xmp(xmp(label))
    assert [label.text for label in document.labels] == ["UK SECRET"]
    told = {item.name: item.value for item in document.properties}
    assert told["STANAG 4774 PrivacyMark"] == "COMMERCIAL"
    assert told["STANAG 4774 Releasable To"] == "JPN GBR"


@pytest.mark.parametrize("place", ["document", "page"])
def test_an_associated_file_is_a_child(place: str) -> None:
    def attach(writer: PdfWriter) -> None:
        file = specification(writer, "data.txt", b"plain")
        holder = writer.root_object if place == "document" else writer.pages[0]
        holder[NameObject("/AF")] = ArrayObject([file.indirect_reference])

    assert [child.name for child in opened(attach).children] == ["data.txt"]


def test_the_files_of_a_portfolio_are_children() -> None:
    def collect(writer: PdfWriter) -> None:
        writer.add_attachment("one.txt", b"plain")
        writer.add_attachment("two.txt", b"simple")
        writer.root_object[NameObject("/Collection")] = DictionaryObject()

    assert [child.name for child in opened(collect).children] == ["one.txt", "two.txt"]


def test_a_popup_does_not_repeat_its_note() -> None:
    def annotate(writer: PdfWriter) -> None:
        writer.add_annotation(0, Text(text="UK TOP SECRET", rect=(100, 400, 120, 420)))
        popup = Popup(rect=(100, 300, 300, 400))
        popup[NameObject("/Contents")] = TextStringObject("UK TOP SECRET")
        writer.add_annotation(0, popup)

    assert notes(opened(annotate)) == ["UK TOP SECRET"]


def test_a_note_that_says_what_the_page_says_is_still_told() -> None:
    note = FreeText(text="UK SECRET", rect=(100, 400, 300, 430))
    assert notes(opened(lambda writer: writer.add_annotation(0, note))) == ["UK SECRET"]


def test_each_line_of_a_note_is_a_line_numbered_after_the_page() -> None:
    note = FreeText(text="first\rsecond", rect=(100, 400, 300, 430))
    document = opened(lambda writer: writer.add_annotation(0, note))
    lines = document.pages[0].lines
    assert notes(document) == ["first", "second"]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_a_file_in_an_annotation_is_a_child() -> None:
    inner = pdf(page("UK TOP SECRET"))
    document = opened(lambda writer: attach_note(writer, specification(writer, "note.pdf", inner)))
    assert [child.name for child in document.children] == ["note.pdf"]


def test_a_file_in_a_nested_name_tree_is_a_child() -> None:
    def nest(writer: PdfWriter) -> None:
        leaf = DictionaryObject({NameObject("/Names"): names(writer, "deep.txt")})
        kids = ArrayObject([writer._add_object(leaf)])
        tree = writer._add_object(DictionaryObject({NameObject("/Kids"): kids}))
        kids.append(tree)  # a tree that holds itself
        name_tree(writer, tree)

    assert [child.name for child in opened(nest).children] == ["deep.txt"]


def test_a_file_that_is_named_twice_is_read_once() -> None:
    def attach(writer: PdfWriter) -> None:
        file = specification(writer, "one.txt", b"plain")
        attach_note(writer, file)
        attach_note(writer, file)

    assert len(opened(attach).children) == 1


def test_a_damaged_embedded_file_costs_itself_only() -> None:
    def attach(writer: PdfWriter) -> None:
        file = specification(writer, "bad.txt", b"plain")
        dictionary(dictionary(file["/EF"])["/F"])[NameObject("/Filter")] = NameObject("/NoSuchFilter")
        attach_note(writer, file)
        attach_note(writer, specification(writer, "good.txt", b"plain"))

    document = opened(attach)
    assert [child.name for child in document.children] == ["good.txt"]
    [problem] = document.problems
    assert (problem.kind, problem.args) == (ProblemKind.part_unreadable, {"part": "bad.txt"})


def test_the_number_of_embedded_files_is_limited() -> None:
    def attach(writer: PdfWriter) -> None:
        for number in range(4):
            writer.add_attachment(f"{number}.txt", str(number).encode())

    document = opened(attach, Limits(children=3))
    assert len(document.children) == 3
    [problem] = document.problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "children")


def test_pypdf_logs_nothing_of_what_it_reads(capfd: pytest.CaptureFixture[str]) -> None:
    def break_annotations(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Annots")] = NumberObject(7)

    root = logging.getLogger()
    handler = BufferingHandler(capacity=1000)
    root.addHandler(handler)
    try:
        document = opened(break_annotations)
        read(b"%PDF-1.4\n1 0 obj\n<</Secret(UK SECRET)>>\nendobj\ntrailer\n<<>>", "x.pdf", Limits())
    finally:
        root.removeHandler(handler)
    assert not handler.buffer
    assert capfd.readouterr() == ("", "")
    assert [problem.kind for problem in document.problems] == [ProblemKind.part_unreadable]


def specification(writer: PdfWriter, name: str, content: bytes) -> DictionaryObject:
    stream = StreamObject()
    stream.set_data(content)
    file = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/UF"): TextStringObject(name),
            NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(stream)}),
        }
    )
    writer._add_object(file)
    return file


def attach_note(writer: PdfWriter, file: DictionaryObject) -> None:
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FileAttachment"),
            NameObject("/Rect"): ArrayObject([NumberObject(number) for number in (10, 10, 30, 30)]),
            NameObject("/FS"): file.indirect_reference,
        }
    )
    notes_of_page = writer.pages[0].setdefault(NameObject("/Annots"), ArrayObject())
    notes_of_page.append(writer._add_object(note))


def names(writer: PdfWriter, name: str) -> ArrayObject:
    return ArrayObject([TextStringObject(name), specification(writer, name, b"plain").indirect_reference])


def name_tree(writer: PdfWriter, tree: Any) -> None:
    files = DictionaryObject({NameObject("/EmbeddedFiles"): tree})
    writer.root_object[NameObject("/Names")] = writer._add_object(files)


def test_problems_name_texts_of_the_catalogue() -> None:
    from countermark.support.messages import LANGUAGES, text

    damaged = read(b"%PDF-1.7\nrubbish\n%%EOF\n", "x.pdf", Limits())
    problems: list[Problem] = [*damaged.problems, *with_xmp("<x").problems]
    assert problems
    for problem in problems:
        for lang in LANGUAGES:
            assert "{" not in text(lang, f"reasons.{problem.reason}", problem.args)


@given(
    number=st.integers(0, 10**11),
    generation=st.integers(0, 10**6),
    blanks=st.lists(st.text(" \t\r\n\0\x0c", min_size=1, max_size=60), min_size=4, max_size=4),
    before=st.sampled_from(["", "", "", " ", "%comment\n", "x"]),
)
def test_headers_of_objects_are_read_as_pypdf_reads_them(
    number: int, generation: int, blanks: list[str], before: str
) -> None:
    header = f"{before}{number}{blanks[0]}{generation}{blanks[1]}obj{blanks[2]}<</A 1>>{blanks[3]}endobj"
    usual = f"{number} {generation} obj{blanks[2]}<<>>"
    reader = open_structure(pdf(page()))
    for written in (header.encode(), usual.encode()):
        told: list[tuple[object, int]] = []
        for read_header in (reader.read_object_header, partial(pypdf.PdfReader.read_object_header, reader)):
            stream = BytesIO(written)
            found: object
            try:
                found = read_header(stream)
            except Exception as error:
                told.append((type(error), 0))
            else:
                told.append((found, stream.tell()))
        assert told[0] == told[1]
