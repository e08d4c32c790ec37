"""A document's lines -> its markings, each with its confidence and the evidence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.markings.about import about_markings
from countermark.markings.context import reads_as_sentence
from countermark.markings.evidence import evidence_of, weigh_together
from countermark.markings.outside import outside_page
from countermark.markings.resolve import resolve
from countermark.markings.sightings import TITLES, sightings
from countermark.model import Inference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from countermark.markings.sightings import Sighting
    from countermark.markings.standards import Standards
    from countermark.model import Document, Marking


class Recognised(NamedTuple):
    """Every candidate in reading order, with its confidence from 0 to 1; and whether the document
    speaks about markings."""

    markings: tuple[Marking, ...]
    about_markings: Inference


def recognise(
    document: Document, standards: Standards, day: date, originator: str | None = None
) -> tuple[Marking, ...]:
    """Every candidate in the document, in reading order, with its confidence from 0 to 1.

    `day` decides which standard judges; `originator` is the country that the document is known to
    come from, if any: then that country's plain words (RESTRICTED, 機密) are markings alone. Words
    inside sentences of the body are not even candidates.
    """
    return examine(document, standards, day, originator).markings


def examine(document: Document, standards: Standards, day: date, originator: str | None = None) -> Recognised:
    """As `recognise`, with what the candidates say of the document as a whole."""
    pages = [sightings(page, standards, day) for page in (*document.pages, outside_page(document))]
    found = [sighting for page in pages for sighting in page.found]
    if not any(page.mentioned for page in pages) and not found:
        return Recognised((), Inference())
    about = about_markings(document, found, [page.mentioned for page in pages], standards)
    words = standards.vocabulary.document_words
    for sighting in found:
        sighting.evidence.update(dict.fromkeys(evidence_of(sighting, words)))
    weigh_together(found, document, originator, about=about.holds)
    return Recognised(tuple(_judged(one, standards, day) for one in found), about)


def _judged(sighting: Sighting, standards: Standards, day: date) -> Marking:
    weights, threshold = standards.recognition.weights, standards.recognition.threshold
    score = round(sum(weights.get(reason, 0.0) for reason in sighting.evidence), 2)
    around = sighting.piece.around if sighting.piece else ""
    named = sighting.line.zone in TITLES and "complete" in sighting.evidence
    if around and not named and score >= threshold and reads_as_sentence(around, standards):
        sighting.evidence["in-sentence"] = None
        score += weights["in-sentence"]
    location = sighting.page.locate(sighting.line)
    marking = resolve(sighting.parsed, sighting.line.zone, location, standards, day)
    return msgspec.structs.replace(
        marking,
        text=sighting.portion or marking.text,
        portion=bool(sighting.portion),
        confidence=round(min(1.0, max(0.0, score)), 2),
        evidence=tuple(sighting.evidence),
    )


def accepted(markings: Iterable[Marking], threshold: float) -> tuple[Marking, ...]:
    """The candidates that count as markings."""
    return tuple(marking for marking in markings if marking.confidence >= threshold)
