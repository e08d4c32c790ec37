"""What is painted on a page with places: the ground of a text there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.flow.colour import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.model import Box

MOST = 500
"""Painted areas that are looked through for the ground of one text; beyond them it isn't known."""


class Painted(NamedTuple):
    """An area of one colour, or UNKNOWN; `opaque`: nothing below it is seen."""

    box: Box
    colour: str
    opaque: bool


def ground_at(box: Box | None, painted: Sequence[Painted], page: str) -> str:
    """Return the colour behind a text in `box`.

    Of the last area painted there, else the page's; UNKNOWN where an area covers a part of it only.
    """
    if box is None or len(painted) > MOST:
        return UNKNOWN
    for area in reversed(painted):
        if contains(area.box, box):
            return area.colour
        if _overlap(area.box, box):
            return UNKNOWN
    return page


def contains(outer: Box, inner: Box) -> bool:
    """Return whether a box lies in another, a point of difference aside."""
    return (
        outer.x0 - 1 <= inner.x0
        and outer.y0 - 1 <= inner.y0
        and outer.x1 + 1 >= inner.x1
        and outer.y1 + 1 >= inner.y1
    )


def _overlap(box: Box, other: Box) -> bool:
    return box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1
