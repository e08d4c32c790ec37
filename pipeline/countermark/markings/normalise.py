"""Text as the grammar reads it: half width, one space, one kind of hyphen, letters closed up, capitals;
with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

CJK = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kanji and kana, as the inside of a character class (㊙ and the middle dot are not among them)."""

_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\u0002\u200e\u200f")
_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2500\u207b")
_KEPT = {"㊙": "㊙", "祕": "秘"}

_SPACED_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Z](?: [A-Z])+(?![A-Za-z0-9])")
_SPACED_LATIN_LONG = re.compile(r"(?<![A-Za-z0-9])[A-Z](?: [A-Z]){3,}(?![A-Za-z0-9])")
_SPACED_CJK = re.compile(rf"(?<![{CJK}\w])[{CJK}](?: +[{CJK}])+(?![{CJK}\w])")
_PLAIN = re.compile(r"(?!.*\b[A-Z] [A-Z] [A-Z] [A-Z]\b)(?!.*  )[\t -~]*")
"""Text that is normal already: ASCII, no two blanks together, no letters of a word apart."""
_SPACES = re.compile(r" {2,}")


class Normal(NamedTuple):
    """`text` is normalised, in capitals; `cased` the same in its own case; `offsets[i]` the index in
    `original` of its character i, with one more for the end; `spaced` whether letters of a Latin
    word stood apart ("S E C R E T")."""

    original: str
    text: str
    cased: str
    offsets: tuple[int, ...]
    spaced: bool

    def source(self, start: int, end: int) -> str:
        """The original text of `text[start:end]`."""
        if start >= end:
            return ""
        return self.original[self.offsets[start] : self.offsets[end - 1] + 1]


def normalise(original: str) -> Normal:
    """Normalise one line or piece of a line; tabs stay."""
    if _PLAIN.fullmatch(original):
        return Normal(original, original.upper(), original, tuple(range(len(original) + 1)), spaced=False)
    pairs = [(letter, index) for index, char in enumerate(original) for letter in _letters(char)]
    spaced = False
    text = "".join(letter for letter, _ in pairs)
    if _SPACED_LATIN_LONG.search(text):
        spaced = True
        pairs = _without_spaces(pairs, text, _SPACED_LATIN)
        text = "".join(letter for letter, _ in pairs)
    pairs = _without_spaces(pairs, text, _SPACED_CJK)
    text = "".join(letter for letter, _ in pairs)
    drop = {
        position for match in _SPACES.finditer(text) for position in range(match.start() + 1, match.end())
    }
    pairs = [pair for position, pair in enumerate(pairs) if position not in drop]
    cased = "".join(letter for letter, _ in pairs)
    capitals = "".join(up if len(up := letter.upper()) == 1 else letter for letter in cased)
    offsets = (*(index for _, index in pairs), len(original))
    return Normal(original, capitals, cased, offsets, spaced)


def _letters(char: str) -> str:
    if char in _KEPT:
        return _KEPT[char]
    if char in _DROPPED:
        return ""
    if char in _HYPHENS:
        return "-"
    if char == "\t" or (char.isascii() and not char.isspace()):
        return char
    if char.isspace():
        return " "
    return "".join(
        "-" if letter in _HYPHENS else " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFKC", char)
    )


def _without_spaces(
    pairs: list[tuple[str, int]], text: str, pattern: re.Pattern[str]
) -> list[tuple[str, int]]:
    inside = {position for match in pattern.finditer(text) for position in range(*match.span())}
    if not inside:
        return pairs
    return [pair for position, pair in enumerate(pairs) if position not in inside or pair[0] != " "]
