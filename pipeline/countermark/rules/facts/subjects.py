"""A document and its markings -> the subjects that rules are asked about, by scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Location, Reason
from countermark.recognition.release_restrictions import release_restrictions
from countermark.rules.facts.agreement_facts import classification_subjects, pair_subjects, quoted_subjects
from countermark.rules.facts.document_facts import document_view
from countermark.rules.facts.hidden_facts import (
    hidden_subjects,
    label_subjects,
    property_subjects,
    redaction_subjects,
    third_party_labels,
)
from countermark.rules.facts.marking_facts import marking_view
from countermark.rules.facts.page_facts import inactive_subjects, page_subjects
from countermark.rules.facts.portion_facts import portion_subjects
from countermark.rules.facts.release_facts import release_subjects
from countermark.rules.facts.statement_facts import statement_subjects
from countermark.rules.facts.views import (
    ChildView,
    DoubtfulView,
    ProblemView,
    Subject,
    UnknownView,
    grade,
    is_mark,
    top,
)
from countermark.rules.rule import Scope
from countermark.support.guarding import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Marking, Problem
    from countermark.rules.facts.rule_context import RuleContext


def subjects_of(case: RuleContext) -> dict[Scope, list[Subject]]:
    """Return every subject of the document, by scope; equal views are one subject with all its places."""
    found: dict[Scope, Iterable[Subject]] = {
        Scope.problem: problem_subjects(case.document.problems),
        Scope.document: _documents(case),
        Scope.page: page_subjects(case),
        Scope.marking: _markings(case),
        Scope.doubtful: _doubtful(case),
        Scope.unknown: _unknown(case),
        Scope.classification: classification_subjects(case),
        Scope.statement: statement_subjects(case),
        Scope.quoted: quoted_subjects(case),
        Scope.release: release_subjects(case),
        Scope.portion: portion_subjects(case),
        Scope.label: label_subjects(case),
        Scope.property: property_subjects(case),
        Scope.child: _children(case),
        Scope.pair: pair_subjects(case),
        Scope.inactive: inactive_subjects(case),
        Scope.hidden: hidden_subjects(case),
        Scope.redaction: redaction_subjects(case),
    }
    return {scope: _merged(subjects, scope) for scope, subjects in found.items()}


def _merged(subjects: Iterable[Subject], scope: Scope) -> list[Subject]:
    first: dict[str, Subject] = {}
    places: dict[str, list[Location]] = {}
    with guarded(Reason.failed_subjects, scope=scope.value):
        for subject in subjects:
            key = repr((subject.view, subject.quote))
            first.setdefault(key, subject)
            places.setdefault(key, []).extend(subject.places)
    return [Subject(one.view, tuple(places[key]), one.quote) for key, one in first.items()]


def _documents(case: RuleContext) -> Iterator[Subject]:
    if not case.document.is_container:
        yield Subject(document_view(case), ())


def _markings(case: RuleContext) -> Iterator[Subject]:
    seen = {id(one) for one in case.visible}
    for marking in case.standing:
        if is_mark(marking) and (id(marking) not in seen or case.is_carried(marking)):
            continue
        view = marking_view(marking, case)
        yield Subject(view, (marking.location,), marking.text)
    for marking in third_party_labels(case):
        yield Subject(marking_view(marking, case), (marking.location,), marking.text)


def _doubtful(case: RuleContext) -> Iterator[Subject]:
    weights = case.standards.recognition.weights
    for marking in case.doubtful:
        is_listed = case.enclosures is not None and case.enclosures.has(marking.location)
        if case.is_struck(marking) or is_listed:
            continue
        weighed = sorted(marking.evidence, key=lambda name: -abs(weights.get(name, 0.0)))
        view = DoubtfulView(
            text=marking.text,
            zone=marking.zone.value,
            seen=case.is_met(marking),
            speaks_for=tuple(name for name in weighed if weights.get(name, 0.0) > 0),
            speaks_against=tuple(name for name in weighed if weights.get(name, 0.0) < 0),
        )
        yield Subject(view, (marking.location,), marking.text)


def _unknown(case: RuleContext) -> Iterator[Subject]:
    for one in case.unknown:
        yield Subject(UnknownView(text=one.text, speaks_for=one.evidence), one.places, one.text)


def _children(case: RuleContext) -> Iterator[Subject]:
    if case.document.is_container:
        return
    own = {text for marking in case.visible for text in _shut_out(marking, case)}
    for child in case.children:
        marks = [marking for marking in child.markings if is_mark(marking)]
        highest = top(marks)
        view = ChildView(
            name=child.path,
            readable=child.status == "checked",
            marked=bool(marks),
            grade=grade(marks),
            text=highest.classification_text if highest else "",
            stricter=bool({text for mark in marks for text in _shut_out(mark, case)} - own),
        )
        yield Subject(view, (Location(part=child.path),), highest.text if highest else "")


def _shut_out(marking: Marking, case: RuleContext) -> Iterator[str]:
    for party in case.standards.agreement.parties:
        if any(release_restrictions(marking, party, case.standards)):
            yield party


def problem_subjects(problems: Iterable[Problem]) -> Iterator[Subject]:
    """Yield what could not be read, or where Countermark itself failed."""
    for problem in problems:
        view = ProblemView(kind=problem.kind.value, reason=problem.reason, args=problem.args)
        yield Subject(view, problem.locations)
