"""What recognition costs grows with the length of a line and the number of lines, and no faster; counted in
calls of functions, so that the machine's load does not matter."""

from __future__ import annotations

from cProfile import Profile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from countermark.model import Document, Line, Page, Zone
from countermark.recognition.long_lines import LONGEST_LINE, LongLines
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser

if TYPE_CHECKING:
    from countermark.model import Marking

TODAY = date(2026, 11, 28)
PATTERNS = [
    "秘", "極秘 ", "0123456789", "OFFICIAL-", "'SECRET' ", "UK SECRET - ", "UK SECRET - JP/", "S E C R E T ",
    "UK/JP EYES ONLY - ", "SECRET REL TO UK, JP ", "(UK S) ", "((", "SECRET//", "秘SECRET",
    "特 定 秘 密 ", "ＳＥＣＲＥＴ　", "SECRET - HMG USE ONLY ", "登録番号 第12号 ", "令和 9 年 3 月 31 日 ",
    "第三国へ", "NOT TO BE RELEASED ", "REF A-", "作成者 A ", "U K U S ",
]  # fmt: skip
FEW = 10_000
"""Calls that may come with a first long word, a second piece, a first full stop."""


def page(lines: tuple[Line, ...]) -> Document:
    return Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=lines),))


def line_of(text: str, zone: Zone = Zone.header) -> Document:
    return page((Line(text=text, zone=zone, number=1),))


def anew(recogniser: Recogniser) -> Recogniser:
    """Return a recogniser of the same words that has seen one line."""
    fresh = Recogniser(recogniser.standards)
    vars(fresh)["lexicon"] = recogniser.lexicon
    vars(fresh.sentences)["_english"] = recogniser.sentences._english
    examine(line_of("UK SECRET Project Skylark"), fresh, TODAY)
    return fresh


def calls(document: Document, recogniser: Recogniser) -> int:
    """Count the functions of ours that are called to recognise a document; those that make lists, sets and
    comprehensions count by what they go through."""
    recogniser = anew(recogniser)
    profile = Profile(builtins=False)
    profile.runcall(examine, document, recogniser, TODAY)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("size", [LONGEST_LINE // 4, 2 * LONGEST_LINE], ids=["within-a-piece", "in-pieces"])
def test_twice_the_line_costs_about_twice(recogniser: Recogniser, pattern: str, size: int) -> None:
    short, long = (f"UK SECRET {pattern * (length // len(pattern))}" for length in (size, 2 * size))
    examine(line_of(short), recogniser, TODAY)  # what is kept of words and letters is not to count
    assert calls(line_of(long), recogniser) <= 2.5 * calls(line_of(short), recogniser) + FEW


@pytest.mark.parametrize(
    "text", ["UK SECRET", "秘", "(UK S) Some text.", "OFFICIAL.", "UK SECRET - X{number}"]
)
def test_twice_the_lines_cost_about_twice(recogniser: Recogniser, text: str) -> None:
    def lines(count: int) -> Document:
        return page(
            tuple(
                Line(text=text.format(number=number), zone=Zone.body, number=number)
                for number in range(1, count + 1)
            )
        )

    assert calls(lines(400), recogniser) <= 2.5 * calls(lines(200), recogniser)


def found(text: str, recogniser: Recogniser, zone: Zone = Zone.header) -> tuple[Marking, ...]:
    return accepted(examine(line_of(text, zone), recogniser, TODAY).markings)


@pytest.mark.parametrize("before", [0, 1, 7, 500, 950, 990, 999, 1000, 1010, 1990, 2500])
def test_no_marking_of_a_long_line_is_lost_or_cut(recogniser: Recogniser, before: int) -> None:
    words = "lorem ipsum dolor sit amet "
    ahead, behind = (words * 200)[:before], words * 120
    text = f"{ahead} UK TOP SECRET - JP/UK EYES ONLY {behind}"
    [marking] = examine(line_of(text), recogniser, TODAY).markings
    assert (marking.classification, marking.originator) == ("TOP SECRET", "GB")
    assert marking.caveats
    assert marking.location.line == 1


def test_a_long_paragraph_that_ends_with_a_marking_is_no_marking(recogniser: Recogniser) -> None:
    text = f"{'The papers of the board are kept in a safe place. ' * 90} They are SECRET."
    assert found(text, recogniser, Zone.body) == ()


def test_pieces_hold_the_whole_line(recogniser: Recogniser) -> None:
    pieces_of = LongLines(recogniser.prefilter).pieces_of
    plain = " ".join(f"word{number}" for number in range(2000))
    assert "".join(pieces_of(plain)) == plain
    assert all(len(piece) <= LONGEST_LINE * 1.2 for piece in pieces_of(plain))
    tight = "UK SECRET - " * 1000
    pieces = list(pieces_of(tight))
    assert all(len(piece) <= LONGEST_LINE * 1.2 for piece in pieces)
    assert tight.startswith(pieces[0])
    assert tight.endswith(pieces[-1])
    assert sum(map(len, pieces)) > len(tight)
