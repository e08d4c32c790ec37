"""The line that says of a report which marking it bears, since it quotes marked text."""

from __future__ import annotations

from countermark.support.console import escape_controls
from countermark.support.messages import text


def banner(highest: str | None, lang: str) -> str:
    """Return the line of the highest marking that a report quotes; empty where it quotes none."""
    return text(lang, "ui.banner", {"marking": escape_controls(highest)}) if highest else ""
