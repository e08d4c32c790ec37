"""What is painted on a slide: the ground of each text, and what lies over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.flow.colour import UNKNOWN
from countermark.readers.ooxml.fills import SOLID_FILL, filled_ground
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.theme import opacity
from countermark.readers.pptx.shapes import P

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countermark.model import Box
    from countermark.readers.pptx.shapes import Shape

MOST = 500
"""Painted areas that are looked through for the ground of one text; beyond them it isn't known."""
RIGHT_ANGLE = 90.0
_BELOW = {"FFFFFF", "000000"}
"""Grounds of which a shape that paints nothing shows each."""


class Painted(NamedTuple):
    """An area of one colour, or UNKNOWN; `opaque`: nothing below it is seen."""

    box: Box
    colour: str
    opaque: bool


def painted_by(shape: Shape, theme: Mapping[str, str]) -> Painted | None:
    """Return the area that a shape paints; None where it paints none."""
    if shape.box is None or shape.hidden:
        return None
    if shape.element.tag != f"{P}sp":
        return None if shape.element.tag == f"{P}cxnSp" else Painted(shape.box, UNKNOWN, False)
    properties, style = shape.element.find(f"{P}spPr"), shape.element.find(f"{P}style")
    if properties is None:
        return None
    shown = {filled_ground(properties, style, below, theme) for below in _BELOW}
    if shown == _BELOW:
        return None
    outline = properties.find(f"{A}prstGeom")
    is_whole = outline is not None and outline.get("prst") == "rect" and shape.rotation % RIGHT_ANGLE == 0
    fill = properties.find(SOLID_FILL)
    colour = shown.pop() if len(shown) == 1 else UNKNOWN
    return Painted(shape.box, colour, is_whole and fill is not None and opacity(fill) == 1.0)


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
