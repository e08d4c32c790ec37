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


def statement_subjects(context: RuleContext) -> Iterator[Subject]:
    grades, longest = _grades(context), _longest_years(context)
    for said in context.statements:
        view = StatementView(
            kind=said.kind,
            country=said.country,
            text=said.text,
            value=said.value,
            expired=_is_expired(said, context),
            too_long=said.kind == CompanionKind.period and _is_too_long(said.value, longest),
            still=_still(said.country, context) if said.kind.startswith("cancellation") else "",
            well_formed=said.kind != "handling-unnamed" and (said.kind != _GRADE or said.value in grades),
            low=said.kind == _GRADE and not grades.get(said.value, True) and _is_secret(context),
        )
        yield Subject(view, (said.location,), said.text)
    yield from _struck(context)


def _struck(context: RuleContext) -> Iterator[Subject]:
    """Yield each marking that is struck through, with the same where it stands on."""
    for marking in context.markings:
        if not is_mark(marking) or not context.is_struck(marking):
            continue
        same = [
            other
            for other in context.visible
            if (other.country, other.classification_text) == (marking.country, marking.classification_text)
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
        yield Subject(view, tuple(other.location for other in same) or (marking.location,), marking.text)


def _grades(context: RuleContext) -> dict[str, bool]:
    """Return the numbers of the 機密性 grades, and whether each is that of secret documents."""
    return {
        mark.number: mark.of_secrets
        for standard in context.standards.in_force(context.day)
        for mark in standard.handling_marks
        if mark.number
    }


def _longest_years(context: RuleContext) -> int | None:
    """Return how long a designation may run at a time by the standards of the document's markings.

    None where none of them says it.
    """
    standards = (context.standards.find(marking.standard or "") for marking in context.visible)
    years = (other.designation.longest_years for other in standards if other and other.designation)
    return max(years, default=None)


def _is_too_long(period: str, longest: int | None) -> bool:
    """Return whether it names two days that lie further apart than a designation may run at a time."""
    days = days_in(period)
    if longest is None or len(days) < len(("first", "last")):
        return False
    first, last = min(days), max(days)
    return (last.year - first.year, last.month, last.day) > (longest, first.month, first.day)


def _is_expired(said: Statement, context: RuleContext) -> bool:
    end = max(days_in(said.value), default=None) if said.kind == CompanionKind.period else None
    return end is not None and end < (context.check_day or context.day)


def _still(country: str, context: RuleContext) -> str:
    """Return the country's marking that stands in the document unstruck; empty where none does."""
    marks = (
        marking.text for marking in context.visible if marking.country == country and marking.classification
    )
    return next(marks, "")


def _is_secret(context: RuleContext) -> bool:
    """Return whether a Japanese classification stands at the head or foot: then 機密性3 is its grade."""
    return any(
        marking.country == "JP" and marking.classification and marking.zone in MARKED_ZONES
        for marking in context.visible
    )
