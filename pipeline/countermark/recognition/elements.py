"""The elements after a classification.

-SENSITIVE, handling instructions, descriptors, codewords, releasability; right or wrong in form, each wrong
one with its defect. National caveats are in `caveats`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from countermark.model import Defect
from countermark.recognition.caveats import code_of, nations_at, take_caveat
from countermark.recognition.codewords import take_codeword
from countermark.recognition.normalise import HYPHENS
from countermark.recognition.parsed import ParsedElement
from countermark.recognition.words import STARTS, Kind

if TYPE_CHECKING:
    from countermark.recognition.parsed import Parsed
    from countermark.recognition.tokens import Token

_SKIPPED = (Kind.space, Kind.dash, Kind.slash, Kind.comma, Kind.colon, Kind.bracket)
_BETWEEN = (Kind.space, Kind.bracket, Kind.dash, Kind.colon)
_PLAIN = (Kind.handling, Kind.descriptor)
_WORDS = (Kind.word, Kind.name, Kind.nation, Kind.organisation, Kind.control, Kind.number)
_NAMING = (Kind.word, Kind.name, Kind.organisation, Kind.control)
_PHRASE = (Kind.descriptor, Kind.name, Kind.word)
_LONGEST_NAME = 5
_FEWEST_BEFORE = 3
_LONGEST_MARKING = 24
"""Tokens, signs included, that the classification is sought among in front of a phrase."""
_NO_CODEWORDS = ("PAGE", "COPY", "ISSUE", "VERSION", "DRAFT", "ANNEX", "PART")
"""Words in small letters that go with what follows them, where a line may end between the two."""
_SLASHES = frozenset("/／∕⁄")
_CONTROL_SEPARATOR = re.compile(r"[/／∕⁄] ?[/／∕⁄]")
"""The double slash before controls, as it is written and as it is damaged."""


def is_start(parts: list[Token], position: int) -> bool:
    """Return whether a marking's tier is at `position`."""
    token = parts[position]
    if token.kind not in STARTS:
        return False
    if token.term and token.term.with_country:
        return prefix_of(parts, position) is not None
    return not _ends_a_phrase(parts, position)


def _ends_a_phrase(parts: list[Token], position: int) -> bool:
    """Return whether a classification ends a phrase after another one: `UK SECRET - STAFF IN CONFIDENCE`."""
    term = parts[position].term if position < len(parts) else None
    if term is None or not term.ends_phrases or position < _FEWEST_BEFORE:
        return False
    word, sign = parts[position - 2], parts[position - 1]
    is_joined = sign.kind in (Kind.space, Kind.dash) and parts[position].start - word.end == 1
    before = parts[max(0, position - _LONGEST_MARKING) : position - 2]
    return is_joined and word.kind in _PHRASE and any(token.kind in STARTS for token in before)


def prefix_of(parts: list[Token], position: int, behind: int = 0) -> int | None:
    """Return the index of the nation before a tier, or None.

    What is before the index `behind` belongs to another marking. A slash may stand between them where the
    nation opens the line (`日本国／極秘`).
    """
    before = position - 1
    while before >= 0 and parts[before].kind in (*_BETWEEN, Kind.slash):
        before -= 1
    is_slashed = any(token.kind is Kind.slash for token in parts[before + 1 : position])
    if is_slashed and any(
        token.kind not in (*_BETWEEN, Kind.label) for token in islice(parts, max(before, 0))
    ):
        return None
    if before < behind or parts[before].kind not in (Kind.nation, Kind.community):
        return None
    slash = before - 1
    if slash > behind and parts[slash].kind is Kind.slash and parts[slash - 1].kind is Kind.nation:
        return None
    return before


def take_elements(parsed: Parsed, parts: list[Token], position: int, tier: str) -> int:
    """Take elements from `position` on into `parsed`; the index behind the last one."""
    first = True
    while True:
        start = position
        while start < len(parts) and parts[start].kind in _SKIPPED:
            start += 1
        if start >= len(parts) or is_start(parts, start):
            return position if start < len(parts) else len(parts)
        separator = parsed.line.source(parts[position].start, parts[start].start) if start > position else ""
        token = parts[start]
        if first and tier and token.kind is Kind.sensitive:
            _take_sensitive(parsed, token, separator)
            end = start + 1
        else:
            end = _phrase(parsed, parts, start, separator)
            end = end if end != start else _element(parsed, parts, start, separator)
        if end == start:
            return position
        parsed.end = parts[end - 1].end
        position, first = end, False


def _take_sensitive(parsed: Parsed, token: Token, separator: str) -> None:
    parsed.sensitive = True
    if token.term and not token.term.exact:
        parsed.defects.add(Defect.spelling)
    closed = separator.replace("\n", "").strip() if "\n" in separator else separator
    if parsed.name == (parsed.tier.value if parsed.tier else ""):
        parsed.defects.add(Defect.sensitive_above_official)
    elif closed not in ("-", "\u2010", "\u2011", "\uff0d"):
        parsed.defects.add(Defect.sensitive_form)


