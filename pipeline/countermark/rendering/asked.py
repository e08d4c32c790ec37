"""Of which documents pictures are asked for, and whether they can be made here."""

from __future__ import annotations

import importlib.util
from enum import StrEnum

from countermark.support.errors import CountermarkError


class Images(StrEnum):
    """Of which documents a report shows pictures."""

    none = "none"
    findings = "findings"
    all = "all"


def has_pillow() -> bool:
    return importlib.util.find_spec("PIL") is not None


def check_pillow() -> None:
    """Raise CountermarkError where Pillow, which packs the pictures, is not installed."""
    if not has_pillow():
        raise CountermarkError("pillow-missing")
