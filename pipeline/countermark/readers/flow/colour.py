"""Colours, as RRGGBB in hexadecimal digits: of text, and of what lies behind it."""

from __future__ import annotations

import re

WHITE = "FFFFFF"
UNKNOWN = ""
"""A ground of which no one colour can be told: a pattern, a picture."""
AUTO = "auto"
"""A text colour that is chosen to be seen, white on dark and black on light ground; a ground that lets what
lies behind it show."""
SAME_COLOUR = 16
"""Steps of 255 within which the parts of two colours may differ and nobody sees it."""
RRGGBB = re.compile(r"[0-9A-Fa-f]{6}")


def mixed(colour: str, ground: str, share: float) -> str:
    """So much of a colour over a ground."""
    parts = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return "".join(f"{round(part * share + other * (1 - share)):02X}" for part, other in parts)


def is_same(colour: str, ground: str) -> bool:
    """Return whether text of `colour` can't be told from `ground`."""
    if ground == UNKNOWN or colour == AUTO:
        return False
    parts = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return all(abs(part - other) <= SAME_COLOUR for part, other in parts)
