"""The subjects that lie between the two countries.

Each classification with what the Agreement makes of it, pairs of both countries' classifications, and the
other country's information that a document quotes or translates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import MARKED_ZONES, CompanionKind
from countermark.recognition.release_restrictions import PUBLIC_RELEASE
from countermark.rules.facts.rule_context import counterparts
from countermark.rules.facts.views import ClassificationView, PairView, QuotedView, Subject, grade, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Marking
    from countermark.rules.facts.rule_context import RuleContext

_FIELDS = {
    "registration-number": CompanionKind.registration,
    "copy-number": CompanionKind.copy,
    "period": CompanionKind.period,
}


def classification_subjects(context: RuleContext) -> Iterator[Subject]:
    """Yield each classification of a party at the head or foot of pages, with all its places."""
    kept: dict[tuple[str, str], list[Marking]] = {}
    for marking in context.visible:
        if (
            marking.country in context.standards.agreement.parties
            and marking.zone in MARKED_ZONES
            and marking.classification
        ):
            kept.setdefault((marking.country, marking.classification_text), []).append(marking)
    highest = grade(mark for marks in kept.values() for mark in marks)
    for (country, text), marks in kept.items():
        agreement = context.standards.agreement
        answers = agreement.corresponding(country, text, context.check_day or context.day)
        view = ClassificationView(
            text=text,
            country=country,
            counterparts=answers,
            advice="" if answers else agreement.advice(country, text),
            fields_missing=missing_fields(context, marks[0]),
            notice_missing=missing_fields(context, marks[0], stated_in="notice"),
            public=any(PUBLIC_RELEASE in mark.handling for mark in marks),
            highest=number(marks[0].grade) >= highest,
        )
        yield Subject(view, tuple(mark.location for mark in marks), marks[0].text)


def missing_fields(context: RuleContext, marking: Marking, stated_in: str = "document") -> tuple[str, ...]:
    """Return the fields that the marking's standard asks for in a `document` or a `notice` and that are
    missing.
    """
    standard = context.standards.find(marking.standard) if marking.standard else None
    asked = standard.fields_of(marking.classification or "", stated_in) if standard else ()
    stated = context.stated_kinds | context.companion_kinds
    return tuple(field for field in asked if _FIELDS[field] not in stated)


def quoted_subjects(context: RuleContext) -> Iterator[Subject]:
    """Yield signs that a classified document holds the other party's information.

    A portion or another mark of that country inside it, or words that say so.
    """
    at_edges = {
        marking.country
        for marking in context.visible
        if marking.zone in MARKED_ZONES and marking.classification
    }
    if not at_edges:
        return
    for inner in context.visible:
        inside = inner.zone not in MARKED_ZONES and inner.classification and inner.country
        if inside and inner.country in context.standards.agreement.parties:
            view = QuotedView(country=str(inner.country), text=inner.text, marked=inner.country in at_edges)
            yield Subject(view, (inner.location,), inner.text)
    for said in context.statements:
        if said.kind.startswith("derived-"):
            view = QuotedView(country=said.country, text=said.text, marked=said.country in at_edges)
            yield Subject(view, (said.location,), said.text)


def pair_subjects(context: RuleContext) -> Iterator[Subject]:
    """Yield the originator's and the recipient's classifications that stand on one page."""
    first, second = context.exchange.originator, context.exchange.recipient
    for page in context.live:
        marks = [marking for marking in context.of(page, *MARKED_ZONES) if marking.classification]
        for provided in (mark for mark in marks if mark.country == first and first):
            expected = counterparts(context, [provided])
            for received in (mark for mark in marks if mark.country == second and second and expected):
                text = received.classification_text
                view = PairView(
                    provided=provided.classification_text,
                    recipient=text,
                    expected=" / ".join(expected),
                    corresponds=text in expected,
                    lower=_is_lower(context, received, expected),
                    remark=remark(context, [provided]),
                )
                yield Subject(view, (received.location,), f"{provided.text} / {received.text}")


def _is_lower(context: RuleContext, received: Marking, expected: tuple[str, ...]) -> bool:
    ranks = [
        classification.rank
        for standard in context.standards.standards
        if standard.country == received.country
        for classification in standard.classifications
        if classification.name in expected and classification.rank is not None
    ]
    return received.grade is not None and bool(ranks) and received.grade < min(ranks)


def remark(context: RuleContext, marks: Iterable[Marking]) -> str:
    """Return the key of what is said of the classifications that answer to the originator's marks."""
    agreement = context.standards.agreement
    said = (
        agreement.remark(str(mark.country), mark.classification_text, context.day)
        for mark in marks
        if mark.country == context.exchange.originator and mark.country in agreement.parties
    )
    return next((word for word in said if word != "none"), "none")
