"""One entry of a list of enclosures: what it says of title, number, classification and copies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import CopyNumber, Enclosure, Location, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from countermark.recognition.grammar import Grammar
    from countermark.recognition.portion import Portions
    from countermark.recognition.resolve import Resolver
    from countermark.standards.vocabulary import EnclosureWords

_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]{1,80})[)\]】]")
_EMPTY_BRACKETS = re.compile(r"[(\[【]\s*[)\]】]")
_HYPHENATED = re.compile(r"(?<=[A-Z]-)\t(?=[A-Z])")
_PIECE = re.compile(r"[^\t,;、]+")
_BLANK = re.compile(r"\s+")
_EDGES = " \t,;:、.・…-"
_ABBREVIATED = len("UK TS")
_DIGITS = 3
_BARE = re.compile(r"(?:^|\t)(?P<copies>\d{1,3})\s*$")
BULLET = "•"


@dataclass
class Draft:
    """An entry while its rows are read.

    `cells` by what their column says, `pieces` of text beside them; `columns` are those of the table that it
    is in, `last` is the place of its last line. It `is_inline` where it follows a heading on the same line.
    """

    location: Location
    left: float | None = None
    serial: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    last: Location | None = None
    is_inline: bool = False


class _Classification(NamedTuple):
    country: str = ""
    name: str = ""


class EntryReader:
    """Reads entries by the words of `rules/enclosures.yaml`, their classifications by the grammar."""

    def __init__(
        self, words: EnclosureWords, grammar: Grammar, resolver: Resolver, portions: Portions
    ) -> None:
        self._grammar, self._resolver, self._portions = grammar, resolver, portions
        self._copies = tuple(re.compile(pattern, re.IGNORECASE) for pattern in words.copies)
        self._copy = tuple(re.compile(pattern, re.IGNORECASE) for pattern in words.copy)
        self._reference = re.compile(words.listed_reference)

    def entry(self, draft: Draft, day: date) -> Enclosure:
        """Return the entry, its classification as the standards of `day` have it."""
        cells, text = draft.cells, _HYPHENATED.sub("", "\t".join(draft.pieces))
        copy = self.copy_number(cells.get("copy", ""), is_number=True) or self.copy_number(text)
        copies, text = self._copies_in(text, is_number="copies" in draft.columns)
        if copies is None:
            copies, _ = self._copies_in(cells.get("copies", ""), is_number=True)
        classification, text = self._classification(text.strip(_EDGES), day)
        if "classification" in cells:
            classification, _ = self._classification(cells["classification"], day, is_cell=True)
        reference = cells.get("reference", "")
        if not reference and (match := self._reference.search(text)):
            reference, text = match[0], f"{text[: match.start()]} {text[match.end() :]}"
        title = cells.get("title") or _tidy(text)
        return Enclosure(
            title=title,
            serial="" if draft.serial == BULLET else draft.serial,
            reference=reference,
            classification=classification.name,
            country=classification.country,
            copies=copies,
            copy=copy,
            is_certain=bool(draft.serial or cells or classification.name or copies or copy),
            location=draft.location,
            last_line=(draft.last or draft.location).line or 0,
        )

    def copy_number(self, text: str, *, is_number: bool = False) -> CopyNumber | None:
        """Return the copy number that a text states: "Copy 1 of 3", 3部中第1号; a bare one where it
        `is_number`.
        """
        if is_number and text.isdecimal() and len(text) <= _DIGITS:
            return CopyNumber(number=int(text))
        for pattern in self._copy:
            match = pattern.search(text)
            if match:
                of = match.groupdict().get("of")
                return CopyNumber(number=int(match["copy"]), of=int(of) if of else None)
        return None

    def _copies_in(self, text: str, *, is_number: bool) -> tuple[int | None, str]:
        """Return how many copies a text states, and the text without that."""
        for pattern in (*self._copies, _BARE) if is_number else self._copies:
            match = pattern.search(text)
            if match:
                return int(match["copies"]), f"{text[: match.start()]}\t{text[match.end() :]}"
        return None, text

    def _classification(self, text: str, day: date, *, is_cell: bool = False) -> tuple[_Classification, str]:
        """Return the classification that a text states, and the text without it."""
        for start, end in _segments(text):
            found = self._stated(text[start:end].strip("()[]【】 "), day, is_cell=is_cell)
            if found:
                return found, f"{text[:start]}\t{text[end:]}"
        return _Classification(), text

    def _stated(self, words: str, day: date, *, is_cell: bool) -> _Classification | None:
        """Return what a text states that is no more than a marking; letters (`UK S`) in a cell of its own."""
        parsed = None
        if is_cell and words.isascii() and len(words) <= _ABBREVIATED:
            portion = self._portions.portion_of(f"({words}) -", day)
            parsed = portion.parsed if portion else None
        if parsed is None:
            line = self._grammar.line(words)
            is_mention = words.isascii() and not words.isupper() and not is_cell
            if len(line.markings) != 1 or line.rest or is_mention:
                return None
            parsed = line.markings[0]
        marking = self._resolver.resolve(parsed, Zone.body, Location(zone=Zone.body), day)
        if not marking.classification or not marking.country:
            return None
        return _Classification(marking.country, marking.classification_text)


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where in an entry its classification may be: all of it, in brackets, a piece, its last words."""
    yield 0, len(text)
    yield from (match.span() for match in _BRACKETED.finditer(text))
    pieces = [match.span() for match in reversed(list(_PIECE.finditer(text)))]
    yield from pieces
    for start, end in pieces:
        yield from ((start + blank.end(), end) for blank in _BLANK.finditer(text[start:end]))


def _tidy(text: str) -> str:
    return _BLANK.sub(" ", _EMPTY_BRACKETS.sub(" ", text)).strip(_EDGES)
