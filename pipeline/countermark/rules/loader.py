"""The rules as data: read from YAML, refused with file, line and reason where ill-formed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from countermark.model import Severity
from countermark.rules.rule import Rule, RuleEntry
from countermark.rules.rule_validation import check_rule
from countermark.standards.coded_files import coded
from countermark.support.errors import CountermarkError
from countermark.support.yaml_files import compose_yaml, place_of, struct_of

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path


def load_rules(folder: Path, known: Set[str] = frozenset()) -> tuple[Rule, ...]:
    """Return all rules in `folder`, sorted by family and number; they may yield to those of `known` codes.

    Raises CountermarkError, which names file, line and reason, for the first one that is ill-formed.
    """
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        for rule in load_rule_file(path):
            if rule.code in rules:
                raise CountermarkError(
                    "rule-twice", where=rule.where, code=rule.code, other=rules[rule.code].where
                )
            rules[rule.code] = rule
    codes = rules.keys() | known
    for rule in rules.values():
        for code in rule.yields_to:
            if code not in codes:
                raise CountermarkError("rule-yields-to-unknown", where=rule.where, code=rule.code, other=code)
    return tuple(rules[code] for code in sorted(rules))


def load_rule_file(path: Path) -> list[Rule]:
    """Return the rules of one file, each with the place of its entry. Raises CountermarkError."""
    node = compose_yaml(path)
    if not isinstance(node, yaml.SequenceNode):
        raise CountermarkError("rules-not-a-list", where=str(path))
    return [_rule(coded(entry), path) for entry in node.value]


def _rule(node: yaml.Node, path: Path) -> Rule:
    where = place_of(path, node)
    rule = Rule(**_fields(struct_of(node, RuleEntry, path)), where=where)
    days = [basis.until for basis in rule.earlier]
    highest = max((rule.severity, *rule.severity_when.by_severity()), key=lambda severity: severity.rank)
    for valid, key in (
        (highest is Severity.note or not rule.source.is_unconfirmed_alone, "rule-unconfirmed"),
        (days == sorted(days), "rule-earlier-order"),
        (not (rule.from_ and rule.until) or rule.from_ <= rule.until, "days-reversed"),
    ):
        if not valid:
            raise CountermarkError(key, where=where, code=rule.code)
    check_rule(rule, node, path)
    return rule


def _fields(entry: RuleEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__struct_fields__}
