"""A rule's expressions and texts looked through when it is loaded, so that a mistake in them stops the run by
its name, and not a document in the middle of it.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from countermark.rules.expressions import activation, compiled, variables
from countermark.rules.facts.fields import fields_of
from countermark.support.errors import CountermarkError
from countermark.support.library_messages import cel_failure, cel_syntax
from countermark.support.yaml_files import node_at, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import yaml

    from countermark.rules.rule import Rule

_BOUND = re.compile(r"\.(?:all|exists|exists_one|filter|map)\(\s*(\w+)\s*,")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')
_FIELD = re.compile(r"(?<![\w.])([a-z]\w*)\.([A-Za-z_]\w*)")
_EQUAL = re.compile(r'([a-z]\w*)\.([A-Za-z_]\w*)\s*==\s*"([^"]*)"')
EXPRESSION = 2000
"""Characters of one expression."""
_EVERYWHERE = {"provider"}
_NOTHING: frozenset[tuple[str, str, str]] = frozenset()
_SAMPLES: tuple[dict[type, Any], ...] = (
    {str: "", int: -1, bool: False, tuple: [], dict: {}},
    {str: "x", int: 9, bool: True, tuple: ["x"], dict: {"x": "x"}},
)
"""Values of each kind for a trial: none known, and something everywhere."""


def check_rule(rule: Rule, node: yaml.Node, path: Path) -> None:
    """Raise CountermarkError with file and line where an expression is not CEL, is too long, speaks of what
    its scope does not have, fails, or is neither true nor false; and where a text of the rule can't be
    filled.
    """
    for keys, expression in rule.expressions:
        if expression != "true":
            part, where = ".".join(keys), place_of(path, node_at(node, *keys))
            _check_length(expression, where)
            _check_words(rule, part, expression, where)
            _try(rule, part, expression, where)
    for lang, texts in rule.texts.by_language().items():
        for part in ("message", "fix"):
            _check_text(rule, getattr(texts, part), place_of(path, node_at(node, "texts", lang, part)))


def _check_length(expression: str, where: str) -> None:
    if len(expression) > EXPRESSION:
        raise CountermarkError("yaml-too-long", where=where, most=EXPRESSION)


def _check_words(rule: Rule, part: str, expression: str, where: str) -> None:
    """Hold that an expression parses and names nothing but the fields of its scope's words."""
    known = ["document", "exchange", rule.scope.value]
    try:
        found = variables(expression)
    except ValueError as error:
        raise _not_cel(rule, part, where, error) from error
    unknown = found - set(known) - set(_BOUND.findall(expression))
    if unknown:
        raise CountermarkError(
            "rule-unknown-word", where=where, code=rule.code, word=sorted(unknown), known=sorted(set(known))
        )
    for word, field in _FIELD.findall(_QUOTED.sub('""', expression)):
        if word in known and field not in fields_of(word):
            raise _no_field(
                rule,
                f"{word}.{field}",
                where,
                [f"{word}.{name_of_field}" for name_of_field in fields_of(word)],
            )


def _not_cel(rule: Rule, part: str, where: str, error: Exception) -> CountermarkError:
    """Return the first thing that the CEL parser says is wrong, and its column in the expression."""
    column, reason = cel_syntax(error)
    return CountermarkError(
        "rule-bad-expression", where=where, code=rule.code, part=part, column=column, reason=reason
    )


def _no_field(rule: Rule, name: str, where: str, known: list[str]) -> CountermarkError:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return CountermarkError(
        "rule-unknown-field-near" if close else "rule-unknown-field",
        where=where,
        code=rule.code,
        name=name,
        nearest=close[0] if close else "",
        known=known,
    )


def _try(rule: Rule, part: str, expression: str, where: str) -> None:
    """Hold that an expression gives true or false, whatever the values are.

    None known, something everywhere, and what it compares its words with.
    """
    named = frozenset(_EQUAL.findall(expression))
    for number, wanted in ((0, _NOTHING), (1, _NOTHING), *([(1, named)] if named else [])):
        known = _trial(rule.scope.value, number, wanted)
        try:
            answer = compiled(expression).execute(known)
        except Exception as error:  # whatever the CEL library raises for it
            raise CountermarkError(
                "rule-expression-fails", where=where, code=rule.code, part=part, reason=cel_failure(error)
            ) from error
        if not isinstance(answer, bool):
            raise CountermarkError("rule-not-boolean", where=where, code=rule.code, part=part)


@cache
def _trial(scope: str, number: int, wanted: frozenset[tuple[str, str, str]]) -> Any:
    """Return the words of a scope with the values of that sample, but for those `wanted`.

    Word, field, value.
    """
    values = {word: dict(_sampled(word, number)) for word in ("document", "exchange", scope)}
    for word, field, value in wanted:
        if word in values:
            values[word][field] = value
    return activation(values)


@cache
def _sampled(word: str, number: int) -> dict[str, Any]:
    sample = _SAMPLES[number]
    return {name: sample[getattr(kind, "__origin__", kind)] for name, kind in fields_of(word).items()}


def _check_text(rule: Rule, text: str, where: str) -> None:
    try:
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise CountermarkError("rule-bad-text", where=where, code=rule.code) from error
    known = {*_fillings(rule.scope.value), *_EVERYWHERE}
    known |= {"write"} if "right_form" in known else set()
    for name in sorted(names - known):
        if rule.scope.value != "problem":
            raise _no_field(
                rule, f"{{{name}}}", where, [f"{{{name_of_field}}}" for name_of_field in sorted(known)]
            )


def _fillings(scope: str) -> Iterator[str]:
    """Yield the fields that a message may name: texts and lists of texts."""
    for name, kind in fields_of(scope).items():
        if getattr(kind, "__origin__", kind) in (str, tuple):
            yield name
