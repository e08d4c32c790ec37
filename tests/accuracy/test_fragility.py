"""No single weight decides more than a small share, and few decisions are near their threshold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from accuracy.fragility import deciding, decisions, generated, is_near, margin
from countermark.model import Evidence

if TYPE_CHECKING:
    from accuracy.fragility import Decision

MOST_OF_ONE_WEIGHT = 0.05
MOST_NEAR = 0.01
EVERY = 5
"""Of the generator's 500 documents, each fifth."""


@pytest.fixture(scope="module")
def made() -> list[Decision]:
    return decisions(generated(EVERY))


def test_no_single_weight_decides_much_alone(made: list[Decision]) -> None:
    alone = Counter(reason for decision in made for reason in deciding(decision))
    assert len(made) > 300
    assert {reason: count for reason, count in alone.items() if count > MOST_OF_ONE_WEIGHT * len(made)} == {}


def test_few_decisions_are_near_their_threshold(made: list[Decision]) -> None:
    assert sum(map(is_near, made)) <= MOST_NEAR * len(made)


def test_a_decision_is_near_or_decided_alone_as_its_sum_says() -> None:
    head = (Evidence.header, Evidence.whole_line)  # 0.75 of 0.70
    assert margin(head) == pytest.approx(0.05)
    assert is_near(head)
    assert set(deciding(head)) == set(head)
    firm = (*head, Evidence.complete, Evidence.named, Evidence.head_and_foot)
    assert not is_near(firm)
    assert list(deciding(firm)) == []


def test_what_bears_a_candidate_out_moves_its_threshold() -> None:
    borne_out = (Evidence.table, Evidence.labelled, Evidence.whole_line, Evidence.as_at_edges)  # 0.65 of 0.60
    assert margin(borne_out) == pytest.approx(0.05)
    assert Evidence.as_at_edges in set(deciding(borne_out))
