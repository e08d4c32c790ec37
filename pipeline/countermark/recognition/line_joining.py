"""Lines and their pieces between tabs -> what is read as one.

A marking may go on over a line break or a tab, inside a word (`特定` over `秘密`) or between words (`UK` over
`SECRET`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Reason
from countermark.recognition.columns import by_blocks, in_column
from countermark.recognition.normalise import CJK, HYPHENS, normalise
from countermark.recognition.words import Kind
from countermark.support.guarding import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.model import Line, Page
    from countermark.recognition.grammar import Grammar
    from countermark.recognition.lexicon import Lexicon
    from countermark.recognition.parsed import Parsed
    from countermark.recognition.prefilter import Prefilter
    from countermark.standards.vocabulary import Nations

_LONGEST_PART = 120
_LONGEST_REST = 24
"""More letters than this beside a marking are text, unless all are capitals, whatever the lines around say:
no form that a break cuts is longer."""
_PIECES_OF_A_MARKING = 3
_MOST_PIECES = 64
"""Of a line of more cells than this only the first ones are looked at for what goes on in another line."""
_APART = re.compile(r"\S(?: \S)*")
_WORD = rf"[^\W_{CJK}]+|[{CJK}]"
_FIRST_WORD = re.compile(_WORD)
_LAST_WORD = re.compile(rf"({_WORD})\s*$")
_LEADING = HYPHENS | frozenset("/／,、")
_KANJI = re.compile(f"[{CJK}]")


class LogicalLine(NamedTuple):
    """What is read as one line: `pieces` between tabs, over the page's lines `first` to `last`."""

    first: int
    last: int
    pieces: tuple[str, ...]


