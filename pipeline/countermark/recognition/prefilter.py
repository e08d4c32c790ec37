"""Which lines could hold a marking at all: one pass over a page's text for all words of the standards."""

from __future__ import annotations

import string
import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from countermark.recognition.lexicon import lexicon
from countermark.recognition.normalise import DROPPED, HYPHENS, LOOK_ALIKES, SAME_KANJI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.standards.standards import Standards

_COMBINING = range(0x300, 0x370)
_BREAK = "\n"
_STAMP = "\ue000"
_SIGNS = "._·・\u3000\u00a0" + "".join(HYPHENS)


class Span(NamedTuple):
    """The lines over which one word of the standards reaches, by index, the last one included."""

    first: int
    last: int


class _Matcher(NamedTuple):
    words: AhoCorasick
    table: dict[int, str | None]


@cache
def _matcher(standards: Standards) -> _Matcher:
    """Finds all words in text that its table has closed up: capitals, digits as the letters they may
    stand for, no blanks but breaks, no hyphens, no points."""
    table: dict[int, str | None] = {ord(small): small.upper() for small in string.ascii_lowercase}
    table |= {ord(letter): latin.upper() for letter, latin in LOOK_ALIKES.items()}
    table |= {ord(kanji): same for kanji, same in SAME_KANJI.items()}
    table |= {ord(digit): letter for digit, letter in standards.vocabulary.digits.items()}
    table |= dict.fromkeys((*map(ord, string.whitespace + _SIGNS), *map(ord, DROPPED), *_COMBINING))
    del table[ord(_BREAK)]
    triggers = {_closed(trigger, table) for trigger in lexicon(standards).triggers}
    words = AhoCorasick(
        sorted(triggers), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    return _Matcher(words, table)


def _closed(text: str, table: dict[int, str | None]) -> str:
    """Text as the matcher reads it: `S E C R E T`, `ＳＥＣＲＥＴ`, `5ECRET`, `極　秘` read like the words."""
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text.replace("㊙", _STAMP)).replace(_STAMP, "㊙")
    return text.translate(table)


def candidates(lines: Sequence[str], standards: Standards) -> list[Span]:
    """Where words of the standards stand: mostly within one line; over several where line breaks cut
    them, as in vertical text. In order, without repetition."""
    matcher = _matcher(standards)
    closed = _closed(_BREAK.join(lines), matcher.table).split(_BREAK)
    if len(closed) != len(lines):
        closed = [_closed(line, matcher.table).replace(_BREAK, "") for line in lines]
    hits = matcher.words.find_matches_as_indexes("".join(closed))
    starts = [0, *accumulate(map(len, closed))][:-1] if hits else []
    spans = (
        Span(bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1) for _, start, end in hits
    )
    return list(dict.fromkeys(spans))
