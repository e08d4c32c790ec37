"""What the lines around a candidate say of it: a company's name, an example's announcement, a title."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Zone
from countermark.recognition.candidates import TEXT, TITLES
from countermark.recognition.columns import neighbours
from countermark.recognition.normalise import normalise
from countermark.recognition.printed_messages import lines_to_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from countermark.model import Document
    from countermark.recognition.candidates import Candidate, Key
    from countermark.recognition.grammar import Grammar
    from countermark.standards.vocabulary import Vocabulary

_LARGER = 1.4
"""A title's letters, as a multiple of those of the text."""
_FEWEST_LINES = 2
"""Lines of text from which on its size is known."""
_REACH = 6
"""Lines that an announcement reaches down, as far as they are no text of their own."""
_LONGEST_EXAMPLE = 60
_LONGEST_LINE = 120
"""What is longer is text: it is not looked through for each candidate anew."""
_TITLE_BLOCK = 12
"""Lines at the beginning of a document that say what it is."""
_ROW_GAP = 2.5
"""A table's rows follow one another within so many heights of a line."""
_TIERS_OF_A_LIST = 3
_OF_SEVERAL_EDGES = {"head-and-foot", "repeated"}
_SIGN_BEFORE = re.compile(r"(?: [-–—/]|[|•·]) ?$")
_SIGN_AFTER = re.compile(r" ?(?:[-–—/] |[|•·])")
_SUPPORTED = {"head-and-foot", "repeated", "complete", "labelled", "companions", "as-at-edges"}


