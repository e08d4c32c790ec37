"""Every way in which a page sets text that a person can see: right words, right zone, right place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from countermark.model import Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import BODY, changed, one_page, page, pdf, stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    from countermark.model import Line

    Draw = Callable[[Canvas, float, float], None]

pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
JAPANESE = (
    b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UCS2-V/DescendantFonts[6 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/DW 1000/CIDSystemInfo<</Registry(Adobe)"
    b"/Ordering(Japan1)/Supplement 2>>/FontDescriptor 7 0 R>>",
    b"<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4/FontBBox[-123 -257 1001 910]/ItalicAngle 0"
    b"/Ascent 723/Descent -241/CapHeight 709/StemV 69>>",
)


def lines(data: bytes) -> list[Line]:
    document = read(data, "test.pdf", Limits())
    assert not document.problems
    [only] = document.pages
    assert only.number == 1
    return list(only.lines)


def placed(data: bytes, zone: Zone) -> list[str]:
    found = [line for line in lines(data) if line.zone is zone]
    assert all(line.box and line.unseen is None for line in found)
    return [line.text for line in found]


def beside_text(draw: Draw, head: str = "", font: str = "Helvetica") -> bytes:
    """A page of running text and what `draw` adds, set in 12 points."""

    def whole(canvas: Canvas, width: float, height: float) -> None:
        page(head, head)(canvas, width, height)
        canvas.setFont(font, 12)
        draw(canvas, width, height)

    return pdf(whole)


def letters(canvas: Canvas, x: float, y: float, step: tuple[float, float], text: str) -> None:
    """Each letter of the text as an object of its own."""
    for number, letter in enumerate(text):
        canvas.drawString(x + number * step[0], y + number * step[1], letter)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_text_comes_in_reading_order_on_a_rotated_page(rotation: int) -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        if rotation == 90:
            canvas.translate(width, 0)
        elif rotation == 180:
            canvas.translate(width, height)
        else:
            canvas.translate(0, height)
        canvas.rotate({90: 90, 180: 180, 270: -90}[rotation])
        page("UK SECRET", "UK SECRET")(canvas, *((width, height) if rotation == 180 else (height, width)))

    def turn(writer: PdfWriter) -> None:
        writer.pages[0].rotate(rotation)

    found = lines(changed(pdf(draw), turn))
    assert [line.text for line in found] == ["UK SECRET", *BODY, "UK SECRET"]
    tops = [line.box.y0 for line in found if line.box]
    assert tops == sorted(tops)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_block_of_rotated_text_is_read_line_by_line(angle: int) -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.translate(width / 2, height / 2)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "Copy 1 of 2")
        canvas.drawString(0, -14, "UK TOP SECRET")

    found = lines(beside_text(draw, "UK SECRET"))
    assert [line.text for line in found if line.zone is Zone.body] == [*BODY, "Copy 1 of 2", "UK TOP SECRET"]
    [mark] = [line for line in found if line.text == "UK TOP SECRET"]
    assert mark.box
    assert (mark.box.height > 80) is (angle != 180)
    assert (mark.box.width > 80) is (angle == 180)


def test_vertical_writing_is_one_line() -> None:
    columns = [(270, 285, "極秘"), (200, 230, "試験の結果は別表のと"), (180, 230, "おりである。")]
    content = b"".join(
        b"BT /F 12 Tf %d %d Td <%b> Tj ET " % (x, y, text.encode("utf-16-be").hex().encode())
        for x, y, text in columns
    )
    found = lines(one_page(stream(content), *JAPANESE))
    assert [line.text for line in found] == [text for _, _, text in columns]
    mark, column, _ = found
    assert mark.zone is Zone.header
    assert column.zone is Zone.body
    assert mark.box
    assert mark.box.height > 1.5 * mark.box.width
    assert (mark.box.x0 + mark.box.x1) / 2 == pytest.approx(270, abs=2)


def test_a_stamp_over_the_date_line_is_one_line() -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        letters(canvas, width - 115, height - 90, (0, -14), "極秘")
        canvas.setFont("HeiseiMin-W3", 8)
        canvas.drawRightString(width - 65, height - 103, "令和８年５月１２日")

    texts = [line.text for line in lines(beside_text(draw, font="HeiseiMin-W3"))]
    assert "極秘" in texts
    assert "秘" not in texts


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("text", ["極秘", "特定秘密", "SECRET"])
def test_single_characters_one_under_another_are_one_line(text: str, alone: bool) -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        letters(canvas, width - 50, height - 40, (0, -14), text)

    def only(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFont("HeiseiMin-W3", 12)
        draw(canvas, width, height)

    found = lines(pdf(only) if alone else beside_text(draw, font="HeiseiMin-W3"))
    [mark] = [line for line in found if line.text == text]
    assert mark.zone is Zone.header
    assert mark.box
    assert mark.box.height == pytest.approx(14 * len(text), abs=6)


def test_single_characters_far_apart_are_lines_of_their_own() -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFont("HeiseiMin-W3", 14)
        canvas.drawCentredString(width / 2, height - 40, "秘")
        canvas.drawCentredString(width / 2, 30, "秘")

    assert [(line.text, line.zone) for line in lines(pdf(draw))] == [("秘", Zone.header), ("秘", Zone.footer)]


def test_labels_spread_over_a_form_are_not_read_downwards() -> None:
    def draw(canvas: Canvas, *_: float) -> None:
        for row, text in enumerate(["日付", "番号"]):
            letters(canvas, 100, 500 - 14 * row, (60, 0), text)

    assert placed(beside_text(draw, font="HeiseiMin-W3"), Zone.body)[-2:] == ["日\t付", "番\t号"]


def test_text_in_nested_forms_is_read() -> None:
    def draw(canvas: Canvas, _: float, height: float) -> None:
        canvas.beginForm("inner")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(0, 0, "UK TOP SECRET")
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(100, 0)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.translate(100, height - 40)
        canvas.doForm("outer")

    [mark] = [line for line in lines(beside_text(draw)) if line.text == "UK TOP SECRET"]
    assert mark.zone is Zone.header
    assert mark.box
    assert mark.box.x0 == pytest.approx(200, abs=1)
    assert mark.box.y1 == pytest.approx(43, abs=3)


@pytest.mark.parametrize("angle", [30, 45, 60, -45])
def test_a_diagonal_text_is_a_watermark(angle: float) -> None:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFont("Helvetica-Bold", 60)
        canvas.setFillGray(0.85)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(angle)
        canvas.drawCentredString(0, 0, "UK SECRET")

    assert placed(beside_text(draw, "UK SECRET"), Zone.watermark) == ["UK SECRET"]
    assert placed(beside_text(draw, "UK SECRET"), Zone.body) == BODY


def test_text_laid_over_other_text_is_read_apart() -> None:
    def draw(canvas: Canvas, _: float, height: float) -> None:
        canvas.setFont("Helvetica-Bold", 24)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.drawString(150, height - 124, "UK TOP SECRET")

    assert "UK TOP SECRET" in placed(beside_text(draw, "UK SECRET"), Zone.body)


def test_ligatures_are_letters() -> None:
    encoding = b"<</Type/Encoding/Differences[1/fi/fl]>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding %b>>" % encoding
    content = stream(b"BT /F 12 Tf 50 150 Td (UK OF\001CIAL \001le and \002ag) Tj ET")
    assert placed(one_page(content, font), Zone.body) == ["UK OFfiCIAL file and flag"]


@pytest.mark.parametrize(
    "setting",
    [
        b"6 Tc (UK SECRET) Tj",
        b"[(U) -500 (K) -1100 (S) -500 (E) -500 (C) -500 (R) -500 (E) -500 (T)] TJ",
        b"(U) Tj 14 0 Td (K) Tj 24 0 Td (S) Tj 14 0 Td (E) Tj 14 0 Td (C) Tj 14 0 Td (R) Tj 14 0 Td (E) Tj "
        b"14 0 Td (T) Tj",
        b"(U K   S E C R E T) Tj",
        b"0.3 Tc 4 Tw (UK SECRET) Tj",
    ],
)
def test_a_letter_spaced_marking_is_one_line(setting: bytes) -> None:
    [text] = placed(one_page(stream(b"BT /F 12 Tf 70 270 Td " + setting + b" ET")), Zone.header)
    assert text.replace(" ", "") == "UKSECRET"


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 12 Tf 100 270 Td (U) Tj (K SEC) Tj (RET) Tj ET",
        b"BT /F 12 Tf 100 270 Td (UK ) Tj ET BT /F 12 Tf 120.67 270 Td (SECRET) Tj ET",
        b"BT /F 12 Tf 100 270 Td (UK) Tj ( ) Tj (SECRET) Tj ET",
        b"BT /F 12 Tf 120.67 270 Td (SECRET) Tj ET BT /F 12 Tf 100 270 Td (UK ) Tj ET",
    ],
)
def test_a_marking_split_over_objects_is_one_line(content: bytes) -> None:
    assert placed(one_page(stream(content)), Zone.header) == ["UK SECRET"]


def test_a_marking_over_two_lines_is_two_lines_of_one_zone() -> None:
    content = b"BT /F 12 Tf 100 275 Td (UK TOP SECRET - JP/UK) Tj 0 -14 Td (EYES ONLY) Tj ET"
    assert placed(one_page(stream(content)), Zone.header) == ["UK TOP SECRET - JP/UK", "EYES ONLY"]
