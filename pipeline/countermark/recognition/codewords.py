"""Codewords that no dash sets off: `UK SECRET APPLE`, `TOP SECRET STRAP 2 UK EYES ONLY`,
`UK TOP SECRET STRAP1 AUSTERE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Defect
from countermark.recognition.parsed import ParsedElement
from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from countermark.recognition.parsed import Parsed
    from countermark.recognition.tokens import Token

_LONGEST = 14
_MOST = 3
_ENDS = (Kind.dash, Kind.slash, Kind.bracket)


def take_codeword(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take a word in capitals after the classification.

    Behind the country's name where it ends the marking and is no plural, else where a national caveat
    follows; behind one with a level (`STRAP1`, `STRAP 2`) further ones. Return the index behind them;
    `start` where there is none.
    """
    token = parts[start]
    if separator.strip() or not has_codewords(parsed) or parsed.elements or not _is_codeword(parsed, token):
        return start
    end = start + 1
    if end + 1 < len(parts) and parts[end].kind is Kind.space and parts[end + 1].kind is Kind.number:
        end += 2
    spans = [(start, end)]
    following = _after_spaces(parts, end)
    has_level = any(letter.isdecimal() for letter in parsed.line.text[token.start : parts[end - 1].end])
    while (
        has_level and len(spans) < _MOST and following < len(parts) and _is_codeword(parsed, parts[following])
    ):
        end = following + 1
        spans.append((following, end))
        following = _after_spaces(parts, end)
    is_end = following >= len(parts) or parts[following].kind in _ENDS
    is_alone = is_end and parsed.prefix is not None and not parts[spans[-1][0]].value.endswith("S")
    if not (_is_before_caveat(parts, following) or is_alone):
        return start
    if spans[0][1] > start + 1:
        parsed.defects.add(Defect.codeword_form)
    for first, behind in spans:
        value = parsed.line.text[parts[first].start : parts[behind - 1].end]
        parsed.elements.append(ParsedElement(Kind.word, value, separator if first == start else " "))
    return end


def _after_spaces(parts: list[Token], start: int) -> int:
    return next(
        (place for place in range(start, len(parts)) if parts[place].kind is not Kind.space), len(parts)
    )


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
