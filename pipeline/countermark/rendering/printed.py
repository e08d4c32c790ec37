"""Where the places of a Word file stand on the pages that it was printed on.

A place in a Word file is a line of a section; which page shows it is known only once a program has laid
the file out. Sections, page kinds and lines are found on the print by their text.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Box, Location, Noun, PageKind, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from countermark.model import Document, Page

_FIRST_LINES = 8
"""How many lines of a printed page are looked up for the section that it begins in."""
_UNPRINTED = frozenset((Zone.hidden, Zone.comment))


class PrintedPlace(Noun, frozen=True):
    """A place of a Word file on the print: `page` counts the printed pages from 1."""

    location: Location
    page: int
    box: Box


class Words(NamedTuple):
    """A printed line: its `key`, and whether it is one of the head and foot of its page kind."""

    key: str
    box: Box
    is_edge: bool


class Printed(NamedTuple):
    """A page of the print, by its number.

    The section and page kind of the Word file that it shows, and its lines.
    """

    number: int
    section: int
    kind: PageKind
    lines: tuple[Words, ...]


def printed_pages(word: Document, paper: Document) -> list[Printed]:
    """Return the pages of the print `paper`, each with the section of the first line on it that a section
    of `word` has, and with the page kind whose head and foot it shows.
    """
    bodies = {
        page.section: _joined(page) for page in word.pages if page.kind is PageKind.default and page.section
    }
    found: list[Printed] = []
    at, edges = min(bodies, default=1), _edges_of(word)
    for number, page in enumerate(paper.pages, 1):
        keyed = [(key(line.text), line) for line in page.lines if line.box]
        inner = [
            words for words, line in keyed if words and not (line.zone in HEADER_FOOTER and words in edges)
        ]
        section = _section(inner[:_FIRST_LINES], {body: bodies[body] for body in bodies if body >= at}) or at
        begins = not found or section != at
        kinds = [page for page in word.live_pages if page.section == section]
        kind = _kind("\n".join(words for words, _ in keyed), kinds, number, begins=begins)
        lines = (
            Words(words, line.box, line.zone in HEADER_FOOTER and words in edges)
            for words, line in keyed
            if line.box
        )
        found.append(Printed(number, section, kind, tuple(lines)))
        at = section
    return found


def _joined(page: Page) -> str:
    return "\n".join(key(line.text) for line in page.lines)


def _edges_of(word: Document) -> str:
    """Return all heads and feet, to be looked into."""
    return "\n".join(
        key(line.text) for page in word.pages for line in page.lines if line.zone in HEADER_FOOTER
    )


def _section(lines: Sequence[str], bodies: Mapping[int, str]) -> int | None:
    """Return the section that has the first of the lines that any has."""
    found = (section for line in lines for section, body in sorted(bodies.items()) if line in body)
    return next(found, None)


def _kind(shown: str, kinds: Sequence[Page], number: int, *, begins: bool) -> PageKind:
    """Return the page kind whose head and foot a page shows best.

    Of several the one that Word would take for this page (ECMA-376 17.10.5).
    """
    due = PageKind.first if begins else PageKind.default if number % 2 else PageKind.even
    scores = {
        kind.kind: sum(
            1 if key(line.text) in shown else -1 for line in kind.lines if line.zone in HEADER_FOOTER
        )
        for kind in kinds
        if kind.kind
    }
    fitting = [kind for kind, score in scores.items() if score == max(scores.values())]
    return due if due in fitting else min(fitting, default=PageKind.default)


def placements(
    word: Document, printed: Sequence[Printed], wanted: Iterable[tuple[Location, str]]
) -> Iterator[PrintedPlace]:
    """Yield each of the locations on each printed page that shows it.

    What is `wanted` are locations of lines, with the words that are looked for in each, or with none for
    the line's beginning.
    """
    lines, order = {}, {}
    met: Counter[tuple[int | None, Zone, str]] = Counter()
    for page in word.pages:
        for line in page.lines:
            location, same = page.locate(line), (page.section, line.zone, key(line.text))
            lines[location], order[location] = same[2], met[same]
            met[same] += 1
    for location, words in dict.fromkeys(wanted):
        line_key = lines.get(location)
        if not line_key or location.zone in _UNPRINTED:
            continue
        if location.zone in HEADER_FOOTER:
            yield from _on_edges(location, key(words) or line_key, printed)
        else:
            yield from _in_body(location, line_key, key(words), order[location], printed)


def _on_edges(location: Location, words: str, printed: Sequence[Printed]) -> Iterator[PrintedPlace]:
    """Yield the outermost line with these words, on each page of that kind."""
    outermost = max if location.zone is Zone.footer else min
    for page in printed:
        fitting = [line for line in page.lines if words in line.key]
        if fitting and (page.section, page.kind) == (location.section, location.kind):
            edges = [place.box for place in fitting if place.is_edge] or [place.box for place in fitting]
            box = outermost(edges, key=lambda box: box.y0)
            yield PrintedPlace(location=location, page=page.number, box=box)


def _in_body(
    location: Location, line: str, words: str, before: int, printed: Sequence[Printed]
) -> Iterator[PrintedPlace]:
    """Of the printed lines that may be this one, that which comes after as many others as it does."""
    fitting = [
        (shown.key == line, PrintedPlace(location=location, page=page.number, box=shown.box))
        for page in _pages_of(location.section or 1, printed)
        for shown in page.lines
        if not shown.is_edge and _shows(shown.key, line, words)
    ]
    best = [place for whole, place in fitting if whole] or [place for _, place in fitting]
    yield from best[min(before, len(best) - 1) :][:1]


def _pages_of(section: int, printed: Sequence[Printed]) -> Iterator[Printed]:
    """Yield the pages that may show a section: it can begin on one that begins with an earlier section."""
    following = [page.section for page in printed[1:]]
    last = printed[-1].section if printed else 0
    for page, after in zip(printed, (*following, max(last, section)), strict=False):
        if page.section <= section <= after:
            yield page


def _shows(piece: str, line: str, words: str) -> bool:
    """Return whether a printed line is that line of the Word file, or the piece of it with the words."""
    if words:
        return words in piece and (piece in line or line in piece)
    return line in piece or (len(piece) > 1 and line.startswith(piece))


def key(text: str) -> str:
    """Return what is compared: letters regardless of case and space."""
    return "".join(text.split()).casefold()
