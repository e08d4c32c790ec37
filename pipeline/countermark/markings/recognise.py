"""A document's lines -> its markings, each with its confidence and the evidence for it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from countermark.markings.context import reads_as_sentence
from countermark.markings.evidence import TEXT, Sighting, evidence_of, weigh_together
from countermark.markings.grammar import parse_elements, parse_line
from countermark.markings.lexicon import Kind, lexicon
from countermark.markings.normalise import normalise
from countermark.markings.parsed import Parsed, ParsedLine
from countermark.markings.portion import portion_of
from countermark.markings.prefilter import candidates
from countermark.markings.resolve import resolve
from countermark.model import EDGES, Page, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from countermark.markings.standards import Standards
    from countermark.model import Document, Marking

_LONGEST_NATION = 40


def recognise(
    document: Document, standards: Standards, day: date, originator: str | None = None
) -> tuple[Marking, ...]:
    """Every candidate in the document, in reading order, with its confidence from 0 to 1.

    `day` decides which standard judges; `originator` is the country that the document is known to
    come from, if any: then that country's plain words (RESTRICTED, 機密) are markings alone. Words
    inside sentences of the body are not even candidates.
    """
    pages = (*document.pages, Page(lines=document.lines))
    found = [sighting for page in pages for sighting in _sightings(page, standards, day)]
    weigh_together(found, document, originator)
    weights = standards.recognition.weights
    markings = []
    for sighting in found:
        score = round(sum(weights.get(reason, 0.0) for reason in sighting.evidence), 2)
        doubtful = sighting.rest and score >= standards.recognition.threshold
        if doubtful and reads_as_sentence(sighting.line.text):
            sighting.evidence["in-sentence"] = None
            score += weights["in-sentence"]
        markings.append(_finish(sighting, score, standards, day))
    return tuple(markings)


def accepted(markings: Iterable[Marking], threshold: float) -> tuple[Marking, ...]:
    """The candidates that count as markings."""
    return tuple(marking for marking in markings if marking.confidence >= threshold)


def _finish(sighting: Sighting, score: float, standards: Standards, day: date) -> Marking:
    location = sighting.page.locate(sighting.line)
    marking = resolve(sighting.parsed, sighting.line.zone, location, standards, day)
    return msgspec.structs.replace(
        marking,
        text=sighting.portion or marking.text,
        portion=bool(sighting.portion),
        confidence=round(min(1.0, max(0.0, score)), 2),
        evidence=tuple(sighting.evidence),
    )


@lru_cache(maxsize=4096)
def _parsed(text: str, standards: Standards) -> ParsedLine:
    return parse_line(text, standards)


def _sightings(page: Page, standards: Standards, day: date) -> Iterator[Sighting]:
    lines = page.lines
    wanted = set(candidates([line.text for line in lines], standards))
    for index, line in enumerate(lines):
        opening = portion_of(line.text, standards, day) if line.zone in TEXT else None
        if opening:
            sighting = Sighting(opening.parsed, page, line, "", portion=opening.written)
            sighting.evidence["portion"] = None
            if opening.abbreviated:
                sighting.evidence["abbreviated"] = None
            yield sighting
        elif index in wanted:
            yield from _of_line(page, index, standards)


def _of_line(page: Page, index: int, standards: Standards) -> Iterator[Sighting]:
    line = page.lines[index]
    pieces = [_parsed(piece, standards) for piece in line.text.split("\t")]
    for number, piece in enumerate(pieces):
        labelled = piece.labelled or _label_before(page, index, number, standards)
        if piece.rest and line.zone not in (*EDGES, Zone.watermark):
            continue
        for parsed in piece.markings:
            merged = _with_neighbours(parsed, page, index, number, standards) if not piece.rest else parsed
            sighting = Sighting(merged, page, line, piece.rest)
            sighting.evidence.update(dict.fromkeys(evidence_of(sighting, piece, labelled=labelled)))
            if len(pieces) > 1 and not labelled and line.zone not in EDGES:
                sighting.evidence["in-row"] = None
            yield sighting


def _label_before(page: Page, index: int, number: int, standards: Standards) -> bool:
    """Whether the piece or the table cell before it is a label ("Classification")."""
    line = page.lines[index]
    if number:
        before = line.text.split("\t")[number - 1]
    elif index and line.zone is page.lines[index - 1].zone is Zone.table:
        before = page.lines[index - 1].text
    else:
        return False
    parsed = _parsed(before, standards)
    return parsed.labelled and not parsed.markings and not parsed.rest


def _with_neighbours(parsed: Parsed, page: Page, index: int, number: int, standards: Standards) -> Parsed:
    """The marking with what stands around it: the country before it on its line or above it, further
    elements behind it or below it (`UK OFFICIAL-SENSITIVE` over `REL-EU`)."""
    before, behind = _around(page, index, number)
    country = None if parsed.originator else nation_alone(before, standards)
    more = parse_elements(behind, standards)
    if not more and not country:
        return parsed
    merged = Parsed(**vars(parsed))
    merged.originator = parsed.originator or country
    if more:
        merged.elements = [*parsed.elements, *more.elements]
        merged.caveats = [*parsed.caveats, *more.caveats]
        merged.releasable_to = [*parsed.releasable_to, *more.releasable_to]
        merged.defects = parsed.defects | more.defects
    return merged


def _around(page: Page, index: int, number: int) -> tuple[str, str]:
    """The text before and behind piece `number` of line `index`: the next piece of the line, at its
    ends the next line of the same zone; empty where there is none."""
    line = page.lines[index]
    pieces = line.text.split("\t")
    above = page.lines[index - 1] if index else None
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    before = pieces[number - 1] if number else above.text if above and above.zone is line.zone else ""
    last = number + 1 == len(pieces)
    behind = pieces[number + 1] if not last else below.text if below and below.zone is line.zone else ""
    return before, behind


def nation_alone(text: str, standards: Standards) -> str | None:
    """The code of the country that is all of `text` (`日本国`, `UNITED KINGDOM`); None otherwise."""
    if len(text) > _LONGEST_NATION:
        return None
    term = lexicon(standards).terms.get(normalise(text).text.strip(" ()[]【】（）"))
    return term.country if term and term.kind is Kind.nation else None
