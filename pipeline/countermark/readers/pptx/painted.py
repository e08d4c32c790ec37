"""What the shapes of a slide paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.flow.colour import UNKNOWN
from countermark.readers.flow.painted import Painted
from countermark.readers.ooxml.fills import SOLID_FILL, filled_ground
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.theme import opacity
from countermark.readers.pptx.shapes import P

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.readers.pptx.shapes import Shape

RIGHT_ANGLE = 90.0
_BELOW = {"FFFFFF", "000000"}
"""Grounds of which a shape that paints nothing shows each."""


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
