"""A rule says satisfied, violated or undecidable; what was not read is never taken for satisfied."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from countermark.checking.rule_examples import check_example, pages_of, sketch_of
from countermark.config.policy import load_policy, with_all_rules
from countermark.model import ProblemKind
from countermark.rules.engine import RuleVerdict, ask
from countermark.rules.expressions import activation
from countermark.rules.rule import ExampleDocument

POLICY = with_all_rules(load_policy())
RULES = {rule.code: rule for rule in POLICY.rules}
NEEDING = [rule for rule in POLICY.rules if rule.needs != "true"]
PAGE = {
    "only_picture": "",
    "hidden_text": "",
    "readable": True,
    "flowing": False,
    "head": [],
    "foot": ["GB SECRET"],
}


def asked(**page: Any) -> RuleVerdict:
    known = {"document": {"marked": True}, "exchange": {}, "page": {**PAGE, **page}}
    return ask(RULES["DOC002"], activation(known))


def test_each_verdict() -> None:
    assert asked(head=["GB SECRET"]) is RuleVerdict.satisfied
    assert asked() is RuleVerdict.violated
    assert asked(readable=False) is RuleVerdict.undecidable
    assert asked(only_picture="UK SECRET") is RuleVerdict.not_asked


def test_what_is_not_read_is_undecided_though_something_of_it_was() -> None:
    """The part that was read may speak for the rule: the rest may still speak against it."""
    assert asked(head=["GB SECRET"], readable=False) is RuleVerdict.undecidable


def unread(example: str | ExampleDocument) -> ExampleDocument:
    """The example on pages that gave no text."""
    sketch = sketch_of(example)
    pages = tuple(msgspec.structs.replace(page, readable=False) for page in pages_of(sketch))
    return msgspec.structs.replace(sketch, pages=pages, problem=ProblemKind.no_text)


@pytest.mark.parametrize(
    ("code", "example"),
    [
        pytest.param(rule.code, example, id=f"{rule.code}-{number}")
        for rule in NEEDING
        for number, example in enumerate(rule.bad, 1)
    ],
)
def test_a_bad_example_that_could_not_be_read_is_told_as_unread(
    code: str, example: str | ExampleDocument
) -> None:
    whole = {finding.code for finding in check_example(example, POLICY).findings}
    found = {finding.code for finding in check_example(unread(example), POLICY).findings}
    assert code in whole
    assert code not in found
    assert "READ003" in found


def test_the_rules_that_look_for_something_missing_need_what_they_look_in() -> None:
    """Nothing is missing on a page, or in a document, that was not read."""
    assert {rule.code for rule in NEEDING} >= {
        "DOC001",
        "DOC002",
        "DOC003",
        "DOC012",
        "DOC013",
        "JP004",
        "JP005",
    }
    assert all(rule.needs in ("page.readable", "document.readable") for rule in NEEDING)
