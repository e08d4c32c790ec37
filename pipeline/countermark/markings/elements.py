"""The elements behind a tier: -SENSITIVE, handling instructions, descriptors, codewords, national
caveats, releasability; right or wrong in form, each wrong one with its defect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.markings.lexicon import Kind
from countermark.markings.parsed import Element
from countermark.model import Caveat, Defect

if TYPE_CHECKING:
    from countermark.markings.lexicon import Token
    from countermark.markings.parsed import Parsed

STARTS = (Kind.tier, Kind.unknown, Kind.mark)
_SKIPPED = (Kind.space, Kind.dash, Kind.slash, Kind.comma, Kind.colon, Kind.bracket)
_LISTED = (Kind.space, Kind.slash, Kind.comma)
_PLAIN = (Kind.handling, Kind.descriptor)


def is_start(parts: list[Token], position: int) -> bool:
    token = parts[position]
    if token.kind not in STARTS:
        return False
    if token.term and token.term.with_country:
        return prefix_of(parts, position) is not None
    return True


def prefix_of(parts: list[Token], position: int) -> int | None:
    """The index of the nation before a tier, or None."""
    before = position - 1
    while before >= 0 and parts[before].kind in (Kind.space, Kind.bracket, Kind.dash):
        before -= 1
    if before < 0 or parts[before].kind not in (Kind.nation, Kind.community):
        return None
    slash = before - 1
    if slash >= 0 and parts[slash].kind is Kind.slash and slash >= 1 and parts[slash - 1].kind is Kind.nation:
        return None
    return before


def take_elements(parsed: Parsed, parts: list[Token], position: int, tier: str) -> int:
    """Take elements from `position` on into `parsed`; the index behind the last one."""
    first = True
    while True:
        start = position
        while start < len(parts) and parts[start].kind in _SKIPPED:
            start += 1
        if start >= len(parts) or (len(parts) > start and is_start(parts, start)):
            return position if start < len(parts) else len(parts)
        separator = "".join(parsed.line.source(token.start, token.end) for token in parts[position:start])
        token = parts[start]
        if first and tier and token.kind is Kind.sensitive:
            _take_sensitive(parsed, token, separator, tier)
            end = start + 1
        else:
            end = _element(parsed, parts, start, separator)
        if end == start:
            return position
        parsed.end = parts[end - 1].end
        position, first = end, False


def _take_sensitive(parsed: Parsed, token: Token, separator: str, tier: str) -> None:
    parsed.sensitive = True
    if token.term and not token.term.exact:
        parsed.defects.add(Defect.spelling)
    if tier != "OFFICIAL":
        parsed.defects.add(Defect.sensitive_above_official)
    elif separator not in ("-", "\u2010", "\u2011"):
        parsed.defects.add(Defect.sensitive_form)


def _element(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take the element at `start`, if one stands there; the index behind it."""
    token = parts[start]
    dashed = any(hyphen in separator for hyphen in "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d")
    if token.kind in _PLAIN:
        parsed.elements.append(Element(token.kind, token.value, separator))
        return start + 1
    if token.kind is Kind.release:
        return _release(parsed, parts, start, separator)
    caveat = _caveat(parsed, parts, start, separator, dashed)
    if caveat != start:
        return caveat
    if token.kind is Kind.nation and parsed.tier:
        return _named_originator(parsed, parts, start)
    if dashed and token.kind in (Kind.word, Kind.name) and parsed.tier and _is_upper(parsed, token):
        return _word(parsed, parts, start, separator)
    return start


def _named_originator(parsed: Parsed, parts: list[Token], start: int) -> int:
    """`UK SECRET (英国)`: a nation in brackets behind a marking names its originator."""
    term = parts[start].term
    before = parts[start - 1].kind if start else None
    after = parts[start + 1].kind if start + 1 < len(parts) else None
    if before is not Kind.bracket or after is not Kind.bracket or not term:
        return start
    parsed.originator = parsed.originator or term.country
    return start + 2


