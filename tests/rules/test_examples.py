"""Every rule behaves on its own examples: a bad one gives its code, a good one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy, with_all_rules

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

    from countermark.rules.rule import ExampleDocument

POLICY = with_all_rules(load_policy())


def _cases(kind: str) -> list[ParameterSet]:
    return [
        pytest.param(rule.code, example, id=f"{rule.code}-{number}")
        for rule in POLICY.rules
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


def _codes(example: str | ExampleDocument) -> list[str]:
    return sorted({finding.code for finding in check_example(example, POLICY).findings})


@pytest.mark.parametrize(("code", "example"), _cases("bad"))
def test_a_bad_example_gives_its_code(code: str, example: str | ExampleDocument) -> None:
    assert code in _codes(example)


@pytest.mark.parametrize(("code", "example"), _cases("good"))
def test_a_good_example_does_not(code: str, example: str | ExampleDocument) -> None:
    assert code not in _codes(example)
