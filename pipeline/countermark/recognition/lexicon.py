"""The words that markings are made of, gathered from all standards."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.recognition.misspelling import variants
from countermark.recognition.normalise import CJK, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.standards.standard import Classification, Standard
    from countermark.standards.standards import Standards


class Kind(StrEnum):
    """What a token is."""

    tier = "tier"
    unknown = "unknown"
    mark = "mark"
    sensitive = "sensitive"
    handling = "handling"
    control = "control"
    scheme_word = "scheme_word"
    descriptor = "descriptor"
    eyes_only = "eyes_only"
    release = "release"
    nation = "nation"
    community = "community"
    organisation = "organisation"
    label = "label"
    companion = "companion"
    name = "name"
    word = "word"
    number = "number"
    dash = "dash"
    slash = "slash"
    comma = "comma"
    colon = "colon"
    bracket = "bracket"
    space = "space"
    other = "other"


STARTS = (Kind.tier, Kind.unknown, Kind.mark)
"""What a marking is one by: its tier, or what stands in its place."""


class LexiconTerm(NamedTuple):
    """What a written form stands for.

    `exact` is false for a misspelling; `plain_word` and `with_country` are those of `Classification` (the
    latter: it counts behind a country's name only); `sensitive` says that the form includes -SENSITIVE;
    `romanised` and `stamp` that it stands for a Japanese word.
    """

    kind: Kind
    value: str
    country: str | None = None
    exact: bool = True
    plain_word: bool = False
    with_country: bool = False
    sensitive: bool = False
    romanised: bool = False
    stamp: bool = False


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
        self.terms: dict[str, LexiconTerm] = {}
        for form, term in _entries(standards):
            self.terms.setdefault(normalise(form).text, term)
        japanese = {form: term for form, term in self.terms.items() if _has_kanji(form)}
        longest = sorted(japanese, key=len, reverse=True)
        self.japanese = re.compile("|".join(re.escape(form) for form in longest))
        self.latin = _latin({form: term for form, term in self.terms.items() if form not in japanese})
        self.beginnings = frozenset(key[:end] for key in self.latin for end in range(1, len(key) + 1))
        written = [one for form in self.latin.values() for one in form.written]
        words = {word for one in written for word in _NOT_ALNUM.split(one)}
        self.openings = frozenset(word[:end] for word in words for end in range(1, len(word) + 1))
        self.endings = frozenset(word[start:] for word in words for start in range(len(word)))
        self.words = frozenset(word for one in written for word in one.split())
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
    """Letters that count behind their country's name only (`UK O-S`), with that name."""
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


def _entries(standards: Standards) -> Iterator[tuple[str, LexiconTerm]]:
    """Yield every written form with its term; of two terms of one form the first counts."""
    vocabulary = standards.vocabulary
    for standard in standards.standards:
        yield from _tiers(standard, standards)
        yield from _elements(standard)
    yield from _foreign(standards)
    for country, forms in vocabulary.unknown.items():
        plain = country == "GB"
        yield from ((form, LexiconTerm(Kind.unknown, form, country, plain_word=plain)) for form in forms)
    yield from ((form, LexiconTerm(Kind.sensitive, form)) for form in vocabulary.sensitive)
    short = LexiconTerm(Kind.tier, "OFFICIAL", "GB", with_country=True, sensitive=True)
    yield from ((form, short) for form in vocabulary.sensitive_short)
    for kind, forms in (
        (Kind.eyes_only, vocabulary.eyes_only),
        (Kind.release, vocabulary.release),
        (Kind.label, vocabulary.labels),
        (Kind.companion, vocabulary.companion_words),
        (Kind.name, vocabulary.names),
    ):
        yield from ((form, LexiconTerm(kind, form)) for form in forms)
    for nation in standards.nations.nations:
        yield from ((form, LexiconTerm(Kind.nation, form, nation.code)) for form in nation.names)
    for group in standards.nations.communities:
        for form in (group.name, *group.also):
            yield form, LexiconTerm(Kind.community, group.name, group.name)
    for country, forms in vocabulary.organisations.items():
        yield from ((form, LexiconTerm(Kind.organisation, form, country)) for form in forms)


def _tiers(standard: Standard, standards: Standards) -> Iterator[tuple[str, LexiconTerm]]:
    """Yield a standard's tiers; OFFICIAL-SENSITIVE is read as OFFICIAL with -SENSITIVE behind it."""
    vocabulary = standards.vocabulary
    for tier in standard.classifications:
        term = LexiconTerm(Kind.tier, tier.name, standard.country, plain_word=tier.plain_word)
        if tier.name != "OFFICIAL-SENSITIVE":
            yield from ((form, term) for form in (tier.name, *tier.also))
        romanised = term._replace(romanised=True)
        yield from ((form, romanised) for form in tier.romanised)
        yield from ((form, romanised._replace(with_country=True)) for form in tier.romanised_with_country)
        yield from ((form, term._replace(stamp=True)) for form in vocabulary.stamps.get(tier.name, ()))
        if not tier.name.isascii():
            wrongs = vocabulary.misspelt.get(tier.name, ())
            yield from ((form, term._replace(exact=False)) for form in wrongs)


def _foreign(standards: Standards) -> Iterator[tuple[str, LexiconTerm]]:
    """Third parties' own tiers, and the names that stand before the shared ones."""
    for scheme in standards.foreign.schemes:
        for tier in scheme.own:
            yield from ((form, _foreign_tier(tier, scheme.country)) for form in (tier.name, *tier.also))
        yield from ((form, LexiconTerm(Kind.nation, form, scheme.country)) for form in scheme.names)
        yield from ((form, LexiconTerm(Kind.control, form, scheme.country)) for form in scheme.controls)
        yield from ((form, LexiconTerm(Kind.scheme_word, form, scheme.country)) for form in scheme.companions)


def _foreign_tier(tier: Classification, country: str) -> LexiconTerm:
    return LexiconTerm(Kind.tier, tier.name, country, plain_word=tier.plain_word)


def _elements(standard: Standard) -> Iterator[tuple[str, LexiconTerm]]:
    """Yield a standard's elements but for those that say nothing alone.

    Words of everyday language, and what only stands behind an organisation's name (the grammar knows
    these).
    """
    for kind, elements in (
        (Kind.mark, standard.handling_marks),
        (Kind.handling, standard.handling),
        (Kind.descriptor, standard.descriptors),
    ):
        for element in elements:
            if element.suffix or element.plain_word:
                continue
            for form in (element.name, *element.also):
                yield form, LexiconTerm(kind, element.name, standard.country)
