"""A normalised line -> its tokens: the longest forms of the lexicon, words, numbers, punctuation."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.recognition.normalise import CJK
from countermark.recognition.words import Kind, LexiconTerm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.recognition.lexicon import Lexicon, LexiconForm
    from countermark.recognition.normalise import NormalisedText

_PUNCTUATION = {
    "-": Kind.dash,
    "/": Kind.slash,
    "∕": Kind.slash,
    "⁄": Kind.slash,
    ",": Kind.comma,
    ";": Kind.comma,
    "&": Kind.comma,
    "+": Kind.comma,
    "・": Kind.comma,
    "、": Kind.comma,
    ":": Kind.colon,
    **dict.fromkeys("()[]{}<>【】〔〕《》「」『』〈〉［］", Kind.bracket),
}
_PIECE = re.compile(
    rf"(?P<cjk>[{CJK}㊙○〇]+)"
    rf"|(?P<word>(?:[A-Z]\.){{2,}}(?![A-Z])|[^\W{CJK}㊙○〇]+(?:['’.][^\W{CJK}]+)*)"
    r"|(?P<space>\s+)|(?P<other>.)"
)
_GROUPS = {"word": Kind.word, "space": Kind.space}
_BAR = re.compile(r"(?<=[A-Z])\|(?=[A-Z])")
"""An upright line inside a word, which text recognition takes an I for."""
_JOINTS = frozenset(" -/().")
_MOST_PIECES = 14
_SHORTEST_TORN = 6
_TORN_KINDS = (Kind.tier, Kind.unknown, Kind.sensitive)
_SHORT_NATION = 3
_SHORT_TIER = 4
_NAMED = (Kind.nation, Kind.community, Kind.control)
"""Whose short forms figures are never taken for: 17 before OFFICIAL is the end of a date, not Italy."""
_LONGEST_FORM = 30
_LONGEST_RUN = 60


class Token(NamedTuple):
    """A piece of a normalised line; `start` and `end` are indices into `Normal.text`."""

    kind: Kind
    value: str
    start: int
    end: int
    term: LexiconTerm | None = None


def tokens(line: NormalisedText, words: Lexicon) -> list[Token]:
    """Return the tokens of a normalised line; together they cover it."""
    text = _BAR.sub("1", line.text) if "|" in line.text else line.text
    pieces = list(_pieces(text, words))
    found: list[Token] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        if piece.kind is Kind.word and piece.term is None:
            if words.opens(piece.value):
                phrase = _phrase(line, pieces, position, words)
                if phrase:
                    token, position = phrase
                    found.append(token)
                    continue
            glued = _segments(piece, words) if line.spaced else _glued(piece, words)
            if glued:
                found += glued
                position += 1
                continue
            if piece.value.isdecimal():
                piece = piece._replace(kind=Kind.number)
        found.append(piece)
        position += 1
    return found


def _pieces(text: str, words: Lexicon) -> Iterator[Token]:
    """Yield words, spaces and signs; Japanese runs that consist of forms are taken apart into these."""
    reach = 0
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if end <= reach:
            continue
        group = match.lastgroup or ""
        if start >= reach and group in _GROUPS:
            yield Token(_GROUPS[group], match[0], start, end)
        elif group == "cjk":
            forms, reach = _japanese(text, start, words)
            if forms:
                yield from forms
                continue
            yield Token(Kind.word, match[0], start, end, _NO_TERM)
        elif start < reach:
            yield Token(Kind.word, text[reach:end], reach, end)
        else:
            yield Token(_PUNCTUATION.get(match[0], Kind.other), match[0], start, end)


_NO_TERM = LexiconTerm(Kind.word, "")
"""Marks a Japanese word, which no Latin form can begin with."""
_IN_RUN = re.compile(f"[{CJK}㊙○〇]")


def _japanese(text: str, start: int, words: Lexicon) -> tuple[list[Token], int]:
    """Return the forms that a Japanese run consists of from `start` on, each the longest that fits, and where
    the last one ends; none where something else is left of the run.
    """
    found: list[Token] = []
    position = start
    while position < len(text) and (match := words.japanese.match(text, position)):
        term = words.terms[match[0]]
        found.append(Token(term.kind, term.value, *match.span(), term))
        position = match.end()
    if position < len(text) and _IN_RUN.match(text, position):
        return [], 0
    return found, position


def _phrase(
    line: NormalisedText, pieces: list[Token], start: int, words: Lexicon
) -> tuple[Token, int] | None:
    """Return the longest Latin form that begins at a word, and the index after it."""
    key, exact = "", True
    ends: set[int] = set()
    best: tuple[Token, int] | None = None
    for index in range(start, min(len(pieces), start + _MOST_PIECES)):
        piece = pieces[index]
        if piece.kind is not Kind.word:
            if piece.value[:1] not in _JOINTS:
                break
            continue
        if piece.term is _NO_TERM:
            break
        word, is_right = words.read_word(piece.value)
        key += word
        exact = exact and is_right
        if key not in words.beginnings:
            break
        form = words.latin.get(key)
        if form and _fits(line, form, piece, pieces[start].start, ends, words):
            best = _token(line, form, pieces[start].start, piece.end, exact=exact), index + 1
        ends.add(len(key))
    return best


def _fits(
    line: NormalisedText, form: LexiconForm, last: Token, start: int, ends: set[int], words: Lexicon
) -> bool:
    """Return whether what was written may stand for the form.

    A word torn apart only where it is long, other signs than blank and hyphen only where the form has
    them, a nation's letters only in capitals.
    """
    written = line.text[start : last.end]
    if written in form.written:
        return _is_nation_form(line, form, start, last.end, words)
    if form.term.kind is Kind.name and " - " in written:
        return False
    if form.term.kind in _NAMED and len(written) <= _SHORT_NATION and any(map(str.isdecimal, written)):
        return False
    if any(char in "/()" for char in written) and not any(
        set("/()") & set(spelling) for spelling in form.written
    ):
        return False
    if not ends <= form.ends:
        return form.term.kind in _TORN_KINDS and len(written) >= _SHORTEST_TORN
    return _is_nation_form(line, form, start, last.end, words)


def _is_nation_form(line: NormalisedText, form: LexiconForm, start: int, end: int, words: Lexicon) -> bool:
    """Return whether a short form (IT, NO, US) is in capitals, as a nation is.

    A standard's prefix (UK) always is one.
    """
    if _is_short_foreign_tier(form, end - start, words):
        return line.cased[start:end].isupper()
    if form.term.kind not in (Kind.nation, Kind.control) or end - start > _SHORT_NATION:
        return True
    beside_slash = "/" in (line.text[start - 1 : start], line.text[end : end + 1])
    return form.term.value in words.prefixes or beside_slash or line.cased[start:end].isupper()


def _is_short_foreign_tier(form: LexiconForm, length: int, words: Lexicon) -> bool:
    """Return a third party's tier in letters (CUI), which in small ones is a word of some language."""
    is_foreign = form.term.kind is Kind.tier and form.term.country not in words.parties
    return is_foreign and length <= _SHORT_TIER and any(map(str.isascii, form.written))


