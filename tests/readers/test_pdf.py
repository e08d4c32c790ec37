"""PDF files to Documents."""

from __future__ import annotations

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from countermark.model import Document, ProblemKind, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.needs import CORPUS
from support.pdf_files import BODY, changed, page, pdf


def opened(data: bytes, limits: Limits | None = None) -> Document:
    return read(data, "test.pdf", limits or Limits())


def texts(document: Document, zone: Zone, number: int = 1) -> list[str]:
    return [line.text for line in document.pages[number - 1].lines if line.zone is zone]


def kinds(document: Document) -> list[ProblemKind]:
    return [problem.kind for problem in document.problems]


def test_head_body_and_foot_are_told_apart() -> None:
    document = opened(pdf(page("UK SECRET", "UK SECRET")))
    assert texts(document, Zone.header) == ["UK SECRET"]
    assert texts(document, Zone.footer) == ["UK SECRET"]
    assert texts(document, Zone.body) == BODY
    assert not document.problems


def test_lines_have_place_size_and_weight() -> None:
    document = opened(pdf(page("UK SECRET", "UK SECRET")))
    head = document.pages[0].lines[0]
    assert head.box is not None
    assert head.box.y0 == pytest.approx(40 - 12, abs=6)
    assert (head.box.x0 + head.box.x1) / 2 == pytest.approx(595 / 2, abs=2)
    assert head.size == pytest.approx(12)
    assert head.centred
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx((595.28, 841.89), abs=1)
    assert [line.number for line in document.pages[0].lines] == [1, 2, 3, 4, 5]


def test_a_wide_gap_is_a_tab() -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        page()(canvas, width, height)
        canvas.drawString(60, height - 40, "UK SECRET")
        canvas.drawRightString(width - 60, height - 40, "Page 1 of 3")

    [head] = texts(opened(pdf(draw)), Zone.header) or [""]
    assert head.split("\t") == ["UK SECRET", "Page 1 of 3"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_rotated_page_is_read_as_seen(rotation: int) -> None:
    def turn(writer: PdfWriter) -> None:
        writer.pages[0].rotate(rotation)

    def draw(canvas: Canvas, width: float, height: float) -> None:
        """Drawn turned back, so that the page reads upright when shown."""
        if rotation == 90:
            canvas.translate(width, 0)
        elif rotation == 180:
            canvas.translate(width, height)
        else:
            canvas.translate(0, height)
        canvas.rotate({90: 90, 180: 180, 270: -90}[rotation])
        seen = (height, width) if rotation != 180 else (width, height)
        page("UK SECRET", "UK TOP SECRET")(canvas, *seen)

    document = opened(changed(pdf(draw), turn))
    assert texts(document, Zone.header) == ["UK SECRET"]
    assert texts(document, Zone.footer) == ["UK TOP SECRET"]
    head = document.pages[0].lines[0]
    assert head.box is not None
    assert head.box.y1 < 60


def test_a_landscape_page_printed_sideways_has_its_head_at_the_side() -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.translate(width, 0)
        canvas.rotate(90)
        page("UK SECRET", "UK TOP SECRET")(canvas, height, width)

    document = opened(pdf(draw))
    assert texts(document, Zone.header) == ["UK SECRET"]
    assert texts(document, Zone.footer) == ["UK TOP SECRET"]
    head = document.pages[0].lines[0]
    assert head.box is not None
    assert head.box.x1 < 60


def test_a_cropped_page_is_read_within_its_crop_box() -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox.upper_right = (595, 790)
        writer.pages[0].cropbox.lower_left = (0, 60)

    def draw(canvas: Canvas, width: float, height: float) -> None:
        page("UK SECRET", "UK SECRET")(canvas, width, height)
        canvas.drawCentredString(width / 2, 770, "UK OFFICIAL")
        canvas.drawCentredString(width / 2, 70, "UK OFFICIAL")

    document = opened(changed(pdf(draw), crop))
    assert texts(document, Zone.header) == ["UK OFFICIAL"]
    assert texts(document, Zone.footer) == ["UK OFFICIAL"]
    assert texts(document, Zone.hidden) == ["UK SECRET", "UK SECRET"]
    assert document.pages[0].height == pytest.approx(730)


def test_mixed_page_sizes_are_each_judged_by_their_own() -> None:
    def small(canvas: Canvas, *_: float) -> None:
        canvas.setPageSize((420, 298))
        page("UK SECRET", "UK SECRET")(canvas, 420, 298)

    document = opened(pdf(page("UK SECRET", "UK SECRET"), small))
    for number in (1, 2):
        assert texts(document, Zone.header, number) == ["UK SECRET"]
        assert texts(document, Zone.footer, number) == ["UK SECRET"]


def test_tilted_text_is_a_watermark() -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        page("UK SECRET", "UK SECRET")(canvas, width, height)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawCentredString(0, 0, "UK SECRET")

    assert texts(opened(pdf(draw)), Zone.watermark) == ["UK SECRET"]


@pytest.mark.parametrize("font", ["HeiseiMin-W3", "HeiseiKakuGo-W5"])
def test_japanese_text_of_cid_fonts_is_read(font: str) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(font))

    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFont(font, 14)
        canvas.drawCentredString(width / 2, height - 40, "日本国　極秘")
        canvas.drawString(60, height - 300, "試験の結果は別表のとおりである。")

    document = opened(pdf(draw))
    assert texts(document, Zone.header) in (["日本国　極秘"], ["日本国 極秘"])