def _caveat(parsed: Parsed, parts: list[Token], start: int, separator: str, dashed: bool) -> int:
    """Take a national caveat: nations, known or not, then EYES ONLY; the index behind it."""
    nations, position = _nations(parsed, parts, start)
    end = position
    while end < len(parts) and parts[end].kind is Kind.space:
        end += 1
    has_eyes = end < len(parts) and (
        parts[end].kind is Kind.eyes_only or _is_eyes_community(parts, nations, end)
    )
    if not has_eyes and not _ends_as_caveat(parsed, parts, start, position, dashed):
        return start
    words = [parts[index].value for index in nations]
    if has_eyes:
        end += 1
    else:
        end = position
        parsed.defects.add(Defect.caveat_no_eyes_only)
    if not nations:
        parsed.defects.add(Defect.caveat_no_nation)
    if any(parts[index].kind is Kind.word for index in nations):
        parsed.defects.add(Defect.caveat_unknown_nation)
    if words != sorted(words):
        parsed.defects.add(Defect.caveat_not_alphabetical)
    codes = tuple(_code(parts[index]) for index in nations)
    text = "/".join(sorted(words)) + (" ONLY" if words and words[-1].endswith("EYES") else " EYES ONLY")
    parsed.elements.append(Element(Kind.eyes_only, text.strip(), separator))
    parsed.caveats.append(Caveat(text=text.strip(), nations=codes))
    return end


def _is_eyes_community(parts: list[Token], nations: list[int], end: int) -> bool:
    """`FIVE EYES ONLY`: a community whose name says EYES needs only the word ONLY behind it."""
    return bool(nations) and parts[nations[-1]].value.endswith("EYES") and parts[end].value == "ONLY"


def _ends_as_caveat(parsed: Parsed, parts: list[Token], start: int, end: int, dashed: bool) -> bool:
    """Nations behind a dash that end the line, or stand before the word ONLY, are a caveat without
    its EYES ONLY."""
    if not dashed or end == start or parsed.tier is None:
        return False
    known = all(parts[index].kind is not Kind.word for index in range(start, end))
    return known and all(token.kind is Kind.space for token in parts[end:])


def _nations(parsed: Parsed, parts: list[Token], start: int) -> tuple[list[int], int]:
    """The indices of nations listed from `start` on (`JP/UK`, `Japan and UK`), and the index behind."""
    found: list[int] = []
    position = end = start
    while position < len(parts):
        token = parts[position]
        listed = token.kind in (Kind.nation, Kind.community) or (
            token.kind is Kind.word and token.value not in ("AND", "ONLY") and _is_nation_like(parsed, token)
        )
        if listed:
            found.append(position)
            end = position + 1
        elif token.kind not in _LISTED and token.value != "AND":
            break
        position += 1
    return found, end


def _is_nation_like(parsed: Parsed, token: Token) -> bool:
    return _is_upper(parsed, token) and 2 <= len(token.value) <= 12


def _is_upper(parsed: Parsed, token: Token) -> bool:
    return parsed.line.cased[token.start : token.end].isupper()


def _code(token: Token) -> str:
    if token.kind is Kind.nation and token.term and token.term.country:
        return token.term.country
    return token.value


def _release(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take a release list, as `RELEASABLE TO JAPAN`, `REL-EU`; the index behind it."""
    position = start + 1
    while position < len(parts) and parts[position].kind in (Kind.space, Kind.dash, Kind.colon):
        position += 1
    nations, end = _nations(parsed, parts, position)
    if not nations:
        parsed.defects.add(Defect.release_no_country)
        end = start + 1
    if any(parts[index].kind is Kind.word for index in nations):
        parsed.defects.add(Defect.release_unknown_country)
    parsed.releasable_to.extend(_code(parts[index]) for index in nations)
    names = ", ".join(parts[index].value for index in nations)
    parsed.elements.append(Element(Kind.release, f"{parts[start].value} {names}".strip(), separator))
    return end


def _word(parsed: Parsed, parts: list[Token], start: int, separator: str) -> int:
    """Take words in capitals behind a dash: `... USE ONLY` is a handling instruction, one word a
    codeword, more a descriptor of the organisation's own."""
    end = start
    while end < len(parts) and parts[end].kind in (Kind.word, Kind.name, Kind.nation, Kind.space):
        if parts[end].kind is not Kind.space and not _is_upper(parsed, parts[end]):
            break
        end += 1
    while end > start and parts[end - 1].kind is Kind.space:
        end -= 1
    value = parsed.line.text[parts[start].start : parts[end - 1].end]
    if value.endswith("USE ONLY"):
        kind = Kind.handling
    else:
        kind = Kind.word if end == start + 1 and value.isalpha() else Kind.name
    parsed.elements.append(Element(kind, value, separator))
    return end
