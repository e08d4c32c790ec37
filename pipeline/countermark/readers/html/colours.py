"""Colours of CSS as RRGGBB (CSS Color 3)."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

_WRITTEN_NAMES = (
    "black:000000 silver:C0C0C0 gray:808080 grey:808080 white:FFFFFF maroon:800000 red:FF0000 "
    "purple:800080 fuchsia:FF00FF magenta:FF00FF green:008000 lime:00FF00 olive:808000 yellow:FFFF00 "
    "navy:000080 blue:0000FF teal:008080 aqua:00FFFF cyan:00FFFF orange:FFA500 gold:FFD700 "
    "pink:FFC0CB crimson:DC143C firebrick:B22222 darkred:8B0000 brown:A52A2A tomato:FF6347 "
    "orangered:FF4500 indigo:4B0082 violet:EE82EE darkblue:00008B midnightblue:191970 "
    "royalblue:4169E1 steelblue:4682B4 darkgreen:006400 darkgray:A9A9A9 darkgrey:A9A9A9 "
    "dimgray:696969 dimgrey:696969 lightgray:D3D3D3 lightgrey:D3D3D3 gainsboro:DCDCDC "
    "whitesmoke:F5F5F5 snow:FFFAFA ivory:FFFFF0 ghostwhite:F8F8FF floralwhite:FFFAF0 azure:F0FFFF "
    "aliceblue:F0F8FF mintcream:F5FFFA honeydew:F0FFF0 seashell:FFF5EE lavenderblush:FFF0F5 "
    "oldlace:FDF5E6 linen:FAF0E6 beige:F5F5DC lightyellow:FFFFE0 lightcyan:E0FFFF lavender:E6E6FA "
    "windowtext:000000 canvastext:000000 window:FFFFFF canvas:FFFFFF"
)
_NAMES = dict(pair.split(":") for pair in _WRITTEN_NAMES.split())
_HEX = re.compile(r"#?(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{0,100})\)")
_WORD = re.compile(r"(?:rgb|hsl)a?\([^()]{0,100}\)|[^\s,()]+")


class Colour(NamedTuple):
    """A colour as RRGGBB and how opaque it is, from 0 to 1."""

    rgb: str
    alpha: float = 1.0


def colour_of(value: str) -> Colour | None:
    """Return the colour that a value in lower case names first, as `background` does among other things.

    None where it names none that is known.
    """
    return next((found for word in _WORD.findall(value[:1000]) if (found := _colour(word))), None)


def _colour(word: str) -> Colour | None:
    if word == "transparent":
        return Colour("000000", 0.0)
    if word in _NAMES:
        return Colour(_NAMES[word])
    if _HEX.fullmatch(word):
        digits = word.removeprefix("#").upper()
        digits = "".join(digit * 2 for digit in digits) if len(digits) < 6 else digits
        return Colour(digits[:6], int(digits[6:] or "FF", 16) / 255)
    match = _FUNCTION.fullmatch(word)
    try:
        return _of_function(match[1], re.split(r"[\s,/]+", match[2].strip())) if match else None
    except (ValueError, IndexError):
        return None


def _of_function(name: str, parts: list[str]) -> Colour:
    alpha = min(1.0, max(0.0, _share(parts[3], 1))) if len(parts) > 3 else 1.0
    if name == "hsl":
        hue = float(parts[0].removesuffix("deg")) / 360 % 1
        shares = colorsys.hls_to_rgb(hue, _share(parts[2], 100), _share(parts[1], 100))
    else:
        red, green, blue = (_share(part, 255) for part in parts[:3])
        shares = red, green, blue
    return Colour("".join(f"{round(255 * min(1.0, max(0.0, share))):02X}" for share in shares), alpha)


def _share(written: str, whole: float) -> float:
    """Return a number of `whole`, or a percentage, as a share of 1."""
    return float(written[:-1]) / 100 if written.endswith("%") else float(written) / whole