def _element(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take the element at `start`, if there is one; the index after it."""
    token = parts[start]
    dashed = any(char in HYPHENS for char in separator)
    if token.kind in _PLAIN:
        if token.term and not token.term.exact:
            parsed.defects.add(Defect.spelling)
        parsed.elements.append(ParsedElement(token.kind, token.value, separator))
        return start + 1
    if token.kind is Kind.release:
        return _release(parsed, parts, start, separator)
    is_control = token.kind in (Kind.control, Kind.scheme_word)
    if _separates_controls(parsed, separator) and (parsed.foreign or is_control):
        if is_control and token.term:
            parsed.foreign = token.term.country
        return _control(parsed, parts, start, separator)
    if token.kind is Kind.scheme_word and token.term and parsed.tier:
        parsed.foreign = parsed.foreign or token.term.country
        parsed.elements.append(ParsedElement(Kind.handling, token.value, separator))
        return start + 1
    end = take_codeword(parsed, parts, start, separator)
    end = end if end != start else take_caveat(parsed, parts, start, separator, dashed=dashed)
    if end != start:
        return end
    if token.kind is Kind.nation and parsed.tier:
        return _named_originator(parsed, parts, start)
    if dashed and token.kind in _NAMING and parsed.tier:
        return _word(parsed, parts, start, separator)
    return start


def _phrase(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take a descriptor of the organisation's own that another country's classification ends, after a dash
    or where a descriptor begins it (`COMMERCIAL IN CONFIDENCE`); the index after it.
    """
    end = start
    while end < min(len(parts), start + 2 * _LONGEST_NAME) and parts[end].kind in (*_PHRASE, Kind.space):
        end += 1
    if end < len(parts) and parts[end].kind is Kind.dash:
        end += 1
    if end == start or not _ends_a_phrase(parts, end):
        return start
    span = parts[start].start, parts[end].end
    dashed = any(char in HYPHENS for char in separator)
    is_marking = parsed.prefix or parsed.line.cased[span[0] : span[1]].isupper()
    if parts[start].kind is not Kind.descriptor and not (dashed and is_marking):
        return start
    parsed.elements.append(ParsedElement(Kind.name, parsed.line.text[span[0] : span[1]], separator))
    return end + 1


def _separates_controls(parsed: Parsed, separator: str) -> bool:
    """Return whether a double slash leads to a control, or a single one after another control (`//SI/TK`)."""
    is_after_control = any(_CONTROL_SEPARATOR.search(element.separator) for element in parsed.elements)
    return bool(_CONTROL_SEPARATOR.search(separator)) or (is_after_control and separator.strip() in _SLASHES)


def _control(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """`//SI/TK//NOFORN`: words between double slashes are the foreign scheme's own controls."""
    end = start
    while end < len(parts) and parts[end].kind not in (Kind.slash, Kind.bracket, Kind.space):
        end += 1
    value = parsed.line.text[parts[start].start : parts[end - 1].end].strip()
    parsed.elements.append(ParsedElement(Kind.handling, value, separator))
    return end


def _named_originator(parsed: Parsed, parts: list[Token], start: int) -> int:
    """`UK SECRET (英国)`: a nation in brackets after a marking names its originator."""
    term = parts[start].term
    before = parts[start - 1].kind if start else None
    after = parts[start + 1].kind if start + 1 < len(parts) else None
    if before is not Kind.bracket or after is not Kind.bracket or not term:
        return start
    parsed.originator = parsed.originator or term.country
    return start + 2


def _release(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take a release list, as `RELEASABLE TO JAPAN`, `REL-EU`; the index after it."""
    position = start + 1
    while position < len(parts) and parts[position].kind in (Kind.space, Kind.dash, Kind.colon):
        position += 1
    nations, end = nations_at(parsed, parts, position, named_in_small=True)
    term = parts[start].term
    if term and not term.exact:
        parsed.defects.add(Defect.spelling)
    if not nations:
        parsed.defects.add(Defect.release_no_country)
        end = start + 1
    if any(parts[index].kind is Kind.word for index in nations):
        parsed.defects.add(Defect.release_unknown_country)
    parsed.releasable_to.extend(code_of(parts[index]) for index in nations)
    names = ", ".join(parts[index].value for index in nations)
    parsed.elements.append(ParsedElement(Kind.release, f"{parts[start].value} {names}".strip(), separator))
    return end


def _word(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take words after a dash: `...

    USE ONLY` is a handling instruction, one word in capitals a codeword, more a descriptor of the
    organisation's own. Words in small letters count only where nothing else follows them.
    """
    end = start
    while end < len(parts) and parts[end].kind in (*_WORDS, Kind.space):
        end += 1
    while end > start and parts[end - 1].kind in (Kind.space, Kind.number):
        end -= 1
    if end == start:
        return start
    count = sum(token.kind is not Kind.space for token in parts[start:end])
    span = parts[start].start, parts[end - 1].end
    value, cased = parsed.line.text[span[0] : span[1]], parsed.line.cased[span[0] : span[1]]
    closes = end == len(parts) or parts[end].kind in (Kind.space, Kind.dash, Kind.slash, Kind.bracket)
    if count > _LONGEST_NAME or not closes:
        return start
    if value.endswith("USE ONLY") and (cased.isupper() or parsed.prefix):
        kind = Kind.handling
    elif not cased.isupper():
        at_end = end == len(parts)
        may_be = count == 1 and (cased.istitle() or (cased.islower() and at_end))
        return _small_word(parsed, parts, start, separator) if may_be else start
    else:
        kind = Kind.word if count == 1 else Kind.name
        if count == 1 and not value.isalpha():
            parsed.defects.add(Defect.codeword_form)
    if kind is Kind.word and not value.isascii():
        return start
    parsed.elements.append(ParsedElement(kind, value, separator))
    return end


def _small_word(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """`UK SECRET - Skylark`: a codeword that is not in capitals, where the tier is."""
    if parsed.prefix is None or parts[start].value in _NO_CODEWORDS:
        return start
    parsed.defects.add(Defect.codeword_form)
    parsed.elements.append(ParsedElement(Kind.word, parts[start].value, separator))
    return start + 1
