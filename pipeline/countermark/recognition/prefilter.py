"""Which lines could hold a marking at all: one pass over a page's text for all words of the standards."""

from __future__ import annotations

import string
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from countermark.recognition.normalise import DROPPED, HYPHENS, LOOK_ALIKES, SAME_KANJI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.recognition.lexicon import Lexicon

_COMBINING = range(0x300, 0x370)
_BREAK = "\n"
_STAMP = "\ue000"
_SIGNS = "._·・\u3000\u00a0" + "".join(HYPHENS)


class Span(NamedTuple):
    """The lines over which one word of the standards reaches, by index, the last one included."""

    first: int
    last: int


def _closed(text: str, table: dict[int, str | None]) -> str:
    """Return text as the matcher reads it, `S E C R E T`, `ＳＥＣＲＥＴ`, `5ECRET`, `極 秘` as words."""
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text.replace("㊙", _STAMP)).replace(_STAMP, "㊙")
    return text.translate(table)


class Prefilter:
    """Finds all words in text that its table has closed up.

    Capitals, digits as the letters they may stand for, no blanks but breaks, no hyphens, no points.
    """

    def __init__(self, words: Lexicon) -> None:
        table: dict[int, str | None] = {ord(small): small.upper() for small in string.ascii_lowercase}
        table |= {ord(letter): latin.upper() for letter, latin in LOOK_ALIKES.items()}
        table |= {ord(kanji): same for kanji, same in SAME_KANJI.items()}
        table |= words.digits
        table |= {
            ord(small): large for large in {*"".join(words.triggers)} if len(small := large.lower()) == 1
        }
        table |= dict.fromkeys((*map(ord, string.whitespace + _SIGNS), *map(ord, DROPPED), *_COMBINING))
        del table[ord(_BREAK)]
        self._table = table
        self._matcher = AhoCorasick(
            sorted({_closed(trigger, table) for trigger in words.triggers}),
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,
        )

    def candidates(self, lines: Sequence[str]) -> list[Span]:
        """Return where words of the standards stand.

        Mostly within one line; over several where line breaks cut them, as in vertical text. In
        order, without repetition.
        """
        closed = _closed(_BREAK.join(lines), self._table).split(_BREAK)
        if len(closed) != len(lines):
            closed = [_closed(line, self._table).replace(_BREAK, "") for line in lines]
        hits = self._matcher.find_matches_as_indexes("".join(closed))
        starts = [0, *accumulate(map(len, closed))][:-1] if hits else []
        spans = (
            Span(bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1) for _, start, end in hits
        )
        return list(dict.fromkeys(spans))
