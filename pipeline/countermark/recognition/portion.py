"""Portion marks: a classification in brackets that opens a paragraph, as `(UK S)`, `[SECRET]`, `（秘）`, or
stands after its number or bullet: `2.  (UK S)`, `(a) (秘)`, `第3項　（秘）`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.recognition.foreign_portions import ForeignPortions
from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from datetime import date

    from countermark.recognition.grammar import Grammar
    from countermark.recognition.parsed import Parsed
    from countermark.standards.standards import Standards

_OPENING = frozenset("([【〔〈<（［")
_DAYS = 64
_OPENS_WITHIN = 40
"""Characters of a line within which a portion mark begins."""
_PLAIN = r"[^()\[\]【】〔〕〈〉<>（）［］]"
_PORTION = re.compile(
    rf"^\s*[(\[【〔〈<（［]\s*((?:{_PLAIN}|[(（]{_PLAIN}{{1,8}}[)）]){{1,40}}?)\s*[)\]】〕〉>）］]\s*(?=\S)"
)
_DIGITS = r"\d{1,3}(?:[.．‐-]\d{1,3}){0,6}"
_KANJI = r"[一二三四五六七八九十百]{1,4}"
_COUNT = rf"(?:{_DIGITS}|{_KANJI}|[A-Za-z]|[ivxIVX]{{1,6}}|[ぁ-んァ-ヶｱ-ﾝ])"
_WIDE = "[（【［〔]"
"""Brackets that follow a number without a blank."""
_LABEL = re.compile(
    r"\s*(?:(?:"
    r"[•●○■□◆◇▪◦►▶・*‣⁃–—-]"
    r"|[^\w\s()\[\]【】〔〕〈〉<>（）［］\"'“”‘’「」『』](?=\s)|o(?=\s)"
    r"|[\u2460-\u249b\u24b6-\u24e9\u3220-\u3229\u3280-\u3289]"
    rf"|[(（\[［]\s*{_COUNT}\s*[)）\]］][.．、]?"
    rf"|(?:{_DIGITS}|{_KANJI}|[ァ-ヶｱ-ﾝ])\s*[.．、)）](?!\d)"
    r"|[A-Z]{1,2}[‐-]?\d{1,3}[.:)](?=\s)"
    r"|(?:[A-Za-z]|[ivxIVX]{1,6})\s*[.．)）](?=\s)"
    rf"|第\s*(?:\d{{1,3}}|{_KANJI})\s*[条項号章節款部編]?[.．、]?"
    rf"|(?i:annex|appendix|article|chapter|fig|figure|item|note|para|paragraph|part|section|serial|step|table)\.?"
    rf"\s*{_COUNT}[.:]?(?=\s)"
    rf"|(?:図表?|表|別[紙図表添]|付[録表図]|注)\s*(?:{_DIGITS}|{_KANJI})?[.．：:]?(?=\s)"
    rf"|(?:{_KANJI}|[ァ-ヶｱ-ﾝ])(?=\s|{_WIDE})"
    rf"|{_DIGITS}(?:(?={_WIDE})|[‐－-](?=[(（]\s*{_COUNT}\s*[)）]))"
    rf"|{_DIGITS}(?=\t|\s\s)"
    rf"|(?P<bare>{_DIGITS})(?=\s)"
    r")\s*)"
)
"""How paragraphs are numbered. `bare`: as a sentence may begin too."""
_MOST_LABELS = 3
"""Numbers and bullets that stand one after another: `2. (a) •`."""
_GOES_ON = re.compile("[a-z]")
_NAMES = re.compile(r"[^\W_]")
"""A letter or digit: without one nothing is named, as in `( )` before an answer."""


class Portion(NamedTuple):
    """A portion mark: as written with its brackets, parsed, and whether by its letters only."""

    written: str
    parsed: Parsed
    abbreviated: bool


def may_open(text: str) -> bool:
    """Return whether a portion mark may open `text`: it has a bracket where one would begin."""
    return not _OPENING.isdisjoint(text[:_OPENS_WITHIN])


class Portions:
    """Finds portion marks; letters count as the standards of the day have them."""

    def __init__(self, standards: Standards, grammar: Grammar) -> None:
        self._standards, self._grammar = standards, grammar
        self._foreign = ForeignPortions(standards.foreign.schemes, grammar)
        self._abbreviations = lru_cache(maxsize=_DAYS)(self._letters)

    def portion_of(self, text: str, day: date) -> Portion | None:
        """Return the portion mark that opens `text`, or follows its number.

        Letters count as the standards of `day` have them.

        None where the text does not open with one, where nothing follows it, or where all that follows
        belongs to the marking (`【機密性2情報】　関係者限り`): instructions and fields, not descriptors and
        codewords, since headings look like them.
        """
        start, is_bare = 0, False
        for _ in range(_MOST_LABELS + 1):
            found = self._opening_portion(text[start:], day)
            if found:
                goes_on = is_bare and _GOES_ON.match(text[start:].lstrip()[len(found.written) :].lstrip())
                return None if goes_on else found
            label = _LABEL.match(text, start, _OPENS_WITHIN)
            if not label:
                return None
            start, is_bare = label.end(), is_bare or bool(label["bare"])
        return None

    def _opening_portion(self, text: str, day: date) -> Portion | None:
        match = _PORTION.match(text)
        inside = match[1].strip() if match else ""
        if not match or not _NAMES.search(inside):
            return None
        words = None if inside.startswith("/") else self._spelt_out(inside, day)
        if words is None and (foreign := self._foreign.read(inside)):
            return Portion(match[0].strip(), foreign.parsed, foreign.abbreviated)
        parsed = self._grammar.line(words or inside)
        if len(parsed.markings) == 1 and not parsed.rest and not parsed.labelled and not self._is_whole(text):
            return Portion(match[0].strip(), parsed.markings[0], words is not None)
        return None

    def _is_whole(self, text: str) -> bool:
        line = self._grammar.line(text)
        if len(line.markings) != 1 or line.rest:
            return False
        marking = line.markings[0]
        known = all(element.kind is Kind.handling for element in marking.elements)
        return known and bool(marking.elements or marking.caveats or marking.companions)

    def _spelt_out(self, inside: str, day: date) -> str | None:
        """`UK S` as `UK SECRET`; None where the last word is no abbreviation of a tier."""
        words = inside.split()
        tier = self._abbreviations(day).get(words[-1])
        return " ".join((*words[:-1], tier)) if tier else None

    def _letters(self, day: date) -> dict[str, str]:
        return {
            letters: tier.name
            for standard in self._standards.in_force(day)
            for tier in standard.classifications
            for letters in tier.portion
        }
