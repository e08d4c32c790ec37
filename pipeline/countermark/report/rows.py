"""Findings as the rows of a table, for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.messages import text
from countermark.report.placed import explanation, placed
from countermark.report.places import places
from countermark.report.text import clause_of
from countermark.report.unread import broken_off
from countermark.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.report.placed import Placed
    from countermark.summary import Run

COLUMNS = (
    "marking",
    "path",
    "attachment",
    "status",
    "severity",
    "code",
    "name",
    "message",
    "where",
    "read",
    "fix",
    "clause",
    "explain",
    "suppressed",
    "fingerprint",
)
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, at its beginning."""


def head(lang: str) -> list[str]:
    """The names of the columns."""
    return [text(lang, f"ui.columns.{name}") for name in COLUMNS]


def rows(run: Run) -> Iterator[list[str]]:
    """A row for each finding, and one for each file without any; each tells the highest marking that
    the report quotes, so that no screen or page of it is without. The first says where the run broke off."""
    marking = run.overview.highest_marking or ""
    if broken := broken_off(run.overview, run.lang):
        yield [marking, "", "", broken, *[""] * (len(COLUMNS) - 4)]
    for document in run.documents:
        status = text(run.lang, f"ui.status.{document.status.value}")
        found = list(placed(document))
        for one in found:
            yield [harmless(cell) for cell in (marking, *_cells(one, status, run.lang))]
        if not found:
            empty = [""] * (len(COLUMNS) - 4)
            yield [harmless(cell) for cell in (marking, document.path, "", status, *empty)]


def _cells(one: Placed, status: str, lang: str) -> tuple[str, ...]:
    finding = one.finding
    return (
        one.path,
        text(lang, "ui.between_places").join(one.inside),
        status,
        text(lang, f"ui.severities.{finding.severity.value}"),
        finding.code,
        finding.name,
        finding.message,
        places(finding.locations, lang),
        text(lang, "ui.between_zones").join(finding.evidence),
        finding.fix,
        clause_of(finding.source, lang),
        explanation(finding.code),
        finding.suppressed or "",
        finding.fingerprint,
    )


def harmless(cell: str) -> str:
    """The text on one line, behind an apostrophe where a spreadsheet would take it for a formula."""
    shown = visible(cell)
    return f"'{shown}" if shown.lstrip().startswith(_ACTIVE) or cell.startswith(_ACTIVE) else shown
