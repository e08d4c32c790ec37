"""A page's lines -> the candidates on it, each with what is around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import HEADER_FOOTER, CompanionKind, Defect, Reason, Zone
from countermark.recognition.columns import neighbours, stands_beside
from countermark.recognition.dates import last_day_in
from countermark.recognition.normalise import normalise
from countermark.recognition.portion import may_open
from countermark.recognition.words import Kind
from countermark.support.guarding import guarded
from countermark.support.limits import RECOGNITION_SHARE
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from countermark.model import Companion, Line, Page
    from countermark.recognition.grammar import Grammar
    from countermark.recognition.lexicon import Lexicon
    from countermark.recognition.line_joining import LineJoining, LogicalLine
    from countermark.recognition.parsed import Parsed, ParsedLine
    from countermark.recognition.portion import Portion, Portions

Key = tuple[str | None, str, bool]

TEXT = (Zone.body, Zone.table, Zone.textbox, Zone.footnote, Zone.endnote)
TITLES = (Zone.filename, Zone.property, Zone.subject, Zone.bookmark)
"""Zones whose lines name the document: a marking is there beside other words."""
_WITH_PORTIONS = (
    *TEXT,
    Zone.annotation,
    Zone.comment,
    Zone.deleted,
    Zone.field,
    Zone.hidden,
    Zone.image,
    Zone.inserted,
    Zone.revision,
)
"""Zones that hold paragraphs, those included that a reader does not see."""
_BESIDE_TEXT = (*HEADER_FOOTER, Zone.watermark, *TITLES)
_TITLE = (Kind.word, Kind.name)
_SENTENCES = (CompanionKind.embargo, CompanionKind.condition)
_LONGEST_NATION = 40
_LINES_BELOW = 6
_LINES_ABOVE = 3
_LINES_OF_A_SENTENCE = 3
_LINES_BESIDE = 12
"""Lines of other columns among these."""
_ENDS = (".", "。", "]", "］")


@dataclass
class Candidate:
    """A candidate with what is known of it so far; `portion` is a portion mark as written."""

    parsed: Parsed
    page: Page
    line: Line
    rest: str
    piece: ParsedLine | None = None
    labelled: bool = False
    in_row: bool = False
    portion: str = ""
    abbreviated: bool = False
    evidence: dict[str, None] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What two sightings of the same classification share."""
        tier = self.parsed.tier
        return self.parsed.country, tier.value if tier else "", self.parsed.sensitive


class PageCandidates(NamedTuple):
    """The candidates of a page, and the keys of all tiers that its text mentions, candidates or not."""

    found: list[Candidate]
    mentioned: set[Key]


