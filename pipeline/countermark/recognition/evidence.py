"""What speaks for a candidate and against it; the weights are data (`rules/recognition.yaml`)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Defect, Zone
from countermark.recognition.candidates import TEXT, TITLES
from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from countermark.model import Document, Line
    from countermark.recognition.candidates import Candidate, Key

Company = frozenset[tuple[str | None, str]]
"""Countries and tiers of the classifications that stand together."""

_QUOTES = "\"'“”‘’「」『』«»"
_OPENING = "【〔《〈[［(（"
_CLOSING = "】〕》〉]］)）"
_BULLET = re.compile(r"^\s*(?:[•●○■□◆◇・*▪–-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])(?:\s+|(?=[「『]))")
_NEXT_WORD = re.compile(" ([A-Z]{2,})")
_NEXT_TO_SMALL = re.compile(" ([A-Za-z]{2,})")
_CRY = re.compile(" ?[!?]")
_TIERS_OF_A_POLICY = 3
_SHORT_PAGE = 4
_TELLING_LETTERS = 3
_SCHEME_SIGNS = frozenset(("letterhead", "named", "controls", "foreign-form", "release-list", "twin"))
"""What shows whose scheme a plain word is of."""


def companies_of(found: Iterable[Candidate]) -> dict[int, Company]:
    """Return the company of each piece of a line that holds candidates, by the piece's identity."""
    companies: dict[int, Company] = {}
    for sighting in found:
        piece = sighting.piece
        if piece and id(piece) not in companies:
            companies[id(piece)] = frozenset(
                (marking.country, marking.tier.value if marking.tier else "") for marking in piece.markings
            )
    return companies


def evidence_of(
    sighting: Candidate, document_words: Collection[str], company: Company = frozenset()
) -> Iterator[str]:
    """Yield what one candidate shows by itself.

    `company` are the classifications on its piece of the line.
    """
    if sighting.portion:
        yield "portion"
        if sighting.abbreviated:
            yield "abbreviated"
        return
    line = sighting.line
    yield line.zone.value
    yield "beside-text" if sighting.rest else "whole-line"
    yield _letters(sighting)
    if line.centred:
        yield "centred"
    if sighting.labelled:
        yield "labelled"
    if sighting.in_row:
        yield "in-row"
    yield from _content(sighting, company)
    yield from _company(sighting, company)
    quoted = line.text.strip()[:1] in _QUOTES or _before(sighting)[-1:] in _QUOTES
    if quoted:
        yield "quoted"
    if _BULLET.match(line.text) and (quoted or line.zone not in HEADER_FOOTER):
        yield "list-item"
    if sighting.rest and not quoted:
        yield from _set_apart(sighting)
    yield from _among_words(sighting, document_words, company)


def _before(sighting: Candidate) -> str:
    """Return the text before the marking on its line, a blank where there is none."""
    return sighting.parsed.line.text[: sighting.parsed.start].strip() or " "


def _after(sighting: Candidate) -> str:
    """Return the text after the marking on its line, a blank where there is none."""
    return sighting.parsed.line.text[sighting.parsed.end :].strip() or " "


def _among_words(sighting: Candidate, document_words: Collection[str], company: Company) -> Iterator[str]:
    """Yield what shows that the words beside the marking belong to it.

    `document_words` are those that begin what a document is called (PROJECT).
    """
    parsed = sighting.parsed
    if sum(country == parsed.country and bool(tier) for country, tier in company) > 1:
        yield "several-tiers"
    before, after = parsed.line.cased[: parsed.start], parsed.line.cased[parsed.end :]
    is_common = parsed.is_common_word
    pattern = _NEXT_TO_SMALL if Defect.not_capitals in parsed.defects else _NEXT_WORD
    following = pattern.match(after) if sighting.rest and parsed.text.isascii() else None
    if following and not parsed.elements and (is_common or following[1] not in document_words):
        yield "in-phrase"
        if is_common:
            yield "common-word"
    if _CRY.match(after) and "!" not in before:
        yield "cried"


def _letters(sighting: Candidate) -> str:
    if sighting.parsed.country == "JP" and not sighting.parsed.text.isascii():
        return "in-japanese"
    return "not-capitals" if Defect.not_capitals in sighting.parsed.defects else "capitals"


