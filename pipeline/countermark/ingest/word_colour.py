"""The colours of Word text and of what lies behind it: written out, highlighted or named by a theme."""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING

from countermark.guarded_xml import Element

if TYPE_CHECKING:
    from collections.abc import Mapping

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VAL = f"{W}val"
WHITE = "FFFFFF"
UNKNOWN = ""
"""A ground of which no one colour can be told: a pattern, a picture, a table style's bands."""
SAME_COLOUR = 12
"""Steps of 255 within which the parts of two colours may differ and nobody sees it."""
RRGGBB = re.compile(r"[0-9A-Fa-f]{6}")
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
SCHEME = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
}
"""Names of theme colours in Word (ECMA-376 17.18.97) -> in the theme part (20.1.6.2)."""
MAPPED = {"text1": "dark1", "background1": "light1", "text2": "dark2", "background2": "light2"}
MAPPING = {"t1": "text1", "bg1": "background1", "t2": "text2", "bg2": "background2"}

Palette = dict[str, str]
"""Names of theme colours, as Word text uses them -> RRGGBB."""


def palette(theme: Element | None, mapping: Element | None) -> Palette:
    """The colours of a theme part's root; `mapping` is the settings' clrSchemeMapping, if any."""
    found: Palette = {}
    for name, written in SCHEME.items():
        colour = theme.find(f".//{A}clrScheme/{A}{written}/*") if theme is not None else None
        value = colour.get("lastClr") or colour.get("val", "") if colour is not None else ""
        if RRGGBB.fullmatch(value):
            found[name] = value.upper()
    mapped = dict(MAPPED)
    for name, value in mapping.items() if mapping is not None else ():
        mapped[MAPPING.get(name.removeprefix(W), "")] = value
    found.update({name: found[value] for name, value in mapped.items() if value in found})
    return found


def text_colour(element: Element, theme: Mapping[str, str]) -> str | None:
    """The colour that a w:color element sets as RRGGBB; None where it is automatic or not known. A
    theme's colour goes before the one written beside it (ECMA-376 17.3.2.6)."""
    return _themed(element, theme, "theme") or _written(element.get(VAL))


def shade(element: Element, theme: Mapping[str, str]) -> str | None:
    """The ground that a w:shd element paints (ECMA-376 17.3.5): RRGGBB, UNKNOWN for a pattern, None
    where what lies behind it shows."""
    pattern = element.get(VAL, "clear")
    if pattern == "solid":
        return _themed(element, theme, "theme") or _written(element.get(f"{W}color")) or "000000"
    if pattern not in ("clear", "nil"):
        return UNKNOWN
    return _themed(element, theme, "themeFill") or _written(element.get(f"{W}fill"))


def is_same(colour: str, ground: str) -> bool:
    """Whether text of `colour` can't be told from `ground`."""
    if ground == UNKNOWN:
        return False
    parts = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return all(abs(one - other) <= SAME_COLOUR for one, other in parts)


def _written(value: str | None) -> str | None:
    return value.upper() if value and RRGGBB.fullmatch(value) else None


def _themed(element: Element, theme: Mapping[str, str], prefix: str) -> str | None:
    """The theme's colour that the element names, lightened or darkened as its attributes say
    (ECMA-376 17.3.2.6)."""
    colour = theme.get(element.get(f"{W}{'themeColor' if prefix == 'theme' else prefix}", ""))
    if colour is None:
        return None
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in bytes.fromhex(colour)))
    tint, darken = (_fraction(element.get(f"{W}{prefix}{name}")) for name in ("Tint", "Shade"))
    lightness = lightness * darken
    lightness = lightness * tint + 1 - tint
    parts = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _fraction(value: str | None) -> float:
    """A byte in hexadecimal digits as a fraction, 1 where it is none."""
    try:
        return int(value or "FF", 16) / 255
    except ValueError:
        return 1.0
