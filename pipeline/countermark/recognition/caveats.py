"""National caveats and lists of nations, right or wrong in form."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from countermark.model import Caveat, Defect
from countermark.recognition.parsed import ParsedElement
from countermark.recognition.words import STARTS, Kind

if TYPE_CHECKING:
    from countermark.recognition.parsed import Parsed
    from countermark.recognition.tokens import Token

_LISTED = (Kind.space, Kind.slash, Kind.comma)
_NATIONS = (Kind.nation, Kind.community)
_LONGEST_NATION = 12
_EYES_ONLY = "EYES ONLY"


def take_caveat(parsed: Parsed, parts: list[Token], start: int, separator: str, *, dashed: bool) -> int:
    """Take a national caveat.

    Nations, known or not, then EYES ONLY; the index after it, or `start` where none stands there.
    """
    nations, position = nations_at(parsed, parts, start)
    end = position
    while end < len(parts) and parts[end].kind is Kind.space:
        end += 1
    has_eyes = end < len(parts) and (
        parts[end].kind is Kind.eyes_only or _is_eyes_community(parts, nations, end)
    )
    if not has_eyes and not _ends_as_caveat(parsed, parts, start, position, dashed=dashed):
        return start
    words = [parts[index].value for index in nations]
    if has_eyes:
        end += 1
        if not all(_is_exact(parts[index]) for index in (*nations, end - 1)):
            parsed.defects.add(Defect.spelling)
    else:
        end = end + 1 if end < len(parts) and parts[end].value == "ONLY" else position
        parsed.defects.add(Defect.caveat_no_eyes_only)
    if not nations:
        parsed.defects.add(Defect.caveat_no_nation)
    if any(parts[index].kind is Kind.word for index in nations):
        parsed.defects.add(Defect.caveat_unknown_nation)
    if words != sorted(words):
        parsed.defects.add(Defect.caveat_not_alphabetical)
    codes = tuple(code_of(parts[index]) for index in nations)
    eyes = parts[end - 1].value if has_eyes and parts[end - 1].kind is Kind.eyes_only else _EYES_ONLY
    text = "/".join(sorted(words)) + (" ONLY" if words and words[-1].endswith("EYES") else f" {eyes}")
    parsed.elements.append(ParsedElement(Kind.eyes_only, text.strip(), separator))
    parsed.caveats.append(Caveat(text=text.strip(), nations=codes))
    return end


def _is_exact(token: Token) -> bool:
    return token.term is None or token.term.exact


def _is_eyes_community(parts: list[Token], nations: list[int], end: int) -> bool:
    """`FIVE EYES ONLY`: a community whose name says EYES needs only the word ONLY after it."""
    return bool(nations) and parts[nations[-1]].value.endswith("EYES") and parts[end].value == "ONLY"


def _ends_as_caveat(parsed: Parsed, parts: list[Token], start: int, end: int, *, dashed: bool) -> bool:
    """Nations after a dash that end the line, or the marking, are a caveat without its EYES ONLY."""
    if not dashed or end == start or parsed.tier is None:
        return False
    known = all(parts[index].kind is not Kind.word for index in range(start, end))
    following = (token for token in islice(parts, end, None) if token.kind is not Kind.space)
    behind = next(following, None)
    if behind and behind.value == "ONLY":
        behind = next(following, None)
    return known and (behind is None or behind.kind not in (Kind.word, Kind.name, Kind.number))


def nations_at(
    parsed: Parsed, parts: list[Token], start: int, *, named_in_small: bool = False
) -> tuple[list[int], int]:
    """Return the indices of nations listed from `start` on (`JP/UK`, `Japan and UK`), and the index after it.

    Nations that no list knows are in capitals, or `named_in_small` after a comma in a list.
    """
    found: list[int] = []
    position = end = start
    while position < len(parts):
        token = parts[position]
        is_in_list = named_in_small and bool(found) and _follows_a_sign(parts, position)
        listed = token.kind in _NATIONS or (
            token.kind is Kind.word
            and token.value not in ("AND", "ONLY")
            and _is_nation_like(parsed, token, in_list=is_in_list)
        )
        if listed and not (found and _is_prefix(parts, position)):
            found.append(position)
            end = position + 1
        elif listed or (token.kind not in _LISTED and token.value not in ("AND", "及び", "と")):
            break
        position += 1
    return found, end


def _is_prefix(parts: list[Token], position: int) -> bool:
    """Return whether the nation belongs to the tier after it: `UK SECRET - REL JP / 日本国 極秘`."""
    behind = (token.kind for token in islice(parts, position + 1, None) if token.kind is not Kind.space)
    return next(behind, None) in STARTS


def _follows_a_sign(parts: list[Token], position: int) -> bool:
    """Return whether a comma, a slash or AND leads to the token."""
    before = position - 1
    while before >= 0 and parts[before].kind is Kind.space:
        before -= 1
    return before >= 0 and (parts[before].kind in (Kind.slash, Kind.comma) or parts[before].value == "AND")


def _is_nation_like(parsed: Parsed, token: Token, *, in_list: bool = False) -> bool:
    """Return whether a word may name a nation that no list knows: Latin capitals, or a capital `in_list`."""
    written = parsed.line.cased[token.start : token.end]
    is_name = written.isupper() or (in_list and written.istitle())
    return written.isascii() and is_name and 2 <= len(written) <= _LONGEST_NATION


def code_of(token: Token) -> str:
    """Return a nation's code; a community's or an unknown nation's name."""
    if token.kind is Kind.nation and token.term and token.term.country:
        return token.term.country
    return token.value
