"""What a document says of itself as a whole: its date and its exchange, with the evidence."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from countermark.markings.normalise import normalise
from countermark.markings.recognise import nation_alone
from countermark.model import EDGES, Exchange, Stage, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.markings.standards import Standards
    from countermark.model import Document, Marking

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_LABEL = r"^(?:(?:DATE(?: OF ISSUE)?|DATED|ISSUED|日付|作成日|作成年月日|発行日|発簡日|日時) ?:? ?)?"
_ENGLISH = re.compile(_LABEL + r"(\d{1,2})(?:ST|ND|RD|TH)? ([A-Z]{3})[A-Z]*\.?,? (\d{4})$")
_ISO = re.compile(_LABEL + r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_JAPANESE = re.compile(_LABEL + r"(令和|平成|昭和|)(\d{1,4}|元) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日$")
_PDF_DATE = re.compile(r"^(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
_LINES_OF_FIRST_PAGE = 40
_EARLIEST = 1985

TEMPLATE_DATES = frozenset({date(2013, 12, 23), date(2000, 1, 1)})
"""Days that libraries write into every file (python-docx's template, reportlab's invariant mode)."""


class Dated(NamedTuple):
    """A document's day and where it was taken from: `date-line`, `metadata`, `as-of` or `today`."""

    day: date
    source: str


def date_of(document: Document, as_of: date | None, today: date) -> Dated:
    """The day whose standards judge the document: its own date line, else its metadata, else `as_of`,
    else `today`."""
    for found, source in ((_date_line(document), "date-line"), (_metadata_date(document), "metadata")):
        if found and _EARLIEST <= found.year <= today.year + 1:
            return Dated(found, source)
    return Dated(as_of, "as-of") if as_of else Dated(today, "today")


def _date_line(document: Document) -> date | None:
    first = next(iter(document.live_pages), None)
    lines = [line for page in document.pages if page.section == 1 for line in page.lines] or (
        list(first.lines) if first else []
    )
    for line in lines[:_LINES_OF_FIRST_PAGE]:
        for piece in line.text.split("\t"):
            found = parse_date(piece)
            if found:
                return found
    return None


def parse_date(text: str) -> date | None:
    """The day that is all of `text` but for a label, in English, ISO 8601 or Japanese form; None
    where it is no such thing."""
    line = normalise(text).text.strip()
    if match := _ENGLISH.match(line):
        month = _MONTHS.index(match[2]) + 1 if match[2] in _MONTHS else 0
        return _day(int(match[3]), month, int(match[1]))
    if match := _ISO.match(line):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _JAPANESE.match(line):
        year = 1 if match[2] == "元" else int(match[2])
        return _day(_ERAS.get(match[1], 0) + year, int(match[3]), int(match[4]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _metadata_date(document: Document) -> date | None:
    """The day of last change, else of creation."""
    values = {item.name.rsplit(":")[-1].strip("/").lower(): item.value for item in document.properties}
    for name in ("modified", "moddate", "modifydate", "created", "creationdate", "createdate"):
        match = _PDF_DATE.match(values.get(name, ""))
        found = _day(int(match[1]), int(match[2]), int(match[3])) if match else None
        if found and found not in TEMPLATE_DATES:
            return found
    return None


def exchange_of(
    markings: Iterable[Marking],
    named: Iterable[str],
    parties: tuple[str, str],
    *,
    originator: str | None = None,
    recipient: str | None = None,
    stage: Stage | None = None,
) -> Exchange:
    """The exchange: as given, what is missing inferred from the markings.

    The originator is the party that a marking names, Japan before Britain since a British marking
    always carries its UK; else the one party whose markings stand there. The recipient is the other
    party. Without a stage the document is judged as outgoing: as if it were about to be released.
    """
    evidence = []
    if not originator:
        originator, reason = _originator(list(markings), set(named), parties)
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
        evidence=tuple(evidence),
    )


def _originator(markings: list[Marking], named: set[str], parties: tuple[str, str]) -> tuple[str | None, str]:
    names_itself = {one.originator for one in markings if one.originator == one.country} | named
    countries = {one.country for one in markings}
    if "JP" in names_itself:
        return "JP", "marking-names-country"
    if any(one.originator == "GB" for one in markings) or "GB" in named:
        return "GB", "marking-names-country"
    own = [party for party in parties if party in countries]
    return (own[0], "marking-of-one-country") if len(own) == 1 else (None, "")


def named_countries(document: Document, standards: Standards) -> Iterator[str]:
    """The countries that a line of their own names at the head or foot of a page."""
    for page in document.live_pages:
        for line in page.lines:
            if line.zone in (*EDGES, Zone.textbox):
                for piece in line.text.split("\t"):
                    country = nation_alone(piece, standards)
                    if country:
                        yield country
