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

_GRADE = "confidentiality-grade"


def statement_subjects(case: RuleContext) -> Iterator[Subject]:
    grades, longest = _grades(case), _longest_years(case)
    for said in case.statements:
        view = StatementView(
            kind=said.kind,
            country=said.country,
            text=said.text,
            value=said.value,
            expired=_is_expired(said, case),
            too_long=said.kind == CompanionKind.period and _is_too_long(said.value, longest),
            still=_still(said.country, case) if said.kind.startswith("cancellation") else "",
            well_formed=said.kind != "handling-unnamed" and (said.kind != _GRADE or said.value in grades),
            low=said.kind == _GRADE and not grades.get(said.value, True) and _is_secret(case),
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


def _grades(case: RuleContext) -> dict[str, bool]:
    """Return the numbers of the 機密性 grades, and whether each is that of secret documents."""
    return {
        mark.number: mark.of_secrets
        for standard in case.standards.in_force(case.day)
        for mark in standard.handling_marks
        if mark.number
    }


def _longest_years(case: RuleContext) -> int | None:
    """Return how long a designation may run at a time by the standards of the document's markings.

    None where none of them says it.
    """
    standards = (case.standards.find(marking.standard or "") for marking in case.visible)
    years = (one.designation.longest_years for one in standards if one and one.designation)
    return max(years, default=None)


def _is_too_long(period: str, longest: int | None) -> bool:
    """Return whether it names two days that lie further apart than a designation may run at a time."""
    days = days_in(period)
    if longest is None or len(days) < len(("first", "last")):
        return False
    first, last = min(days), max(days)
    return (last.year - first.year, last.month, last.day) > (longest, first.month, first.day)


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