def test_a_page_of_pictures_only_has_no_text_layer() -> None:
    def picture(canvas: Canvas, width: float, height: float) -> None:
        canvas.rect(50, 50, width - 100, height - 100, fill=1)

    document = opened(pdf(page("UK SECRET"), picture))
    [problem] = document.problems
    assert problem.kind is ProblemKind.no_text
    assert [place.page for place in problem.locations] == [2]
    assert [each.readable for each in document.pages] == [True, False]


def test_a_blank_page_is_readable() -> None:
    document = opened(pdf(lambda *_: None))
    assert document.pages[0].readable
    assert not document.problems


def test_information_xmp_and_labels_are_read() -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:ModifyDate="2026-05-12">'
        '<c:ConfidentialityInformation xmlns:c="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">'
        "<c:PolicyIdentifier>UK</c:PolicyIdentifier><c:Classification>SECRET</c:Classification>"
        "</c:ConfidentialityInformation></rdf:Description></rdf:RDF></x:xmpmeta>"
    )

    def describe(writer: PdfWriter) -> None:
        writer.add_metadata(
            {
                "/Title": "Trials",
                "/Classification": "UK OFFICIAL",
                "/MSIP_Label_11111111-2222-3333-4444-555555555555_Name": "UK SECRET",
                "/MSIP_Label_11111111-2222-3333-4444-555555555555_Enabled": "true",
            }
        )
        writer.xmp_metadata = packet.encode()

    document = opened(changed(pdf(page()), describe))
    values = {(item.source, item.name): item.value for item in document.properties}
    assert values["Info", "Title"] == "Trials"
    assert values["XMP", "xmp:ModifyDate"] == "2026-05-12"
    assert sorted(label.text for label in document.labels) == ["UK OFFICIAL", "UK SECRET", "UK SECRET"]


def test_annotations_are_read_with_their_place() -> None:
    def annotate(writer: PdfWriter) -> None:
        writer.add_annotation(0, FreeText(text="UK TOP SECRET", rect=(100, 400, 300, 430)))

    document = opened(changed(pdf(page("UK SECRET", "UK SECRET")), annotate))
    [line] = [line for line in document.pages[0].lines if line.zone is Zone.annotation]
    assert line.text == "UK TOP SECRET"
    assert line.box is not None
    assert line.box.x0 == pytest.approx(100)
    assert line.box.y0 == pytest.approx(841.89 - 430, abs=1)


def test_embedded_files_are_children() -> None:
    inner = pdf(page("UK TOP SECRET", "UK TOP SECRET"))

    def attach(writer: PdfWriter) -> None:
        writer.add_attachment("annex.pdf", inner)
        writer.add_attachment("note.bin", bytes(range(1, 40)))

    document = opened(changed(pdf(page("UK SECRET", "UK SECRET")), attach))
    assert [child.name for child in document.children] == ["annex.pdf", "note.bin"]
    assert texts(document.children[0], Zone.header) == ["UK TOP SECRET"]
    assert kinds(document.children[1]) == [ProblemKind.unsupported]


def test_a_password_is_needed_only_where_opening_needs_one() -> None:
    plain = pdf(page("UK SECRET", "UK SECRET"))
    locked = changed(plain, lambda writer: writer.encrypt("user", "owner", algorithm="AES-256"))
    restricted = changed(plain, lambda writer: writer.encrypt("", "owner", algorithm="AES-256"))
    assert kinds(opened(locked)) == [ProblemKind.encrypted]
    assert kinds(opened(restricted)) == []
    assert texts(opened(restricted), Zone.header) == ["UK SECRET"]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.97])
def test_a_truncated_file_is_never_passed_as_read(kept: float) -> None:
    whole = pdf(*[page("UK SECRET", "UK SECRET")] * 5)
    assert ProblemKind.unreadable in kinds(opened(whole[: int(len(whole) * kept)]))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\nrubbish\n%%EOF\n"])
def test_a_broken_file_is_unreadable(data: bytes) -> None:
    assert ProblemKind.unreadable in kinds(opened(data))


def test_junk_behind_the_end_does_no_harm() -> None:
    assert kinds(opened(pdf(page("UK SECRET")) + b"\n\0\0junk")) == []


def test_the_page_limit_is_named() -> None:
    document = opened(pdf(*[page("UK SECRET")] * 3), Limits(pages=2))
    [problem] = document.problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "pages")
    assert len(document.pages) == 2


needs_corpus = pytest.mark.corpus


@needs_corpus
@pytest.mark.parametrize("folder", ["pypdf", "sample-files", "verapdf", "docling"])
def test_files_by_others_are_read_without_an_exception(folder: str) -> None:
    files = sorted((CORPUS / folder).glob("*.pdf"))
    assert files
    for path in files:
        document = read(path.read_bytes(), path.name, Limits())
        assert document.pages or document.problems, path.name


@needs_corpus
def test_encrypted_files_by_others_are_told() -> None:
    """Some with a user's password have an empty one for their owner, and so are open to everybody."""
    for path in sorted((CORPUS / "pypdf").glob("*user-password.pdf")):
        told = [] if PdfReader(path).decrypt("") else [ProblemKind.encrypted]
        assert kinds(read(path.read_bytes(), path.name, Limits())) == told, path.name
    for path in sorted((CORPUS / "pypdf").glob("*owner-password.pdf")):
        assert ProblemKind.encrypted not in kinds(read(path.read_bytes(), path.name, Limits())), path.name


@needs_corpus
def test_files_by_others_that_are_whole_are_not_called_truncated() -> None:
    for path in sorted((CORPUS / "sample-files").glob("*.pdf")):
        reasons = [problem.reason for problem in read(path.read_bytes(), path.name, Limits()).problems]
        assert "pdf-truncated" not in reasons, path.name