class Surroundings:
    """Reads the lines around candidates."""

    def __init__(self, vocabulary: Vocabulary, grammar: Grammar) -> None:
        self._grammar, self._headings = grammar, vocabulary.heading_words
        self._companies = re.compile("|".join(vocabulary.companies))
        self._announcements = re.compile("|".join(vocabulary.announcements))
        self._message_fields = re.compile("|".join(vocabulary.message_fields))

    def weigh(self, found: Sequence[Candidate], document: Document) -> None:
        """Add the evidence that candidates have from the lines around them."""
        places = {id(line): index for page in document.pages for index, line in enumerate(page.lines)}
        edges = {_letters(candidate) for candidate in found if candidate.line.zone in HEADER_FOOTER} - {""}
        marked = any(candidate.line.zone in HEADER_FOOTER and not candidate.rest for candidate in found)
        is_in_text = any(candidate.line.zone in TEXT and not candidate.portion for candidate in found)
        in_message = lines_to_mark(document, self._message_fields) if is_in_text else frozenset()
        for candidate in found:
            index = places.get(id(candidate.line))
            if candidate.portion or index is None:
                continue
            reasons = [*self._around(candidate, index)]
            if (
                candidate.labelled
                and index < _TITLE_BLOCK
                and candidate.page is next(iter(document.live_pages), None)
            ):
                reasons.append("title-block")
            if id(candidate.line) in in_message and candidate.line.zone in TEXT and not candidate.rest:
                reasons.append("in-message")
            else:
                reasons += _beside_the_edges(candidate, edges, is_marked=marked)
            candidate.evidence.update(dict.fromkeys(reasons))
        _weigh_ends(found)
        _weigh_lists_at_edges(found)
        self._weigh_titles(found, document, places)

    def _around(self, candidate: Candidate, index: int) -> Iterator[str]:
        is_bare = "complete" not in candidate.evidence and (
            candidate.rest or "plain-word" in candidate.evidence
        )
        if _is_set_off(candidate):
            yield "set-apart"
        elif is_bare and self._names_company(candidate, index):
            yield "company"
        if candidate.line.zone in (*HEADER_FOOTER, *TEXT) and self._is_announced(candidate, index):
            yield "announced"
        if candidate.line.zone is Zone.body and not candidate.labelled and _is_in_rows(candidate, index):
            yield "in-rows"

    def _names_company(self, candidate: Candidate, index: int) -> bool:
        """Return whether a company's name is on the line, or on the one above or below it."""
        beside = [
            candidate.line,
            *(line for step in (-1, 1) for line in islice(neighbours(candidate.page, index, step), 1)),
        ]
        return any(
            len(line.text) <= _LONGEST_LINE and self._companies.search(normalise(line.text).text)
            for line in beside
        )

    def _is_announced(self, candidate: Candidate, index: int) -> bool:
        """Return whether a line above introduces it as an example ("Write it so:"), only short lines
        between.
        """
        for line in islice(neighbours(candidate.page, index, -1), _REACH):
            if self._announcements.search(normalise(line.text.strip()[-_LONGEST_LINE:]).text):
                return not self._grammar.line(line.text).labelled
            if len(line.text) > _LONGEST_EXAMPLE:
                return False
        return False

    def _weigh_titles(
        self, found: Sequence[Candidate], document: Document, places: Mapping[int, int]
    ) -> None:
        """Weigh a bare word that occurs once, as titles do.

        At the head of one page of several, in larger letters than the text, or as the outline has it;
        or a handling mark that heads chapters of manuals too.
        """
        bare = [
            candidate
            for candidate in found
            if not candidate.portion and not candidate.rest and not candidate.evidence.keys() & _SUPPORTED
        ]
        seen = [candidate for candidate in bare if candidate.line.zone not in TITLES]
        times = Counter(candidate.key for candidate in (*seen, *filter(_is_borne_out_at_an_edge, found)))
        marked = {
            candidate.key
            for candidate in found
            if candidate.line.zone in HEADER_FOOTER and not candidate.rest
        }
        outline = {normalise(line.text).text for line in document.lines if line.zone is Zone.bookmark}
        usual = _usual(document)
        classified = {id(candidate.line) for candidate in found if _is_classification(candidate)}
        titles = [
            candidate
            for candidate in seen
            if times[candidate.key] == 1
            and candidate.line.zone in (Zone.header, Zone.body)
            and (
                any(_title_signs(candidate, document, outline, usual))
                or self._heads_a_chapter(candidate, places, classified)
            )
        ]
        keys = {title.key for title in titles}
        alone = (
            candidate
            for candidate in bare
            if candidate.line.zone in TITLES and (candidate.key in keys or _is_title(candidate, marked))
        )
        for candidate in (*titles, *alone):
            candidate.evidence["title"] = None

    def _heads_a_chapter(
        self, candidate: Candidate, places: Mapping[int, int], classified: Collection[int]
    ) -> bool:
        """Return whether it is a handling mark at the head of a printed page that heads chapters too, no
        line with a classification (`classified`: the identities of such) directly above or below it.
        """
        line = candidate.line
        if line.zone is not Zone.header or line.part or candidate.key[1] not in self._headings:
            return False
        index = places[id(line)]
        beside = (next(neighbours(candidate.page, index, step), None) for step in (-1, 1))
        return not any(id(neighbour) in classified for neighbour in beside if neighbour)


def _is_classification(candidate: Candidate) -> bool:
    """Return whether it is a classification, no handling mark, alone on its line."""
    return not candidate.rest and not candidate.portion and "handling-mark" not in candidate.evidence


def _is_borne_out_at_an_edge(candidate: Candidate) -> bool:
    """Return whether it is alone on its line at an edge of the page, and no title."""
    is_edge = candidate.line.zone in HEADER_FOOTER or "edge-of-page" in candidate.evidence
    return (
        is_edge
        and not candidate.rest
        and not candidate.portion
        and not _SUPPORTED.isdisjoint(candidate.evidence)
    )


def _weigh_ends(found: Sequence[Candidate]) -> None:
    """Raise the same marking in the first and in the last line of a page's text, as in header and footer."""
    at_ends = [candidate for candidate in found if "edge-of-page" in candidate.evidence]
    ends: dict[tuple[int, Key], set[int]] = {}
    for candidate in at_ends:
        ends.setdefault((id(candidate.page), candidate.key), set()).add(id(candidate.line))
    for candidate in at_ends:
        if len(ends[id(candidate.page), candidate.key]) > 1:
            candidate.evidence["at-both-ends"] = None