def _content(sighting: Candidate, company: Company) -> Iterator[str]:
    """Yield what the words of the marking say."""
    parsed = sighting.parsed
    term = parsed.tier.term if parsed.tier else None
    countries = {country for country, _ in company}
    is_plain = term is not None and term.plain_word
    elements = [
        element for element in parsed.elements if not is_plain or element.kind not in (Kind.word, Kind.name)
    ]
    complete = bool(parsed.prefix or parsed.sensitive or elements or parsed.is_form or len(countries) > 1)
    if complete:
        yield "complete"
    if parsed.prefix:
        yield from _named(sighting)
    if Defect.not_capitals in parsed.defects:
        yield from _in_small(sighting, complete=complete)
    if parsed.companions:
        yield "companions"
    if Defect.spelling in parsed.defects and not parsed.line.spaced:
        yield "misspelt"
    if term is None:
        return
    is_common = parsed.is_common_word and not parsed.prefix
    if term.kind is Kind.mark:
        yield "handling-mark"
    elif term.plain_word and not complete:
        yield "plain-word"
    elif not is_common and (parsed.prefix or Defect.not_capitals not in parsed.defects):
        yield "distinctive"


def _named(sighting: Candidate) -> Iterator[str]:
    """Yield what it says that the country is before the marking."""
    if not sighting.rest:
        yield "named"
    if sighting.line.zone in (*HEADER_FOOTER, *TITLES):
        yield "prefixed"


def _in_small(sighting: Candidate, *, complete: bool) -> Iterator[str]:
    """Yield what the place of a marking that is not in capitals says of it."""
    if not complete and sighting.line.zone in HEADER_FOOTER:
        yield "title-case"
    if sighting.parsed.prefix and not sighting.rest and sighting.line.zone is Zone.body:
        yield "named-in-small"


def _company(sighting: Candidate, company: Company) -> Iterator[str]:
    """Yield what it says that several tiers of one country stand on the line: a list of them, no marking."""
    named_alike = len(company) - len({country for country, _ in company}) + 1
    if named_alike >= _TIERS_OF_A_POLICY:
        yield "about-markings"
    if named_alike >= _TIERS_OF_A_POLICY or (named_alike > 1 and sighting.rest):
        yield "list-item"


def _set_apart(sighting: Candidate) -> Iterator[str]:
    """Yield how brackets enclose the marking, or how it opens or closes a line that is Japanese or names the
    document: in English `SECRET HISTORY` opens a line too.
    """
    zone, before, after = sighting.line.zone, _before(sighting).strip(), _after(sighting).strip()
    if zone not in TITLES and sighting.parsed.text.isascii():
        return
    if not before or not after or before[-1] in _OPENING:
        yield "set-apart"
        if zone is Zone.subject and not before.strip(_OPENING):
            yield "opens-subject"
        if before[-1:] in _OPENING and after[:1] in _CLOSING and before and after:
            yield "enclosed"


def score_in_context(
    found: list[Candidate], document: Document, originator: str | None, *, about: bool
) -> None:
    """Add the evidence that candidates have from their page and from the whole document.

    `originator` is the country that the document is known to come from, `about` whether it is about
    markings.
    """
    at_edges = [candidate for candidate in found if candidate.line.zone in HEADER_FOOTER]
    in_text = [candidate for candidate in found if candidate.line.zone not in HEADER_FOOTER]
    _weigh_edges(at_edges)
    lone = _lone(at_edges)
    of_text = (*TEXT, Zone.bookmark)
    tiers = {inner.key for inner in in_text if not inner.portion and inner.line.zone in of_text}
    _weigh_titles_of_pages(lone, tiers)
    tiers |= {candidate.key for candidate in lone if not candidate.rest}
    body_edges = set(_body_edges(document, {id(candidate.line) for candidate in in_text}))
    marked = [edge for edge in at_edges if not edge.rest]
    for candidate in in_text:
        if id(candidate.line) in body_edges and not candidate.portion:
            candidate.evidence["edge-of-page"] = None
            marked += [candidate] if not candidate.rest and "complete" in candidate.evidence else []
    countries = {marking.parsed.country for marking in marked}
    keys = {edge.key for edge in at_edges if not edge.rest}
    for candidate in in_text:
        if candidate.portion:
            candidate.evidence.update(dict.fromkeys(_portion_in_context(candidate, countries, about=about)))
            continue
        if candidate.key in keys and not candidate.rest and candidate.line.zone not in TITLES:
            candidate.evidence["as-at-edges"] = None
        listed = len(tiers) >= _TIERS_OF_A_POLICY and candidate.line.zone in of_text
        if listed or (about and candidate.line.zone in (Zone.body, Zone.table)):
            candidate.evidence["about-markings" if listed else "speaks-of-markings"] = None
    known = {edge.parsed.country for edge in at_edges if "complete" in edge.evidence} | {originator}
    for candidate in found:
        if "plain-word" in candidate.evidence and (
            candidate.parsed.country in known or not _SCHEME_SIGNS.isdisjoint(candidate.evidence)
        ):
            candidate.evidence["known-country"] = None


