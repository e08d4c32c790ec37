"""Whether a PDF page without text shows anything, through PDFium."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from countermark.readers.pdf import pdfium
from countermark.readers.pdf.objects import objects_of

if TYPE_CHECKING:
    from countermark.readers.pdf.pdfium import PdfiumHandle, PdfiumPage

_WHITE = (255, 255, 255)


def is_blank(page: PdfiumPage) -> bool:
    """Return whether a pypdfium2 page that gave no text shows nothing.

    No pictures, no visible drawings, and no text but blanks.
    """
    return not any(_shows(piece, kind) for piece, kind, _ in objects_of(page)) and not _has_silent_text(page)


def _shows(piece: PdfiumHandle, kind: int) -> bool:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        return _is_visible_path(piece)
    return bool(kind != pdfium.FPDF_PAGEOBJ_TEXT)


def _is_visible_path(path: PdfiumHandle) -> bool:
    """Return whether a path leaves a mark on white paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return True
    return (bool(fill.value) and _is_ink(pdfium.FPDFPageObj_GetFillColor, path)) or (
        bool(stroke.value) and _is_ink(pdfium.FPDFPageObj_GetStrokeColor, path)
    )


def _is_ink(colour_of: Any, path: PdfiumHandle) -> bool:
    channels = tuple(ctypes.c_uint() for _ in range(4))
    if not colour_of(path, *map(ctypes.byref, channels)):
        return True
    *colour, alpha = (channel.value for channel in channels)
    return bool(alpha) and tuple(colour) != _WHITE


def _has_silent_text(page: PdfiumPage) -> bool:
    """Return whether the page has text objects of which PDFium can say no character, not even that it is
    blank.
    """
    textpage = page.get_textpage()
    try:
        codes = [pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(textpage.count_chars())]
        is_silent = not codes or not all(chr(code).isspace() for code in codes)
    finally:
        textpage.close()
    return is_silent and any(kind == pdfium.FPDF_PAGEOBJ_TEXT for _, kind, _ in objects_of(page))
