"""Portion marks: a classification in brackets that opens a paragraph, as `(UK S)`, `[SECRET]`, `（秘）`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.markings.grammar import parse_line
from countermark.markings.lexicon import Kind

if TYPE_CHECKING:
    from datetime import date

    from countermark.markings.parsed import Parsed
    from countermark.markings.standards import Standards

OPENINGS = (*"([【〔〈<（［", *" \t\u3000\u00a0")
"""What a line with a portion mark begins with: a bracket, blanks before it."""
_PLAIN = r"[^()\[\]【】〔〕〈〉<>（）［］]"
_PORTION = re.compile(
    rf"^\s*[(\[【〔〈<（［]\s*((?:{_PLAIN}|[(（]{_PLAIN}{{1,8}}[)）]){{1,40}}?)\s*[)\]】〕〉>）］]\s*(?=\S)"
)


class Portion(NamedTuple):
    """A portion mark: as written with its brackets, parsed, and whether by its letters only."""

    written: str
    parsed: Parsed
    abbreviated: bool


def portion_of(text: str, standards: Standards, day: date) -> Portion | None:
    """The portion mark that opens `text`; letters count as the standards of `day` have them.

    None where the text does not open with one, where nothing follows it, or where all that follows belongs
    to the marking (`【機密性2情報】　関係者限り`): instructions and fields, not descriptors and codewords,
    since headings look like them.
    """
    match = _PORTION.match(text)
    if not match:
        return None
    inside = match[1].strip()
    words = _spelt_out(inside, standards, day)
    parsed = parse_line(words or inside, standards)
    if (
        len(parsed.markings) == 1
        and not parsed.rest
        and not parsed.labelled
        and not _is_whole(text, standards)
    ):
        return Portion(match[0].strip(), parsed.markings[0], words is not None)
    return None


def _is_whole(text: str, standards: Standards) -> bool:
    line = parse_line(text, standards)
    if len(line.markings) != 1 or line.rest:
        return False
    marking = line.markings[0]
    known = all(element.kind is Kind.handling for element in marking.elements)
    return known and bool(marking.elements or marking.caveats or marking.companions)


def _spelt_out(inside: str, standards: Standards, day: date) -> str | None:
    """`UK S` as `UK SECRET`; None where the last word is no abbreviation of a tier."""
    *before, last = inside.split()
    tier = _abbreviations(standards, day).get(last)
    return " ".join((*before, tier)) if tier else None


@lru_cache(maxsize=64)
def _abbreviations(standards: Standards, day: date) -> dict[str, str]:
    return {
        letters: tier.name
        for standard in standards.in_force(day)
        for tier in standard.classifications
        for letters in tier.portion
    }
