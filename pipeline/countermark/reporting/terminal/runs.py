"""The runs of a store, and what changed between two, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from countermark.model import Verdict
from countermark.reporting.difference import Change, by_rule
from countermark.reporting.terminal.table import write_table
from countermark.reporting.terminal.text import verdict_word
from countermark.support.console import write_line
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from countermark.model.run import StoredRun
    from countermark.reporting.difference import Changed

_DIGEST = 12


def write_runs(runs: Sequence[StoredRun], console: Console, lang: str) -> None:
    """Write a line for each run: its number, when, by whom, of how many documents, and what it came to."""
    columns = ("run", "started", "account", "documents", "verdict", "by_verdict", "policy")
    rows = [[text(lang, f"ui.runs.{name}") for name in columns], *(_row(run, lang) for run in runs)]
    write_table(rows, console)


def _row(run: StoredRun, lang: str) -> list[str]:
    facts, overview = run.facts, run.overview
    counts = overview.summary.verdicts if overview else None
    verdicts = [
        text(lang, "ui.verdict_count", {"number": number, "verdict": verdict_word(verdict, lang)})
        for verdict in sorted(Verdict, key=lambda verdict: -verdict.gravity)
        if counts and (number := getattr(counts, verdict.name))
    ]
    return [
        str(run.id),
        run.started,
        facts.operator or facts.account,
        f"{run.documents}/{facts.total}",
        verdict_word(overview.verdict, lang) if overview else text(lang, "ui.runs.broken_off"),
        text(lang, "ui.between_counts").join(verdicts),
        facts.policy.digest[:_DIGEST],
    ]


def write_changes(changed: Sequence[Changed], console: Console, lang: str) -> None:
    """Write what is new, unclear and fixed, a line for each, then how many of each rule."""
    for change in (Change.new, Change.unclear, Change.fixed):
        found = [entry for entry in changed if entry.change is change]
        if found:
            write_line(console, Text(text(lang, f"ui.changes.{change.value}"), style="bold"))
        for entry in found:
            severity = text(lang, f"ui.severities.{entry.severity.value}")
            write_line(console, Text(f"{entry.path}: {severity} {entry.code} {entry.message}"), 4)
    head = [text(lang, "ui.runs.rule"), *(text(lang, f"ui.changes.{change.value}") for change in Change)]
    rows = [[code, *(str(counts[change]) for change in Change)] for code, counts in by_rule(changed).items()]
    write_table([head, *rows] if rows else [[text(lang, "ui.no_findings")]], console)
