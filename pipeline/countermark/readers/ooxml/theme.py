"""The colours that a theme names and that drawings write out (ECMA-376 17.15.1.20, 20.1.2.3)."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

from countermark.readers.flow.colour import RRGGBB
from countermark.readers.ooxml.namespaces import A, W
from countermark.support.safe_xml import local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countermark.support.safe_xml import XmlElement

    Parts = tuple[float, float, float]

Palette = dict[str, str]
"""Names of theme colours, as text and drawings use them -> RRGGBB."""
ACCENTS = {f"accent{number}": f"accent{number}" for number in range(1, 7)}
SCHEME = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
    **ACCENTS,
}
"""Names of theme colours in Word (ECMA-376 17.18.97) -> in the theme part (20.1.6.2)."""
MAPPED = {
    "bg1": "light1",
    "t1": "dark1",
    "bg2": "light2",
    "t2": "dark2",
    "hyperlink": "hyperlink",
    "followedHyperlink": "followedHyperlink",
    **ACCENTS,
}
"""Attributes of clrSchemeMapping -> what they are where the settings have none."""
NAMES = {
    "bg1": ("bg1", "background1"),
    "t1": ("tx1", "text1"),
    "bg2": ("bg2", "background2"),
    "t2": ("tx2", "text2"),
    "hyperlink": ("hyperlink", "hlink"),
    "followedHyperlink": ("followedHyperlink", "folHlink"),
    **{name: (name,) for name in ACCENTS},
}
"""Attributes of clrSchemeMapping -> the names by which drawings and text use what is mapped."""
WHOLE = 100_000
"""Thousandths of a percent in a whole."""
DEGREE = 60_000
"""How many make a degree."""
PRESETS = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "lime": "00FF00", "blue": "0000FF",
    "yellow": "FFFF00", "cyan": "00FFFF", "aqua": "00FFFF", "magenta": "FF00FF", "fuchsia": "FF00FF",
    "silver": "C0C0C0", "gray": "808080", "grey": "808080", "maroon": "800000", "olive": "808000",
    "green": "008000", "teal": "008080", "navy": "000080", "purple": "800080", "orange": "FFA500",
    "darkGray": "A9A9A9", "dkGray": "A9A9A9", "lightGray": "D3D3D3", "ltGray": "D3D3D3",
    "dkBlue": "00008B", "darkBlue": "00008B", "dkRed": "8B0000", "darkRed": "8B0000",
    "dkGreen": "006400", "darkGreen": "006400", "whiteSmoke": "F5F5F5", "snow": "FFFAFA",
    "ghostWhite": "F8F8FF", "ivory": "FFFFF0", "floralWhite": "FFFAF0", "azure": "F0FFFF",
    "mintCream": "F5FFFA", "aliceBlue": "F0F8FF", "gainsboro": "DCDCDC",
}  # fmt: skip
"""Names of colours in drawings (ECMA-376 20.1.10.48, VML), the usual ones and all that are nearly white."""
SYSTEM = {"window": "FFFFFF", "windowText": "000000", "btnFace": "F0F0F0", "3dLight": "E3E3E3"}
"""The colours that a system has unless its user changed them."""


def palette(theme: XmlElement | None, mapping: XmlElement | None) -> Palette:
    """Return the colours of a theme part's root by their names in text and drawings.

    `mapping` is the settings' clrSchemeMapping, if any.
    """
    found: Palette = {}
    scheme = theme.find(f".//{A}clrScheme") if theme is not None else None
    for name, written in SCHEME.items():
        colour = drawn_colour(scheme.find(f"{A}{written}"), {}) if scheme is not None else None
        if colour is not None:
            found[name] = found[written] = colour
    for attribute, names in NAMES.items():
        mapped = mapping.get(f"{W}{attribute}", "") if mapping is not None else ""
        colour = found.get(mapped) or found.get(MAPPED[attribute])
        if colour is not None:
            found.update(dict.fromkeys(names, colour))
    return found


def drawn_colour(parent: XmlElement | None, theme: Mapping[str, str]) -> str | None:
    """Return the colour as RRGGBB that a DrawingML element holds, as a solidFill does.

    None where it holds none.
    """
    for element in parent if parent is not None else ():
        colour = _base(element, theme)
        if colour is not None:
            parts = _fractions(colour)
            for change in element:
                name, value = local_name(change), _value(change, "val")
                if name in _CHANGES and value is not None:
                    parts = _CHANGES[name](parts, value)
            return _written(parts)
    return None


def opacity(parent: XmlElement | None) -> float:
    """Return how opaque the colour is that a DrawingML element holds, from 0 to 1."""
    for element in parent if parent is not None else ():
        for change in element:
            value = _value(change, "val")
            if local_name(change) == "alpha" and value is not None:
                return min(1.0, max(0.0, value))
    return 1.0


def _base(element: XmlElement, theme: Mapping[str, str]) -> str | None:
    name, value = local_name(element), _text(element, "val")
    if name == "srgbClr":
        return value.upper() if RRGGBB.fullmatch(value) else None
    if name == "sysClr":
        last = _text(element, "lastClr")
        return last.upper() if RRGGBB.fullmatch(last) else SYSTEM.get(value)
    if name == "schemeClr":
        return theme.get(value)
    if name == "prstClr":
        return PRESETS.get(value)
    if name == "scrgbClr":
        parts = [_value(element, part) or 0.0 for part in "rgb"]
        return _written((_from_linear(parts[0]), _from_linear(parts[1]), _from_linear(parts[2])))
    if name == "hslClr":
        hue = (_value(element, "hue") or 0.0) * WHOLE / DEGREE / 360
        lightness, saturation = _value(element, "lum") or 0.0, _value(element, "sat") or 0.0
        return _written(colorsys.hls_to_rgb(hue % 1, lightness, saturation))
    return None


def _text(element: XmlElement, name: str) -> str:
    """Return an attribute with or without a namespace: Word's own drawing effects have theirs qualified."""
    space = element.tag.partition("}")[0] + "}" if element.tag.startswith("{") else ""
    return str(element.get(name) or element.get(f"{space}{name}") or "")


