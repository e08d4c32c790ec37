"""Findings as the rows of a table, for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import WITHIN
from countermark.reporting.placed import explanation, placed
from countermark.reporting.places import places
from countermark.reporting.terminal.text import clause_of, details, verdict_word
from countermark.reporting.unread import broken_off
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.reporting.placed import Placed
    from countermark.reporting.summary import ReportInput

COLUMNS = (
    "marking",
    "run_verdict",
    "path",
    "attachment",
    "verdict",
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
    "judged_by",
)
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, at its beginning."""


def head(lang: str) -> list[str]:
    """Return the names of the columns."""
    return [text(lang, f"ui.columns.{name}") for name in COLUMNS]


def rows(run: ReportInput) -> Iterator[list[str]]:
    """Return a row for each finding, and one for each file without any.

    Each has the highest marking that the report quotes and the verdict on the run, so that no screen or
    page of it is without. The first says where the run broke off.
    """
    common = {
        "marking": run.overview.highest_marking or "",
        "run_verdict": verdict_word(run.overview.verdict, run.lang),
    }
    if broken := broken_off(run.overview, run.lang):
        yield [{**common, "status": broken}.get(column, "") for column in COLUMNS]
    for document in run.documents:
        of_document = {
            **common,
            "path": document.path,
            "verdict": verdict_word(document.verdict, run.lang),
            "status": text(run.lang, f"ui.status.{document.status.value}"),
            "judged_by": details(document, run.lang),
        }
        for cells in [_cells(placed_finding, run.lang) for placed_finding in placed(document)] or [{}]:
            row = {**of_document, **cells}
            yield [harmless(row.get(column, "")) for column in COLUMNS]


def _cells(placed_finding: Placed, lang: str) -> dict[str, str]:
    """Return what a finding says, by column."""
    finding = placed_finding.finding
    return {
        "attachment": WITHIN.join(placed_finding.inside),
        "severity": text(lang, f"ui.severities.{finding.severity.value}"),
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "where": places(finding.locations, lang),
        "read": text(lang, "ui.between_zones").join(finding.evidence),
        "fix": finding.fix,
        "clause": clause_of(finding.source, lang),
        "explain": explanation(finding.code),
        "suppressed": finding.suppressed or "",
        "fingerprint": finding.fingerprint,
    }


def harmless(cell: str) -> str:
    """Return the text on one line, behind an apostrophe where a spreadsheet would take it for a formula."""
    shown = escape_controls(cell)
    return f"'{shown}" if shown.lstrip().startswith(_ACTIVE) or cell.startswith(_ACTIVE) else shown
