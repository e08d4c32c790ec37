"""What has changed from one run to another, by document and rule."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import WITHIN, Severity
from countermark.model.place import Noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import DocumentReport, Finding


class Change(StrEnum):
    """What became of a finding."""

    new = "new"
    fixed = "fixed"
    still = "still"
    unclear = "unclear"
    """It was found before; now its document was not checked, or not read to its end."""


class Changed(Noun, frozen=True):
    """A finding, what became of it, and the document that it is on, with those that hold it."""

    change: Change
    path: str
    code: str
    severity: Severity
    message: str


class _Key(NamedTuple):
    path: str
    code: str
    fingerprint: str


class _Seen(NamedTuple):
    findings: dict[_Key, Finding]
    unread: set[str]
    paths: set[str]


def changes(before: Iterable[DocumentReport], after: Iterable[DocumentReport]) -> list[Changed]:
    """Return what became of each finding that counts, what is new first, then in order of path and rule."""
    old, new = _seen(before), _seen(after)
    found = [
        *((Change.new, key, new.findings[key]) for key in new.findings.keys() - old.findings.keys()),
        *((Change.still, key, new.findings[key]) for key in new.findings.keys() & old.findings.keys()),
        *((_gone(key, new), key, old.findings[key]) for key in old.findings.keys() - new.findings.keys()),
    ]
    order = list(Change)
    found.sort(key=lambda entry: (order.index(entry[0]), entry[1]))
    return [
        Changed(change, key.path, key.code, finding.severity, finding.message)
        for change, key, finding in found
    ]


def by_rule(changed: Iterable[Changed]) -> dict[str, Counter[Change]]:
    """Return how many findings of each rule are new, fixed, still there or unclear, in order of codes."""
    counts: dict[str, Counter[Change]] = {}
    for entry in changed:
        counts.setdefault(entry.code, Counter())[entry.change] += 1
    return dict(sorted(counts.items()))


def _gone(key: _Key, new: _Seen) -> Change:
    """Return what a finding that is not there any more has become: what was not read is not fixed."""
    top = key.path.partition(WITHIN)[0]
    return Change.unclear if top not in new.paths or top in new.unread else Change.fixed


def _seen(reports: Iterable[DocumentReport]) -> _Seen:
    seen = _Seen({}, set(), set())
    for report in reports:
        seen.paths.add(report.path)
        if report.is_unread:
            seen.unread.add(report.path)
        for path, finding in _findings(report, report.path):
            if not finding.suppressed:
                seen.findings[_Key(path, finding.code, finding.fingerprint)] = finding
    return seen


def _findings(report: DocumentReport, path: str) -> Iterator[tuple[str, Finding]]:
    yield from ((path, finding) for finding in report.findings)
    for child in report.children:
        yield from _findings(child, WITHIN.join((path, child.path)))
