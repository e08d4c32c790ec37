"""Whose scheme a page's markings belong to: words that countries share are a third country's where its body
heads the document, or where the marking has a form of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER
from countermark.recognition.inference import letterheads
from countermark.recognition.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.model import Document
    from countermark.recognition.candidates import Candidate
    from countermark.recognition.lexicon import Lexicon
    from countermark.standards.standards import ForeignScheme, Standards

_LONGEST_LETTERHEAD = 80
_OPENING_LINES = 8
_NEAR = 40
"""So many letters before and after a marking show its form."""


def attribute(found: Sequence[Candidate], document: Document, standards: Standards, words: Lexicon) -> None:
    """Give the candidates that read as British, and name no country, to the third country whose scheme they
    are of: what has a form of its own before what stands under a letterhead."""
    shared = [one for one in found if one.parsed.prefix is None and _is_british_word(one)]
    if not shared:
        return
    heads = list(_heads(document)) if _may_be_foreign(found, document, standards, words) else []
    for scheme in standards.foreign.schemes:
        is_headed = _matches(scheme.letterheads, heads)
        for one in shared:
            if not _has_tier(one, scheme):
                continue
            if _has_form(one, scheme):
                one.parsed = replace(one.parsed, foreign=scheme.country)
                one.evidence["foreign-form"] = None
            elif is_headed and one.parsed.foreign is None:
                one.parsed = replace(one.parsed, foreign=scheme.country)
                one.evidence["letterhead"] = None


def _is_british_word(one: Candidate) -> bool:
    tier = one.parsed.tier
    return tier is not None and tier.term is not None and tier.term.country == "GB"


def _has_form(one: Candidate, scheme: ForeignScheme) -> bool:
    parsed = one.parsed
    near = parsed.line.text[max(0, parsed.start - _NEAR) : parsed.end + _NEAR]
    return bool(scheme.forms) and _pattern(scheme.forms).search(near) is not None


def _has_tier(one: Candidate, scheme: ForeignScheme) -> bool:
    tier = one.parsed.tier
    return tier is not None and scheme.tier(tier.value) is not None


def _may_be_foreign(
    found: Iterable[Candidate], document: Document, standards: Standards, words: Lexicon
) -> bool:
    """Whether nothing says that the document is a party's own: neither a body of it at its head nor its name
    in a marking."""
    parties = set(standards.agreement.parties)
    named = {one.parsed.originator for one in found}
    bodies = letterheads(document, words, besides=standards.foreign.shared_bodies)
    return parties.isdisjoint(named) and parties.isdisjoint(bodies)


def _heads(document: Document) -> Iterator[str]:
    """Where bodies name themselves: the heads and feet of pages, the first lines of the first."""
    for number, page in enumerate(document.live_pages):
        opening = set(islice((line.number for line in page.lines), 0 if number else _OPENING_LINES))
        for line in page.lines:
            if line.zone in HEADER_FOOTER or line.number in opening:
                yield from (piece for piece in line.text.split("\t") if len(piece) <= _LONGEST_LETTERHEAD)


def _matches(patterns: Sequence[str], texts: Iterable[str]) -> bool:
    if not patterns:
        return False
    pattern = _pattern(tuple(patterns))
    return any(pattern.search(normalise(text).text) for text in texts)


@cache
def _pattern(sources: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sources))
