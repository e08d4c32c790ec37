"""Whether an English line reads as a sentence with its marking, as far as that is clear without a tokeniser.

The patterns are those of spaCy's Matcher in `rules/recognition.yaml`. A word of letters or of digits, with
the usual signs around it, is the same words to every tokeniser; what is written otherwise (`isn't`,
`and/or`, `No.4`) may be several, and an answer that depends on it is left to spaCy.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CLEAR = re.compile(r"""([(\[{"“‘]*)([^\W\d_]+|\d+)([)\]}"”’,;:!?]*)""")
_POSSESSIVES = ("'s", "’s")
_CONTRACTED = re.compile("(?:nt|ve|s|re|ll|d)$")
"""How words end that are two without an apostrophe: isnt, thats."""


class _Word(NamedTuple):
    """A word or sign of a line; where it is not clear, it may be several."""

    text: str
    is_clear: bool = True


class PlainSentences:
    """Matches token patterns on the words of lines."""

    def __init__(self, patterns: Sequence[Sequence[dict[str, Any]]]) -> None:
        self._patterns = patterns
        single = (pattern[0].get("LOWER", {}) for pattern in patterns if len(pattern) == 1)
        self._telling = frozenset(word for words in single for word in _values(words))

    def reads_as_sentence(self, text: str) -> bool | None:
        """Return whether a pattern matches; None where that depends on how words are divided."""
        words = list(self._words(text))
        for may_be_divided in (False, True):
            starts = range(len(words))
            if any(
                _matches(pattern, words, start, may_be_divided=may_be_divided)
                for pattern in self._patterns
                for start in starts
            ):
                return None if may_be_divided else True
        return False

    def _words(self, text: str) -> Iterator[_Word]:
        for chunk in text.split():
            clear = _CLEAR.fullmatch(chunk)
            if clear and not self._is_contracted(clear[2]):
                yield from map(_Word, (*clear[1], clear[2], *clear[3]))
            else:
                yield _Word(chunk, is_clear=len(chunk) == 1 or chunk in _POSSESSIVES)

    def _is_contracted(self, word: str) -> bool:
        return _CONTRACTED.sub("", word.lower()) in self._telling and word.lower() not in self._telling


def _matches(
    pattern: Sequence[dict[str, Any]], words: Sequence[_Word], start: int, *, may_be_divided: bool
) -> bool:
    """Return whether the pattern matches from the word at `start` on.

    Unclear words match nothing; where they `may_be_divided`, all that may be a part of them.
    """
    if not pattern:
        return True
    conditions, *rest = pattern
    if conditions.get("OP") == "?" and _matches(rest, words, start, may_be_divided=may_be_divided):
        return True
    if start == len(words):
        return False
    word = words[start]
    if not (word.is_clear or may_be_divided):
        return False
    asked = _ASKED_OF_WORDS if word.is_clear else _ASKED_OF_PARTS
    if not all(asked[name](word.text, value) for name, value in conditions.items() if name != "OP"):
        return False
    if not word.is_clear and _matches(rest, words, start, may_be_divided=True):
        return True
    return _matches(rest, words, start + 1, may_be_divided=may_be_divided)


def _values(wanted: str | dict[str, list[str]]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted.get("IN", ()))


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter).startswith("P")


def _begins_part(text: str, wanted: str | dict[str, list[str]]) -> bool:
    """Return whether one of the wanted words may be a part of the text: it begins there, or behind a sign."""
    found = text.lower()
    parts = (value.lower() for value in _values(wanted))
    return any(
        re.search(("(?<![^\\W\\d_])" if part[0].isalpha() else "") + re.escape(part), found) for part in parts
    )


_ASKED_OF_WORDS: dict[str, Callable[[str, Any], bool]] = {
    "ORTH": lambda text, wanted: text in _values(wanted),
    "TEXT": lambda text, wanted: text in _values(wanted),
    "LOWER": lambda text, wanted: text.lower() in _values(wanted),
    "IS_ALPHA": lambda text, wanted: text.isalpha() is wanted,
    "IS_LOWER": lambda text, wanted: text.islower() is wanted,
    "IS_PUNCT": lambda text, wanted: all(map(_is_sign, text)) is wanted,
}
_ASKED_OF_PARTS: dict[str, Callable[[str, Any], bool]] = {
    "ORTH": _begins_part,
    "TEXT": _begins_part,
    "LOWER": _begins_part,
    "IS_ALPHA": lambda text, _: any(map(str.isalpha, text)),
    "IS_LOWER": lambda text, _: any(map(str.islower, text)),
    "IS_PUNCT": lambda text, _: any(map(_is_sign, text)),
}
