"""Covering letters compared with the documents of their consignment: a message, an archive, a folder."""

from __future__ import annotations

from collections import deque
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from countermark.checking.enclosure_matching import parts_of
from countermark.checking.enclosures import Consignment, enclosure_subjects
from countermark.checking.redaction import words_kept
from countermark.model import Identity
from countermark.model.verdict import with_verdict
from countermark.rules.rule import Scope
from countermark.support.stops import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from countermark.checking.enclosure_matching import Part
    from countermark.config.policy import Policy
    from countermark.model import DocumentReport
    from countermark.rules.facts.views import Subject

    Evaluate = Callable[[DocumentReport, dict[Scope, list[Subject]], tuple[str, ...]], DocumentReport]
    CheckAgain = Callable[[Sequence[str]], Iterable[DocumentReport]]


_MOST_HELD = 1000
"""Reports that wait for the end of a letter's folder."""
_MOST_KEPT = 5000
"""Documents of a run that a letter after them is compared with."""


def none_again(_paths: Sequence[str]) -> Iterable[DocumentReport]:
    """Check nothing again."""
    return ()


def with_enclosures_compared(
    reports: Iterable[DocumentReport],
    policy: Policy,
    evaluate: Evaluate,
    check_again: CheckAgain = none_again,
) -> Iterator[DocumentReport]:
    """Yield the reports in their order, those on covering letters with what `evaluate` makes of their lists.

    From a covering letter on, reports are held until its folder ends, since what it lists may come later. A
    report of an earlier run does not say what lists name its document by: where a list is compared with it,
    `check_again` gives a new one of its path.
    """
    before: deque[Part | str] = deque(maxlen=_MOST_KEPT)
    held: list[DocumentReport] = []
    try:
        for report in reports:
            if held and (len(held) == _MOST_HELD or not _is_below(report, held[0])):
                is_complete = len(held) < _MOST_HELD
                yield from _compared(held, before, policy, evaluate, check_again, is_complete=is_complete)
                held = []
            before += list(parts_of(report, report.path)) or [report.path]
            if held or has_list(report):
                held.append(report)
            else:
                yield without_identity(report)
    except Stopped:
        yield from map(without_identity, held)
        raise
    yield from _compared(held, before, policy, evaluate, check_again, is_complete=True)


def has_list(report: DocumentReport) -> bool:
    """Return whether a document, or one that lies in it, lists enclosures."""
    return any(_has_list(member) for member in report.family())


def without_identity(report: DocumentReport) -> DocumentReport:
    """Return the report without what only serves to find documents in lists of enclosures."""
    children = tuple(without_identity(child) for child in report.children)
    return msgspec.structs.replace(report, identity=msgspec.UNSET, children=children)


def _has_list(report: DocumentReport) -> bool:
    return isinstance(report.identity, Identity) and report.identity.enclosures is not None


def _folder(thing: DocumentReport | Part | str) -> PurePath:
    return PurePath(thing if isinstance(thing, str) else thing.path).parent


def _is_below(thing: DocumentReport | Part | str, letter: DocumentReport) -> bool:
    return _folder(thing).is_relative_to(_folder(letter))


def _compared(
    held: Sequence[DocumentReport],
    before: Iterable[Part | str],
    policy: Policy,
    evaluate: Evaluate,
    check_again: CheckAgain,
    *,
    is_complete: bool,
) -> Iterator[DocumentReport]:
    walk = _Walk(policy, evaluate)
    near = [thing for thing in before if held and _is_below(thing, held[0])]
    parts = [thing for thing in near if not isinstance(thing, str)]
    again = check_again([thing for thing in near if isinstance(thing, str)])
    parts += [part for report in again for part in parts_of(report, report.path)]
    for report in held:
        folder = _folder(report)
        around = [part for part in parts if _folder(part).is_relative_to(folder)]
        consignment = Consignment(around, is_closed=False, is_complete=is_complete)
        yield without_identity(walk.judged(report, consignment, ()))


class _Walk:
    """Judges covering letters, and those in messages and archives, by what lies in them or around them."""

    def __init__(self, policy: Policy, evaluate: Evaluate) -> None:
        self._standards, self._today, self._evaluate = policy.standards, policy.today, evaluate
        self._kept = partial(words_kept, words=policy.recogniser.lexicon) if policy.config.redact else str

    def judged(self, report: DocumentReport, around: Consignment, within: tuple[str, ...]) -> DocumentReport:
        """Return the report with the findings on its list, and on those of what is in it.

        `around` is the consignment that it is in, `within` are the names of what it lies in.
        """
        inside = [part for child in report.children for part in parts_of(child, child.path)]
        inner = Consignment(inside, is_closed=True, is_complete=True)
        names, letter = (*within, report.path), next(parts_of(report, report.path), None)
        beside = inner if len(inside) > 1 else around
        children = tuple(self.judged(child, beside, names) for child in report.children)
        if children != report.children:
            report = with_verdict(msgspec.structs.replace(report, children=children))
        if letter is None or not letter.identity.enclosures:
            return report
        day = date.fromisoformat(report.date) if report.date else self._today
        subjects = enclosure_subjects(letter, inner if inside else around, day, self._standards, self._kept)
        return self._evaluate(report, {Scope.enclosure: list(subjects)}, names)
