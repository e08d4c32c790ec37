"""The baseline: findings that are known, one a line, so that only new ones count.

An entry names file, rule and fingerprint, never what a document says, no page and no date of its own:
the file stays the same while the findings do.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from countermark.model.verdict import with_verdict
from countermark.standards.data import has_ended
from countermark.support.errors import CountermarkError
from countermark.support.text_files import read_within
from countermark.support.validation_errors import validation_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from countermark.model import DocumentReport, Finding

READ = "READ"
"""The family of rules that is never taken into a baseline: what was not read is not known."""
BASELINE_MIB = 64
"""How large a baseline may be: some 300,000 entries."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A known finding.

    `path` counts from the configuration's folder; `until` is the last day on which the entry holds.
    """

    path: str
    code: str
    fingerprint: str
    reason: str
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether the entry holds on that day."""
        return not has_ended(self.until, day)


Baseline = dict[str, Entry]
"""Entries by their fingerprint."""


def load_baseline(path: Path) -> Baseline:
    """Return the entries of a file. Raises CountermarkError naming file and line where it is none."""
    lines = read_within(path, BASELINE_MIB).splitlines()
    entries: Baseline = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise validation_error(f"{path}:{number}", error) from error
        if not entry.reason.strip():
            raise CountermarkError("baseline-no-reason", where=f"{path}:{number}")
        entries[entry.fingerprint] = entry
    return entries


def written(entries: Iterable[Entry]) -> bytes:
    """Return the entries as a file, sorted."""
    ordered = sorted(entries, key=lambda entry: (entry.path, entry.code, entry.fingerprint))
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in ordered)


def with_baseline(report: DocumentReport, entries: Mapping[str, Entry], day: date) -> DocumentReport:
    """Return the report with the findings suppressed that the baseline knows and no waiver does, and with the
    verdict on what is left.
    """
    return with_verdict(_suppressed(report, entries, day))


def _suppressed(report: DocumentReport, entries: Mapping[str, Entry], day: date) -> DocumentReport:

    def known(finding: Finding) -> Finding:
        entry = entries.get(finding.fingerprint)
        if finding.suppressed or entry is None or not entry.holds(day):
            return finding
        return msgspec.structs.replace(finding, suppressed=entry.reason)

    return msgspec.structs.replace(
        report,
        findings=tuple(known(finding) for finding in report.findings),
        children=tuple(_suppressed(child, entries, day) for child in report.children),
    )


def fingerprints(report: DocumentReport) -> set[str]:
    """Return the fingerprints of all findings of a document and its attachments."""
    return {finding.fingerprint for member in report.family() for finding in member.findings}


def entries_of(report: DocumentReport, path: str, reason: str, until: date | None) -> list[Entry]:
    """Entries for the findings of a document, and of its attachments, that may be taken as known."""
    return [
        Entry(path=path, code=finding.code, fingerprint=finding.fingerprint, reason=reason, until=until)
        for member in report.family()
        for finding in member.findings
        if not finding.suppressed and not finding.code.startswith(READ)
    ]


def stale(
    entries: Iterable[Entry], met: Collection[str], checked: Collection[str], folder: Path
) -> list[Entry]:
    """Entries that match nothing any more.

    Those of files that were checked, whose findings are not `met`, and those of files that are gone.
    Paths count from `folder`.
    """
    return [
        entry
        for entry in entries
        if entry.fingerprint not in met and (entry.path in checked or not (folder / entry.path).exists())
    ]
