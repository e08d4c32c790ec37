"""The benchmark's documents say what their truth says."""

from __future__ import annotations

from random import Random

import pytest

from accuracy.clean import clean_marking
from accuracy.documents import EXTRA_ZONES, sample_of
from accuracy.heldout import held_out_samples
from accuracy.malformed import MAKERS, malformed_marking
from accuracy.mangle import DAMAGES, mangled_marking
from accuracy.truth import Kind
from countermark.model import Defect


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize("seed", range(200))
def test_a_clean_marking_states_only_what_it_shows(seed: int) -> None:
    written = clean_marking(Random(seed))
    shown = letters("".join(written.lines))
    for truth in written.truths:
        if truth.tier and truth.tier.isascii() and shown.isascii():
            assert letters(truth.tier) in shown
        assert all(letters(word) in shown for word in (*truth.handling, *truth.codewords))
        assert all(letters(value) in shown for _, value in truth.companions)
        assert ("EYES" in shown) == bool(truth.caveats)


def test_makers_are_of_defects_that_the_model_has() -> None:
    assert set(MAKERS) <= {str(defect) for defect in Defect}


@pytest.mark.parametrize("defect", sorted(MAKERS))
def test_a_malformed_marking_names_its_defect(defect: str) -> None:
    written = malformed_marking(defect, Random(1))
    assert [truth.defects for truth in written.truths] == [(defect,)]
    assert written.kind is Kind.malformed


def test_every_damage_happens_and_changes_no_statement() -> None:
    chance = Random(3)
    seen = set()
    for _ in range(400):
        written = clean_marking(chance)
        damaged = mangled_marking(written, chance)
        seen.add(damaged.form)
        assert damaged.truths == written.truths
        assert damaged.split or damaged.lines != written.lines
    assert seen == set(DAMAGES)


@pytest.mark.parametrize("kind", Kind)
def test_samples_are_reproducible(kind: Kind) -> None:
    for number in (0, 1):
        first, second = sample_of(number, kind, 7), sample_of(number, kind, 7)
        assert first.data == second.data
        assert first.placed == second.placed


def test_every_zone_is_marked_somewhere() -> None:
    samples = [sample_of(number, Kind.clean, 7) for number in range(120)]
    zones = {placed.zone for sample in samples for placed in sample.placed}
    assert zones == {"header", "footer", "body edge", "portion", *EXTRA_ZONES}


def test_the_held_out_family_is_marked_at_head_and_foot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    samples = list(held_out_samples(6, 7))
    assert len(samples) == 6
    assert {placed.zone for sample in samples for placed in sample.placed} == {"header", "footer"}
