"""The recogniser inside a spaCy pipeline."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def spacy() -> Any:
    """Return the library, which takes a second to import."""
    import spacy

    return spacy


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("UK SECRET - JP/UK EYES ONLY\nThe report was kept secret.", ["UK SECRET - JP/UK EYES ONLY"]),
        ("The Secretary of State asked for the official report.", []),
        ("First line.\nUK OFFICIAL-SENSITIVE", ["UK OFFICIAL-SENSITIVE"]),
    ],
)
def test_markings_of_an_english_text_are_entities(spacy: Any, text: str, marked: list[str]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("countermark_markings", config={"zone": "header"})
    doc = nlp(text)
    assert [one.text for one in doc.ents] == marked
    assert [one.text for one in doc._.markings] == marked
    assert all(one.label_ == "MARKING" for one in doc.ents)


JAPANESE = [
    ("日本国 極秘（登録番号 第12号）\n計画は極秘裏に進められた。", ["日本国 極秘"]),
    ("特定秘密の保護に関する法律について説明する。", []),
    ("UK SECRET / 極秘", ["UK SECRET", "極秘"]),
]


@pytest.mark.parametrize(("text", "marked"), JAPANESE)
def test_markings_of_a_japanese_text_are_entities(spacy: Any, text: str, marked: list[str]) -> None:
    pytest.importorskip("sudachipy", reason="spaCy's Japanese tokeniser is in the extra `ja`")
    nlp = spacy.blank("ja")
    nlp.add_pipe("countermark_markings", config={"zone": "header"})
    assert [one.text for one in nlp(text).ents] == marked


@pytest.mark.parametrize(("text", "marked"), JAPANESE)
def test_japanese_is_read_without_its_tokeniser(spacy: Any, text: str, marked: list[str]) -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("countermark_markings", config={"zone": "header"})
    assert [one.text for one in nlp(text)._.markings] == marked


def test_a_marking_keeps_what_was_read_of_it(spacy: Any) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("countermark_markings", config={"zone": "header", "day": "2026-01-31"})
    (marking,) = nlp("UK SECRET - UK EYES ONLY")._.markings
    assert (marking.country, marking.classification) == ("GB", "SECRET")
    assert marking.caveats[0].nations == ("GB",)


def test_the_threshold_can_be_set(spacy: Any) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("countermark_markings", config={"zone": "header", "threshold": 1.01})
    assert nlp("UK SECRET")._.markings == ()
