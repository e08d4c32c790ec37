"""A codeword after a bare classification: `SECRET APPLE` where header and footer say the same."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Defect, Zone
from countermark.recognition.codewords import has_codewords
from countermark.recognition.parsed import ParsedElement
from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from countermark.recognition.candidates import Candidate

_REST = re.compile(r" (?P<word>[A-Z]{2,13}[A-RT-Z])(?: \d)? *")
"""One word to the end of the line, not in the plural."""


def borne_out_at_header_and_footer(found: Iterable[Candidate], no_codewords: Collection[str]) -> None:
    """Give a bare classification the word in capitals after it as its codeword, where header and footer of
    its page say the same; `no_codewords` are words of everyday language.
    """
    alike: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for candidate in found:
        piece = candidate.piece
        if piece is None or candidate.line.zone not in HEADER_FOOTER or len(piece.markings) != 1:
            continue
        match = _REST.fullmatch(piece.line.cased, candidate.parsed.end)
        if match and match["word"] not in no_codewords and has_codewords(candidate.parsed):
            alike[id(candidate.page), piece.line.text].append(candidate)
    for members in alike.values():
        if {candidate.line.zone for candidate in members} == {Zone.header, Zone.footer}:
            for candidate in members:
                _take_rest(candidate)


def _take_rest(candidate: Candidate) -> None:
    parsed = candidate.parsed
    value = parsed.line.text[parsed.end :].strip()
    separator = parsed.line.text[parsed.end : parsed.line.text.index(value, parsed.end)]
    element = ParsedElement(Kind.word, value, separator)
    defects = parsed.defects if value.isalpha() else {*parsed.defects, Defect.codeword_form}
    end = len(parsed.line.text.rstrip())
    candidate.parsed = replace(parsed, elements=[*parsed.elements, element], end=end, defects=defects)
    candidate.rest = ""
