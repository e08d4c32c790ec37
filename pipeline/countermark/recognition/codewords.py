"""Codewords that no dash sets off: `UK SECRET APPLE`, `TOP SECRET STRAP 2 UK EYES ONLY`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Defect
from countermark.recognition.parsed import ParsedElement
from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from countermark.recognition.parsed import Parsed
    from countermark.recognition.tokens import Token

_LONGEST = 14
_ENDS = (Kind.dash, Kind.slash, Kind.bracket)


def take_codeword(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take a word in capitals after the classification.

    Behind the country's name where it ends the marking and is no plural, else where a national caveat
    follows. Return the index behind it; `start` where there is none.
    """
    token = parts[start]
    if separator.strip() or not has_codewords(parsed) or parsed.elements or not _is_codeword(parsed, token):
        return start
    end = start + 1
    if end + 1 < len(parts) and parts[end].kind is Kind.space and parts[end + 1].kind is Kind.number:
        end += 2
    following = end
    while following < len(parts) and parts[following].kind is Kind.space:
        following += 1
    is_end = following >= len(parts) or parts[following].kind in _ENDS
    is_alone = is_end and parsed.prefix is not None and not token.value.endswith("S")
    if not (_is_before_caveat(parts, following) or is_alone):
        return start
    if end > start + 1:
        parsed.defects.add(Defect.codeword_form)
    value = parsed.line.text[token.start : parts[end - 1].end]
    parsed.elements.append(ParsedElement(Kind.word, value, separator))
    return end


def has_codewords(parsed: Parsed) -> bool:
    """Return whether it is of a classification on which codewords are usual."""
    term = parsed.tier.term if parsed.tier else None
    return term is not None and term.codewords


def _is_codeword(parsed: Parsed, token: Token) -> bool:
    written = parsed.line.cased[token.start : token.end]
    is_word = token.kind is Kind.word and written.isascii() and written.isalnum() and written.isupper()
    return is_word and written[0].isalpha() and len(written) <= _LONGEST


def _is_before_caveat(parts: list[Token], start: int) -> bool:
    """Return whether known nations and EYES ONLY follow."""
    position = start
    while position < len(parts) and parts[position].kind in (
        Kind.nation,
        Kind.community,
        Kind.slash,
        Kind.comma,
        Kind.space,
    ):
        position += 1
    return start < position < len(parts) and parts[position].kind is Kind.eyes_only
