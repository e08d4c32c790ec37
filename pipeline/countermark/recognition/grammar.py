"""One line of text -> the markings in it, parsed to elements.

Wrong forms are parsed too, with what is wrong as defects.

    line     = { label } marking { separator marking } { companion } [ sentence ]
    marking  = [ nation ] tier [ sensitive ] { element } [ "(" nation ")" ]
    element  = handling | descriptor | codeword | caveat | release
    caveat   = nations "EYES ONLY"        release = "REL" | "RELEASABLE TO" nations
"""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Defect
from countermark.recognition.accompanying_fields import Companions
from countermark.recognition.elements import is_start, prefix_of, take_elements
from countermark.recognition.foreign_forms import ForeignForms
from countermark.recognition.normalise import NormalisedText, normalise
from countermark.recognition.parsed import MARKING, Parsed, ParsedLine
from countermark.recognition.tokens import tokens
from countermark.recognition.words import STARTS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Companion
    from countermark.recognition.accompanying_fields import FieldPatterns, Span
    from countermark.recognition.lexicon import Lexicon
    from countermark.recognition.tokens import Token
    from countermark.standards.standards import Standards

_ORIGINATOR = re.compile(r"[(（][^()（）]*[)）]$")
_NOT_TEXT = re.compile(r"[\W_]+")
_DAMAGED_SLASHES = re.compile(r"^[/／∕⁄] ?[/／∕⁄]")
_READ_LINES = 1024
_PARSED_LINES = 4096
"""So many lines are kept as they were read, since neighbours are read again and again."""


class _Reading(NamedTuple):
    """A line, its tokens, and the sentence that ends it, if any, which is no token."""

    line: NormalisedText
    parts: list[Token]
    sentence: tuple[Companion, ...]
    end: int


class Grammar:
    """Reads lines by the words of some standards."""

    def __init__(self, standards: Standards, words: Lexicon, fields: FieldPatterns) -> None:
        self._words = words
        self._fields = fields
        self._forms = ForeignForms(standards.foreign.schemes)
        self._separators = tuple(
            (scheme.separator, scheme.country) for scheme in standards.foreign.schemes if scheme.separator
        )
        self._read = lru_cache(maxsize=_READ_LINES)(self._tokenised)
        self.line = lru_cache(maxsize=_PARSED_LINES)(self._parse_line)
        self.elements = lru_cache(maxsize=_PARSED_LINES)(self._parse_elements)

    def _tokenised(self, text: str) -> _Reading:
        line = normalise(text)
        sentence = self._fields.sentence_in(line)
        end = sentence[1] if sentence else len(line.text)
        parts = tokens(line, self._words)
        if sentence is None:
            return _Reading(line, parts, (), end)
        return _Reading(line, [token for token in parts if token.end <= end], sentence[:1], end)

    def _parse_line(self, text: str) -> ParsedLine:
        """Parse one line, or one piece of a line between tabs."""
        line, parts, sentence, end = self._read(text)
        found: list[Parsed] = []
        forms = deque(self._forms.found(line))
        position = taken_to = 0
        while position < len(parts):
            if forms and parts[position].start >= forms[0].start:
                parsed, position = _form(parts, position, forms.popleft())
                taken_to = position
                found.append(parsed)
            elif is_start(parts, position):
                prefix = prefix_of(parts, position, taken_to)
                parsed, position = self._marking(line, parts, prefix, position)
                taken_to = position
                found.append(parsed)
            else:
                position += 1
        found = _beside_one_another(found)
        labels = [(token.start, token.end) for token in parts if token.kind is Kind.label]
        bodies = [(token.start, token.end) for token in parts if token.kind is Kind.organisation]
        spans = [(parsed.start, parsed.end) for parsed in found]
        taken = [*spans, *labels, (end, len(line.text))]
        companions, rest = self._beside(line, taken, bodies)
        held = companions.found + sentence
        for parsed in found:
            parsed.companions = held
        around = _around(line, spans, [*taken, *companions.spans]) if rest else ""
        labelled = any(not spans or start < spans[0][0] for start, _ in labels)
        return ParsedLine(line, tuple(found), labelled, held, rest, around)

    def _parse_elements(self, text: str) -> Parsed | None:
        """Parse a line that continues a marking (`REL-EU`, `JP/UK EYES ONLY`, 登録番号 第12号).

        Elements without a tier, companions, and nothing else. None where it is not one.
        """
        line, found, sentence, end = self._read(text)
        if any(token.kind in (*STARTS, Kind.label) for token in found):
            return None
        parts = [token for token in found if token.kind is not Kind.bracket]
        parsed = Parsed(line, None, 0, 0)
        if parts:
            parsed.start = parsed.end = parts[0].start
            take_elements(parsed, parts, 0, "")
        if any(element.kind in (Kind.word, Kind.name) for element in parsed.elements):
            return None
        taken = [(parsed.start, parsed.end), (end, len(line.text))]
        companions, rest = self._beside(line, taken, [])
        parsed.companions = companions.found + sentence
        return parsed if not rest and (parsed.elements or parsed.companions) else None

    def _marking(
        self, line: NormalisedText, parts: list[Token], prefix: int | None, position: int
    ) -> tuple[Parsed, int]:
        """Return the marking whose tier is at `position`, the nation before it at `prefix`.

        And the index after it.
        """
        tier = parts[position]
        parsed = Parsed(line, tier, tier.start, tier.end)
        if prefix is not None:
            parsed.prefix = parts[prefix]
            parsed.start = parsed.prefix.start
            parsed.originator = parsed.prefix.term.country if parsed.prefix.term else None
        parsed.defects |= set(_tier_defects(line, tier))
        parsed.sensitive = bool(tier.term and tier.term.sensitive)
        parsed.foreign = self._foreign_by_separator(parsed, parts, position)
        after = take_elements(parsed, parts, position + 1, tier.value)
        in_capitals = _ORIGINATOR.sub("", _cased(parsed)).isupper() or _is_misread(parsed)
        if tier.term and tier.term.capitals and not in_capitals:
            parsed.defects.add(Defect.not_capitals)
        if line.look_alikes and not line.look_alikes.isdisjoint(range(parsed.start, parsed.end)):
            parsed.defects.add(Defect.homoglyph)
        return parsed, after

    def _foreign_by_separator(self, parsed: Parsed, parts: list[Token], position: int) -> str | None:
        """Return the third country whose markings put that separator after the tier (`SECRET//...`)."""
        following = next(
            (index for index in range(position + 1, len(parts)) if parts[index].value.isalnum()), 0
        )
        is_party = parsed.prefix is not None and parsed.prefix.value in self._words.prefixes
        if is_party or (following and is_start(parts, following)):
            return None
        behind = _DAMAGED_SLASHES.sub("//", parsed.line.text[parts[position].end :].lstrip())
        return next((country for sign, country in self._separators if behind.startswith(sign)), None)

    def _beside(
        self, line: NormalisedText, taken: Iterable[Span], bodies: Iterable[Span]
    ) -> tuple[Companions, str]:
        """Return the companions beside what is taken of a line, and what remains when they and the names of
        bodies are taken away too: letters and digits only.
        """
        text = _blanked(line.text, taken)
        if not _NOT_TEXT.sub("", text):
            return Companions((), ()), ""
        companions = self._fields.companions_in(line, text)
        return companions, _NOT_TEXT.sub(" ", _blanked(text, [*companions.spans, *bodies])).strip()


