"""The parties' countries by their usual codes: UK is GB, JPN is JP."""

from __future__ import annotations

_CODES = {"GB": "GB", "UK": "GB", "GBR": "GB", "JP": "JP", "JPN": "JP"}


def code_of(name: str) -> str:
    """Return a party's code by any of its codes, in any case; another name as it is."""
    return _CODES.get(name.strip().upper(), name)
