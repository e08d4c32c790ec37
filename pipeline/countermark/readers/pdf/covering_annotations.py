"""Annotations of a PDF page that hide the text below them, as people draw them to redact.

Opaque squares and dark highlights. The text stays in the file (ISO 32000-1, 12.5.6.8 and 12.5.6.10).
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from countermark.readers.pdf.areas import OPAQUE, Area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.pdf.areas import Colour
    from countermark.readers.pdf.objects import Rectangle
    from countermark.readers.pdf.pdfium import PdfiumHandle, PdfiumPage

_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_BEHIND_ALL = 1 << 30
"""Annotations are painted after all of the page."""
_COLOURS = {"C": pdfium.FPDFANNOT_COLORTYPE_Color, "IC": pdfium.FPDFANNOT_COLORTYPE_InteriorColor}
_DARK = 0x60


def covers_of(page: PdfiumPage) -> Iterator[Area]:
    """Yield the rectangles that annotations of a pypdfium2 page hide, in the page's user space, in points."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        with _annotation(page, number) as annotation:
            if not annotation or pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium.FPDF_ANNOT_SQUARE and _colour(annotation, "IC"):
                yield _area(_rectangle(annotation), number, page)
            elif kind == pdfium.FPDF_ANNOT_HIGHLIGHT and _is_dark(_colour(annotation, "C")):
                yield from (_area(quad, number, page) for quad in _quads(annotation))


@contextmanager
def _annotation(page: PdfiumPage, number: int) -> Iterator[Any]:
    annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
    try:
        yield annotation
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _area(rectangle: Rectangle, number: int, page: PdfiumPage) -> Area:
    return Area(_BEHIND_ALL + number, rectangle, None, pdfium.FPDF_PAGEOBJ_UNKNOWN, None, page)


def _colour(annotation: PdfiumHandle, key: str) -> Colour | None:
    """Return the colour under a key where it is opaque.

    None where there is none, for which PDFium says black.
    """
    if not pdfium.FPDFAnnot_HasKey(annotation, key.encode()):
        return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFAnnot_GetColor(annotation, _COLOURS[key], red, green, blue, alpha)
    return (red.value, green.value, blue.value) if known and alpha.value >= OPAQUE else None


def _is_dark(colour: Colour | None) -> bool:
    return colour is not None and max(colour) < _DARK


def _rectangle(annotation: PdfiumHandle) -> Rectangle:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)


def _quads(annotation: PdfiumHandle) -> Iterator[Rectangle]:
    """Yield the rectangles around the quadrilaterals that are highlighted."""
    quad = pdfium.FS_QUADPOINTSF()
    for number in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            across = (quad.x1, quad.x2, quad.x3, quad.x4)
            up = (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(across), min(up), max(across), max(up)