def _weigh_lists_at_edges(found: Sequence[Candidate]) -> None:
    """Many tiers of one country in one header or footer, each alone on its line, are a list of them that
    reaches the page's edge.
    """
    places: dict[tuple[int, Zone, str | None, str | None], list[Candidate]] = {}
    for candidate in found:
        line = candidate.line
        if line.zone in HEADER_FOOTER and not candidate.rest:
            place = id(candidate.page), line.zone, line.part, candidate.parsed.country
            places.setdefault(place, []).append(candidate)
    for listed in map(_without_the_page_s_own, places.values()):
        if len({candidate.key for candidate in listed}) >= _TIERS_OF_A_LIST:
            for candidate in listed:
                candidate.evidence.update(dict.fromkeys(("about-markings", "list-item")))


def _without_the_page_s_own(at_edge: list[Candidate]) -> list[Candidate]:
    """Return the candidates of a header or footer but for the outermost, where that one is the page's own
    marking: another head or foot bears the same, or the list has it again.
    """
    outermost = 0 if at_edge[0].line.zone is Zone.header else len(at_edge) - 1
    own = at_edge[outermost]
    is_again = sum(candidate.key == own.key for candidate in at_edge) > 1
    if not is_again and own.evidence.keys().isdisjoint(_OF_SEVERAL_EDGES):
        return at_edge
    return at_edge[:outermost] + at_edge[outermost + 1 :]


def _beside_the_edges(candidate: Candidate, edges: set[str], *, is_marked: bool) -> Iterator[str]:
    """Yield what the heads and feet of the document (`edges`) say of a line of its text."""
    if candidate.line.zone is not Zone.body:
        return
    if "edge-of-page" in candidate.evidence:
        if _letters(candidate) in edges:
            yield "as-footer"
    elif candidate.line.centred is False and not is_marked:
        yield "unmarked-elsewhere"


def _letters(candidate: Candidate) -> str:
    return "".join(candidate.line.text.split()) if len(candidate.line.text) <= _LONGEST_LINE else ""


def _is_set_off(candidate: Candidate) -> bool:
    """Return whether a sign parts it from what is beside it at header and footer alike: `OFFICIAL | Northgate
    Ltd`. Companies write a word of their own so, but not one that is rare outside markings.
    """
    if "plain-word" in candidate.evidence or "head-and-foot" not in candidate.evidence:
        return False
    text = candidate.parsed.line.text
    return bool(
        _SIGN_BEFORE.search(text[: candidate.parsed.start]) or _SIGN_AFTER.match(text[candidate.parsed.end :])
    )


def _is_in_rows(candidate: Candidate, index: int) -> bool:
    """Return whether the line continues the rows of a table.

    The line above it has several pieces, and it stands within that one's borders, not at their middle.
    """
    above = next(neighbours(candidate.page, index, -1), None)
    if above is None or "\t" not in above.text.strip():
        return False
    own, row = candidate.line.box, above.box
    if own is None or row is None:
        return False
    is_close = 0 <= own.y0 - row.y1 < _ROW_GAP * own.height
    is_within = row.x0 - own.height < own.x0 and own.x1 < row.x1 + own.height
    return is_close and is_within and not candidate.line.centred


def _is_title(candidate: Candidate, marked: set[Key]) -> bool:
    """Return whether it is a document's title property, and no header or footer bears it."""
    is_title = candidate.line.zone is Zone.property and "title" in (candidate.line.part or "").lower()
    return is_title and candidate.key not in marked


def _title_signs(
    candidate: Candidate,
    document: Document,
    outline: set[str],
    usual: tuple[float, str | None] | None,
) -> Iterator[bool]:
    yield normalise(candidate.line.text).text in outline
    if "in-japanese" in candidate.evidence:
        return
    numbered = [page for page in document.live_pages if page.number and page.lines]
    yield len(numbered) > 1 and candidate.line.zone is Zone.header
    if usual and candidate.line.size:
        size, colour = usual
        yield candidate.line.size >= _LARGER * size and candidate.line.colour in (None, colour)


def _usual(document: Document) -> tuple[float, str | None] | None:
    """Size and colour of the document's text; None where too little of it is known."""
    lines = [
        line for page in document.live_pages for line in page.lines if line.size and not line.text.isspace()
    ]
    if len(lines) < _FEWEST_LINES:
        return None
    colours = Counter(line.colour for line in lines)
    return median(line.size or 0 for line in lines), colours.most_common(1)[0][0]
