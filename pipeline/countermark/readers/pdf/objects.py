"""The objects that a PDF page is made of, in the order in which they are painted, through PDFium.

Rectangles are left, bottom, right and top in the page's user space, points.
"""

from __future__ import annotations

import ctypes
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from countermark.readers.pdf import pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.pdf.pdfium import PdfiumHandle, PdfiumPage

Rectangle = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_FORM_DEPTH = 8
TRANSPARENT = 5


class FormXObject(NamedTuple):
    """A form XObject as it is painted.

    Its matrix into user space, whether it lets nothing shine through or, being fully transparent, shows
    nothing, its handle with those of the forms around it, outermost first, and the form that it stands
    in.
    """

    matrix: Matrix
    is_opaque: bool
    is_clear: bool
    handles: tuple[int, ...]
    parent: FormXObject | None


def objects_of(page: PdfiumPage) -> Iterator[tuple[Any, int, FormXObject | None]]:
    """Yield a pypdfium2 page's objects but forms.

    PDFium's handle and kind, and the form that it is in.
    """
    handle = page.raw
    for index in range(pdfium.FPDFPage_CountObjects(handle)):
        piece = pdfium.FPDFPage_GetObject(handle, index)
        kind = pdfium.FPDFPageObj_GetType(piece)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _inside(_form(piece, None))
        else:
            yield piece, kind, None


def _inside(form: FormXObject) -> Iterator[tuple[Any, int, FormXObject | None]]:
    handle = form.handles[-1]
    for index in range(pdfium.FPDFFormObj_CountObjects(handle)):
        piece = pdfium.FPDFFormObj_GetObject(handle, index)
        kind = pdfium.FPDFPageObj_GetType(piece)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and len(form.handles) < _FORM_DEPTH:
            yield from _inside(_form(piece, form))
        else:
            yield piece, kind, form


def _form(handle: int, parent: FormXObject | None) -> FormXObject:
    matrix = matrix_of(handle)
    is_opaque = not pdfium.FPDFPageObj_HasTransparency(handle)
    is_clear = not is_opaque and _alpha(handle) <= TRANSPARENT
    if parent is None:
        return FormXObject(matrix, is_opaque, is_clear, (handle,), None)
    return FormXObject(
        matrix=_product(matrix, parent.matrix),
        is_opaque=is_opaque and parent.is_opaque,
        is_clear=is_clear or parent.is_clear,
        handles=(*parent.handles, handle),
        parent=parent,
    )


def _alpha(form: int) -> int:
    """Return how opaque a form is painted, from 0 to 255."""
    channels = array("I", (0, 0, 0, 255))
    pdfium.FPDFPageObj_GetFillColor(form, *addresses(channels))
    return channels[3]


def matrix_of(handle: PdfiumHandle) -> Matrix:
    """Return the matrix of an object into the space that it is in."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(found)):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    x, y = moved(e, f, then)
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        x,
        y,
    )


def moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """Return a point after the matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class Bounds:
    """Asks PDFium for the rectangles around objects."""

    def __init__(self) -> None:
        self._sides = array("f", bytes(16))
        self._targets = addresses(self._sides)

    def width(self) -> float:
        """Return how far the object last asked for reaches across the space that it is in."""
        return float(self._sides[2] - self._sides[0])

    def of(self, handle: PdfiumHandle, form: FormXObject | None) -> Rectangle:
        pdfium.FPDFPageObj_GetBounds(handle, *self._targets)
        left, bottom, right, top = self._sides
        found = (left, bottom, right, top)
        return found if form is None else around(corners(found), form.matrix)


def addresses(values: array[Any]) -> tuple[int, ...]:
    """Return the addresses of the items of an array; they hold while it lives and keeps its length."""
    first, count = values.buffer_info()
    return tuple(range(first, first + count * values.itemsize, values.itemsize))


def corners(rectangle: Rectangle) -> list[tuple[float, float]]:
    """Return the corners of a rectangle, in turn."""
    left, bottom, right, top = rectangle
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def around(points: list[tuple[float, float]], matrix: Matrix) -> Rectangle:
    """Return the rectangle around points after the matrix."""
    places = [moved(x, y, matrix) for x, y in points]
    across, up = [x for x, _ in places], [y for _, y in places]
    return (min(across), min(up), max(across), max(up))
