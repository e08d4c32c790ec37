"""Counting: who is paired with whom, and how sure the shares are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accuracy.score import Found, Tally, fields_right, match, wilson
from accuracy.truth import Placed, Truth, Written

SECRET = Truth("GB", "SECRET", originator="GB")
WRITTEN = Written(("UK SECRET",), (SECRET,), "british")


def placed(zone: str, page: int = 1, truth: Truth = SECRET) -> Placed:
    return Placed(truth, WRITTEN, page, zone, frozenset({zone}))


def found(zone: str, page: int = 1, tier: str = "SECRET", **read: object) -> Found:
    return Found("UK SECRET", page, zone, "GB", tier, dict(read))


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (995, 1000, 0.9883, 0.9979)],
)
def test_the_wilson_interval(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.0001)


def test_nothing_counted_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert Tally().recall is Tally().precision is Tally().f1 is None


def test_each_marking_is_paired_once() -> None:
    pairs, stray = match([placed("header"), placed("footer")], [found("header"), found("header")])
    assert pairs == {0: 0, 1: 1}
    assert stray == []
    pairs, stray = match([placed("header")], [found("header"), found("header")])
    assert (pairs, stray) == ({0: 0}, [1])


def test_another_page_is_another_place() -> None:
    assert match([placed("header", page=1)], [found("header", page=2)]) == ({}, [0])


def test_what_agrees_best_is_paired_first() -> None:
    pairs, stray = match([placed("header")], [found("header", tier="TOP SECRET"), found("header")])
    assert (pairs, stray) == ({0: 1}, [0])


def test_fields_count_where_they_are_stated_or_read() -> None:
    right = fields_right(SECRET, found("header", originator="GB", codewords=frozenset({"LANTERN"})))
    assert right == {"country": True, "tier": True, "originator": True, "codewords": False}


def test_companions_agree_whatever_width_and_capitals_print_them() -> None:
    truth = replace(SECRET, companions=(("condition", "Providedinconfidence."),))
    for text, right in (
        ("PROVIDEDINCONFIDENCE.", True),
        ("Ｐｒｏｖｉｄｅｄinconfidence．", True),
        ("Provided", False),
    ):
        read = found("header", companions=frozenset({("condition", text), ("page", "1")}))
        assert fields_right(truth, read)["companions"] == right


def test_f1_counts_misses_and_false_ones() -> None:
    tally = Tally(wanted=10, hit=8, false=2)
    assert (tally.recall, tally.precision, tally.f1) == (0.8, 0.8, 0.8)
