"""The baselines do what their names say; Countermark beside them, with floors that a change must hold."""

from __future__ import annotations

import pytest

from accuracy.documents import sample_of
from accuracy.finders import NAMES, found_in
from accuracy.layout_pdf import pdf_of
from accuracy.measure import rows_of
from accuracy.paper import Band, Block, Paper
from accuracy.prose import SETTINGS, passages, prose_sample
from accuracy.score import tallied
from accuracy.truth import Kind, Truth, Written

OWN, REGEX, FIRST = NAMES
UK_SECRET = Written(("UK SECRET",), (Truth("GB", "SECRET", originator="GB"),), "british")


def paper(head: str, body: str, foot: str) -> bytes:
    bands = (Band(UK_SECRET) if text else Band() for text in (head, foot))
    head_band, foot_band = bands
    blocks = (Block("paragraph", body),)
    data, _ = pdf_of(Paper("en", "Report", "", "12 May 2026", head_band, foot_band, (blocks,), seed=5))
    return data


def test_the_baselines_read_words_and_first_lines() -> None:
    found = found_in(paper("UK SECRET", "The SECRET plans of the OFFICIAL Receiver.", "UK SECRET"), "x.pdf")
    assert [one.tier for one in found[REGEX]] == ["SECRET", "SECRET", "OFFICIAL", "SECRET"]
    assert [one.zone for one in found[FIRST]] == ["header"]
    assert sorted(one.zone for one in found[OWN]) == ["footer", "header"]


def test_a_first_line_without_a_tier_is_none() -> None:
    assert found_in(paper("", "Nothing here.", "UK SECRET"), "x.pdf")[FIRST] == []


@pytest.mark.parametrize(
    ("kind", "recall"), [(Kind.clean, 0.96), (Kind.malformed, 0.95), (Kind.mangled, 0.95)]
)
def test_markings_are_found(kind: Kind, recall: float) -> None:
    rows = [row for number in range(60) for row in rows_of(sample_of(number, kind, 11))[OWN]]
    tally = tallied(rows, lambda _: "all")["all"]
    assert (tally.recall or 0) >= recall
    assert (tally.precision or 0) >= 0.99


def test_prose_is_not_marked() -> None:
    numbers = range(0, len(passages()), max(1, len(passages()) // 40))
    rows = [
        row
        for number in numbers
        for setting in SETTINGS
        for row in rows_of(prose_sample(number, setting, 11))[OWN]
    ]
    assert len(rows) <= 2
