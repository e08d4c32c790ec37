"""What documents of one run say of each other.

Two language versions that are marked differently, public documents among classified ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.checking.consignment import none_again, with_enclosures_compared
from countermark.checking.versions import without_language
from countermark.config.path_settings import settings_for
from countermark.model import MARKED_ZONES, Status
from countermark.model.order import in_order
from countermark.model.verdict import with_verdict
from countermark.recognition.release_restrictions import PUBLIC_RELEASE
from countermark.rules.engine import Judged, RuleVerdict, applies_on, ask_subject, findings_of
from countermark.rules.facts.across_views import ConsignmentView, TranslationView
from countermark.rules.facts.views import Subject, is_mark, number, top
from countermark.rules.rule import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.checking.consignment import CheckAgain, Evaluate
    from countermark.config.policy import Policy
    from countermark.model import DocumentReport, Finding, Marking
    from countermark.rules.rule import Rule

_ACROSS = (Scope.translation, Scope.consignment, Scope.enclosure)
"""The scopes of rules that are evaluated on several documents."""
_CLASSIFIED = 3
"""The grade from which on a document is classified information under the Agreement (CONFIDENTIAL)."""


class _Member(NamedTuple):
    """What is kept of a document that was judged.

    Its path, and of its markings at head and foot one of each country and classification.
    """

    path: str
    marks: tuple[Marking, ...]


@dataclass
class _Seen:
    """The documents of a run so far.

    By name without its language, and by folder the classified one and those for the public that were
    alone until now; what was `said` of what is said once a run. `kinds` is one marking of each country
    and classification, the same for all documents: a run may have very many.
    """

    versions: dict[str, _Member] = field(default_factory=dict)
    kinds: dict[tuple[str | None, str], Marking] = field(default_factory=dict)
    classified: dict[PurePath, Marking] = field(default_factory=dict)
    public: dict[PurePath, list[str]] = field(default_factory=dict)
    said: set[tuple[str, str]] = field(default_factory=set)


def with_cross_document_findings(
    reports: Iterable[DocumentReport], policy: Policy, check_again: CheckAgain = none_again
) -> Iterator[DocumentReport]:
    """Yield the reports of one run in their order, each with the findings that rest on the others.

    `check_again` gives new reports of paths whose reports are of an earlier run, where more must be read.
    """
    rules = [rule for rule in policy.asked_rules if rule.scope in _ACROSS]
    evaluate = partial(_judged, rules=rules, policy=policy)
    judged = _beside_those_before(reports, policy, evaluate)
    yield from with_enclosures_compared(judged, policy, evaluate, check_again)


def _beside_those_before(
    reports: Iterable[DocumentReport], policy: Policy, evaluate: Evaluate
) -> Iterator[DocumentReport]:
    """Yield the reports, each with the findings that rest on those before it."""
    once = {rule.code for rule in policy.asked_rules if rule.once_a_run}
    seen = _Seen()
    for given in reports:
        report = _without_repeated(given, once, seen.said)
        subjects = {
            Scope.translation: list(_translations(report, seen, policy)),
            Scope.consignment: list(_consigned(report, seen)),
        }
        yield evaluate(report, subjects, (report.path,)) if any(subjects.values()) else report


def _without_repeated(report: DocumentReport, once: set[str], said: set[tuple[str, str]]) -> DocumentReport:
    """Return the report, and those on its attachments, without what was said of an earlier document of the
    run.
    """
    kept = []
    for finding in report.findings:
        key = (finding.code, finding.message)
        if finding.code not in once or key not in said:
            kept.append(finding)
        if finding.code in once:
            said.add(key)
    children = tuple(_without_repeated(child, once, said) for child in report.children)
    if len(kept) == len(report.findings) and children == report.children:
        return report
    return with_verdict(msgspec.structs.replace(report, findings=tuple(kept), children=children))


def _judged(
    report: DocumentReport,
    subjects: dict[Scope, list[Subject]],
    names: tuple[str, ...],
    *,
    rules: list[Rule],
    policy: Policy,
) -> DocumentReport:
    """Return the report with what the rules make of the subjects; `names` lead to it, the outermost first."""
    more: list[Finding] = []
    settings = settings_for(names[0], policy)
    day = _day(report, policy)
    check_day = policy.config.as_of or policy.today
    for rule in rules:
        asked = subjects.get(rule.scope, []) if applies_on(rule, day, check_day, policy.standards) else []
        answers = [ask_subject(rule, subject, report.exchange) for subject in asked]
        violating = [answer for answer in answers if answer.verdict is RuleVerdict.violated]
        if violating:
            judged = Judged(
                day,
                "!".join((settings.path, *names[1:])),
                report.exchange,
                _only_country(report),
                policy.lang,
            )
            more += findings_of(rule, violating, judged, policy.config.severity.get(rule.code))
    kept = settings.reported(more)
    if not kept:
        return report
    return with_verdict(msgspec.structs.replace(report, findings=in_order((*report.findings, *kept))))


def _only_country(report: DocumentReport) -> str:
    """Return the country whose markings alone the document bears; empty where there are several."""
    countries = {mark.country for mark in report.markings if mark.country}
    return countries.pop() if len(countries) == 1 else ""


def _day(report: DocumentReport, policy: Policy) -> date:
    return date.fromisoformat(report.date) if report.date else policy.today


def _marks(report: DocumentReport) -> list[Marking]:
    return [
        marking
        for marking in report.markings
        if marking.zone in MARKED_ZONES and marking.classification and is_mark(marking)
    ]


def _translations(report: DocumentReport, seen: _Seen, policy: Policy) -> Iterator[Subject]:
    """Yield the document beside its version in another language that came before.

    As configured, else by a name that differs only in the language at its end (`plan_en.pdf`, `計画.pdf`
    and `計画（英訳）.pdf`).
    """
    marks, path = _marks(report), PurePath(report.path)
    kinds = {(mark.country, mark.classification_text): mark for mark in reversed(marks)}
    own = _Member(report.path, tuple(seen.kinds.setdefault(key, kind) for key, kind in kinds.items()))
    other = seen.versions.setdefault(_stem(path, policy), own)
    if other.path == own.path:
        return
    highest, before = top(marks), top(other.marks)
    view = TranslationView(
        name=path.name,
        other=PurePath(other.path).name,
        text=highest.classification_text if highest else "",
        other_text=before.classification_text if before else "",
        corresponds=_correspond(marks, other.marks, _day(report, policy), policy),
    )
    places = (highest.location,) if highest else ()
    yield Subject(view, places, highest.text if highest else "")


def _stem(path: PurePath, policy: Policy) -> str:
    """Return what a document's language versions share.

    The first name of a configured pair, else the path without the language and the suffix.
    """
    for first, second in policy.config.translations:
        if path.as_posix().endswith((first, second)):
            return first
    return f"{path.parent.as_posix()}/{without_language(path.stem)}"


def _correspond(marks: Sequence[Marking], others: Sequence[Marking], day: date, policy: Policy) -> bool:
    """Return whether two versions state the same for a country that both mark for, or else what corresponds.

    An unmarked version is a matter of its own.
    """
    if not marks or not others:
        return True
    mine = {
        mark.country: {
            mark_of_country.classification_text
            for mark_of_country in marks
            if mark_of_country.country == mark.country
        }
        for mark in marks
    }
    theirs = {
        other.country: {
            other_mark.classification_text for other_mark in others if other_mark.country == other.country
        }
        for other in others
    }
    common = mine.keys() & theirs.keys()
    if common:
        return all(mine[country] == theirs[country] for country in common)
    agreement = policy.standards.agreement
    return any(
        answer in theirs.get(country, set())
        for own, texts in mine.items()
        if own in agreement.parties
        for text in texts
        for answer in agreement.corresponding(str(own), text, day)
        for country in theirs
    )


def _consigned(report: DocumentReport, seen: _Seen) -> Iterator[Subject]:
    """Yield a document for the public, or one that may be unmarked, with the classified one in its folder or
    its attachments, whichever of the two comes later.
    """
    folder = PurePath(report.path).parent
    marks = [mark for member in report.family() for mark in _marks(member)]
    public = next((mark for mark in marks if PUBLIC_RELEASE in mark.handling), None)
    highest = top(mark for mark in marks if PUBLIC_RELEASE not in mark.handling)
    classified = highest if highest and number(highest.grade) >= _CLASSIFIED else None
    if public or _may_be_unmarked(report):
        text = public.text if public else PurePath(report.path).name
        beside = classified or seen.classified.get(folder)
        if beside:
            yield _beside(text, beside, public)
        else:
            seen.public.setdefault(folder, []).append(text)
    elif classified:
        seen.classified.setdefault(folder, classified)
        for text in seen.public.pop(folder, []):
            yield _beside(text, classified, classified)


def _may_be_unmarked(report: DocumentReport) -> bool:
    return report.status is Status.checked and not report.markings and not report.findings


def _beside(text: str, classified: Marking, at: Marking | None) -> Subject:
    view = ConsignmentView(text=text, beside=classified.text)
    return Subject(view, (at.location,) if at else (), text)
