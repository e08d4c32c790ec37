"""Text objects of a PDF page, and what is painted that may hide them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from countermark.model import Unseen
from countermark.readers.pdf import pdfium
from countermark.readers.pdf.clip_paths import cuts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.pdf.areas import Area, Colour
    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.objects import Rectangle

SAME = 12
"""Colours no further apart than this, in each channel, are one to the eye."""
_PAPER = (255, 255, 255)
_STEP = 32.0


@dataclass(slots=True)
class TextOnPage:
    """A text object. `mode` is its rendering mode; `colour` None where it is not one colour; `unseen`
    says why none of it is seen where that is known; `clip` is what clipping paths leave of it, None where
    that is all; `near` are the painted areas that it may touch, in the order of painting."""

    order: int
    handle: int
    rectangle: Rectangle
    mode: int
    colour: Colour | None
    unseen: Unseen | None
    clip: Rectangle | None = None
    near: Sequence[Area] = ()

    @property
    def is_told(self) -> bool:
        """Whether `unseen` holds for all of it."""
        return self.unseen is not None or not (self.clip or self.near)

    def is_doubtful(self) -> bool:
        """Whether a part of it may be unseen."""
        if (
            self.unseen
            or self.clip
            or self.mode == pdfium.FPDF_TEXTRENDERMODE_CLIP
            or _is_same(self.colour, _PAPER)
        ):
            return True
        return any(map(self.may_be_hidden_by, self.near))

    def may_be_hidden_by(self, area: Area) -> bool:
        """Whether an area lies over it, or under it in the same colour, where they touch."""
        return area.is_solid if area.order > self.order else _is_same(self.colour, area.colour)

    def reason(self, rectangle: Rectangle) -> Unseen | None:
        """Why a character in this rectangle is not seen; None where it is."""
        if self.clip and cuts(self.clip, rectangle):
            return Unseen.clipped
        if self.mode == pdfium.FPDF_TEXTRENDERMODE_CLIP:
            shines = any(area.order > self.order and area.holds(rectangle) for area in self.near)
            return None if shines else Unseen.invisible
        if any(area.order > self.order and area.hides(rectangle) for area in self.near):
            return Unseen.covered
        behind = [area for area in self.near if area.order < self.order and area.holds(rectangle)]
        ground = behind[-1].colour if behind else _PAPER
        return Unseen.colour if _is_same(self.colour, ground) else None


class SpatialIndex:
    """Painted areas by the bands across a page that they touch."""

    def __init__(self, areas: Sequence[Area], frame: Frame) -> None:
        self._frame = frame
        self._bands: dict[int, list[Area]] = defaultdict(list)
        for area in areas:
            for band in self._touched(area.rectangle):
                self._bands[band].append(area)

    def near(self, rectangle: Rectangle) -> list[Area]:
        """Return the areas that a rectangle may touch, in the order of painting."""
        left, bottom, right, top = rectangle
        found = {
            area.order: area
            for band in self._touched(rectangle)
            for area in self._bands.get(band, ())
            if area.rectangle[0] < right and area.rectangle[2] > left
            if area.rectangle[1] < top and area.rectangle[3] > bottom
        }
        return [found[order] for order in sorted(found)]

    def may_hide(self, text: TextOnPage) -> bool:
        """Whether an area that a text may touch may hide it."""
        left, bottom, right, top = text.rectangle
        for band in self._touched(text.rectangle):
            for area in self._bands.get(band, ()):
                x0, y0, x1, y1 = area.rectangle
                if x0 < right and x1 > left and y0 < top and y1 > bottom and text.may_be_hidden_by(area):
                    return True
        return False

    def _touched(self, rectangle: Rectangle) -> range:
        lowest, highest = self._frame.bottom, self._frame.top
        bottom, top = min(highest, max(lowest, rectangle[1])), min(highest, max(lowest, rectangle[3]))
        return range(int(bottom // _STEP), int(top // _STEP) + 1)


@lru_cache(maxsize=1 << 10)
def _is_same(colour: Colour | None, ground: Colour | None) -> bool:
    """Whether no eye tells two colours apart."""
    if colour is None or ground is None:
        return False
    return all(abs(part - other) <= SAME for part, other in zip(colour, ground, strict=True))