class CandidateFinder:
    """Finds the candidates of pages."""

    def __init__(self, grammar: Grammar, words: Lexicon, joining: LineJoining, portions: Portions) -> None:
        self._grammar, self._words, self._joining, self._marks = grammar, words, joining, portions

    def page_candidates(self, page: Page, day: date) -> PageCandidates:
        """Return the candidates of a page in reading order.

        In text, words inside sentences are not even candidates.
        """
        checkpoint(RECOGNITION_SHARE)
        lines = page.lines
        units = {unit.first: unit for unit in self._joining.logical_lines(page)}
        found: list[Candidate] = []
        mentioned: set[Key] = set()
        portions = self._portions(page, day)
        for index in sorted(units.keys() | portions.keys()):
            line = lines[index]
            if index in portions:
                written, parsed, abbreviated = portions[index]
                found.append(Candidate(parsed, page, line, "", portion=written, abbreviated=abbreviated))
                continue
            with guarded(Reason.failed_line, page.locate(line)):
                if self._ends_a_sentence(page, units[index]):
                    continue
                for candidate in self._of_unit(page, units[index]):
                    # In prose, words that are not in capitals are ordinary ones.
                    if Defect.not_capitals not in candidate.parsed.defects:
                        mentioned.add(candidate.key)
                    if not candidate.rest or line.zone in _BESIDE_TEXT:
                        found.append(candidate)
        return PageCandidates(found, mentioned)

    def _portions(self, page: Page, day: date) -> dict[int, Portion]:
        """Return the portion marks of a page by the index of the line that they open."""
        found: dict[int, Portion] = {}
        for index, line in enumerate(page.lines):
            if line.zone in _WITH_PORTIONS and may_open(line.text):
                with guarded(Reason.failed_line, page.locate(line)):
                    mark = self._marks.portion_of(line.text, day)
                    if mark:
                        found[index] = mark
        return found

    def _of_unit(self, page: Page, unit: LogicalLine) -> Iterator[Candidate]:
        line = page.lines[unit.first]
        for number, text in enumerate(unit.pieces):
            piece = self._of_subject(text) if line.zone is Zone.subject else self._grammar.line(text)
            if not piece.markings:
                continue
            longer = self._joining.spans_break(text, page, unit)
            piece = piece._replace(markings=longer, rest="") if longer else piece
            labelled = piece.labelled or self._label_before(page, unit, number)
            for parsed in piece.markings:
                whole = parsed if piece.rest else self._with_neighbours(parsed, page, unit, number)
                in_row = len(unit.pieces) > 1 and not labelled and line.zone not in HEADER_FOOTER
                yield Candidate(whole, page, line, piece.rest, piece, labelled=labelled, in_row=in_row)

    def _of_subject(self, text: str) -> ParsedLine:
        """Return the line of a subject.

        The word or name that ends its marking is no codeword but what the message is about: `UK
        SECRET - Plan`.
        """
        piece = self._grammar.line(text)
        title = piece.rest
        while piece.markings and (elements := piece.markings[-1].elements) and elements[-1].kind in _TITLE:
            head, _, last = piece.markings[-1].text.rpartition(elements[-1].separator)
            if not head:
                break
            title = last
            piece = self._grammar.line(text[: text.find(piece.markings[-1].text)] + head)
        return piece._replace(rest=piece.rest or title)

    def _ends_a_sentence(self, page: Page, unit: LogicalLine) -> bool:
        """Return whether the line is the end of an embargo's or a condition's sentence that began above it.

        `OFFICIAL.` below `Remains classified until 1 May 2027, after which it will be`.
        """
        if not page.lines[unit.first].text.rstrip().endswith(_ENDS):
            return False
        for pieces in islice(self._lines(page, unit, -1), _LINES_OF_A_SENTENCE):
            above = self._grammar.elements(pieces[0]) if len(pieces) == 1 else None
            if above and above.companions and above.companions[-1].kind in _SENTENCES:
                return not above.companions[-1].text.endswith(_ENDS)
            if pieces[-1].rstrip().endswith(_ENDS):
                return False
        return False

    def _label_before(self, page: Page, unit: LogicalLine, number: int) -> bool:
        """Return whether the piece, the table cell or the line before it is a label ("Classification", a line
        with its colon).
        """
        index = unit.first
        if number:
            before = unit.pieces[number - 1]
        elif index and page.lines[index].zone is page.lines[index - 1].zone:
            before = page.lines[index - 1].text
            if page.lines[index].zone is not Zone.table and not before.rstrip().endswith((":", "：")):
                return False
        else:
            return False
        parsed = self._grammar.line(before)
        return parsed.labelled and not parsed.markings and not parsed.rest

    def _with_neighbours(self, parsed: Parsed, page: Page, unit: LogicalLine, number: int) -> Parsed:
        """Return the marking with what is around it.

        The country before it on its line or above it, further elements and companions beside it,
        above it and below it.
        """
        own = [*unit.pieces[:number], *unit.pieces[number + 1 :]]
        above, below = (list(self._lines(page, unit, step)) for step in (-1, 1))
        before = [*reversed(unit.pieces[:number]), *(piece for line in above for piece in line)]
        country = parsed.originator or (nation_alone(before[0], self._words) if before else None)
        whole = replace(parsed, originator=country, defects=set(parsed.defects))
        for more in self._continuations(own):
            _merge(whole, more)
        for line in below[:_LINES_BELOW]:
            found = self._continuations(line)
            if not found:
                break
            for more in found:
                _merge(whole, more)
        behind = [*unit.pieces[number + 1 :], *(piece for line in below for piece in line)]
        whole.companions = _completed(whole.companions, behind)
        for line in above[:_LINES_ABOVE]:
            found = self._continuations(line)
            if any(more.elements for more in found) or not (found or nation_alone(line[0], self._words)):
                break
            for more in found:
                whole.companions += more.companions
        return whole

    def _continuations(self, pieces: Iterable[str]) -> list[Parsed]:
        return [more for more in (self._grammar.elements(piece) for piece in pieces) if more is not None]

    def _lines(self, page: Page, unit: LogicalLine, step: int) -> Iterator[list[str]]:
        """Yield the pieces of the lines of the same zone above (-1) or below (1), the nearest first.

        Of what is beside only what continues a marking.
        """
        own = page.lines[unit.first]
        index = unit.first if step < 0 else unit.last
        most = _LINES_ABOVE if step < 0 else _LINES_BELOW + _LINES_OF_A_SENTENCE
        for line in islice(neighbours(page, index, step), most + _LINES_BESIDE):
            pieces = line.text.split("\t")
            if not stands_beside(own, line) or self._continuations(pieces):
                yield pieces
                most -= 1
            if not most:
                return


def _merge(whole: Parsed, more: Parsed) -> None:
    """Add what `more` states, unless it is the end of a caveat that is read already."""
    if whole.caveats and Defect.caveat_no_nation in more.defects:
        return
    whole.elements = [*whole.elements, *more.elements]
    whole.caveats = [*whole.caveats, *more.caveats]
    whole.releasable_to = [*whole.releasable_to, *more.releasable_to]
    whole.companions = (*whole.companions, *more.companions)
    whole.defects |= more.defects


def _completed(companions: tuple[Companion, ...], behind: Sequence[str]) -> tuple[Companion, ...]:
    """Return the companions; a sentence that its line breaks off with the lines that end it."""
    last = companions[-1] if companions else None
    if last is None or last.kind not in _SENTENCES or last.text.endswith(_ENDS):
        return companions
    start = next((number for number, text in enumerate(behind) if text.endswith(last.text)), -1) + 1
    following = list(behind[start : start + _LINES_OF_A_SENTENCE])
    ends = [number for number, text in enumerate(following) if text.rstrip().endswith(_ENDS)]
    if not ends:
        return companions
    text = " ".join((last.text, *following[: ends[0] + 1]))
    whole = msgspec.structs.replace(last, text=text, date=last_day_in(normalise(text).text))
    return (*companions[:-1], whole)


def nation_alone(text: str, words: Lexicon) -> str | None:
    """Return the code of the country that is all of `text` (`日本国`, `UNITED KINGDOM`); None otherwise."""
    if len(text) > _LONGEST_NATION:
        return None
    term = words.terms.get(normalise(text).text.strip(" ()[]【】（）"))
    return term.country if term and term.kind is Kind.nation else None
