"""PDF files built for the tests."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

BODY = [
    "The interface between the two units is described in the annex to this report,",
    "with the loads that were measured on the rig in the course of the spring trials.",
    "A further series is planned for the autumn, when the second unit is delivered.",
]


def pdf(*drawings: Callable[[Canvas, float, float], None], size: tuple[float, float] = A4) -> bytes:
    """A PDF with a page for each drawing function, called with canvas, width and height."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for draw in drawings:
        draw(canvas, *size)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def page(
    head: str = "", foot: str = "", body: list[str] | None = None, rule: bool = True
) -> Callable[[Canvas, float, float], None]:
    """A page with a centred head and foot and a paragraph."""

    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawCentredString(width / 2, height - 40, head)
        canvas.drawCentredString(width / 2, 30, foot)
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(BODY if body is None else body):
            canvas.drawString(60, height - 110 - 14 * number, line)
        if rule:
            canvas.line(60, height - 90, width - 60, height - 90)

    return draw


def changed(data: bytes, change: Callable[[PdfWriter], Any]) -> bytes:
    """The PDF after `change` was done to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
