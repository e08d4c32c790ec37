"""Portion marks: a classification in brackets that opens a paragraph, as `(UK S)`, `[SECRET]`, `（秘）`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.markings.grammar import parse_line

if TYPE_CHECKING:
    from countermark.markings.parsed import Parsed
    from countermark.markings.standards import Standards

_PORTION = re.compile(
    r"^\s*[(\[【〔〈<（［]\s*([^()\[\]【】〔〕〈〉<>（）［］]{1,40}?)\s*[)\]】〕〉>）］]\s*(?=\S)"
)


class Portion(NamedTuple):
    """A portion mark: as written with its brackets, parsed, and whether by its letters only."""

    written: str
    parsed: Parsed
    abbreviated: bool


def portion_of(text: str, standards: Standards) -> Portion | None:
    """The portion mark that opens `text`.

    None where the text does not open with one, or where nothing follows it.
    """
    if text.lstrip()[:1] not in "([【〔〈<（［":
        return None
    match = _PORTION.match(text)
    if not match:
        return None
    inside = match[1].strip()
    words = _spelt_out(inside, standards)
    parsed = parse_line(words or inside, standards)
    if len(parsed.markings) == 1 and not parsed.rest and not parsed.labelled:
        return Portion(match[0].strip(), parsed.markings[0], words is not None)
    return None


def _spelt_out(inside: str, standards: Standards) -> str | None:
    """`UK S` as `UK SECRET`; None where the last word is no abbreviation of a tier."""
    *before, last = inside.split()
    tier = _abbreviations(standards).get(last)
    return " ".join((*before, tier)) if tier else None


@cache
def _abbreviations(standards: Standards) -> dict[str, str]:
    return {
        letters: tier.name
        for standard in standards.standards
        for tier in standard.classifications
        for letters in tier.portion
    }
