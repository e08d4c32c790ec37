"""A drawn line through text strikes it through; lines under it, around it and behind it do not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.readers.read import read
from support.pdf_files import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    Strike = Callable[[Canvas, float, float, float], None]

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor))
TEXT = "The pump drew four amperes when the parties met at the range."


def line(canvas: Canvas, left: float, right: float, base: float) -> None:
    canvas.line(left, base + 4, right, base + 4)


def area(canvas: Canvas, left: float, right: float, base: float) -> None:
    canvas.rect(left, base + 3.5, right - left, 1, fill=1, stroke=0)


def pieces(canvas: Canvas, left: float, right: float, base: float) -> None:
    middle = (left + right) / 2
    canvas.line(left, base + 3.5, middle, base + 3.5)
    canvas.line(middle, base + 4, right + 1, base + 4)


def under(canvas: Canvas, left: float, right: float, base: float) -> None:
    canvas.line(left, base - 2, right, base - 2)


def over(canvas: Canvas, left: float, right: float, base: float) -> None:
    canvas.line(left, base + 12, right, base + 12)


def half(canvas: Canvas, left: float, right: float, base: float) -> None:
    canvas.line(left, base + 4, left + (right - left) / 2, base + 4)


def ornament(canvas: Canvas, left: float, right: float, base: float) -> None:
    """A rule from margin to margin, which the text in a white box interrupts."""
    canvas.line(50, base + 4, 540, base + 4)
    canvas.setFillGray(1)
    canvas.rect(left - 4, base - 3, right - left + 8, 15, fill=1, stroke=0)
    canvas.setFillGray(0)
    canvas.drawString(left, base, "(UK SECRET)")


def paper(strike: Strike | None, behind: str = "") -> bytes:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFont("Helvetica", 12)
        for base in (height - 40, 30):
            canvas.drawCentredString(width / 2, base, "UK OFFICIAL")
        canvas.drawString(72, 600, "(UK SECRET)")
        end = 72 + canvas.stringWidth("(UK SECRET)", "Helvetica", 12)
        canvas.drawString(end + 4, 600, behind)
        for number in range(15):
            canvas.drawString(72, 560 - 20 * number, TEXT)
        if strike:
            strike(canvas, 72, end, 600)

    return pdf(draw)


def struck(data: bytes) -> list[str]:
    document = read(data, "paper.pdf", POLICY.config.limits)
    return [line.text for page in document.pages for line in page.lines if line.struck]


@pytest.mark.parametrize("strike", [line, area, pieces])
@pytest.mark.parametrize("behind", ["", "the trial of the pump went on"])
def test_a_line_through_a_marking_strikes_it(strike: Strike, behind: str) -> None:
    data = paper(strike, behind)
    assert struck(data) == ["(UK SECRET)"]
    assert "DOC005" not in {finding.code for finding in check_document(data, "paper.pdf", POLICY).findings}


@pytest.mark.parametrize("strike", [None, under, over, half, ornament])
def test_other_lines_strike_nothing(strike: Strike | None) -> None:
    data = paper(strike)
    assert struck(data) == []
    assert "DOC005" in {finding.code for finding in check_document(data, "paper.pdf", POLICY).findings}


def test_what_is_struck_in_a_header_does_not_take_its_neighbour_with_it() -> None:
    def draw(canvas: Canvas, _: float, height: float) -> None:
        for base in (height - 40, 30):
            canvas.drawString(200, base, "UK SECRET")
            canvas.line(200, base + 4, 200 + canvas.stringWidth("UK SECRET"), base + 4)
            canvas.drawString(300, base, "UK OFFICIAL")
        for number in range(15):
            canvas.drawString(72, 560 - 20 * number, TEXT)

    assert struck(pdf(draw)) == ["UK SECRET"] * 2
