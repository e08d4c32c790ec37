"""PDF files built for the tests."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf.generic import PdfObject

BODY = [
    "The interface between the two units is described in the annex to this report,",
    "with the loads that were measured on the rig in the course of the spring trials.",
    "A further series is planned for the autumn, when the second unit is delivered.",
]

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


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


def dictionary(found: PdfObject) -> DictionaryObject:
    """Return the dictionary that an object is or refers to."""
    entries = found.get_object()
    assert isinstance(entries, DictionaryObject)
    return entries


def changed(data: bytes, change: Callable[[PdfWriter], Any]) -> bytes:
    """The PDF after `change` was done to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def written(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object with these further entries in its dictionary."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), entries, content)


def one_page(content: bytes, *more: bytes, resources: bytes = b"/Font<</F 5 0 R>>") -> bytes:
    """A PDF of one page of 300 by 300 points; `content` is its content stream object, `more` are
    numbered from 5, the first stands for its font F."""
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<%b>>>>" % resources,
        content,
        *(more or (HELVETICA,)),
    )
