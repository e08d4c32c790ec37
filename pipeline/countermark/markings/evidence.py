"""What speaks for a candidate and against it; the weights are data (`rules/recognition.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countermark.markings.lexicon import Kind
from countermark.model import EDGES, Defect, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.markings.parsed import Parsed, ParsedLine
    from countermark.model import Document, Line, Page

Key = tuple[str | None, str, bool]

TEXT = (Zone.body, Zone.table, Zone.textbox, Zone.footnote, Zone.endnote)
_QUOTES = "\"'“”‘’「」『』"
_BULLET = re.compile(r"^\s*(?:[•●○■□◆◇・*▪–-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")
_TIERS_OF_A_POLICY = 3


@dataclass
class Sighting:
    """A candidate with what is known of it so far; `portion` is a portion mark as written."""

    parsed: Parsed
    page: Page
    line: Line
    rest: str
    evidence: dict[str, None] = field(default_factory=dict)
    portion: str = ""

    @property
    def key(self) -> Key:
        """What two sightings of the same classification share."""
        tier = self.parsed.tier
        return self.parsed.country, tier.value if tier else "", self.parsed.sensitive


def evidence_of(sighting: Sighting, piece: ParsedLine, *, labelled: bool) -> Iterator[str]:
    """What one candidate shows by itself."""
    parsed, line = sighting.parsed, sighting.line
    term = parsed.tier.term if parsed.tier else None
    yield line.zone.value
    yield "beside-text" if piece.rest else "whole-line"
    if parsed.country == "JP" and not parsed.text.isascii():
        yield "in-japanese"
    else:
        yield "not-capitals" if Defect.not_capitals in parsed.defects else "capitals"
    if line.centred:
        yield "centred"
    if labelled:
        yield "labelled"
    countries = {one.country for one in piece.markings}
    complete = bool(parsed.prefix or parsed.sensitive or parsed.elements or len(countries) > 1)
    if complete:
        yield "complete"
    if term and term.kind is Kind.mark:
        yield "handling-mark"
    elif term and term.plain_word and not complete:
        yield "plain-word"
    elif (
        term
        and term.value != "OFFICIAL"
        and len(term.value) > 1
        and Defect.not_capitals not in parsed.defects
    ):
        yield "distinctive"
    if line.text.strip()[:1] in _QUOTES:
        yield "quoted"
    if line.zone not in EDGES and _BULLET.match(line.text):
        yield "list-item"


def weigh_together(found: list[Sighting], document: Document, originator: str | None) -> None:
    """Add the evidence that candidates have from their page and from the whole document; `originator`
    is the country that the document is known to come from."""
    at_edges = [one for one in found if one.line.zone in EDGES]
    in_body = [one for one in found if one.line.zone not in EDGES]
    _weigh_edges(at_edges)
    countries = {one.parsed.country for one in at_edges if not one.rest}
    tiers = {one.key for one in in_body if not one.portion}
    body_edges = set(_body_edges(document))
    for one in in_body:
        if one.portion and one.parsed.country in countries:
            one.evidence["document-marked"] = None
        if one.portion:
            continue
        if len(tiers) >= _TIERS_OF_A_POLICY and one.line.zone in TEXT:
            one.evidence["about-markings"] = None
        if id(one.line) in body_edges:
            one.evidence["edge-of-page"] = None
    known = {one.parsed.country for one in at_edges if "complete" in one.evidence} | {originator}
    for one in found:
        if "plain-word" in one.evidence and one.parsed.country in known:
            one.evidence["known-country"] = None


def _weigh_edges(at_edges: list[Sighting]) -> None:
    """Head and foot of a page bear each other out, and so do several pages."""
    zones: dict[tuple[int, Key], set[Zone]] = {}
    pages: dict[tuple[Zone, Key], set[int]] = {}
    for one in at_edges:
        zones.setdefault((id(one.page), one.key), set()).add(one.line.zone)
        pages.setdefault((one.line.zone, one.key), set()).add(id(one.page))
    for one in at_edges:
        if len(zones[id(one.page), one.key]) == len(EDGES):
            one.evidence["head-and-foot"] = None
        if len(pages[one.line.zone, one.key]) > 1:
            one.evidence["repeated"] = None


def _body_edges(document: Document) -> Iterator[int]:
    """The identities of the first and the last body line of each page."""
    for page in document.pages:
        body = [line for line in page.lines if line.zone is Zone.body and line.text.strip()]
        if body:
            yield id(body[0])
            yield id(body[-1])