def _value(element: XmlElement, name: str) -> float | None:
    """Return a percentage as a fraction: thousandths of a percent, in strict files with a percent sign."""
    written = _text(element, name)
    try:
        return float(written[:-1]) / 100 if written.endswith("%") else int(written[:12]) / WHOLE
    except ValueError:
        return None


def _fractions(colour: str) -> Parts:
    red, green, blue = bytes.fromhex(colour)
    return red / 255, green / 255, blue / 255


def _written(parts: Parts) -> str:
    return "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in parts)


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _from_linear(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _in_light(change: Callable[[float, float], float]) -> Callable[[Parts, float], Parts]:
    """Return a change of each part as light, before it is made fit for a screen."""

    def changed(parts: Parts, value: float) -> Parts:
        red, green, blue = (_from_linear(change(_to_linear(part), value)) for part in parts)
        return red, green, blue

    return changed


def _in_hls(place: int, change: Callable[[float, float], float]) -> Callable[[Parts, float], Parts]:
    """Return a change of hue (0), lightness (1) or saturation (2)."""

    def changed(parts: Parts, value: float) -> Parts:
        hls = list(colorsys.rgb_to_hls(*parts))
        hls[place] = change(hls[place], value)
        return colorsys.hls_to_rgb(hls[0] % 1, min(1.0, max(0.0, hls[1])), min(1.0, max(0.0, hls[2])))

    return changed


_CHANGES: dict[str, Callable[[Parts, float], Parts]] = {
    "lum": _in_hls(1, lambda _, value: value),
    "lumMod": _in_hls(1, lambda own, value: own * value),
    "lumOff": _in_hls(1, lambda own, value: own + value),
    "sat": _in_hls(2, lambda _, value: value),
    "satMod": _in_hls(2, lambda own, value: own * value),
    "satOff": _in_hls(2, lambda own, value: own + value),
    "tint": _in_light(lambda own, value: own * value + 1 - value),
    "shade": _in_light(lambda own, value: own * value),
}
"""Changes of a colour by a percentage (ECMA-376 20.1.2.3)."""
