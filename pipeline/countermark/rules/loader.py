"""The rules as data: read from YAML, refused with file, line and reason where ill-formed."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
import yaml

from countermark.datafiles import compose_yaml, construct, to_struct
from countermark.errors import CountermarkError
from countermark.messages import LANGUAGES
from countermark.model import ProblemKind, Severity, Source, Stage, Zone
from countermark.rules.expressions import variables

if TYPE_CHECKING:
    from pathlib import Path

_CODE = re.compile(r"^[A-Z]{2,6}[0-9]{3}$")
_BOUND = re.compile(r"\.(?:all|exists|exists_one|filter|map)\(\s*(\w+)\s*,")
_NAME = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


class Scope(StrEnum):
    """What a rule is asked about, once each."""

    document = "document"
    page = "page"
    marking = "marking"
    label = "label"
    child = "child"
    pair = "pair"
    inactive = "inactive"
    problem = "problem"


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of what rule files state; defaults are left out again when it is shown."""


class SketchPage(Data, frozen=True):
    """A page of an example: its head, foot and body lines; a line break parts lines. `kind` and
    `inactive` (a header that is switched off) make it a Word page."""

    head: str = ""
    foot: str = ""
    body: str = ""
    kind: str | None = None
    inactive: str = ""
    readable: bool = True


class Sketch(Data, frozen=True):
    """An example document. `mark` stands for one page with that marking at head and foot; `labels`
    maps keys to what they say; `problem` is what reading met."""

    mark: str = ""
    pages: tuple[SketchPage, ...] = ()
    date: date | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    stage: Stage | None = None
    labels: dict[str, str] = {}
    children: tuple[Sketch, ...] = ()
    problem: ProblemKind | None = None


class Basis(Data, frozen=True):
    """What a rule rests on: a standard and its clause, as one text or one for each language.
    `unconfirmed` is kept from the standards' own notes."""

    standard: str
    clause: str | dict[str, str]
    unconfirmed: bool = False

    def source(self, lang: str) -> Source:
        """The same as a finding in that language names it."""
        clause = self.clause if isinstance(self.clause, str) else self.clause[lang]
        return Source(standard=self.standard, clause=clause, unconfirmed=self.unconfirmed)


class Rule(Data, frozen=True):
    """One rule. `test`, a CEL expression over `document`, `exchange` and the scope's own word, is
    true where the rule is satisfied; the rule is asked only where `when` is true. A violation is not
    reported in a document that has a finding of a code in `yields_to`: there it is a consequence.
    `from_`/`until` are the first and last day of documents that it holds for; `at` is the zone in
    which a page's finding lies. An example is a text (one page with that marking at head and foot) or
    a sketch."""

    code: str
    name: str
    severity: Severity
    scope: Scope
    test: str
    source: Basis
    good: tuple[str | Sketch, ...]
    bad: tuple[str | Sketch, ...]
    when: str = "true"
    at: Zone | None = None
    yields_to: tuple[str, ...] = ()
    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    where: str = ""

    @property
    def family(self) -> str:
        """The letters of the code, as UK."""
        return self.code[:-3]


def load_rules(folder: Path) -> tuple[Rule, ...]:
    """All rules below `folder`, sorted by family and number. Raises CountermarkError, which names
    file, line and reason, for the first one that is ill-formed."""
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        for rule in load_rule_file(path):
            if rule.code in rules:
                raise CountermarkError(
                    "rule-twice", where=rule.where, code=rule.code, other=rules[rule.code].where
                )
            rules[rule.code] = rule
    for rule in rules.values():
        for code in rule.yields_to:
            if code not in rules:
                raise CountermarkError("rule-yields-to-unknown", where=rule.where, code=rule.code, other=code)
    return tuple(rules[code] for code in sorted(rules))


def load_rule_file(path: Path) -> list[Rule]:
    """The rules of one file, each with the place of its entry. Raises CountermarkError."""
    node = compose_yaml(path)
    if not isinstance(node, yaml.SequenceNode):
        raise CountermarkError("rules-not-a-list", where=str(path))
    return [_rule(entry, f"{path}:{entry.start_mark.line + 1}") for entry in node.value]


def _rule(node: yaml.Node, where: str) -> Rule:
    rule = msgspec.structs.replace(to_struct(construct(node, where), Rule, where), where=where)
    for valid, key in (
        (bool(_CODE.match(rule.code)), "rule-bad-code"),
        (bool(_NAME.match(rule.name)), "rule-bad-name"),
        (bool(rule.good) and bool(rule.bad), "rule-without-examples"),
        (_has_clause(rule.source), "rule-without-clause"),
    ):
        if not valid:
            raise CountermarkError(key, where=where, code=rule.code)
    _check_expressions(rule)
    return rule


def _has_clause(basis: Basis) -> bool:
    if isinstance(basis.clause, str):
        return bool(basis.clause)
    return all(basis.clause.get(lang) for lang in LANGUAGES)


def _check_expressions(rule: Rule) -> None:
    """Both expressions parse and speak of nothing but the words of their scope."""
    known = {"document", "exchange", rule.scope.value}
    for expression in (rule.when, rule.test):
        try:
            words = variables(expression)
        except ValueError as error:
            reason = " ".join(str(error).split())
            raise CountermarkError(
                "rule-bad-expression", where=rule.where, code=rule.code, reason=reason
            ) from error
        unknown = words - known - set(_BOUND.findall(expression))
        if unknown:
            raise CountermarkError(
                "rule-unknown-word",
                where=rule.where,
                code=rule.code,
                word=", ".join(sorted(unknown)),
                known=", ".join(sorted(known)),
            )
