"""Text as the grammar reads it.

Half width, one space, one kind of hyphen, letters closed up, look-alike letters as the Latin ones they
imitate, capitals; with the way back to the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

CJK = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kanji and kana, as the inside of a character class (㊙ and the middle dot are not among them)."""

LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХЗасеорхуіѕјԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινυᎪᏴᏟᎬᎻᎫᏦᏞᎷΝᏢᎡᏚᎢᏙꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴ",
        "ABESIJKMHOPCTYX3aceopxyisjdqwhABEZHIKMNOPTYXoivuABCEHJKLMNPRSTVABCDEFGHIJKLMNOPRSTU",
        strict=True,
    )
)
"""Letters of other scripts that are drawn like Latin ones -> those Latin letters."""
LOOK_ALIKES |= dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ", strict=True))

SAME_KANJI = {"祕": "秘"}
"""Older forms of a kanji -> the form that the standards use."""

HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\ufe58\ufe63\uff0d\u2500\u2501\u207b")
DROPPED = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufffe\x00\x02"
)
_ALONE = frozenset("㊙")
"""Signs that mean something as they are, and are not taken apart."""

_SPACED_LATIN = re.compile(r"(?<![A-Za-z0-9])([A-Za-z])(?:([ .·_-])[A-Za-z])(?:\2[A-Za-z])*(?![A-Za-z0-9])")
_SPACED_LATIN_LONG = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z](?:([ .·_-])[A-Z])(?:\1[A-Z]){2,}|[a-z](?: [a-z]){4,})(?![A-Za-z0-9])"
)
_SPACED_SLASHES = re.compile(r" ?/ / ?")
_SPACED_CJK = re.compile(
    rf"(?<![{CJK}\w])[{CJK}](?: +[{CJK}()0-9])+(?![{CJK}\w])|(?<!\w)[가-힣](?: +[가-힣])+(?!\w)"
)
_SPACED_DIGIT = re.compile(r"(?<=機密性) (?=\d)|(?<=機密性\d) (?=情報)|(?<=機密性 \d) (?=情報)")
"""The blank that typesetting leaves between Japanese and digits (JIS X 4051), within a grade's name."""
_PLAIN = re.compile(r"(?!.*\b[A-Za-z]([ .-])[A-Za-z]\1[A-Za-z]\1[A-Za-z]\b)(?!.*  )[\t -~]*")
"""Text that is normal already: ASCII, no two blanks together, no letters of a word apart."""
_MORE_SPACES = re.compile(r"(?<= ) +")


class NormalisedText(NamedTuple):
    """`text` is normalised, in capitals.

    `cased` the same in its own case; `offsets[i]` the index in `original` of its character i, with one
    more for the end; `spaced` whether letters of a Latin word stood apart ("S E C R E T"); `look_alikes`
    the indices in `text` of letters that stood there in another script.
    """

    original: str
    text: str
    cased: str
    offsets: Sequence[int]
    spaced: bool
    look_alikes: frozenset[int] = frozenset()

    def source(self, start: int, end: int) -> str:
        """Return the original text of `text[start:end]`."""
        if start >= end:
            return ""
        return self.original[self.offsets[start] : self.offsets[end - 1] + 1]


@lru_cache(maxsize=512)
def normalise(original: str) -> NormalisedText:
    """Normalise one line or piece of a line; tabs stay."""
    if _PLAIN.fullmatch(original):
        return NormalisedText(original, original.upper(), original, range(len(original) + 1), spaced=False)
    letters = [_LETTERS[char] for char in original]
    text, offsets = "".join(letters), [index for index, letter in enumerate(letters) for _ in letter]
    spaced = False
    if _SPACED_LATIN_LONG.search(text):
        spaced = "\n" not in original
        text, offsets = _without(text, offsets, _SPACED_LATIN, " .·_-")
        text, offsets = _without(text, offsets, _SPACED_SLASHES, " ")
    text, offsets = _without(text, offsets, _SPACED_CJK, " ")
    text, offsets = _without(text, offsets, _SPACED_DIGIT, " ")
    text, offsets = _without(text, offsets, _MORE_SPACES, " ")
    capitals = text.upper()
    if len(capitals) != len(text):
        capitals = "".join(up if len(up := letter.upper()) == 1 else letter for letter in text)
    alike = (
        ()
        if LOOK_ALIKES.keys().isdisjoint(original)
        else (position for position, index in enumerate(offsets) if original[index] in LOOK_ALIKES)
    )
    return NormalisedText(original, capitals, text, (*offsets, len(original)), spaced, frozenset(alike))


class _Letters(dict[str, str]):
    """Each character met -> what is read for it."""

    def __missing__(self, char: str) -> str:
        self[char] = letters = _letters(char)
        return letters


_LETTERS = _Letters()


def _letters(char: str) -> str:
    if char == "\t" or (char.isascii() and char.isprintable()) or char in _ALONE:
        return char
    if char in DROPPED:
        return ""
    if char in HYPHENS:
        return "-"
    if char.isspace():
        return " "
    if char in LOOK_ALIKES:
        return LOOK_ALIKES[char]
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFKC", char))


def _plain(letter: str) -> str:
    if letter in HYPHENS:
        return "-"
    if letter.isspace():
        return " "
    if unicodedata.combining(letter) or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return SAME_KANJI.get(letter, letter)


def _without(text: str, offsets: list[int], pattern: re.Pattern[str], dropped: str) -> tuple[str, list[int]]:
    """Return the text and its offsets without those characters where the pattern matches."""
    inside = {position for match in pattern.finditer(text) for position in range(*match.span())}
    if not inside:
        return text, offsets
    kept = [place for place, char in enumerate(text) if place not in inside or char not in dropped]
    return "".join(text[place] for place in kept), [offsets[place] for place in kept]
