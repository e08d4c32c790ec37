"""The colour behind the text of a shape: what fills it, or what lies behind it where nothing does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.readers.flow.colour import RRGGBB, UNKNOWN
from countermark.readers.ooxml.fills import filled_ground, over
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.theme import PRESETS, SYSTEM, drawn_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.readers.flow.run_format import Items
    from countermark.support.safe_xml import XmlElement

WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
VML_FILL = "{urn:schemas-microsoft-com:vml}fill"
VML_OFF = frozenset(("f", "false", "0"))
SHORT = re.compile(r"[0-9A-Fa-f]{3}")


def drawn_ground(shape: XmlElement, behind: str, theme: Mapping[str, str]) -> str:
    """Return the ground of text in a DrawingML shape; `behind` is that of its place on the page."""
    return filled_ground(shape.find(f"{WPS}spPr"), shape.find(f"{WPS}style"), behind, theme)


def shape_characters(shape: XmlElement, theme: Mapping[str, str]) -> Items:
    """Return how characters look in a DrawingML shape that set no colour by themselves."""
    colour = drawn_colour(shape.find(f"{WPS}style/{A}fontRef"), theme)
    return () if colour is None else (("colour", colour),)


def vml_ground(shape: XmlElement, behind: str) -> str:
    """Return the ground of text in a VML shape.

    White unless it says otherwise (ECMA-376 part 4, 19.1.2.19).
    """
    fill = shape.find(VML_FILL)
    is_off = shape.get("filled") in VML_OFF or (fill is not None and fill.get("on") in VML_OFF)
    if is_off:
        return behind
    if fill is not None and fill.get("type", "solid") != "solid":
        return UNKNOWN
    colour = vml_colour((fill.get("color") if fill is not None else None) or shape.get("fillcolor", "white"))
    if colour is None:
        return UNKNOWN
    return over(colour, behind, vml_opacity(fill))


def vml_colour(written: str) -> str | None:
    """Return a colour as VML writes it: `#203040 [3215]`, `#fff`, a name; None where it can't be told."""
    name = written.strip().partition(" ")[0]
    digits = name.removeprefix("#")
    if name.startswith("#") and SHORT.fullmatch(digits):
        return "".join(2 * digit for digit in digits).upper()
    if RRGGBB.fullmatch(digits):
        return digits.upper()
    return PRESETS.get(name.casefold()) or SYSTEM.get(name)


def vml_opacity(fill: XmlElement | None) -> float:
    """Return how opaque a VML fill is: a fraction, a percentage, or 65536ths with an f."""
    written = fill.get("opacity", "1") if fill is not None else "1"
    units = {"f": 65536, "%": 100}.get(written[-1:], 1)
    try:
        return min(1.0, max(0.0, float(written[:12].rstrip("f%")) / units))
    except ValueError:
        return 1.0
