"""One line of text -> the markings in it, parsed to elements; wrong forms are parsed too, with what is
wrong as defects.

    line     = { label } marking { separator marking }
    marking  = [ nation ] tier [ sensitive ] { element } [ "(" nation ")" ]
    element  = handling | descriptor | codeword | caveat | release
    caveat   = nations "EYES ONLY"        release = "REL" | "RELEASABLE TO" nations
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.markings.elements import STARTS, is_start, prefix_of, take_elements
from countermark.markings.lexicon import Kind, lexicon, tokens
from countermark.markings.normalise import Normal, normalise
from countermark.markings.parsed import Parsed, ParsedLine
from countermark.model import Defect

if TYPE_CHECKING:
    from countermark.markings.lexicon import Lexicon, Token
    from countermark.markings.standards import Standards

_ORIGINATOR = re.compile(r"[(（][^()（）]*[)）]$")


def parse_line(text: str, standards: Standards) -> ParsedLine:
    """Parse one line, or one piece of a line between tabs."""
    words = lexicon(standards)
    line = normalise(text)
    parts = tokens(line, words)
    found: list[Parsed] = []
    position = 0
    while position < len(parts):
        if is_start(parts, position):
            parsed, position = _marking(line, parts, position, standards)
            found.append(parsed)
        else:
            position += 1
    labelled = any(token.kind is Kind.label for token in parts)
    return ParsedLine(line, tuple(found), labelled, _rest(line, parts, found, words))


def parse_elements(text: str, standards: Standards) -> Parsed | None:
    """Parse a line that continues a marking (`REL-EU`, `JP/UK EYES ONLY`): elements without a tier and
    nothing else. None where it is not one."""
    line = normalise(text)
    parts = [token for token in tokens(line, lexicon(standards)) if token.kind is not Kind.bracket]
    if not parts or any(token.kind in (*STARTS, Kind.label) for token in parts):
        return None
    parsed = Parsed(line, None, parts[0].start, parts[0].start)
    end = take_elements(parsed, parts, 0, "")
    complete = end == len(parts) and bool(parsed.elements)
    known = all(element.kind not in (Kind.word, Kind.name) for element in parsed.elements)
    return parsed if complete and known else None


def _marking(line: Normal, parts: list[Token], position: int, standards: Standards) -> tuple[Parsed, int]:
    """The marking whose tier is at `position`, and the index behind it."""
    tier = parts[position]
    parsed = Parsed(line, tier, tier.start, tier.end)
    prefix = prefix_of(parts, position)
    if prefix is not None:
        parsed.prefix = parts[prefix]
        parsed.start = parsed.prefix.start
        parsed.originator = parsed.prefix.term.country if parsed.prefix.term else None
    if tier.term and tier.term.sensitive:
        parsed.sensitive = True
        parsed.defects.add(Defect.sensitive_form)
    if tier.kind is Kind.unknown:
        parsed.defects.add(Defect.unknown_classification)
    if tier.kind is Kind.mark:
        parsed.defects.add(Defect.not_a_classification)
    if line.spaced or (tier.term and not tier.term.exact):
        parsed.defects.add(Defect.spelling)
    parsed.foreign = _foreign_by_separator(line, parts, position, standards)
    after = take_elements(parsed, parts, position + 1, tier.value)
    if tier.term and tier.term.country == "GB" and not _ORIGINATOR.sub("", parsed.text).isupper():
        parsed.defects.add(Defect.not_capitals)
    return parsed, after


def _foreign_by_separator(
    line: Normal, parts: list[Token], position: int, standards: Standards
) -> str | None:
    """The third country whose markings put that separator behind the tier (`SECRET//...`)."""
    behind = line.text[parts[position].end :].lstrip()
    for scheme in standards.vocabulary.foreign:
        if scheme.separator and behind.startswith(scheme.separator):
            return scheme.country
    return None


def _rest(line: Normal, parts: list[Token], found: list[Parsed], words: Lexicon) -> str:
    """What remains of the line beside its markings, labels and companions: letters and digits only."""
    keep = [True] * len(line.text)
    spans = [(parsed.start, parsed.end) for parsed in found]
    spans += [(token.start, token.end) for token in parts if token.kind is Kind.label]
    for start, end in spans:
        keep[start:end] = [False] * (end - start)
    remaining = "".join(char if kept else " " for char, kept in zip(line.text, keep, strict=True))
    remaining = words.companions.sub(" ", re.sub(r"\s+", " ", remaining))
    return re.sub(r"[\W_]+", " ", remaining).strip()
