"""What clipping paths leave of the objects of a PDF page (ISO 32000-1, 8.5.4), through PDFium."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from countermark.readers.pdf import pdfium
from countermark.readers.pdf.areas import MOST_SEGMENTS, rings_of
from countermark.readers.pdf.objects import IDENTITY, around

if TYPE_CHECKING:
    from countermark.readers.pdf.objects import FormXObject, Matrix, Rectangle


class Clips:
    """Asks PDFium for the clipping paths of one page, each as the rectangle around it in user space.

    What lies outside is cut off.
    """

    def __init__(self) -> None:
        self._of_forms: dict[tuple[int, ...], Rectangle | None] = {}

    def of(self, handle: int, form: FormXObject | None) -> Rectangle | None:
        """Return what is left for an object in this form; None where nothing is cut off."""
        clip = pdfium.FPDFPageObj_GetClipPath(handle)
        count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
        left = None
        for number in range(count):
            left = _shared(left, _rectangle(clip, number, form.matrix if form else IDENTITY))
        if form is None:
            return left
        if form.handles not in self._of_forms:
            self._of_forms[form.handles] = self.of(form.handles[-1], form.parent)
        return _shared(left, self._of_forms[form.handles])


def _rectangle(clip: int, number: int, matrix: Matrix) -> Rectangle | None:
    """Return the rectangle around a clipping path; None where it is empty or too long to tell."""
    count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
    if not 0 < count <= MOST_SEGMENTS:
        return None
    rings = rings_of(count, partial(pdfium.FPDFClipPath_GetPathSegment, clip, number))
    return around([point for ring in rings for point in ring], matrix)


def _shared(rectangle: Rectangle | None, other: Rectangle | None) -> Rectangle | None:
    if rectangle is None or other is None:
        return rectangle or other
    return (
        max(rectangle[0], other[0]),
        max(rectangle[1], other[1]),
        min(rectangle[2], other[2]),
        min(rectangle[3], other[3]),
    )


def keeps(clip: Rectangle, rectangle: Rectangle) -> bool:
    """Return whether nothing of a rectangle is cut off."""
    return (
        clip[0] <= rectangle[0]
        and clip[1] <= rectangle[1]
        and clip[2] >= rectangle[2]
        and clip[3] >= rectangle[3]
    )


def cuts(clip: Rectangle, rectangle: Rectangle) -> bool:
    """Return whether the middle of a rectangle is cut off."""
    x, y = (rectangle[0] + rectangle[2]) / 2, (rectangle[1] + rectangle[3]) / 2
    return not (clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3])
