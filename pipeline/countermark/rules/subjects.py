"""A document and its markings -> the subjects that rules are asked about, by scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.markings.grammar import parse_line
from countermark.markings.resolve import resolve
from countermark.model import Location, Zone
from countermark.rules.loader import Scope
from countermark.rules.pages import document_view, inactive_subjects, page_subjects, pair_subjects
from countermark.rules.views import (
    ChildView,
    LabelView,
    ProblemView,
    Subject,
    grade,
    is_mark,
    marking_view,
    shuts_out,
    top,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.markings.parsed import Parsed
    from countermark.model import Marking
    from countermark.rules.case import Case


def subjects_of(case: Case) -> dict[Scope, list[Subject]]:
    """Every subject of the document, by scope; equal views are one subject with all its places."""
    found: dict[Scope, Iterable[Subject]] = {
        Scope.problem: _problems(case),
        Scope.document: [Subject(document_view(case), ())],
        Scope.page: page_subjects(case),
        Scope.marking: _markings(case),
        Scope.label: _labels(case),
        Scope.child: _children(case),
        Scope.pair: pair_subjects(case),
        Scope.inactive: inactive_subjects(case),
    }
    return {scope: _merged(subjects) for scope, subjects in found.items()}


def _merged(subjects: Iterable[Subject]) -> list[Subject]:
    merged: dict[bytes, Subject] = {}
    for subject in subjects:
        key = repr((subject.view, subject.quote)).encode()
        known = merged.get(key)
        places = (*known.places, *subject.places) if known else subject.places
        merged[key] = Subject(subject.view, places, subject.quote)
    return list(merged.values())


def _markings(case: Case) -> Iterator[Subject]:
    dead = set(case.markings) - set(case.visible)
    for marking in case.markings:
        if marking in dead and is_mark(marking):
            continue
        view = marking_view(marking, case.exchange, case.standards)
        yield Subject(view, (marking.location,), marking.text)


def _labels(case: Case) -> Iterator[Subject]:
    for label in case.document.labels:
        text = case.labels.get(label.text) or case.labels.get(label.name) or label.text
        parsed = parse_line(text, case.standards).markings
        if not label.enabled or not parsed or _is_plain_word(parsed[0]):
            continue
        place = Location(part=label.source, zone=Zone.property)
        named = resolve(parsed[0], Zone.property, place, case.standards, case.day)
        same = [one for one in case.visible if one.country == named.country and not one.portion]
        visible = top(same)
        view = LabelView(
            name=label.name,
            text=label.text,
            marking=named.classification_text,
            visible=visible.classification_text if visible else "",
        )
        yield Subject(view, (place,), text)


def _is_plain_word(parsed: Parsed) -> bool:
    """A label that only says Confidential or Restricted is some company's, not a country's."""
    term = parsed.tier.term if parsed.tier else None
    return bool(term and term.plain_word and not parsed.prefix)


def _children(case: Case) -> Iterator[Subject]:
    own = {text for one in case.visible for text in _shut_out(one, case)}
    for child in case.children:
        marks = [one for one in child.markings if is_mark(one)]
        highest = top(marks)
        view = ChildView(
            name=child.path,
            readable=child.status == "checked",
            marked=bool(marks),
            grade=grade(marks),
            text=highest.classification_text if highest else "",
            stricter=bool({text for one in marks for text in _shut_out(one, case)} - own),
        )
        yield Subject(view, (Location(part=child.path),), highest.text if highest else "")


def _shut_out(marking: Marking, case: Case) -> Iterator[str]:
    for party in case.standards.agreement.parties:
        if any(shuts_out(marking, party, case.standards)):
            yield party


def _problems(case: Case) -> Iterator[Subject]:
    for problem in case.document.problems:
        view = ProblemView(kind=problem.kind.value, reason=problem.reason, args=problem.args)
        yield Subject(view, problem.locations)
