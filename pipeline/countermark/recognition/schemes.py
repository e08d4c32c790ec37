"""Whose scheme markings are of.

Words that countries share are the scheme's that most betrays, on the line, on the page, or at the head of the
document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Evidence, Noun
from countermark.recognition.inference import letterheads
from countermark.recognition.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from countermark.model import Document
    from countermark.recognition.candidates import Candidate
    from countermark.recognition.lexicon import Lexicon
    from countermark.recognition.parsed import Parsed
    from countermark.standards.foreign import ForeignScheme
    from countermark.standards.standards import Standards

_LONGEST_LETTERHEAD = 80
_OPENING_LINES = 8
_TIER_NAMES = 1 << 10
"""Names of tiers whose schemes are kept."""
_NEAR = 40
"""So many letters before and after a marking show its form."""


class WeighedScheme(Noun, frozen=True):
    """A scheme that a marking may be of: its country, what speaks for it, and the sum of that."""

    country: str
    evidence: tuple[Evidence, ...]
    weight: float


class _Surroundings(NamedTuple):
    """What a marking's document says of schemes.

    The countries whose bodies head it, those of the undoubted markings at header and footer by their
    page's identity, and those of the whole.
    """

    headed: frozenset[str]
    pages: Mapping[int, frozenset[str]]
    document: frozenset[str]


_ALONE = _Surroundings(frozenset(), {}, frozenset())


class Schemes:
    """Weighs the schemes that a marking may be of by some standards."""

    def __init__(self, standards: Standards, words: Lexicon) -> None:
        self._standards, self._lexicon = standards, words
        self._weights = standards.recognition.schemes
        self._parties = frozenset(standards.agreement.parties)
        self._foreign = standards.foreign.schemes
        self._countries_with = lru_cache(maxsize=_TIER_NAMES)(self._with_tier)
        self._forms = {
            scheme.country: re.compile("|".join(scheme.forms)) for scheme in self._foreign if scheme.forms
        }
        self._letterheads = {
            scheme.country: re.compile("|".join(scheme.letterheads))
            for scheme in self._foreign
            if scheme.letterheads
        }

    @cached_property
    def _party_elements(self) -> dict[str, frozenset[str]]:
        """The handling instructions and descriptors of each party."""
        found: dict[str, set[str]] = defaultdict(set)
        for standard in self._standards.standards:
            found[standard.country] |= {
                instruction.name for instruction in (*standard.handling, *standard.descriptors)
            }
        return {country: frozenset(names) for country, names in found.items()}

    def attribute(self, found: Sequence[Candidate], document: Document) -> None:
        """Give each candidate whose words several schemes have to the one that most speaks for."""
        if not found:
            return
        around = self._surroundings_of(found, document)
        for candidate in found:
            weighed = self.weighed(candidate.parsed, around, page=id(candidate.page))
            if candidate.portion and candidate.parsed.is_form:
                candidate.evidence[Evidence.controls.value] = None
            candidate.parsed = self.decided(candidate.parsed, weighed)
            if weighed and weighed[0].country not in self._parties:
                shown = (reason.value for reason in weighed[0].evidence if reason in _SHOWN)
                candidate.evidence.update(dict.fromkeys(shown))

    def decided(self, parsed: Parsed, weighed: Sequence[WeighedScheme]) -> Parsed:
        """Return the marking as one of the likeliest scheme."""
        if not weighed or weighed[0].country == parsed.country:
            return parsed
        return replace(parsed, scheme=weighed[0].country)

    def weighed(
        self, parsed: Parsed, around: _Surroundings = _ALONE, page: int = 0
    ) -> tuple[WeighedScheme, ...]:
        """Return the schemes that a marking may be of, the likeliest first.

        None where its words are one scheme's alone.
        """
        term = parsed.tier.term if parsed.tier else None
        if parsed.tier is None or term is None or term.country is None:
            return ()
        if parsed.is_form:
            return ()
        reasons = {
            scheme.country: tuple(self._reasons(parsed, scheme, around, page))
            for scheme in self._foreign
            if scheme.country in self._countries_with(parsed.name) or scheme.country in parsed.beside
        }
        if parsed.originator and parsed.originator not in self._parties and term.shared:
            reasons.setdefault(parsed.originator, (Evidence.named,))
        if not reasons:
            return ()
        usual = parsed.scheme or term.country
        reasons[usual] = (*self._own_reasons(parsed, usual), *reasons.get(usual, ()))
        sums = (
            WeighedScheme(country, evidence, round(sum(self._weights[reason] for reason in evidence), 2))
            for country, evidence in reasons.items()
            if evidence
        )
        return tuple(sorted(sums, key=lambda weighed: (-weighed.weight, weighed.country != term.country)))

    def _with_tier(self, name: str) -> frozenset[str]:
        """Return the countries whose schemes have a tier of that name."""
        return frozenset(scheme.country for scheme in self._foreign if scheme.tier(name))

    def _own_reasons(self, parsed: Parsed, country: str) -> Iterator[Evidence]:
        """Yield what speaks for the scheme whose word it is read as.

        The Agreement's parties before others.
        """
        yield Evidence.usual
        if parsed.originator == country:
            yield Evidence.named
        instructions = self._party_elements.get(country, frozenset())
        caveats = {nation for caveat in parsed.caveats for nation in caveat.nations}
        if country in caveats or any(element.value in instructions for element in parsed.elements):
            yield Evidence.elements

    def _reasons(
        self, parsed: Parsed, scheme: ForeignScheme, around: _Surroundings, page: int
    ) -> Iterator[Evidence]:
        """Yield what speaks for a third party's scheme.

        Its page and document only where its line does not.
        """
        reasons = tuple(self._reasons_of_line(parsed, scheme.country))
        yield from reasons
        if scheme.country in around.headed:
            yield Evidence.letterhead
        elif scheme.country in around.pages.get(page, ()) and not reasons:
            yield Evidence.same_page
        elif around.document == {scheme.country} and not reasons:
            yield Evidence.same_document

    def _reasons_of_line(self, parsed: Parsed, country: str) -> Iterator[Evidence]:
        """Yield what speaks for a country on the marking's own line.

        What is beside it does not where it names a party itself.
        """
        tier = parsed.tier
        if tier and tier.term and tier.term.country == country:
            yield Evidence.own_word
        if parsed.originator == country:
            yield Evidence.named
        if parsed.foreign == country:
            yield Evidence.controls
        if parsed.originator and parsed.originator in self._parties:
            return
        near = parsed.line.text[max(0, parsed.start - _NEAR) : parsed.end + _NEAR]
        if country in self._forms and self._forms[country].search(near):
            yield Evidence.foreign_form
        if len(parsed.releasable_to) > 1 and parsed.releasable_to[0] == country:
            yield Evidence.release_list
        if country in parsed.beside:
            yield Evidence.twin

    def _surroundings_of(self, found: Sequence[Candidate], document: Document) -> _Surroundings:
        if not self._may_be_foreign(found, document):
            return _ALONE
        firm: dict[int, set[str]] = defaultdict(set)
        for candidate in found:
            best = next(iter(self.weighed(candidate.parsed)), None)
            country = candidate.parsed.country
            is_firm = best.weight >= self._weights[Evidence.named] if best else country not in self._parties
            if country and is_firm and not candidate.rest and candidate.line.zone in HEADER_FOOTER:
                firm[id(candidate.page)].add(best.country if best else country)
        heads = list(_heads(document))
        headed = frozenset(
            country
            for country, pattern in self._letterheads.items()
            if any(pattern.search(normalise(text).text) for text in heads)
        )
        pages = {page: frozenset(countries) for page, countries in firm.items()}
        return _Surroundings(headed, pages, frozenset().union(*pages.values()))

    def _may_be_foreign(self, found: Iterable[Candidate], document: Document) -> bool:
        """Return whether nothing says that the document is a party's own.

        Neither a body of it at its head nor its name in a marking.
        """
        named = {candidate.parsed.originator for candidate in found}
        bodies = letterheads(document, self._lexicon, besides=self._standards.foreign.shared_bodies)
        return self._parties.isdisjoint(named) and self._parties.isdisjoint(bodies)


_SHOWN = frozenset(
    (
        Evidence.named,
        Evidence.foreign_form,
        Evidence.letterhead,
        Evidence.controls,
        Evidence.release_list,
        Evidence.twin,
        Evidence.same_page,
        Evidence.same_document,
    )
)
"""What is said of a marking for which a third party's scheme was chosen."""


def _heads(document: Document) -> Iterator[str]:
    """Yield where bodies name themselves: the heads and feet of pages, the first lines of the first."""
    for number, page in enumerate(document.live_pages):
        opening = set(islice((line.number for line in page.lines), 0 if number else _OPENING_LINES))
        for line in page.lines:
            if line.zone in HEADER_FOOTER or line.number in opening:
                yield from (piece for piece in line.text.split("\t") if len(piece) <= _LONGEST_LETTERHEAD)
