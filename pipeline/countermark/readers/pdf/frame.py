"""The page of a PDF as a person sees it, after crop and rotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from countermark.model import Box

if TYPE_CHECKING:
    from countermark.readers.pdf.pdfium import PdfiumPage


@dataclass(frozen=True)
class Frame:
    """The page as seen: the visible part of its user space (`left`, `bottom`, `right`, `top`, points)
    and its rotation in degrees clockwise.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def seen(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return the box on the page as seen of the rectangle that two corners span in user space, in whole
        hundredths of a point.
        """
        if self.rotation == 0:
            x0, y0, x1, y1 = x0 - self.left, self.top - y0, x1 - self.left, self.top - y1
        elif self.rotation == 90:
            x0, y0, x1, y1 = y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        elif self.rotation == 180:
            x0, y0, x1, y1 = self.right - x0, y0 - self.bottom, self.right - x1, y1 - self.bottom
        else:
            x0, y0, x1, y1 = self.top - y0, self.right - x0, self.top - y1, self.right - x1
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        try:
            return Box(
                round(100 * x0) / 100, round(100 * y0) / 100, round(100 * x1) / 100, round(100 * y1) / 100
            )
        except (ValueError, OverflowError):  # no numbers: a matrix beyond all bounds
            return Box(0.0, 0.0, 0.0, 0.0)


def frame_of(page: PdfiumPage) -> Frame:
    """Return the frame of a pypdfium2 page."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() % 360)
