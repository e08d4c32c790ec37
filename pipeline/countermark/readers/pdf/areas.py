"""Painted areas of a PDF page, and what of it they cover, through PDFium.

Rectangles and points are in the page's user space, points.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from countermark.readers.pdf import pdfium
from countermark.readers.pdf.objects import corners, matrix_of, moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.readers.pdf.objects import FormXObject, Matrix, Rectangle
    from countermark.readers.pdf.pdfium import PdfiumHandle, PdfiumPage

Colour = tuple[int, int, int]
Ring = list[tuple[float, float]]
Outline = tuple[list[Ring], bool]

_INSET = 0.2
MOST_SEGMENTS = 1000
OPAQUE = 250
"""The alpha, of 255, from which on nothing shines through."""


@dataclass
class Area:
    """A filled path, a shading, a picture or, without a `handle`, an annotation's rectangle.

    `order` is its place in the order of painting; `colour` is None where it is not one colour; `is_solid`
    tells whether it is painted without transparency, a picture's own left aside.
    """

    order: int
    rectangle: Rectangle
    handle: PdfiumHandle
    kind: int
    form: FormXObject | None
    page: PdfiumPage
    colour: Colour | None = None
    is_solid: bool = True

    def holds(self, rectangle: Rectangle) -> bool:
        """Return whether the middle part of the rectangle lies within the area."""
        x0, y0, x1, y1 = inner = _middle(rectangle)
        left, bottom, right, top = self.rectangle
        if x0 < left or y0 < bottom or x1 > right or y1 > top:
            return False
        boxes, outlines = self._bounds
        if any(x0 < box[0] or y0 < box[1] or x1 > box[2] or y1 > box[3] for box in boxes):
            return False
        places = [*corners(inner), ((x0 + x1) / 2, (y0 + y1) / 2)]
        return all(_is_inside(place, *outline) for outline in outlines for place in places)

    def hides(self, rectangle: Rectangle) -> bool:
        """Return whether nothing shines through the area where the rectangle is."""
        return self.is_solid and self.holds(rectangle) and self._is_opaque_at(_middle(rectangle))

    @cached_property
    def _bounds(self) -> tuple[list[Rectangle], list[Outline]]:
        """What bounds the area: upright rectangles, and outlines of other shapes."""
        rectangles: list[Rectangle] = []
        others: list[Outline] = []
        for rings, is_odd in self._outlines():
            rectangle = _upright(rings[0]) if len(rings) == 1 else None
            if rectangle:
                rectangles.append(rectangle)
            else:
                others.append((rings, is_odd))
        return rectangles, others

    def _outlines(self) -> list[Outline]:
        """Return the outline of a path, and those that clip the area.

        Rings, and whether they are filled even-odd.
        """
        form = [self.form.matrix] if self.form else []
        outlines: list[Outline] = []
        if self.kind == pdfium.FPDF_PAGEOBJ_PATH:
            count = pdfium.FPDFPath_CountSegments(self.handle)
            rings = rings_of(count, partial(pdfium.FPDFPath_GetPathSegment, self.handle))
            is_odd = fill_mode(self.handle) == pdfium.FPDF_FILLMODE_ALTERNATE
            outlines.append((_placed(rings, [matrix_of(self.handle), *form]), is_odd))
        clip = pdfium.FPDFPageObj_GetClipPath(self.handle) if self.handle else None
        for number in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
            count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
            rings = rings_of(count, partial(pdfium.FPDFClipPath_GetPathSegment, clip, number))
            outlines.append((_placed(rings, form), False))
        return outlines

    def _is_opaque_at(self, rectangle: Rectangle) -> bool:
        if self.kind != pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        width, height, alpha = self._transparency
        if alpha is None:
            return True
        left, bottom, right, top = self.rectangle
        across, up = width / (right - left), height / (top - bottom)
        columns = range(int((rectangle[0] - left) * across), int((rectangle[2] - left) * across) + 1)
        rows = range(int((top - rectangle[3]) * up), int((top - rectangle[1]) * up) + 1)
        return all(
            alpha[min(row, height - 1) * width + min(column, width - 1)] >= OPAQUE
            for row in rows
            for column in columns
        )

    @cached_property
    def _transparency(self) -> tuple[int, int, bytes | None]:
        """A picture's width and height as drawn, and its alpha values; None where it has none."""
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(self.page.pdf.raw, self.page.raw, self.handle)
        if not bitmap:
            return 1, 1, None
        try:
            if pdfium.FPDFBitmap_GetFormat(bitmap) not in (
                pdfium.FPDFBitmap_BGRA,
                pdfium.FPDFBitmap_BGRA_Premul,
            ):
                return 1, 1, None
            width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
            rows = (pixels[row * stride : row * stride + 4 * width] for row in range(height))
            return width, height, b"".join(row[3::4] for row in rows)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)


def fill_mode(path: Any) -> int:
    """Return how a path object is filled, as PDFium's FPDF_FILLMODE."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))
    return mode.value


def _middle(rectangle: Rectangle) -> Rectangle:
    left, bottom, right, top = rectangle
    across, up = _INSET * (right - left), _INSET * (top - bottom)
    return (left + across, bottom + up, right - across, top - up)


def rings_of(count: int, segment: Callable[[int], Any]) -> list[Ring]:
    """Return the subpaths of a path as rings of points; the points that steer a curve stand for the curve."""
    x, y = ctypes.c_float(), ctypes.c_float()
    rings: list[Ring] = []
    for number in range(min(count, MOST_SEGMENTS)):
        part = segment(number)
        pdfium.FPDFPathSegment_GetPoint(part, ctypes.byref(x), ctypes.byref(y))
        if not rings or pdfium.FPDFPathSegment_GetType(part) == pdfium.FPDF_SEGMENT_MOVETO:
            rings.append([])
        rings[-1].append((x.value, y.value))
    return rings


def _placed(rings: list[Ring], matrices: list[Matrix]) -> list[Ring]:
    for matrix in matrices:
        rings = [[moved(x, y, matrix) for x, y in ring] for ring in rings]
    return rings


def _upright(ring: Ring) -> Rectangle | None:
    """Return the rectangle that a ring is; None where it is not one with sides along the axes."""
    corner = ring[:4]
    if len(corner) < 4 or ring[4:] not in ([], corner[:1]):
        return None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corner
    if (y0, x1, y2, x3) == (y1, x2, y3, x0) or (x0, y1, x2, y3) == (x1, y2, x3, y0):
        return (min(x0, x2), min(y0, y2), max(x0, x2), max(y0, y2))
    return None


def _is_inside(place: tuple[float, float], rings: list[Ring], is_odd: bool) -> bool:
    """Return whether a point lies within rings (ISO 32000-1, 8.5.3.3)."""
    x, y = place
    winding = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
            if (y0 <= y) != (y1 <= y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                winding += 1 if y1 > y0 else -1
    return bool(winding % 2 if is_odd else winding)
