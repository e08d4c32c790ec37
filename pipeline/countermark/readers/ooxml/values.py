"""Simple values of Office Open XML attributes (ECMA-376 part 1, 22.9)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from countermark.readers.ooxml.namespaces import VAL

if TYPE_CHECKING:
    from countermark.support.safe_xml import XmlElement

OFF = frozenset(("0", "false", "off"))
HALF_POINTS, TWIPS, EMU = 2, 20, 12700
"""How many half points, twentieths of a point and English metric units make a point."""
POINTS_IN = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
MEASURE = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi)?")
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


def is_on(element: XmlElement | None, name: str = VAL, absent: str = "1") -> bool:
    """Return the value of an on/off element or attribute (ECMA-376 17.17.4).

    No element means off, no value `absent`.
    """
    return element is not None and element.get(name, absent) not in OFF


def whole_number(value: str | None) -> int | None:
    """Return a number of at most nine digits; None for anything else."""
    return int(value) if value and WHOLE_NUMBER.fullmatch(value) else None


@lru_cache(maxsize=1024)
def points(value: str | None, per_point: int) -> float | None:
    """Return a measure in points.

    A number of which `per_point` make a point, or one with its own unit, as strict files have (ECMA-376
    22.9.2.15). None where it is neither.
    """
    found = MEASURE.fullmatch(value or "")
    if not found:
        return None
    return float(found[1]) * POINTS_IN[found[2]] if found[2] else float(found[1]) / per_point
