"""The rules asked of a document's subjects: findings, each with all its places."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from countermark.model import Finding, Reason
from countermark.model.order import in_order
from countermark.recognition.normalise import normalise
from countermark.rules.arguments import Arguments, arguments_of
from countermark.rules.expressions import activation, compiled
from countermark.rules.facts.document_facts import document_view
from countermark.rules.facts.subjects import problem_subjects, subjects_of
from countermark.rules.rule import Scope
from countermark.standards.data import holds
from countermark.support.guarding import guarded, stoppable
from countermark.support.limits import RULES_SHARE
from countermark.support.messages import filled
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from countermark.model import Exchange, Location, Problem, Severity
    from countermark.rules.facts.rule_context import RuleContext
    from countermark.rules.facts.views import Subject
    from countermark.rules.rule import Rule
    from countermark.standards.standards import Standards


class RuleVerdict(StrEnum):
    """What a rule says of one subject.

    `not_asked` where its `when` does not hold, `undecidable` where what it needs was not read: that is a
    READ finding, never satisfied.
    """

    satisfied = "satisfied"
    violated = "violated"
    undecidable = "undecidable"
    not_asked = "not-asked"


class Answer(NamedTuple):
    """What a rule says of one subject; `holding` are the severities whose `severity_when` is true of it."""

    subject: Subject
    verdict: RuleVerdict
    holding: tuple[Severity, ...] = ()


class Judged(NamedTuple):
    """What findings on a document are made from.

    Its day, its path from the configuration's folder, its exchange, the country whose markings alone it
    bears (empty: none, or several) and the language.
    """

    day: date
    identity: str
    exchange: Exchange
    only_country: str
    lang: str


def evaluate(
    case: RuleContext,
    rules: Iterable[Rule],
    severities: Mapping[str, Severity],
    lang: str,
    failures: Sequence[Problem] = (),
) -> list[Finding]:
    """Return the findings of all rules on the document, the gravest first; messages in `lang`.

    `failures` are Countermark's own; they may become more while the rules are asked, and are asked about
    last.

    Findings that say the same are one, with all their places. What only follows from another finding
    of the same document is left out (`Rule.yields_to`).
    """
    held = [rule for rule in rules if applies_on(rule, case.day, case.check_day or case.day, case.standards)]
    judged = Judged(case.day, case.identity, case.exchange, case.only_country, lang)
    broken = _violating(ask_all(case, held))
    found: dict[str, list[Finding]] = {}

    def find(rule: Rule) -> None:
        if rule.code in broken and not broken.keys() & set(rule.yields_to):
            with guarded(Reason.failed_rule, rule=rule.code):
                found[rule.code] = findings_of(rule, broken[rule.code], judged, severities.get(rule.code))

    for rule in held:
        find(rule)
    if failures:
        of_problems = [rule for rule in held if rule.scope is Scope.problem]
        told = ask_subjects(problem_subjects(failures), of_problems, Scope.problem, _common(case))
        broken |= {code: [*broken.get(code, ()), *more] for code, more in _violating(told).items()}
        for rule in of_problems:
            find(rule)
    return list(in_order(finding for rule in held for finding in found.get(rule.code, ())))


def _violating(said: Mapping[str, list[Answer]]) -> dict[str, list[Answer]]:
    broken = {
        code: [answer for answer in answers if answer.verdict is RuleVerdict.violated]
        for code, answers in said.items()
    }
    return {code: answers for code, answers in broken.items() if answers}


def applies_on(rule: Rule, day: date, check_day: date, standards: Standards) -> bool:
    """Return whether a rule holds for documents of `day`.

    One that rests on the Agreement only from the day on which that is in force, which is counted by the
    day of the check: what is exchanged today falls under it, however old.
    """
    agreement = standards.agreement
    return holds(rule, day) and (rule.source.standard != agreement.id or holds(agreement, check_day))


def ask_all(case: RuleContext, rules: Iterable[Rule]) -> dict[str, list[Answer]]:
    """Return what each rule, by its code, says of each of its subjects in the document."""
    common = _common(case)
    by_scope: dict[Scope, list[Rule]] = {}
    for rule in rules:
        by_scope.setdefault(rule.scope, []).append(rule)
    said: dict[str, list[Answer]] = {}
    for scope, members in subjects_of(case).items():
        said |= ask_subjects(members, by_scope.get(scope, []), scope, common)
    return said


def ask_subjects(
    subjects: Iterable[Subject], rules: Sequence[Rule], scope: Scope, common: Mapping[str, Any]
) -> dict[str, list[Answer]]:
    """Return what each of the rules, all of one scope, says of each subject.

    `common` are the words that all rules of the document know.
    """
    said: dict[str, list[Answer]] = {}
    known = None
    for subject in subjects if rules else ():
        with stoppable(*subject.places):
            checkpoint(math.inf if scope is Scope.problem else RULES_SHARE)
            known = known or activation(common)
            known.add_variable(scope.value, msgspec.to_builtins(subject.view))
            for rule in rules:
                with guarded(Reason.failed_rule, *subject.places, rule=rule.code):
                    said.setdefault(rule.code, []).append(_answer(rule, subject, known))
    return said


def _common(case: RuleContext) -> dict[str, Any]:
    view: dict[str, Any] = {}
    with guarded(Reason.failed_stage):
        view = msgspec.to_builtins(document_view(case))
    return {"document": view, "exchange": _exchange_words(case.exchange)}


def ask(rule: Rule, known: Any) -> RuleVerdict:
    """Ask one rule about a subject; `known` are the words that it is described by."""
    if not compiled(rule.when).execute(known):
        return RuleVerdict.not_asked
    if not compiled(rule.needs).execute(known):
        return RuleVerdict.undecidable
    return RuleVerdict.satisfied if compiled(rule.test).execute(known) else RuleVerdict.violated


def _answer(rule: Rule, subject: Subject, known: Any) -> Answer:
    verdict = ask(rule, known)
    asked = rule.severity_when.by_severity().items() if verdict is RuleVerdict.violated else ()
    holding = tuple(severity for severity, expression in asked if compiled(expression).execute(known))
    return Answer(subject, verdict, holding)


def ask_subject(rule: Rule, subject: Subject, exchange: Exchange) -> Answer:
    """Ask one rule about a subject that stands outside any one document."""
    known = {"document": {}, "exchange": _exchange_words(exchange)}
    return _answer(rule, subject, activation({**known, rule.scope.value: msgspec.to_builtins(subject.view)}))


def _exchange_words(exchange: Exchange) -> dict[str, str]:
    return {
        "originator": exchange.originator or "",
        "recipient": exchange.recipient or "",
        "stage": exchange.stage.value,
    }


def findings_of(
    rule: Rule, violating: list[Answer], judged: Judged, configured: Severity | None
) -> list[Finding]:
    """One finding for each thing the rule says, with the places of all subjects of which it says it.

    `configured` is the severity that goes before the rule's own.
    """
    day, identity, exchange, country, lang = judged
    said: dict[str, tuple[Arguments, list[Answer]]] = {}
    for answer in violating:
        arguments = arguments_of(answer.subject, exchange)
        message = filled(lang, rule.text(lang, "message"), *arguments)
        said.setdefault(message, (arguments, []))[1].append(answer)
    findings = []
    equals: Counter[tuple[str, ...]] = Counter()
    for message, (arguments, answers) in said.items():
        same = [answer.subject for answer in answers]
        holding = [severity for answer in answers for severity in answer.holding]
        places = tuple(dict.fromkeys(_at(place, rule) for subject in same for place in subject.places))
        quotes = tuple(dict.fromkeys(subject.quote for subject in same if subject.quote))
        surface = _surface(places, quotes)
        equals[surface] += 1
        findings.append(
            Finding(
                code=rule.code,
                name=rule.name,
                severity=configured or rule.severity_on(day, country, holding),
                message=message,
                fix=filled(lang, rule.text(lang, "fix"), *arguments),
                locations=places,
                source=rule.basis(day, country).source(lang),
                fingerprint=_fingerprint(rule.code, identity, surface, equals[surface]),
                args=arguments.args,
                keys=arguments.keys,
                evidence=quotes,
                verdict=rule.verdict_under(configured),
            )
        )
    return findings


def _at(place: Location, rule: Rule) -> Location:
    return msgspec.structs.replace(place, zone=rule.at) if rule.at else place


def _surface(places: tuple[Location, ...], quotes: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a finding rests on, whatever page or part of the document it stands on.

    Its zones (of an attachment, which has none, the name) and its markings as normalised.
    """
    zones = sorted({place.zone.value if place.zone else place.part or "" for place in places})
    return (*zones, "", *sorted({normalise(quote).text for quote in quotes}))


def _fingerprint(code: str, identity: str, surface: tuple[str, ...], ordinal: int) -> str:
    """Return what identifies a finding from run to run.

    Rule, document, surface and number among equals; no page, line or time, so that an inserted page or
    another machine leaves it unchanged.
    """
    path = unicodedata.normalize("NFC", identity)
    return hashlib.sha256("\0".join((code, path, *surface, str(ordinal))).encode()).hexdigest()
