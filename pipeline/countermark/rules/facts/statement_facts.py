"""The subjects that statements beside markings give.

Periods, cancellations, 機密性 grades, stamps; and the markings that are struck through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import MARKED_ZONES, CompanionKind
from countermark.recognition.dates import days_in
from countermark.rules.facts.views import StatementView, Subject, is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.recognition.statements import Statement
    from countermark.rules.facts.rule_context import RuleContext

_GRADES = ("1", "2", "3")
_OF_SECRETS = "3"
_LONGEST_YEARS = 5
"""Act 108 of 2013 art. 4(1) and (2), Act 27 of 2024 art. 4; 極秘 and 秘 likewise."""


def statement_subjects(case: RuleContext) -> Iterator[Subject]:
    for said in case.statements:
        view = StatementView(
            kind=said.kind,
            country=said.country,
            text=said.text,
            value=said.value,
            expired=_is_expired(said, case),
            too_long=said.kind == CompanionKind.period and _is_too_long(said.value),
            still=_still(said.country, case) if said.kind.startswith("cancellation") else "",
            well_formed=said.kind != "handling-unnamed"
            and (said.kind != "confidentiality-grade" or said.value in _GRADES),
            low=said.kind == "confidentiality-grade" and said.value < _OF_SECRETS and _is_secret(case),
        )
        yield Subject(view, (said.location,), said.text)
    yield from _struck(case)


def _struck(case: RuleContext) -> Iterator[Subject]:
    """Yield each marking that is struck through, with the same where it stands on."""
    for marking in case.markings:
        if not is_mark(marking) or not case.is_struck(marking):
            continue
        same = [
            one
            for one in case.visible
            if (one.country, one.classification_text) == (marking.country, marking.classification_text)
        ]
        view = StatementView(
            kind="struck",
            country=marking.country or "",
            text=marking.text,
            value="",
            expired=False,
            too_long=False,
            still=same[0].text if same else "",
            well_formed=True,
            low=False,
        )
        yield Subject(view, tuple(one.location for one in same) or (marking.location,), marking.text)


def _is_too_long(period: str) -> bool:
    """Return whether it names two days that lie further apart than a designation may run at a time."""
    days = days_in(period)
    if len(days) < len(("first", "last")):
        return False
    first, last = min(days), max(days)
    return (last.year - first.year, last.month, last.day) > (_LONGEST_YEARS, first.month, first.day)


def _is_expired(said: Statement, case: RuleContext) -> bool:
    end = max(days_in(said.value), default=None) if said.kind == CompanionKind.period else None
    return end is not None and end < (case.check_day or case.day)


def _still(country: str, case: RuleContext) -> str:
    """Return the country's marking that stands in the document unstruck; empty where none does."""
    marks = (
        marking.text for marking in case.visible if marking.country == country and marking.classification
    )
    return next(marks, "")


def _is_secret(case: RuleContext) -> bool:
    """Return whether a Japanese classification stands at the head or foot: then 機密性3 is its grade."""
    return any(
        marking.country == "JP" and marking.classification and marking.zone in MARKED_ZONES
        for marking in case.visible
    )
