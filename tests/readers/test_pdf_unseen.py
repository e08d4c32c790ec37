"""Text that a page holds and a reader does not see; and text that looks hidden and is not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from reportlab.lib.colors import Color, HexColor, black, white, yellow
from reportlab.lib.utils import ImageReader

from countermark.model import ProblemKind, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import HELVETICA, changed, one_page, page, pdf, stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PdfWriter
    from reportlab.pdfgen.canvas import Canvas

    from countermark.model import Document, Line

    Draw = Callable[[Canvas], None]

MARK = "UK TOP SECRET"


def document(draw: Draw) -> Document:
    def whole(canvas: Canvas, width: float, height: float) -> None:
        page("UK SECRET", "UK SECRET")(canvas, width, height)
        canvas.setFont("Helvetica", 12)
        draw(canvas)

    return read(pdf(whole), "test.pdf", Limits())


def mark(found: Document) -> Line:
    [line] = [line for line in found.pages[0].lines if line.text == MARK]
    return line


def text(canvas: Canvas, mode: int = 0) -> None:
    lines = canvas.beginText(100, 400)
    lines.setTextRenderMode(mode)
    lines.textOut(MARK)
    canvas.drawText(lines)


def box(canvas: Canvas, colour: Color, x: float = 90, width: float = 150) -> None:
    canvas.saveState()
    canvas.setFillColor(colour)
    canvas.rect(x, 390, width, 30, fill=1, stroke=0)
    canvas.restoreState()


def picture(colour: tuple[int, ...]) -> ImageReader:
    data = io.BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", (40, 40), colour).save(data, "png")
    data.seek(0)
    return ImageReader(data)


def invisible(canvas: Canvas) -> None:
    text(canvas, 3)


def clip_only(canvas: Canvas) -> None:
    canvas.saveState()
    text(canvas, 7)
    canvas.restoreState()


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    text(canvas)


def white_on_paper(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    text(canvas)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#FAFAFA"))
    text(canvas)


def black_on_black(canvas: Canvas) -> None:
    box(canvas, black)
    text(canvas)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    text(canvas)


def scaled_down(canvas: Canvas) -> None:
    canvas.translate(100, 400)
    canvas.scale(0.05, 0.05)
    canvas.drawString(0, 0, MARK)


def beside_the_page(canvas: Canvas) -> None:
    canvas.drawString(700, 400, MARK)


def under_a_box(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, black)


def under_a_white_box(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, white)


def under_a_picture(canvas: Canvas) -> None:
    text(canvas)
    canvas.drawImage(picture((90, 90, 90)), 90, 390, 150, 30)


def under_a_box_in_a_form(canvas: Canvas) -> None:
    text(canvas)
    canvas.beginForm("cover")
    canvas.translate(90, 390)
    canvas.rect(0, 0, 75, 15, fill=1)
    canvas.endForm()
    canvas.saveState()
    canvas.scale(2, 2)
    canvas.translate(-45, -195)
    canvas.doForm("cover")
    canvas.restoreState()


def outside_a_clip(canvas: Canvas) -> None:
    canvas.saveState()
    canvas._code.append("100 100 50 50 re W n")
    text(canvas)
    canvas.restoreState()


def outside_the_box_of_a_form(canvas: Canvas) -> None:
    canvas.beginForm("small", 0, 0, 50, 50)
    canvas.setFont("Helvetica", 12)
    text(canvas)
    canvas.endForm()
    canvas.doForm("small")


def in_a_clear_form(canvas: Canvas) -> None:
    canvas.beginForm("shown")
    canvas.setFont("Helvetica", 12)
    text(canvas)
    canvas.endForm()
    canvas.setFillAlpha(0)
    canvas.doForm("shown")


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (invisible, Unseen.invisible),
        (clip_only, Unseen.invisible),
        (transparent, Unseen.invisible),
        (white_on_paper, Unseen.colour),
        (nearly_white, Unseen.colour),
        (black_on_black, Unseen.colour),
        (tiny, Unseen.size),
        (scaled_down, Unseen.size),
        (beside_the_page, Unseen.off_page),
        (under_a_box, Unseen.covered),
        (under_a_white_box, Unseen.covered),
        (under_a_picture, Unseen.covered),
        (under_a_box_in_a_form, Unseen.covered),
        (outside_a_clip, Unseen.clipped),
        (outside_the_box_of_a_form, Unseen.clipped),
        (in_a_clear_form, Unseen.invisible),
    ],
)
def test_text_that_is_not_seen_is_read_as_hidden(draw: Draw, why: Unseen) -> None:
    found = document(draw)
    line = mark(found)
    assert (line.zone, line.unseen) == (Zone.hidden, why)
    assert line.box is not None
    assert [line.text for line in found.pages[0].lines if line.zone is Zone.header] == ["UK SECRET"]
    assert not found.problems


def white_on_dark(canvas: Canvas) -> None:
    box(canvas, HexColor("#003366"))
    canvas.setFillColor(white)
    text(canvas)


def white_on_a_round_dark_box(canvas: Canvas) -> None:
    canvas.roundRect(90, 390, 150, 30, 8, fill=1)
    canvas.setFillColor(white)
    text(canvas)


def white_on_a_thick_line(canvas: Canvas) -> None:
    canvas.setLineWidth(30)
    canvas.line(90, 404, 240, 404)
    canvas.setFillColor(white)
    text(canvas)


def white_on_a_picture(canvas: Canvas) -> None:
    canvas.drawImage(picture((20, 20, 20)), 90, 390, 150, 30)
    canvas.setFillColor(white)
    text(canvas)


def highlighted_before(canvas: Canvas) -> None:
    box(canvas, yellow)
    text(canvas)


def highlighted_after(canvas: Canvas) -> None:
    text(canvas)
    box(canvas, Color(1, 1, 0, alpha=0.4))


def framed_after(canvas: Canvas) -> None:
    """A frame as two boxes filled even-odd: its middle is open."""
    text(canvas)
    canvas._code.append("80 380 170 50 re 90 390 150 30 re f*")


def beside_a_triangle(canvas: Canvas) -> None:
    """Within the bounds of a filled shape, not within the shape."""
    text(canvas)
    canvas._code.append("90 300 m 560 300 l 560 420 l f")


def under_a_clipped_box(canvas: Canvas) -> None:
    text(canvas)
    canvas.saveState()
    canvas._code.append("300 100 50 50 re W n")
    box(canvas, black)
    canvas.restoreState()


def under_a_clear_picture(canvas: Canvas) -> None:
    text(canvas)
    canvas.drawImage(picture((90, 90, 90, 0)), 90, 390, 150, 30, mask="auto")


def underlined(canvas: Canvas) -> None:
    text(canvas)
    canvas.rect(100, 398, 100, 1, fill=1)


def letters_of_a_picture(canvas: Canvas) -> None:
    """Clipping to text and painting what it leaves draws the letters."""
    canvas.saveState()
    text(canvas, 7)
    canvas.drawImage(picture((200, 30, 30)), 90, 390, 150, 30)
    canvas.restoreState()


def outlined(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    text(canvas, 1)


def outlined_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    text(canvas, 2)


def within_a_clip(canvas: Canvas) -> None:
    canvas.saveState()
    canvas._code.append("50 300 m 400 300 l 300 500 l h W n 1 0 0 1 0 0 cm 90 380 200 60 re W n")
    text(canvas)
    canvas.restoreState()


def in_a_half_clear_form(canvas: Canvas) -> None:
    canvas.beginForm("shown", 90, 380, 300, 420)
    canvas.setFont("Helvetica", 12)
    text(canvas)
    canvas.endForm()
    canvas.setFillAlpha(0.5)
    canvas.doForm("shown")


@pytest.mark.parametrize(
    "draw",
    [
        *(white_on_dark, white_on_a_round_dark_box, white_on_a_thick_line, white_on_a_picture),
        *(highlighted_before, highlighted_after, framed_after, beside_a_triangle, under_a_clipped_box),
        *(
            within_a_clip,
            in_a_half_clear_form,
            under_a_clear_picture,
            underlined,
            letters_of_a_picture,
            outlined,
            outlined_white,
        ),
    ],
)
def test_text_that_is_seen_is_not_called_hidden(draw: Draw) -> None:
    line = mark(document(draw))
    assert (line.zone, line.unseen) == (Zone.body, None)


def test_of_a_line_only_the_covered_words_are_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 400, "This annex is UK TOP SECRET until further notice")
        start = 100 + canvas.stringWidth("This annex is ", "Helvetica", 12)
        box(canvas, black, start - 1, canvas.stringWidth(MARK, "Helvetica", 12) + 2)

    found = document(draw)
    assert mark(found).unseen is Unseen.covered
    seen = " ".join(line.text for line in found.pages[0].lines if line.zone is Zone.body)
    assert "This annex is" in seen
    assert "until further notice" in seen


def test_of_a_line_only_the_words_outside_a_clip_are_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas._code.append("0 380 178 60 re W n")
        canvas.drawString(100, 400, "The plan of the UK TOP SECRET series")
        canvas.restoreState()

    lines = [(line.text, line.unseen) for line in document(draw).pages[0].lines]
    assert ("The plan of the", None) in lines
    assert ("UK TOP SECRET series", Unseen.clipped) in lines


def test_a_word_that_is_half_covered_is_seen() -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas)
        canvas.rect(90, 390, 50, 30, fill=1)

    found = document(draw)
    assert [line.text for line in found.pages[0].lines if line.zone is Zone.body][-1] == "TOP SECRET"
    assert [line.text for line in found.pages[0].lines if line.unseen] == ["UK"]


def scanned(draw: Draw) -> Document:
    def whole(canvas: Canvas, *_: float) -> None:
        canvas.setFont("Helvetica", 12)
        draw(canvas)

    return read(pdf(page("UK SECRET", "UK SECRET"), whole), "test.pdf", Limits())


def recognised(canvas: Canvas) -> None:
    for x, y, words in [(250, 800, MARK), (100, 500, "The interface of the unit"), (250, 30, MARK)]:
        lines = canvas.beginText(x, y)
        lines.setTextRenderMode(3)
        lines.textOut(words)
        canvas.drawText(lines)


def over_the_picture(canvas: Canvas) -> None:
    canvas.drawImage(picture((250, 250, 240)), 0, 0, 596, 842)
    recognised(canvas)


def under_the_picture(canvas: Canvas) -> None:
    for x, y, words in [(250, 800, MARK), (100, 500, "The interface of the unit"), (250, 30, MARK)]:
        canvas.drawString(x, y, words)
    canvas.drawImage(picture((250, 250, 240)), 0, 0, 596, 842)


def on_strips(canvas: Canvas) -> None:
    for strip in range(8):
        canvas.drawImage(picture((250, 250, 240)), 0, 105 * strip, 596, 106)
    recognised(canvas)


@pytest.mark.parametrize("draw", [over_the_picture, under_the_picture, on_strips])
def test_recognised_text_of_a_scan_keeps_its_zones_and_is_told(draw: Draw) -> None:
    found = scanned(draw)
    zones = [(line.text, line.zone, line.unseen) for line in found.pages[1].lines]
    assert zones == [
        (MARK, Zone.header, None),
        ("The interface of the unit", Zone.body, None),
        (MARK, Zone.footer, None),
    ]
    [problem] = found.problems
    assert (problem.kind, problem.reason) == (ProblemKind.text_disagrees, "text-over-image")
    assert [(place.page, place.zone) for place in problem.locations] == [(2, Zone.header), (2, Zone.footer)]


def test_invisible_text_beside_a_small_picture_is_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture((200, 200, 200)), 100, 500, 200, 200)
        text(canvas, 3)

    assert mark(document(draw)).unseen is Unseen.invisible


def test_text_off_the_crop_box_is_hidden() -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox.upper_right = (595, 790)

    data = changed(pdf(page(MARK, "UK SECRET")), crop)
    assert mark(read(data, "test.pdf", Limits())).unseen is Unseen.off_page


@pytest.mark.parametrize("rectangle", [b"-1e9 -1e9 2e9 2e9", b"0 0 1e38 1e38", b"1e39 0 10 10"])
def test_areas_beyond_all_measure_cost_no_time(rectangle: bytes) -> None:
    content = stream(b"BT /F 12 Tf 50 200 Td (UK SECRET) Tj ET " + rectangle + b" re f")
    found = read(one_page(content, HELVETICA), "test.pdf", Limits())
    assert [line.text for line in found.pages[0].lines] == ["UK SECRET"]