def _token(line: NormalisedText, form: LexiconForm, start: int, end: int, *, exact: bool) -> Token:
    written = line.text[start:end]
    term = form.term
    if not exact or not any(spelling.startswith(written) for spelling in form.written):
        term = term._replace(exact=False)
    return Token(term.kind, term.value, start, end, term)


def _glued(piece: Token, words: Lexicon) -> list[Token] | None:
    """Return a tier that is written onto the prefix: `UKSECRET`."""
    written = next((prefix for prefix in words.prefixes if piece.value.startswith(prefix)), "")
    nation = words.latin.get(written)
    if nation is None or len(piece.value) < _SHORTEST_TORN:
        return None
    rest, _ = words.read_word(piece.value[len(written) :])
    form = words.latin.get(rest)
    if form is None or form.term.kind is not Kind.tier:
        return None
    middle, prefix = piece.start + len(written), nation.term
    return [
        Token(prefix.kind, prefix.value, piece.start, middle, prefix),
        Token(form.term.kind, form.term.value, middle, piece.end, form.term._replace(exact=False)),
    ]


def _segments(piece: Token, words: Lexicon) -> list[Token] | None:
    """Return the forms that a word consists of whose letters stood apart (`T O P S E C R E T`), each the
    longest that leaves a rest that can be taken apart.
    """
    text = piece.value

    @cache
    def apart(start: int) -> list[Token] | None:
        if start == len(text):
            return []
        for end in range(min(len(text), start + _LONGEST_FORM), start + 1, -1):
            form = words.latin.get(text[start:end])
            rest = apart(end) if form else None
            if form and rest is not None:
                span = piece.start + start, piece.start + end
                return [Token(form.term.kind, form.term.value, *span, form.term), *rest]
        return None

    return apart(0) if len(text) <= _LONGEST_RUN else None
