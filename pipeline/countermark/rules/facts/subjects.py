"""A document and its markings -> the subjects that rules are evaluated on, by scope."""

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


def subjects_of(context: RuleContext) -> dict[Scope, list[Subject]]:
    """Return every subject of the document, by scope; equal views are one subject with all its places."""
    found: dict[Scope, Iterable[Subject]] = {
        Scope.problem: problem_subjects(context.document.problems),
        Scope.document: _documents(context),
        Scope.page: page_subjects(context),
        Scope.marking: _markings(context),
        Scope.doubtful: _doubtful(context),
        Scope.unknown: _unknown(context),
        Scope.classification: classification_subjects(context),
        Scope.statement: statement_subjects(context),
        Scope.quoted: quoted_subjects(context),
        Scope.release: release_subjects(context),
        Scope.portion: portion_subjects(context),
        Scope.label: label_subjects(context),
        Scope.property: property_subjects(context),
        Scope.child: _children(context),
        Scope.pair: pair_subjects(context),
        Scope.inactive: inactive_subjects(context),
        Scope.hidden: hidden_subjects(context),
        Scope.redaction: redaction_subjects(context),
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
    return [Subject(subject.view, tuple(places[key]), subject.quote) for key, subject in first.items()]


def _documents(context: RuleContext) -> Iterator[Subject]:
    if not context.document.is_container:
        yield Subject(document_view(context), ())


def _markings(context: RuleContext) -> Iterator[Subject]:
    seen = {id(marking) for marking in context.visible}
    for marking in context.standing:
        if is_mark(marking) and (id(marking) not in seen or context.is_carried(marking)):
            continue
        view = marking_view(marking, context)
        yield Subject(view, (marking.location,), marking.text)
    for marking in third_party_labels(context):
        yield Subject(marking_view(marking, context), (marking.location,), marking.text)


def _doubtful(context: RuleContext) -> Iterator[Subject]:
    weights = context.standards.recognition.weights
    for marking in context.doubtful:
        is_listed = context.enclosures is not None and context.enclosures.has(marking.location)
        if context.is_struck(marking) or is_listed:
            continue
        weighed = sorted(marking.evidence, key=lambda name: -abs(weights.get(name, 0.0)))
        view = DoubtfulView(
            text=marking.text,
            zone=marking.zone.value,
            seen=context.is_met(marking),
            speaks_for=tuple(name for name in weighed if weights.get(name, 0.0) > 0),
            speaks_against=tuple(name for name in weighed if weights.get(name, 0.0) < 0),
        )
        yield Subject(view, (marking.location,), marking.text)


def _unknown(context: RuleContext) -> Iterator[Subject]:
    for unknown in context.unknown:
        yield Subject(
            UnknownView(text=unknown.text, speaks_for=unknown.evidence), unknown.places, unknown.text
        )


def _children(context: RuleContext) -> Iterator[Subject]:
    if context.document.is_container:
        return
    own = {text for marking in context.visible for text in _shut_out(marking, context)}
    for child in context.children:
        marks = [marking for marking in child.markings if is_mark(marking)]
        highest = top(marks)
        view = ChildView(
            name=child.path,
            readable=child.status == "checked",
            marked=bool(marks),
            grade=grade(marks),
            text=highest.classification_text if highest else "",
            stricter=bool({text for mark in marks for text in _shut_out(mark, context)} - own),
        )
        yield Subject(view, (Location(part=child.path),), highest.text if highest else "")


def _shut_out(marking: Marking, context: RuleContext) -> Iterator[str]:
    for party in context.standards.agreement.parties:
        if any(release_restrictions(marking, party, context.standards)):
            yield party


def problem_subjects(problems: Iterable[Problem]) -> Iterator[Subject]:
    """Yield what could not be read, or where Countermark itself failed."""
    for problem in problems:
        view = ProblemView(kind=problem.kind.value, reason=problem.reason, args=problem.args)
        yield Subject(view, problem.locations)
