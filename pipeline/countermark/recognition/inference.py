"""What a document says of itself as a whole: its date and its exchange, with the evidence."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Evidence, Exchange, Location, Stage, Zone
from countermark.recognition.candidates import nation_alone
from countermark.recognition.dates import parse_date
from countermark.recognition.normalise import normalise
from countermark.recognition.tokens import tokens
from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from countermark.model import Document, Line, Marking, Page
    from countermark.recognition.lexicon import Lexicon
    from countermark.standards.standards import Standards

_PDF_DATE = re.compile(r"^(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
_LINES_OF_FIRST_PAGE = 40
_LINES_OF_A_LETTERHEAD = 8
_LONGEST_LETTERHEAD = 60
_EARLIEST = 1985
_LONGEST_DATE = 40
"""Characters of a property that are told as its date."""

TEMPLATE_DATES = frozenset({date(2013, 12, 23), date(2000, 1, 1)})
"""Days that libraries write into every file (python-docx's template, reportlab's invariant mode)."""


class DocumentDate(NamedTuple):
    """A document's day, where it was taken from (`date-line`, `metadata`, `as-of` or `today`), and for the
    first two its place and text.
    """

    day: date
    source: str
    location: Location | None = None
    text: str = ""


def date_of(document: Document, as_of: date | None, today: date) -> DocumentDate:
    """Return the day whose standards judge the document.

    Its own date line, else its metadata, else `as_of`, else `today`.
    """
    written = _date_line(document)
    if written and _is_plausible(written.day, today):
        return written
    kept = _metadata_date(document)
    if kept and _is_plausible(kept.day, today):
        return kept
    return DocumentDate(as_of, "as-of") if as_of else DocumentDate(today, "today")


def _is_plausible(day: date, today: date) -> bool:
    return _EARLIEST <= day.year <= today.year + 1


def _opening(document: Document) -> Iterator[tuple[Page, Line]]:
    """Yield the lines of the first page; in Word of the first section, whatever page kind shows them."""
    section = [page for page in document.pages if page.section == 1]
    for page in section or list(document.live_pages)[:1]:
        yield from ((page, line) for line in page.lines)


def _date_line(document: Document) -> DocumentDate | None:
    for number, (page, line) in enumerate(_opening(document)):
        if number >= _LINES_OF_FIRST_PAGE:
            break
        for piece in line.text.split("\t"):
            found = parse_date(piece)
            if found:
                return DocumentDate(found, "date-line", page.locate(line), piece.strip())
    return None


def _metadata_date(document: Document) -> DocumentDate | None:
    """Return the day of last change, else of creation."""
    properties = {item.key: item for item in document.properties}
    for name in ("modified", "moddate", "modifydate", "created", "creationdate", "createdate"):
        item = properties.get(name)
        match = _PDF_DATE.match(item.value) if item else None
        found = parse_date("-".join(match.groups())) if match else None
        if item and found and found not in TEMPLATE_DATES:
            place = Location(part=item.source, zone=Zone.property)
            return DocumentDate(found, "metadata", place, f"{item.name}: {item.value[:_LONGEST_DATE]}")
    return None


def exchange_of(
    markings: Iterable[Marking],
    named: Iterable[str],
    standards: Standards,
    *,
    letterheads: Iterable[str] = (),
    originator: str | None = None,
    recipient: str | None = None,
    stage: Stage | None = None,
) -> Exchange:
    """Return the exchange: as given, what is missing inferred from the markings.

    The originator is the party that a marking names, one whose markings always begin with its
    name last; else the one whose body heads the document; else the one party whose
    markings stand there. The recipient is the other party. Without a stage the document is judged as
    outgoing: as if it were about to be released.
    """
    evidence, parties = [], standards.agreement.parties
    if not originator:
        originator, reason = _originator(list(markings), set(named), set(letterheads), standards)
        evidence += [reason] if originator else []
    if not recipient and originator in parties:
        recipient = next(party for party in parties if party != originator)
        evidence.append("recipient-is-other-party")
    if not stage:
        evidence.append("stage-assumed")
    return Exchange(
        originator=originator,
        recipient=recipient,
        stage=stage or Stage.outgoing,
        evidence=tuple(map(Evidence, evidence)),
    )


def _originator(
    markings: list[Marking],
    named: set[str],
    letterheads: set[str],
    standards: Standards,
) -> tuple[str | None, str]:
    countries = {marking.country for marking in markings}
    parties, prefixed = standards.agreement.parties, standards.prefixes()
    for party in sorted(parties, key=lambda country: country in prefixed):
        naming = (marking for marking in markings if marking.originator == party)
        if party in named or any(party in (*prefixed, marking.country) for marking in naming):
            return party, "marking-names-country"
    if len(letterheads) == 1 and letterheads & set(parties):
        return next(iter(letterheads)), "letterhead"
    own = [party for party in parties if party in countries]
    return (own[0], "marking-of-one-country") if len(own) == 1 else (None, "")


def letterheads(document: Document, words: Lexicon, besides: Collection[str] = ()) -> Iterator[str]:
    """Yield the countries whose bodies (ministries, agencies, forces), but for those `besides`, head the
    document: a line of their own among the first of its first page.
    """
    for number, (_, line) in enumerate(_opening(document)):
        if number >= _LINES_OF_A_LETTERHEAD:
            break
        if len(line.text) <= _LONGEST_LETTERHEAD:
            first = next(iter(tokens(normalise(line.text.strip()), words)), None)
            is_body = first is not None and first.kind is Kind.organisation and first.value not in besides
            if is_body and first and first.term and first.term.country:
                yield first.term.country


def named_countries(document: Document, words: Lexicon) -> Iterator[str]:
    """Yield the countries that a line of their own names at the head or foot of a page."""
    for page in document.live_pages:
        for line in page.lines:
            if line.zone in (*HEADER_FOOTER, Zone.textbox):
                for piece in line.text.split("\t"):
                    country = nation_alone(piece, words)
                    if country:
                        yield country
