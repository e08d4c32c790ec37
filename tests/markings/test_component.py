"""The recogniser inside a spaCy pipeline."""

from __future__ import annotations

import pytest
import spacy


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("UK SECRET - JP/UK EYES ONLY\nThe report was kept secret.", ["UK SECRET - JP/UK EYES ONLY"]),
        ("The Secretary of State asked for the official report.", []),
        ("First line.\nUK OFFICIAL-SENSITIVE", ["UK OFFICIAL-SENSITIVE"]),
    ],
)
def test_markings_of_an_english_text_are_entities(text: str, marked: list[str]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("countermark_markings", config={"zone": "header"})
    doc = nlp(text)
    assert [one.text for one in doc.ents] == marked
    assert [one.text for one in doc._.markings] == marked
    assert all(one.label_ == "MARKING" for one in doc.ents)


def test_a_marking_keeps_what_was_read_of_it() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("countermark_markings", config={"zone": "header", "day": "2026-01-31"})
    (marking,) = nlp("UK SECRET - UK EYES ONLY")._.markings
    assert (marking.country, marking.classification) == ("GB", "SECRET")
    assert marking.caveats[0].nations == ("GB",)


def test_the_threshold_can_be_set() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("countermark_markings", config={"zone": "header", "threshold": 1.01})
    assert nlp("UK SECRET")._.markings == ()
