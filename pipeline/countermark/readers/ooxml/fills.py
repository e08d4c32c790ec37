"""The colour that a DrawingML shape gives its text as ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.flow.colour import UNKNOWN, mixed
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.theme import drawn_colour, opacity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.support.safe_xml import XmlElement

FILLS = frozenset(A + name for name in ("noFill", "solidFill", "gradFill", "pattFill", "blipFill", "grpFill"))
NO_FILL, SOLID_FILL = f"{A}noFill", f"{A}solidFill"
PLAIN = frozenset(("0", "1"))
"""Fill styles of a theme that are one colour: none, and its first (ECMA-376 20.1.4.1.13)."""


def filled_ground(
    properties: XmlElement | None, style: XmlElement | None, behind: str, theme: Mapping[str, str]
) -> str:
    """Return the ground of text in a shape with these shape properties (spPr) and this style, if any.

    `behind` is that of its place on the page.
    """
    fill = next(
        (element for element in (properties if properties is not None else ()) if element.tag in FILLS), None
    )
    if fill is None:
        fill = style.find(f"{A}fillRef") if style is not None else None
        index = fill.get("idx", "0") if fill is not None else "0"
        if index not in PLAIN:
            return UNKNOWN
        if fill is None or index == "0":
            return behind
    elif fill.tag == NO_FILL:
        return behind
    elif fill.tag != SOLID_FILL:
        return UNKNOWN
    colour = drawn_colour(fill, theme)
    return UNKNOWN if colour is None else over(colour, behind, opacity(fill))


def over(colour: str, behind: str, share: float) -> str:
    """Return the colour that shows where one lies over a ground, so opaque as `share`."""
    if share == 1.0:
        return colour
    if behind == UNKNOWN:
        return UNKNOWN
    return mixed(colour, behind, share)
