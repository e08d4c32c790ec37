"""A document's lines -> its markings, each with its confidence and the evidence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Evidence, Inference, Outcome, Reason
from countermark.recognition.about import about_markings
from countermark.recognition.bare_codewords import borne_out_at_header_and_footer
from countermark.recognition.candidates import TITLES
from countermark.recognition.evidence import companies_of, evidence_of, score_in_context
from countermark.recognition.off_page_lines import off_page_lines
from countermark.support.guarding import guarded, stoppable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from contextlib import AbstractContextManager
    from datetime import date

    from countermark.model import Document, Marking
    from countermark.recognition.candidates import Candidate, PageCandidates
    from countermark.recognition.recogniser import Recogniser
    from countermark.standards.vocabulary import Recognition, Thresholds


class Recognised(NamedTuple):
    """Every candidate in reading order, with its confidence from 0 to 1.

    And whether the document speaks about markings.
    """

    markings: tuple[Marking, ...]
    about_markings: Inference


def examine(
    document: Document,
    recogniser: Recogniser,
    day: date,
    originator: str | None = None,
    thresholds: Thresholds | None = None,
) -> Recognised:
    """Return every candidate in the document, and what they say of it as a whole.

    `day` decides which standard judges; `originator` is the country that the document is known to
    come from, if any: then that country's plain words (RESTRICTED, 機密) are markings alone. Words
    inside sentences of the body are not even candidates. `thresholds` are the recogniser's own where
    not given.
    """
    pages: list[PageCandidates] = []
    long_lines = recogniser.long_lines
    with guarded(Reason.failed_stage):
        document = long_lines.in_pieces(document)
    off_page = off_page_lines(document, recogniser.standards.vocabulary)
    for page in (*document.pages, long_lines.page_in_pieces(off_page)):
        with guarded(Reason.failed_page, page.place()), stoppable(page.place()):
            pages.append(recogniser.finder.page_candidates(page, day))
    found = [candidate for page in pages for candidate in page.found]
    if not any(page.mentioned for page in pages) and not found:
        return Recognised((), Inference())
    about = Inference()
    with guarded(Reason.failed_stage):
        about = about_markings(document, found, [page.mentioned for page in pages], recogniser.titles)
    _weigh(found, document, recogniser, originator, about=about.holds)
    limits = thresholds or recogniser.standards.recognition.thresholds
    markings: list[Marking] = []
    for candidate in found:
        with _guarded_line(candidate):
            markings.append(_judged(candidate, recogniser, day, limits))
    return Recognised(tuple(markings), about)


def _weigh(
    found: list[Candidate], document: Document, recogniser: Recogniser, originator: str | None, *, about: bool
) -> None:
    """Add to the candidates all that speaks for them and against them."""
    with guarded(Reason.failed_stage):
        recogniser.schemes.attribute(found, document)
    words = recogniser.standards.vocabulary.document_words
    with guarded(Reason.failed_stage):
        everyday = {*words, *recogniser.standards.vocabulary.names}
        borne_out_at_header_and_footer(found, everyday)
    companies = companies_of(found)
    for candidate in found:
        with _guarded_line(candidate):
            company = companies.get(id(candidate.piece), frozenset())
            candidate.evidence.update(dict.fromkeys(evidence_of(candidate, words, company)))
    with guarded(Reason.failed_stage):
        score_in_context(found, document, originator, about=about)
    with guarded(Reason.failed_stage):
        recogniser.surroundings.weigh(found, document)


def _judged(candidate: Candidate, recogniser: Recogniser, day: date, limits: Thresholds) -> Marking:
    weights = recogniser.standards.recognition.weights
    score = round(sum(weights.get(Evidence(reason), 0.0) for reason in candidate.evidence), 2)
    around = candidate.piece.around if candidate.piece else ""
    named = candidate.line.zone in TITLES and candidate.evidence.keys() & {"complete", "enclosed"}
    if around and not named and score >= limits.doubtful and recogniser.sentences.reads_as_sentence(around):
        candidate.evidence["in-sentence"] = None
        score += weights[Evidence.in_sentence]
    location = candidate.page.locate(candidate.line)
    confidence = round(min(1.0, max(0.0, score)), 2)
    marking = recogniser.resolver.resolve(candidate.parsed, candidate.line.zone, location, day)
    return msgspec.structs.replace(
        marking,
        text=candidate.portion or marking.text,
        portion=bool(candidate.portion),
        confidence=confidence,
        outcome=_outcome(confidence, candidate.evidence, recogniser.standards.recognition, limits),
        evidence=tuple(map(Evidence, candidate.evidence)),
    )


def _guarded_line(candidate: Candidate) -> AbstractContextManager[None]:
    return guarded(Reason.failed_line, candidate.page.locate(candidate.line))


def threshold_of(evidence: Collection[str], recognition: Recognition, limits: Thresholds) -> float:
    """Return the confidence from which on a candidate with that evidence counts as a marking."""
    is_borne_out = "plain-word" not in evidence and any(
        reason in evidence for reason in recognition.borne_out_by
    )
    return limits.borne_out if is_borne_out else limits.marking


def _outcome(
    confidence: float, evidence: Collection[str], recognition: Recognition, limits: Thresholds
) -> Outcome:
    if confidence >= threshold_of(evidence, recognition, limits):
        return Outcome.marking
    return Outcome.doubtful if confidence >= limits.doubtful else Outcome.mention


def accepted(markings: Iterable[Marking]) -> tuple[Marking, ...]:
    """Return the candidates that count as markings."""
    return tuple(marking for marking in markings if marking.outcome is Outcome.marking)
