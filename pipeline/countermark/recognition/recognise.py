"""A document's lines -> its markings, each with its confidence and the evidence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Evidence, Inference, Outcome, Reason
from countermark.recognition.about import about_markings
from countermark.recognition.attribution import attribute
from countermark.recognition.candidates import TITLES, page_candidates
from countermark.recognition.context import reads_as_sentence
from countermark.recognition.evidence import companies_of, evidence_of, score_in_context
from countermark.recognition.long_lines import in_pieces, page_in_pieces
from countermark.recognition.off_page_lines import off_page_lines
from countermark.recognition.resolve import resolve
from countermark.recognition.surroundings import weigh_surroundings
from countermark.support.guarding import guarded, stoppable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from contextlib import AbstractContextManager
    from datetime import date

    from countermark.model import Document, Marking
    from countermark.recognition.candidates import Candidate, PageCandidates
    from countermark.standards.standards import Standards
    from countermark.standards.vocabulary import Recognition, Thresholds


class Recognised(NamedTuple):
    """Every candidate in reading order, with its confidence from 0 to 1; and whether the document
    speaks about markings."""

    markings: tuple[Marking, ...]
    about_markings: Inference


def recognise(
    document: Document,
    standards: Standards,
    day: date,
    originator: str | None = None,
    thresholds: Thresholds | None = None,
) -> tuple[Marking, ...]:
    """Every candidate in the document, in reading order, with its confidence from 0 to 1.

    `day` decides which standard judges; `originator` is the country that the document is known to
    come from, if any: then that country's plain words (RESTRICTED, 機密) are markings alone. Words
    inside sentences of the body are not even candidates. `thresholds` are the recogniser's own where
    not given.
    """
    return examine(document, standards, day, originator, thresholds).markings


def examine(
    document: Document,
    standards: Standards,
    day: date,
    originator: str | None = None,
    thresholds: Thresholds | None = None,
) -> Recognised:
    """As `recognise`, with what the candidates say of the document as a whole."""
    pages: list[PageCandidates] = []
    with guarded(Reason.failed_stage):
        document = in_pieces(document, standards)
    for page in (*document.pages, page_in_pieces(off_page_lines(document, standards.vocabulary), standards)):
        with guarded(Reason.failed_page, page.place()), stoppable(page.place()):
            pages.append(page_candidates(page, standards, day))
    found = [sighting for page in pages for sighting in page.found]
    if not any(page.mentioned for page in pages) and not found:
        return Recognised((), Inference())
    about = Inference()
    with guarded(Reason.failed_stage):
        about = about_markings(document, found, [page.mentioned for page in pages], standards)
    with guarded(Reason.failed_stage):
        attribute(found, document, standards)
    words = standards.vocabulary.document_words
    companies = companies_of(found)
    for sighting in found:
        with _guarded_line(sighting):
            company = companies.get(id(sighting.piece), frozenset())
            sighting.evidence.update(dict.fromkeys(evidence_of(sighting, words, company)))
    with guarded(Reason.failed_stage):
        score_in_context(found, document, originator, about=about.holds)
    with guarded(Reason.failed_stage):
        weigh_surroundings(found, document, standards)
    limits = thresholds or standards.recognition.thresholds
    markings: list[Marking] = []
    for sighting in found:
        with _guarded_line(sighting):
            markings.append(_judged(sighting, standards, day, limits))
    return Recognised(tuple(markings), about)


def _guarded_line(sighting: Candidate) -> AbstractContextManager[None]:
    return guarded(Reason.failed_line, sighting.page.locate(sighting.line))


def _judged(sighting: Candidate, standards: Standards, day: date, limits: Thresholds) -> Marking:
    weights = standards.recognition.weights
    score = round(sum(weights.get(Evidence(reason), 0.0) for reason in sighting.evidence), 2)
    around = sighting.piece.around if sighting.piece else ""
    named = sighting.line.zone in TITLES and "complete" in sighting.evidence
    if around and not named and score >= limits.doubtful and reads_as_sentence(around, standards):
        sighting.evidence["in-sentence"] = None
        score += weights[Evidence.in_sentence]
    location = sighting.page.locate(sighting.line)
    confidence = round(min(1.0, max(0.0, score)), 2)
    marking = resolve(sighting.parsed, sighting.line.zone, location, standards, day)
    return msgspec.structs.replace(
        marking,
        text=sighting.portion or marking.text,
        portion=bool(sighting.portion),
        confidence=confidence,
        outcome=_outcome(confidence, sighting.evidence, standards.recognition, limits),
        evidence=tuple(map(Evidence, sighting.evidence)),
    )


def _outcome(
    confidence: float, evidence: Collection[str], recognition: Recognition, limits: Thresholds
) -> Outcome:
    is_borne_out = "plain-word" not in evidence and any(one in evidence for one in recognition.borne_out_by)
    if confidence >= (limits.borne_out if is_borne_out else limits.marking):
        return Outcome.marking
    return Outcome.doubtful if confidence >= limits.doubtful else Outcome.mention


def accepted(markings: Iterable[Marking]) -> tuple[Marking, ...]:
    """The candidates that count as markings."""
    return tuple(marking for marking in markings if marking.outcome is Outcome.marking)
