"""The written forms of the words that markings are made of, and how they are found in a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.recognition.misspelling import variants
from countermark.recognition.normalise import CJK, normalise
from countermark.recognition.words import STARTS, Kind, LexiconTerm, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.standards.standards import Standards


class LexiconForm(NamedTuple):
    """A Latin form: its term, how it is written, and where its words end, counted in letters and digits."""

    term: LexiconTerm
    written: frozenset[str]
    ends: frozenset[int]


_TRIGGER_KINDS = (*STARTS, Kind.eyes_only)
_SHORT = 2
_READ_WORDS = 1 << 14
"""Words whose reading a lexicon keeps."""
_NOT_ALNUM = re.compile(r"[\W_]+")


class Lexicon:
    """The forms of some standards and what is made from them.

    `latin` holds forms by their letters and digits alone, `beginnings` all that such a key may begin
    with; `openings` and `endings` all that a word of a form may begin and end with; `corrections` what a
    misspelt word stands for; `japanese` matches one Japanese form, `terms` tells what it stands for;
    `triggers` are forms of which every marking has one.
    """

    def __init__(self, standards: Standards) -> None:
        self.parties = frozenset(standards.agreement.parties)
        self.prefixes = frozenset(standards.prefixes().values())
        self.terms: dict[str, LexiconTerm] = {}
        for form, term in entries_of(standards):
            self.terms.setdefault(normalise(form).text, term)
        japanese = {form: term for form, term in self.terms.items() if _has_kanji(form)}
        longest = sorted(japanese, key=len, reverse=True)
        self.japanese = re.compile("|".join(re.escape(form) for form in longest))
        self.latin = _latin({form: term for form, term in self.terms.items() if form not in japanese})
        self.beginnings = frozenset(key[:end] for key in self.latin for end in range(1, len(key) + 1))
        written = [spelling for form in self.latin.values() for spelling in form.written]
        words = {word for spelling in written for word in _NOT_ALNUM.split(spelling)}
        self.openings = frozenset(word[:end] for word in words for end in range(1, len(word) + 1))
        self.endings = frozenset(word[start:] for word in words for start in range(len(word)))
        self.words = frozenset(word for spelling in written for word in spelling.split())
        self.corrections = dict(_corrections(standards))
        self.digits = str.maketrans(standards.vocabulary.digits)
        marks = {
            mark.word.upper() for scheme in standards.foreign.schemes for mark in scheme.marks if mark.word
        }
        self.triggers = tuple(sorted(marks | self._triggers(japanese, standards.vocabulary.fuzzy)))
        self.read_word = lru_cache(maxsize=_READ_WORDS)(self._read_word)

    def _triggers(self, japanese: dict[str, LexiconTerm], fuzzy: Iterable[str]) -> set[str]:
        keys = [
            key for key, form in self.latin.items() if form.term.kind in _TRIGGER_KINDS and len(key) > _SHORT
        ]
        keys += _short_with_country(self.latin)
        keys += [form for form, term in japanese.items() if term.kind in _TRIGGER_KINDS]
        rights = {closed(word) for word in fuzzy}
        keys += [wrong for wrong, right in self.corrections.items() if right in rights and right not in wrong]
        return {key.replace(" ", "") for key in keys} | {"㊙"}

    def opens(self, word: str) -> bool:
        """Return whether a Latin form may begin with the word."""
        return self.read_word(word)[0] in self.beginnings

    def _read_word(self, word: str) -> tuple[str, bool]:
        """Return a word's letters, misspellings put right, and whether it was right as it stood."""
        if word in self.words:
            return word, True
        if not word.isalnum():
            word = "".join(char for char in word if char.isalnum() or char in "_'’")
        if not word.isalpha() and (letters := word.translate(self.digits)) != word and letters.isalpha():
            if letters in self.words:
                return letters, False
            if letters in self.corrections:
                return self.corrections[letters], False
        return (self.corrections[word], False) if word in self.corrections else (word, True)


def _short_with_country(latin: dict[str, LexiconForm]) -> Iterator[str]:
    """Letters that count after their country's name only (`UK O-S`), with that name."""
    short = {key: form.term for key, form in latin.items() if form.term.with_country and len(key) <= _SHORT}
    for name, form in latin.items():
        if form.term.kind is Kind.nation:
            yield from (name + key for key, term in short.items() if term.country == form.term.country)


def closed(form: str) -> str:
    """Return the letters and digits of a form alone."""
    return _NOT_ALNUM.sub("", form)


def _has_kanji(form: str) -> bool:
    return bool(re.search(f"[{CJK}㊙]", form))


def _latin(terms: dict[str, LexiconTerm]) -> dict[str, LexiconForm]:
    """Return the Latin forms by their letters; of two terms with the same letters the first counts."""
    found: dict[str, LexiconForm] = {}
    for form, term in terms.items():
        key, size, ends = closed(form), 0, set()
        for word in _NOT_ALNUM.split(form):
            size += len(word)
            ends.add(size)
        known = found.get(key)
        if known is None:
            found[key] = LexiconForm(term, frozenset({form}), frozenset(ends))
        elif known.term.value == term.value:
            found[key] = LexiconForm(known.term, known.written | {form}, known.ends | ends)
    return found


def _corrections(standards: Standards) -> Iterator[tuple[str, str]]:
    """Yield each misspelling of a Latin word with the word."""
    vocabulary = standards.vocabulary
    other = {word for words in vocabulary.other_words for word in words} | set(vocabulary.fuzzy)
    for right in vocabulary.fuzzy:
        yield from ((wrong, right) for wrong in variants(right) if wrong not in other)
    for right, wrongs in vocabulary.misspelt.items():
        if right.isascii():
            yield from ((wrong, right) for wrong in wrongs)