def _form(parts: list[Token], position: int, form: Parsed) -> tuple[Parsed, int]:
    """Return the form of a third party's that begins at `position`, with its elements.

    And the index after it.
    """
    parsed = replace(form, elements=[], caveats=[], releasable_to=[], defects=set())
    while position < len(parts) and parts[position].start < form.end:
        position += 1
    return parsed, take_elements(parsed, parts, position, "")


def _beside_one_another(found: list[Parsed]) -> list[Parsed]:
    """Return the markings of a line, each with the countries of the others (`SECRET / GEHEIM`)."""
    if len(found) < 2:
        return found
    times = Counter(parsed.country for parsed in found)
    countries = frozenset(country for country in times if country)
    return [
        replace(parsed, beside=countries if times[parsed.country] > 1 else countries - {parsed.country})
        for parsed in found
    ]


def _cased(parsed: Parsed) -> str:
    """Return the marking in its own case.

    Where its codeword is not in capitals, which is told, up to its tier.
    """
    end = parsed.tier.end if parsed.tier and Defect.codeword_form in parsed.defects else parsed.end
    return parsed.line.cased[parsed.start : end]


def _is_misread(parsed: Parsed) -> bool:
    """Return whether all small letters are an l that stands for an I."""
    return Defect.spelling in parsed.defects and _cased(parsed).replace("l", "I").isupper()


def _tier_defects(line: NormalisedText, tier: Token) -> Iterable[Defect]:
    term = tier.term
    if term and term.sensitive:
        yield Defect.sensitive_form
    if tier.kind is Kind.unknown:
        yield Defect.unknown_classification
    if tier.kind is Kind.mark:
        yield Defect.not_a_classification
    if line.spaced or (term and not term.exact):
        yield Defect.spelling
    if term and term.romanised:
        yield Defect.romanised
    if term and term.stamp:
        yield Defect.stamp_form


def _around(line: NormalisedText, markings: Iterable[Span], taken: Iterable[Span]) -> str:
    """Return the text of a line around its markings, in its own case."""
    letters = list(_blanked(line.cased, taken))
    for start, _ in markings:
        letters[start] = MARKING
    return "".join(letters)


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """Return the text with blanks in place of the spans."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
