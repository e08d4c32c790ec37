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


def classification_subjects(case: RuleContext) -> Iterator[Subject]:
    """Yield each classification of a party at the head or foot of pages, with all its places."""
    kept: dict[tuple[str, str], list[Marking]] = {}
    for one in case.visible:
        if (
            one.country in case.standards.agreement.parties
            and one.zone in MARKED_ZONES
            and one.classification
        ):
            kept.setdefault((one.country, one.classification_text), []).append(one)
    highest = grade(mark for marks in kept.values() for mark in marks)
    for (country, text), marks in kept.items():
        agreement = case.standards.agreement
        answers = agreement.corresponding(country, text, case.check_day or case.day)
        view = ClassificationView(
            text=text,
            country=country,
            counterparts=answers,
            advice="" if answers else agreement.advice(country, text),
            fields_missing=missing_fields(case, marks[0]),
            notice_missing=missing_fields(case, marks[0], stated_in="notice"),
            public=any(PUBLIC_RELEASE in mark.handling for mark in marks),
            highest=number(marks[0].grade) >= highest,
        )
        yield Subject(view, tuple(mark.location for mark in marks), marks[0].text)


def missing_fields(case: RuleContext, marking: Marking, stated_in: str = "document") -> tuple[str, ...]:
    """Return the fields that the marking's standard asks for in a `document` or a `notice` and that are
    missing.
    """
    standard = case.standards.find(marking.standard) if marking.standard else None
    asked = standard.fields_of(marking.classification or "", stated_in) if standard else ()
    stated = case.stated_kinds | case.companion_kinds
    return tuple(field for field in asked if _FIELDS[field] not in stated)


def quoted_subjects(case: RuleContext) -> Iterator[Subject]:
    """Signs that a classified document holds the other party's information.

    A portion or another mark of that country inside it, or words that say so.
    """
    at_edges = {
        marking.country for marking in case.visible if marking.zone in MARKED_ZONES and marking.classification
    }
    if not at_edges:
        return
    for one in case.visible:
        inside = one.zone not in MARKED_ZONES and one.classification and one.country
        if inside and one.country in case.standards.agreement.parties:
            view = QuotedView(country=str(one.country), text=one.text, marked=one.country in at_edges)
            yield Subject(view, (one.location,), one.text)
    for said in case.statements:
        if said.kind.startswith("derived-"):
            view = QuotedView(country=said.country, text=said.text, marked=said.country in at_edges)
            yield Subject(view, (said.location,), said.text)


def pair_subjects(case: RuleContext) -> Iterator[Subject]:
    """Yield the originator's and the recipient's classifications that stand on one page."""
    first, second = case.exchange.originator, case.exchange.recipient
    for page in case.live:
        marks = [one for one in case.of(page, *MARKED_ZONES) if one.classification]
        for provided in (mark for mark in marks if mark.country == first and first):
            expected = counterparts(case, [provided])
            for received in (mark for mark in marks if mark.country == second and second and expected):
                text = received.classification_text
                view = PairView(
                    provided=provided.classification_text,
                    recipient=text,
                    expected=" / ".join(expected),
                    corresponds=text in expected,
                    lower=_is_lower(case, received, expected),
                    remark=remark(case, [provided]),
                )
                yield Subject(view, (received.location,), f"{provided.text} / {received.text}")


def _is_lower(case: RuleContext, received: Marking, expected: tuple[str, ...]) -> bool:
    ranks = [
        tier.rank
        for standard in case.standards.standards
        for tier in standard.classifications
        if tier.name in expected and standard.country == received.country and tier.rank is not None
    ]
    return received.grade is not None and bool(ranks) and received.grade < min(ranks)


def remark(case: RuleContext, marks: Iterable[Marking]) -> str:
    """Return the key of what is said of the classifications that answer to the originator's marks."""
    agreement = case.standards.agreement
    said = (
        agreement.remark(str(mark.country), mark.classification_text, case.day)
        for mark in marks
        if mark.country == case.exchange.originator and mark.country in agreement.parties
    )
    return next((one for one in said if one != "none"), "none")
