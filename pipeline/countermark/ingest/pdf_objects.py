"""The objects that a PDF page is made of, through PDFium."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORM_DEPTH = 8
_NO_WIDTH = 0.01
_HAIRLINE = 0.02


def objects_of(page: Any) -> Iterator[Any]:
    """A pypdfium2 page's objects as PDFium's handles, those inside form XObjects in place of the form."""
    handle = page.raw
    for index in range(pdfium.FPDFPage_CountObjects(handle)):
        yield from _unfolded(pdfium.FPDFPage_GetObject(handle, index), _FORM_DEPTH)


def _unfolded(piece: Any, depth: int) -> Iterator[Any]:
    if pdfium.FPDFPageObj_GetType(piece) != pdfium.FPDF_PAGEOBJ_FORM or not depth:
        yield piece
        return
    for index in range(pdfium.FPDFFormObj_CountObjects(piece)):
        yield from _unfolded(pdfium.FPDFFormObj_GetObject(piece, index), depth - 1)


def widen_text(page: Any) -> None:
    """Give the text objects without width a hairline of it, for PDFium reads no others: a lone character
    whose glyph is missing or empty, as those of text layers behind scans are.

    To be called before the page's text is read. A stroked object is as wide as its stroke; PDFium
    measures it anew when it is moved, be it by nothing.
    """
    bounds = tuple(ctypes.c_float() for _ in range(4))
    left, _, right, _ = bounds
    to_bounds = tuple(ctypes.byref(bound) for bound in bounds)
    for piece in objects_of(page):
        if pdfium.FPDFPageObj_GetType(piece) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        pdfium.FPDFPageObj_GetBounds(piece, *to_bounds)
        if right.value - left.value < _NO_WIDTH:
            pdfium.FPDFTextObj_SetTextRenderMode(piece, pdfium.FPDF_TEXTRENDERMODE_STROKE)
            pdfium.FPDFPageObj_SetStrokeWidth(piece, _HAIRLINE)
            pdfium.FPDFPageObj_Transform(piece, 1, 0, 0, 1, 0, 0)
