"""A page's lines -> the candidates on it, each with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.markings.dates import days_in
from countermark.markings.grammar import parse_elements, parse_line
from countermark.markings.lexicon import Kind, lexicon
from countermark.markings.normalise import CJK, HYPHENS, normalise
from countermark.markings.portion import portion_of
from countermark.markings.prefilter import candidates
from countermark.model import EDGES, CompanionKind, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from countermark.markings.parsed import Parsed, ParsedLine
    from countermark.markings.standards import Standards
    from countermark.model import Companion, Line, Page

Key = tuple[str | None, str, bool]

TEXT = (Zone.body, Zone.table, Zone.textbox, Zone.footnote, Zone.endnote)
TITLES = (Zone.filename, Zone.property, Zone.subject, Zone.bookmark)
"""Zones whose lines name the document: a marking stands there beside other words."""
_BESIDE_TEXT = (*EDGES, Zone.watermark, *TITLES)
_SENTENCES = (CompanionKind.embargo, CompanionKind.condition)
_LONGEST_NATION = 40
_LONGEST_PART = 120
_LINES_BELOW = 6
_LINES_ABOVE = 3
_LINES_OF_A_SENTENCE = 3
_ENDS = (".", "。", "]", "］")
_KANJI = re.compile(f"[{CJK}]")


@dataclass
class Sighting:
    """A candidate with what is known of it so far; `portion` is a portion mark as written."""

    parsed: Parsed
    page: Page
    line: Line
    rest: str
    piece: ParsedLine | None = None
    labelled: bool = False
    in_row: bool = False
    portion: str = ""
    abbreviated: bool = False
    evidence: dict[str, None] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What two sightings of the same classification share."""
        tier = self.parsed.tier
        return self.parsed.country, tier.value if tier else "", self.parsed.sensitive


class Unit(NamedTuple):
    """What is read as one line: `pieces` between tabs, over the page's lines `first` to `last`."""

    first: int
    last: int
    pieces: tuple[str, ...]


class Sighted(NamedTuple):
    """The candidates of a page, and the keys of all tiers that its text mentions, candidates or not."""

    found: list[Sighting]
    mentioned: set[Key]


def sightings(page: Page, standards: Standards, day: date) -> Sighted:
    """The candidates of a page in reading order. In text, words inside sentences are not even
    candidates."""
    lines = page.lines
    units = {unit.first: unit for unit in _units([line.text for line in lines], lines, standards)}
    found: list[Sighting] = []
    mentioned: set[Key] = set()
    for index, line in enumerate(lines):
        opening = portion_of(line.text, standards, day) if line.zone in TEXT else None
        if opening:
            found.append(
                Sighting(
                    opening.parsed,
                    page,
                    line,
                    "",
                    portion=opening.written,
                    abbreviated=opening.abbreviated,
                )
            )
        elif index in units:
            for one in _of_unit(page, units[index], standards):
                mentioned.add(one.key)
                if not one.rest or line.zone in _BESIDE_TEXT:
                    found.append(one)
    return Sighted(found, mentioned)


@lru_cache(maxsize=4096)
def _parsed(text: str, standards: Standards) -> ParsedLine:
    return parse_line(text, standards)


@lru_cache(maxsize=4096)
def _continuation(text: str, standards: Standards) -> Parsed | None:
    return parse_elements(text, standards)


def _units(texts: Sequence[str], lines: Sequence[Line], standards: Standards) -> Iterator[Unit]:
    """The lines that hold candidates; several as one where line breaks cut a word or a marking."""
    done = -1
    for first, last in candidates(texts, standards):
        if last <= done:
            continue
        joined = _joined(texts, lines, first, last, standards) if last > first else None
        for unit in (joined,) if joined else _apart(range(max(first, done + 1), last + 1), texts, standards):
            whole = _widened(unit, texts, lines, done, standards)
            if whole.last > done:
                yield whole
                done = whole.last


def _apart(indices: Iterable[int], texts: Sequence[str], standards: Standards) -> Iterator[Unit]:
    return (Unit(index, index, _pieces(texts[index], standards)) for index in indices)


def _joined(
    texts: Sequence[str], lines: Sequence[Line], first: int, last: int, standards: Standards
) -> Unit | None:
    """Lines as one, where they stand in one zone and hold nothing but markings together."""
    between = texts[first : last + 1]
    places = {(line.zone, line.part) for line in lines[first : last + 1]}
    if len(places) > 1 or any("\t" in text or len(text) > _LONGEST_PART for text in between):
        return None
    text = between[0]
    for following in between[1:]:
        is_kanji = _KANJI.fullmatch(text[-1:]) and _KANJI.fullmatch(following[:1])
        text += following if is_kanji else f"\n{following}"
    parsed = _parsed(text, standards)
    return Unit(first, last, (text,)) if parsed.markings and not parsed.rest else None


def _widened(
    unit: Unit, texts: Sequence[str], lines: Sequence[Line], done: int, standards: Standards
) -> Unit:
    """The unit with the line before or behind it where a marking goes on over the break between them:
    `UK` over `SECRET`, `UK SECRET - RECIPIENTS` over `ONLY`."""
    if len(unit.pieces) > 1:
        return unit
    first, last = unit.first, unit.last
    if first - 1 > done and not _parsed(texts[first - 1], standards).markings:
        wider = _joined(texts, lines, first - 1, last, standards)
        if wider and _crosses(wider.pieces[0], len(texts[first - 1]), standards):
            unit = wider
    if last + 1 < len(texts) and not _continuation(texts[last + 1], standards):
        wider = _joined(texts, lines, unit.first, last + 1, standards)
        border = len(unit.pieces[0])
        if wider and _crosses(wider.pieces[0], border, standards):
            unit = wider
    return unit