class LineJoining:
    """Joins the lines of a page where a marking goes on."""

    def __init__(self, grammar: Grammar, words: Lexicon, prefilter: Prefilter, nations: Nations) -> None:
        self._grammar, self._words, self._prefilter = grammar, words, prefilter
        self._codes = frozenset(
            (
                *(nation.code for nation in nations.nations),
                *(community.name for community in nations.communities),
            )
        )

    def logical_lines(self, page: Page) -> Iterator[LogicalLine]:
        """Yield the lines that hold candidates; several as one where line breaks cut a word or a marking."""
        order = by_blocks(page.lines)
        lines = [page.lines[index] for index in order]
        texts = [line.text for line in lines]
        done = -1
        for first, last in self._prefilter.candidates(texts):
            if last <= done:
                continue
            joined = None
            if last > first:
                with guarded(Reason.failed_line, page.locate(lines[first])):
                    joined = self._joined(texts, lines, first, last)
            if joined:
                yield joined._replace(first=order[first], last=order[last])
            else:
                yield from self._apart(page, order[max(first, done + 1) : last + 1])
            done = last

    def _apart(self, page: Page, indices: Iterable[int]) -> Iterator[LogicalLine]:
        for index in indices:
            line, unit = page.lines[index], None
            with guarded(Reason.failed_line, page.locate(line)):
                unit = LogicalLine(index, index, self._pieces(line.text))
            if unit:
                yield unit

    def _joined(
        self, texts: Sequence[str], lines: Sequence[Line], first: int, last: int
    ) -> LogicalLine | None:
        """Return lines as one, where they stand in one zone and hold nothing but markings together."""
        between = texts[first : last + 1]
        places = {(line.zone, line.part, line.block) for line in lines[first : last + 1]}
        if len(places) > 1 or any("\t" in text or len(text) > _LONGEST_PART for text in between):
            return None
        text = between[0]
        for following in between[1:]:
            is_kanji = _KANJI.fullmatch(text[-1:]) and _KANJI.fullmatch(following[:1])
            text += following if is_kanji else f"\n{following}"
        parsed = self._grammar.line(text)
        return LogicalLine(first, last, (text,)) if parsed.markings and not parsed.rest else None

    def _crossing(self, before: str, gap: str, behind: str) -> tuple[Parsed, ...]:
        """Return the markings that reach over the gap between two texts.

        None where other text is beside them, or where only words that are not known reach over
        it.
        """
        if not self._may_go_on(before, behind):
            return ()
        text, border = before + gap + behind, len(before + gap)
        parsed = self._grammar.line(text)
        if parsed.rest:
            return ()
        offsets = parsed.line.offsets
        alone = self._grammar.line(before).markings
        known = {code for parsed in alone for code in parsed.releasable_to} | self._codes
        is_open = before.rstrip()[-1:] in HYPHENS
        return tuple(
            marking
            for marking in parsed.markings
            if offsets[marking.start] < border <= offsets[marking.end - 1]
            and (is_open or (known.issuperset(marking.releasable_to) and not _is_longer_name(marking, alone)))
        )

    def _may_go_on(self, before: str, behind: str) -> bool:
        """Return whether a form may reach from one text into the next.

        A sign leads to it, or the words on both sides are words of some form or pieces of them,
        before it also what a dash led to.
        """
        words, text = self._words, self._grammar.line(behind).line.text
        first, last = _FIRST_WORD.match(text), _last_word(before)
        if first is None or not last:
            return True
        if words.read_word(first[0])[0] not in words.endings and not words.japanese.match(text):
            return False
        is_word = words.read_word(last)[0] in words.openings or bool(_KANJI.match(last))
        return is_word or not _LEADING.isdisjoint(before)

    def _pieces(self, text: str) -> tuple[str, ...]:
        """Return a line's pieces between tabs; several as one where a marking goes on over the tabs."""
        pieces = text.split("\t")
        merged = pieces[:1]
        rest = pieces[1:]
        while rest:
            for count in range(min(len(rest), _PIECES_OF_A_MARKING), 0, -1):
                gap = "  " if _APART.fullmatch(merged[-1]) else " "
                before, behind = gap.join([merged[-1], *rest[: count - 1]]), rest[count - 1]
                short = len(before + gap + behind) <= _LONGEST_PART
                if short and self._crossing(before, gap, behind):
                    merged[-1] = before + gap + behind
                    rest = rest[count:]
                    break
            else:
                merged.append(rest.pop(0))
        return tuple(merged)

    def spans_break(self, text: str, page: Page, unit: LogicalLine) -> tuple[Parsed, ...]:
        """Return the markings of a piece that go on in a piece of the line above or below it.

        `UK` over `SECRET`, `UK SECRET - RECIPIENTS` over `ONLY`.
        """
        if len(text) > _LONGEST_PART or self._is_text(text):
            return ()
        for above in _next_line(page, unit, -1):
            before = self._grammar.line(above)
            if self._is_text(above) or (before.markings and not before.rest):
                continue
            found = self._crossing(above, "\n", text)
            if found:
                return found
        for below in _next_line(page, unit, 1):
            if self._is_text(below) or self._grammar.line(below).markings:
                continue
            more = self._grammar.elements(below)
            found = self._crossing(text, "\n", below) if more is None or more.defects else ()
            if found:
                return found
        return ()

    def _is_text(self, text: str) -> bool:
        parsed = self._grammar.line(text)
        return len(parsed.rest) > _LONGEST_REST and not parsed.around.isupper()


@lru_cache(maxsize=1024)
def _last_word(text: str) -> str:
    """Return the word that ends a text, normalised; a kanji by itself. Empty where a sign ends it."""
    found = _LAST_WORD.search(normalise(text.split()[-1]).text) if text.strip() else None
    return found[1] if found else ""


def _is_longer_name(whole: Parsed, alone: Sequence[Parsed]) -> bool:
    """Return whether the marking gained only a word of a name by what follows the border."""
    names = [parsed.values(Kind.word) + parsed.values(Kind.name) for parsed in alone]
    own = whole.values(Kind.word) + whole.values(Kind.name)
    return bool(names) and len(own) >= len(names[-1]) > 0 and own != names[-1]


def _next_line(page: Page, unit: LogicalLine, step: int) -> list[str]:
    """Return the short pieces of the line of the same zone above (-1) or below (1), in its column."""
    other = next(in_column(page, unit.last if step > 0 else unit.first, step), None)
    if other is None:
        return []
    pieces = (piece for piece in other.text.split("\t") if piece.strip() and len(piece) <= _LONGEST_PART)
    return list(islice(pieces, _MOST_PIECES))
