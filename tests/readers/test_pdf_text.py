"""The lines of PDF pages: their words, their order, their place and looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.lib.colors import red
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from countermark.model import Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import BODY, HELVETICA, changed, one_page, page, pdf, stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    from countermark.model import Line

pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))


def lines(data: bytes, zone: Zone) -> list[Line]:
    [first, *_] = read(data, "test.pdf", Limits()).pages
    return [line for line in first.lines if line.zone is zone]


def texts(data: bytes, zone: Zone) -> list[str]:
    return [line.text for line in lines(data, zone)]


def drawn(*strings: tuple[float, float, str], font: str = "Helvetica", size: float = 12) -> bytes:
    """A page with strings at x and y, from the lower left corner, in this order, and a paragraph."""

    def draw(canvas: Canvas, width: float, height: float) -> None:
        page()(canvas, width, height)
        canvas.setFont(font, size)
        for x, y, text in strings:
            canvas.drawString(x, y, text)

    return pdf(draw)


@pytest.mark.parametrize(
    "strings",
    [
        [(60, 800, "UK SECRET"), (470, 800, "Page 1 of 3")],
        [(470, 800, "Page 1 of 3"), (60, 800, "UK SECRET")],
        [(470, 799, "Page 1 of 3"), (60, 800, "UK SECRET")],
    ],
)
def test_strings_on_one_baseline_of_a_head_are_one_line(strings: list[tuple[float, float, str]]) -> None:
    assert texts(drawn(*strings), Zone.header) == ["UK SECRET\tPage 1 of 3"]


def test_three_strings_side_by_side_come_from_left_to_right() -> None:
    data = drawn((60, 30, "Annex A"), (470, 30, "Page 1 of 3"), (270, 30, "UK SECRET"))
    assert texts(data, Zone.footer) == ["Annex A\tUK SECRET\tPage 1 of 3"]


def test_a_row_is_centred_where_one_of_its_pieces_is() -> None:
    beside = drawn((60, 800, "UK SECRET"), (470, 800, "Page 1 of 3"))
    middle = drawn((60, 800, "Annex A"), (263, 800, "UK SECRET"), (470, 800, "Page 1 of 3"))
    assert [line.centred for line in lines(beside, Zone.header)] == [False]
    assert [line.centred for line in lines(middle, Zone.header)] == [True]


def test_lines_of_a_head_come_from_top_to_bottom() -> None:
    data = drawn((60, 785, "JWG/26/114"), (60, 805, "UK SECRET"))
    assert texts(data, Zone.header) == ["UK SECRET", "JWG/26/114"]


def test_lines_beside_something_tall_stay_apart() -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        page()(canvas, width, height)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(60, 780, "JWG")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(400, 806, "UK SECRET")
        canvas.drawString(400, 792, "Page 1 of 3")
        canvas.drawString(400, 778, "Copy 2 of 9")

    found = texts(pdf(draw), Zone.header)
    pieces = [piece for text in found for piece in text.split("\t")]
    assert sorted(pieces) == ["Copy 2 of 9", "JWG", "Page 1 of 3", "UK SECRET"]


def test_a_hyphen_at_the_end_of_a_printed_line_stays() -> None:
    data = drawn((60, 805, "UK OFFICIAL-"), (60, 790, "SENSITIVE"))
    assert texts(data, Zone.header) == ["UK OFFICIAL-", "SENSITIVE"]


def test_words_of_a_sentence_have_no_tabs() -> None:
    assert texts(pdf(page("UK SECRET")), Zone.body) == BODY


def test_columns_of_a_table_are_tabs() -> None:
    data = drawn((60, 500, "Copy 1"), (200, 500, "Registry"), (340, 500, "UK SECRET"))
    assert "Copy 1\tRegistry\tUK SECRET" in texts(data, Zone.body)


def test_full_width_spaces_are_kept() -> None:
    data = drawn((270, 800, "極　秘"), font="HeiseiKakuGo-W5", size=14)
    assert texts(data, Zone.header) == ["極　秘"]


def test_characters_outside_the_basic_plane_do_not_shift_places() -> None:
    data = drawn((60, 805, "𠮷𠮷𠮷𠮷野"), (60, 500, "極秘"), font="HeiseiKakuGo-W5")
    [below] = [line for line in lines(data, Zone.body) if line.text == "極秘"]
    assert below.box is not None
    assert below.box.x0 == pytest.approx(60, abs=1)
    assert below.box.width == pytest.approx(24, abs=1)


def test_colour_and_size_are_told() -> None:
    def draw(canvas: Canvas, _: float, height: float) -> None:
        canvas.setFillColor(red)
        canvas.setFont("Helvetica", 10)
        canvas.scale(2, 2)
        canvas.drawString(60, height / 2 - 20, "SECRET")

    [head] = lines(pdf(draw), Zone.header)
    assert head.colour == "FF0000"
    assert head.size == pytest.approx(20)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_on_the_page_as_seen(rotation: int) -> None:
    """A word at the lower left corner of user space, seen after a clockwise turn of the page."""

    def draw(canvas: Canvas, *_: float) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(30, 30, "corner")

    def turn(writer: PdfWriter) -> None:
        writer.pages[0].rotate(rotation)

    document = read(changed(pdf(draw, size=(600, 800)), turn), "test.pdf", Limits())
    [only] = document.pages
    [line] = only.lines
    assert line.box is not None
    middle = ((line.box.x0 + line.box.x1) / 2, (line.box.y0 + line.box.y1) / 2)
    expected = {0: (49, 766), 90: (34, 49), 180: (551, 34), 270: (766, 551)}
    assert middle == pytest.approx(expected[rotation], abs=4)
    assert (only.width, only.height) == ((600, 800) if rotation % 180 == 0 else (800, 600))


@pytest.mark.parametrize(
    ("subtype", "y", "size", "zone"),
    [
        ("Header", 776, 10, Zone.header),
        ("Footer", 66, 10, Zone.footer),
        ("Watermark", 421, 60, Zone.watermark),
    ],
)
def test_a_tagged_artifact_is_told_from_the_text_that_it_touches(
    subtype: str, y: float, size: float, zone: Zone
) -> None:
    opening = f"/Artifact <</Type/Pagination/Subtype/{subtype}>> BDC"
    assert texts(pdf(dense_page(opening, y, size)), zone) == ["UK SECRET"]


@pytest.mark.parametrize(
    ("opening", "zone"),
    [
        ("/Artifact <</Type/Pagination/Attached[/Top]/BBox[0 0 9 9]/Subtype /Header>> BDC", Zone.header),
        ("/Artifact<</Subtype/Footer/Type /Pagination/Contents(\\(a>>)>>BDC", Zone.footer),
        ("/Artifact <</Type/Pagination/Subtype/Watermark>> BDC", Zone.watermark),
        (
            "(/Artifact BMC) pop % /Artifact BMC\n/Artifact <</Type/Pagination/Subtype/Header>> BDC",
            Zone.header,
        ),
        ("/Artifact <</Type/Pagination>> BDC", Zone.body),
        ("/Artifact <</Type/Layout/Subtype/Header>> BDC", Zone.body),
        ("/Artifact BMC EMC /Artifact <</Type/Pagination/Subtype/Header>> BDC", Zone.body),
    ],
)
def test_the_subtype_of_an_artifact_goes_before_its_place(opening: str, zone: Zone) -> None:
    """In the middle of the page; what content and PDFium do not agree on counts for nothing."""
    assert "UK SECRET" in texts(pdf(dense_page(opening, 421, 10)), zone)


def test_an_artifact_in_a_property_list_states_its_zone() -> None:
    content = b"/Artifact/A BDC BT/F 12 Tf 100 150 Td(UK SECRET)Tj ET EMC"
    resources = b"/Font<</F 5 0 R>>/Properties<</A<</Type/Pagination/Subtype/Footer>>>>"
    assert texts(one_page(stream(content), HELVETICA, resources=resources), Zone.footer) == ["UK SECRET"]


def test_a_header_by_its_tag_may_stand_at_the_foot() -> None:
    opening = "/Artifact <</Type/Pagination/Subtype/Header>> BDC"
    assert texts(pdf(dense_page(opening, 66, 10)), Zone.header) == ["UK SECRET"]


@pytest.mark.parametrize("y", [776, 66])
def test_other_marked_content_says_nothing_of_the_zone(y: float) -> None:
    assert "UK SECRET" in texts(pdf(dense_page("/P <</MCID 0>> BDC", y, 10)), Zone.body)


def test_tags_count_for_nothing_where_all_is_tagged() -> None:
    def draw(canvas: Canvas, *_: float) -> None:
        canvas._code.append("/Artifact BMC")
        canvas.setFont("Helvetica", 10)
        for row in range(64):
            canvas.drawString(60, 800 - 12 * row, f"{BODY[row % 3]} {row}")
        canvas._code.append("EMC")

    assert len(texts(pdf(draw), Zone.body)) == 64


def dense_page(opening: str, y: float, size: float) -> Callable[[Canvas, float, float], None]:
    """A page of running text from edge to edge with a piece of marked content in place of one line."""

    def draw(canvas: Canvas, *_: float) -> None:
        canvas.setFont("Helvetica", 10)
        for row in range(64):
            if 800 - 12 * row != y or size > 10:
                canvas.drawString(60, 800 - 12 * row, f"{BODY[row % 3]} And so on")
        canvas._code.append(opening)
        canvas.setFont("Helvetica", size)
        canvas.drawString(60, y, "UK SECRET")
        canvas._code.append("EMC")

    return draw


@pytest.mark.parametrize("text", ["UK SECRET", "UK TOP SECRET", "OFFICIAL-SENSITIVE", "S E C R E T"])
def test_letters_set_apart_make_words_unless_blanks_are_written_between_them(text: str) -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        page()(canvas, width, height)
        written = canvas.beginText(200, height - 40, direction="LTR")
        written.setFont("Helvetica-Bold", 12)
        written.setCharSpace(0 if text == "S E C R E T" else 3.5)
        written.textOut(text)
        canvas.drawText(written)

    assert [line.text for line in lines(pdf(draw), Zone.header)] == [text]


@pytest.mark.parametrize("matrix", [b"1e38 0 0 1e38 0 0 cm " * 9, b"9 9 -9 9 0 0 cm " * 999])
def test_text_of_no_finite_size_is_read(matrix: bytes) -> None:
    data = one_page(stream(matrix + b"BT/F 12 Tf 100 270 Td(UK SECRET)Tj ET"))
    document = read(data, "test.pdf", Limits())
    assert all(one.reason != "pdf-broken" for one in document.problems)
