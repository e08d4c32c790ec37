"""Normalised text, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.recognition.normalise import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＵＫ　ＳＥＣＲＥＴ", "UK SECRET"),
        ("UK  SECRET", "UK SECRET"),
        ("uk secret", "UK SECRET"),
        ("U K  S E C R E T", "UK SECRET"),
        ("OFFICIAL‑SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("OFFICIAL –\u00a0SENSITIVE", "OFFICIAL - SENSITIVE"),
        ("SE\u00adCRET", "SECRET"),
        ("SEC\u200bRET", "SECRET"),
        ("極　秘", "極秘"),
        ("特 定 秘 密", "特定秘密"),
        ("（極　秘）", "(極秘)"),
        ("祕", "秘"),
        ("㊙", "㊙"),
        ("機密性２情報", "機密性2情報"),
        ("UK SECRET\tPage 1", "UK SECRET\tPAGE 1"),
        ("A plan B", "A PLAN B"),
    ],
)
def test_forms_are_read_alike(written: str, read: str) -> None:
    assert normalise(written).text == read


def test_only_words_written_in_separate_letters_count_as_spaced() -> None:
    assert normalise("S E C R E T").spaced
    assert not normalise("A B test").spaced


@given(st.text(max_size=60))
def test_every_character_leads_back_to_the_original(written: str) -> None:
    line = normalise(written)
    assert len(line.offsets) == len(line.text) + 1
    assert len(line.cased) == len(line.text)
    assert list(line.offsets) == sorted(line.offsets)
    assert all(0 <= offset < len(written) for offset in line.offsets[:-1])


@given(st.text(max_size=60))
def test_what_is_read_is_a_piece_of_what_was_written(written: str) -> None:
    line = normalise(written)
    for start in range(len(line.text)):
        assert line.source(start, len(line.text)) in written


@given(st.text(alphabet="UKSECRET -/極秘", max_size=30))
def test_normal_text_stays_as_it_is(written: str) -> None:
    once = normalise(written).text
    assert normalise(once).text.replace(" ", "") == once.replace(" ", "")
