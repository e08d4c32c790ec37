"""The highest marking of a document, and the line that says which one a report bears, since it quotes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Outcome
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from countermark.model import DocumentReport, Marking


def banner(highest: str | None, lang: str) -> str:
    """Return the line of the highest marking that a report quotes; empty where it quotes none."""
    return text(lang, "ui.banner", {"marking": escape_controls(highest)}) if highest else ""


def highest_of(document: DocumentReport) -> Marking | None:
    """Return the marking of the highest grade; none of what is doubtful or a mention."""
    return max(
        (marking for marking in document.markings if marking.outcome is Outcome.marking),
        key=lambda one: -1 if one.grade is None else one.grade,
        default=None,
    )
