"""The colours of Word text and of what lies behind it: written out, highlighted or named by a theme."""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING

from countermark.readers.flow.colour import AUTO, RRGGBB, UNKNOWN, WHITE, is_same, mixed
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.support.safe_xml import XmlElement

if TYPE_CHECKING:
    from collections.abc import Mapping

PERCENT = re.compile(r"pct([0-9]{1,2})")
HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": WHITE,
    "yellow": "FFFF00",
}
"""ECMA-376 17.18.40."""


def text_colour(element: XmlElement, theme: Mapping[str, str]) -> str:
    """Return the colour that a w:color element sets: RRGGBB or AUTO.

    A theme's colour goes before the one written beside it (ECMA-376 17.3.2.6).
    """
    return themed(element, theme, "theme") or _written(element.get(VAL)) or AUTO


def shade(element: XmlElement | None, theme: Mapping[str, str]) -> str | None:
    """Return the ground that a w:shd element paints (ECMA-376 17.3.5).

    RRGGBB, UNKNOWN for stripes, AUTO where what lies behind it shows; None where there is no element, or
    one that says nothing ([MS-OI29500] 2.1.553).
    """
    if element is None or element.get(VAL) == "nil":
        return None
    pattern = element.get(VAL, "clear")
    fill = themed(element, theme, "themeFill") or _written(element.get(f"{W}fill"))
    if pattern == "clear":
        return fill or AUTO
    colour = themed(element, theme, "theme") or _written(element.get(f"{W}color")) or "000000"
    if pattern == "solid":
        return colour
    percent = PERCENT.fullmatch(pattern)
    fill = fill or WHITE
    if percent:
        return mixed(colour, fill, int(percent[1]) / 100)
    return colour if is_same(colour, fill) else UNKNOWN


def _written(value: str | None) -> str | None:
    return value.upper() if value and RRGGBB.fullmatch(value) else None


def themed(element: XmlElement, theme: Mapping[str, str], prefix: str) -> str | None:
    """Return the theme's colour that the element names, lightened or else darkened as its attributes say
    (ECMA-376 17.3.2.6, [MS-OI29500] 2.1.144).
    """
    colour = theme.get(element.get(f"{W}{'themeColor' if prefix == 'theme' else prefix}", ""))
    if colour is None:
        return None
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in bytes.fromhex(colour)))
    tint, darken = (_fraction(element.get(f"{W}{prefix}{name}")) for name in ("Tint", "Shade"))
    lightness = lightness * darken if tint == 1 else lightness * tint + 1 - tint
    parts = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _fraction(value: str | None) -> float:
    """Return a byte in hexadecimal digits as a fraction, 1 where it is none."""
    try:
        return min(1.0, max(0.0, int((value or "FF")[:8], 16) / 255))
    except ValueError:
        return 1.0
