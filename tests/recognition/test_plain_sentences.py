"""The sentence question in English: clear words are answered without spaCy and as it would answer, and what
people put into folders never loads it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countermark.recognition.context import SentenceCheck
from countermark.recognition.parsed import MARKING
from countermark.recognition.plain_sentences import PlainSentences
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

PATTERNS = load_standards(data_folder()).recognition.sentence
PLAIN = PlainSentences(PATTERNS.en)
CHECK = SentenceCheck(PATTERNS)
ROOT = Path(__file__).resolve().parents[2]

_VOCABULARY = """
the of all is are must formerly and or nor not papers Papers PROJECT Skylark plan isn't isnt don't thats
cannot and/or re-marked no.4 No. e.g. 12 12kg 3/4 26/114 :) 8) ... -- – - | / ; : , ( ) [ ] " “ ” ‘ ’ ' 's
’s Smith's MAJESTY'S (copy) 'marked' “held” papers. papers, was) (is FAQ Q&A café naïve ∗ •
"""
_WORDS = st.sampled_from(_VOCABULARY.split())
_LINES = st.lists(st.one_of(_WORDS, _WORDS, st.text(min_size=1, max_size=6)), max_size=6)


def _line(before: list[str], after: list[str]) -> str:
    return " ".join(" ".join((*before, "MARKING", *after)).split())


@settings(max_examples=300, deadline=None)
@given(before=_LINES, after=_LINES)
def test_a_clear_answer_is_the_one_that_spacy_gives(before: list[str], after: list[str]) -> None:
    line = _line(before, after)
    answer = PLAIN.reads_as_sentence(line)
    assert answer in (None, CHECK._asks_spacy(line)), line


@pytest.mark.parametrize(
    ("line", "is_sentence"),
    [
        ("all MARKING papers are kept", True),
        ("MARKING Project Skylark", False),
        ("MARKING (PLAN 12)", False),
        ("kept: MARKING", True),
        ("MARKING ’s", True),
        ("26/114 MARKING 3/4", False),
    ],
)
def test_clear_cases_need_no_spacy(line: str, *, is_sentence: bool) -> None:
    assert PLAIN.reads_as_sentence(line) is is_sentence


@pytest.mark.parametrize(
    "line", ["MARKING e.g. plans", "MARKING isn't Skylark", "and/or MARKING", "MARKING thats"]
)
def test_what_depends_on_how_words_are_divided_is_left_to_spacy(line: str) -> None:
    assert PLAIN.reads_as_sentence(line) is not False


def test_both_ways_answer_one_question() -> None:
    assert CHECK.reads_as_sentence(f"Her Majesty's {MARKING} and/or others")
    assert not CHECK.reads_as_sentence(f"Skylark {MARKING}")


_COUNTS_IMPORTS = """
import sys
from pathlib import Path
from countermark.checking.check import check_read
from countermark.checking.rule_examples import sketch_of
from countermark.config.policy import load_policy, with_all_rules
from countermark.readers.read import read
from support.sketched import NOT_IN_WORD, hindrance
from support.sketched_word import word_of

policy = with_all_rules(load_policy(start=Path("/")))
files = [(path.name, path.read_bytes()) for path in Path({samples!r}).rglob("*") if path.is_file()]
sketches = [sketch_of(example) for rule in policy.rules for example in (*rule.good, *rule.bad)]
for number, sketch in enumerate(sketches):
    if not hindrance(sketch, NOT_IN_WORD):
        files.append((f"{{number}}.docx", word_of(sketch)))
for name, data in files:
    check_read(read(data, name, policy.config.limits), policy)
print(len(files), "spacy" in sys.modules)
"""


@pytest.mark.slow
def test_ordinary_folders_never_load_spacy() -> None:
    script = _COUNTS_IMPORTS.format(samples=str(ROOT / "samples" / "exchange"))
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT / "tests", capture_output=True, text=True, check=True)
    files, loaded = done.stdout.split()[-2:]
    assert int(files) > 300, "the samples and the examples of the rules are read"
    assert loaded == "False"