def _crosses(text: str, border: int, standards: Standards) -> bool:
    """Whether a marking in `text` reaches over the index `border`."""
    parsed = _parsed(text, standards)
    offsets = parsed.line.offsets
    return any(offsets[one.start] < border <= offsets[one.end - 1] for one in parsed.markings)


def _pieces(text: str, standards: Standards) -> tuple[str, ...]:
    """A line's pieces between tabs; two as one where the tab cuts a word, or stands at a hyphen."""
    pieces = text.split("\t")
    if len(pieces) == 1:
        return (text,)
    cut = {span.first for span in candidates(pieces, standards) if span.last == span.first + 1}
    merged = [pieces[0]]
    for number, piece in enumerate(pieces[1:]):
        at_hyphen = merged[-1].rstrip()[-1:] in HYPHENS or (piece.strip() and piece.strip() in HYPHENS)
        if number in cut or (at_hyphen and merged[-1].strip()):
            merged[-1] += " " + piece
        else:
            merged.append(piece)
    return tuple(merged)


def _of_unit(page: Page, unit: Unit, standards: Standards) -> Iterator[Sighting]:
    line = page.lines[unit.first]
    for number, text in enumerate(unit.pieces):
        piece = _parsed(text, standards)
        labelled = piece.labelled or _label_before(page, unit, number, standards)
        for parsed in piece.markings:
            whole = parsed if piece.rest else _with_neighbours(parsed, page, unit, number, standards)
            in_row = len(unit.pieces) > 1 and not labelled and line.zone not in EDGES
            yield Sighting(whole, page, line, piece.rest, piece, labelled=labelled, in_row=in_row)


def _label_before(page: Page, unit: Unit, number: int, standards: Standards) -> bool:
    """Whether the piece or the table cell before it is a label ("Classification")."""
    index = unit.first
    if number:
        before = unit.pieces[number - 1]
    elif index and page.lines[index].zone is page.lines[index - 1].zone is Zone.table:
        before = page.lines[index - 1].text
    else:
        return False
    parsed = _parsed(before, standards)
    return parsed.labelled and not parsed.markings and not parsed.rest


def _with_neighbours(parsed: Parsed, page: Page, unit: Unit, number: int, standards: Standards) -> Parsed:
    """The marking with what stands around it: the country before it on its line or above it, further
    elements and companions beside it, above it and below it."""
    before = [*reversed(unit.pieces[:number]), *_lines(page, unit, -1)][:_LINES_ABOVE]
    behind = [*unit.pieces[number + 1 :], *_lines(page, unit, 1)]
    country = parsed.originator or (nation_alone(before[0], standards) if before else None)
    whole = replace(parsed, originator=country, defects=set(parsed.defects))
    for text in behind[:_LINES_BELOW]:
        more = _continuation(text, standards)
        if more is None:
            break
        _merge(whole, more)
    whole.companions = _completed(whole.companions, behind)
    for text in before:
        more = _continuation(text, standards)
        if more is not None and not more.elements:
            whole.companions += more.companions
        elif not nation_alone(text, standards):
            break
    return whole


def _merge(whole: Parsed, more: Parsed) -> None:
    whole.elements = [*whole.elements, *more.elements]
    whole.caveats = [*whole.caveats, *more.caveats]
    whole.releasable_to = [*whole.releasable_to, *more.releasable_to]
    whole.companions = (*whole.companions, *more.companions)
    whole.defects |= more.defects


def _completed(companions: tuple[Companion, ...], behind: Sequence[str]) -> tuple[Companion, ...]:
    """The companions; a sentence that its line breaks off with the lines that end it."""
    last = companions[-1] if companions else None
    if last is None or last.kind not in _SENTENCES or last.text.endswith(_ENDS):
        return companions
    start = next((number for number, text in enumerate(behind) if text.endswith(last.text)), -1) + 1
    following = list(behind[start : start + _LINES_OF_A_SENTENCE])
    ends = [number for number, text in enumerate(following) if text.rstrip().endswith(_ENDS)]
    if not ends:
        return companions
    text = " ".join((last.text, *following[: ends[0] + 1]))
    days = days_in(normalise(text).text)
    whole = msgspec.structs.replace(last, text=text, date=days[-1].isoformat() if days else None)
    return (*companions[:-1], whole)


def _lines(page: Page, unit: Unit, step: int) -> Iterator[str]:
    """The texts of the lines of the same zone above (-1) or below (1), the nearest first."""
    zone = page.lines[unit.first].zone
    index = unit.first if step < 0 else unit.last
    while 0 <= (index := index + step) < len(page.lines) and page.lines[index].zone is zone:
        pieces = page.lines[index].text.split("\t")
        yield from pieces if step > 0 else reversed(pieces)


def nation_alone(text: str, standards: Standards) -> str | None:
    """The code of the country that is all of `text` (`日本国`, `UNITED KINGDOM`); None otherwise."""
    if len(text) > _LONGEST_NATION:
        return None
    term = lexicon(standards).terms.get(normalise(text).text.strip(" ()[]【】（）"))
    return term.country if term and term.kind is Kind.nation else None