def _portion_in_context(
    candidate: Candidate, countries: Collection[str | None], *, about: bool
) -> Iterator[str]:
    """Yield what a portion mark has from the `countries` that mark the document.

    In a text about markings it is an example, but for those of the country that marks the text.
    """
    if candidate.parsed.country in countries:
        yield "document-marked"
    elif about:
        yield "about-markings"
    elif countries and _names_its_scheme(candidate):
        yield "document-marked"


def _names_its_scheme(candidate: Candidate) -> bool:
    """Return whether a portion mark can be of one scheme only: it names its country, or has three letters."""
    letters = sum(map(str.isalpha, candidate.portion))
    return bool(candidate.parsed.prefix) or (candidate.abbreviated and letters >= _TELLING_LETTERS)


def _weigh_edges(at_edges: list[Candidate]) -> None:
    """Head and foot of a page bear each other out, and so do several pages.

    But what is among words bears out nothing that is alone.
    """
    zones: dict[tuple[int, Key, bool], set[Zone]] = {}
    pages: dict[tuple[Zone, Key, bool], set[int]] = {}
    for candidate in at_edges:
        for is_beside in {True, bool(candidate.rest)}:
            zones.setdefault((id(candidate.page), candidate.key, is_beside), set()).add(candidate.line.zone)
            pages.setdefault((candidate.line.zone, candidate.key, is_beside), set()).add(id(candidate.page))
    for candidate in at_edges:
        if len(zones[id(candidate.page), candidate.key, bool(candidate.rest)]) == len(HEADER_FOOTER):
            candidate.evidence["head-and-foot"] = None
        if len(pages[candidate.line.zone, candidate.key, bool(candidate.rest)]) > 1:
            candidate.evidence["repeated"] = None


def _lone(at_edges: list[Candidate]) -> list[Candidate]:
    """Return what occurs once, as a title does: bare, neither at head and foot nor on several pages."""
    return [edge for edge in at_edges if not edge.evidence.keys() & {"head-and-foot", "repeated", "complete"}]


def _weigh_titles_of_pages(lone: list[Candidate], in_text: set[Key]) -> None:
    """Slides about classifications have one after the other as their titles, or one as the title and
    others below it (`in_text`).
    """
    if len({candidate.key for candidate in lone} | in_text) >= _TIERS_OF_A_POLICY:
        for candidate in lone:
            candidate.evidence["about-markings"] = None


def _body_edges(document: Document, candidates: set[int]) -> Iterator[int]:
    """Yield the identities of the first and the last body line of each page, and of the one next to it where
    the first is a candidate too; at the end also of the last but one.
    """
    for page in document.pages:
        first = list(islice(_body(page.lines), _SHORT_PAGE + 1))
        last = list(islice(_body(reversed(page.lines)), 2))
        yield from (*first[:1], *last[:1])
        if len(first) > _SHORT_PAGE:
            if first[0] in candidates:
                yield first[1]
            yield last[1]


def _body(lines: Iterable[Line]) -> Iterator[int]:
    return (id(line) for line in lines if line.zone is Zone.body and line.text.strip())
