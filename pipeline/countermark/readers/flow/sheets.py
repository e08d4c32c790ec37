"""A sheet to its pages: one for each kind of printed page.

The header of a sheet is what its print header says and what its first rows do: the first one, those that
stay when others move (ECMA-376 18.3.1.66), those that are printed on each page, and as many as three of one
cell each. Its footer is the print footer and the last rows of one cell. A hidden sheet is a page that is not
live; an empty one shows and prints nothing, and is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from countermark.model import HEADER_FOOTER, PageKind, Unseen, Zone
from countermark.readers.flow.pages import (
    EMPTY,
    FROM_FIRST,
    HeaderFooterPart,
    Parts,
    SectionContent,
    pages_of,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from countermark.model import Page
    from countermark.readers.flow.lines import Text

FIRST_ROWS, LAST_ROWS, FIXED_ROWS = 3, 2, 20
"""The most rows of one cell that are header or footer, and of those that stay or are printed on each page."""


class Row(NamedTuple):
    """A row with lines, by its number, and how many cells with a value it has."""

    number: int
    lines: Sequence[Text]
    cells: int


@dataclass
class SheetRows:
    """What the cells of a sheet hold.

    `rows`: those that have lines, in order; `frozen`: how many rows stay when the others move; `filled`:
    some cell has a value.
    """

    rows: list[Row] = field(default_factory=list)
    frozen: int = 0
    filled: bool = False


class Sheet(NamedTuple):
    """A sheet of a workbook, `number` counting from 1 as its tab does.

    `titles`: the last of the rows that are printed on each page, 0 for none; `beside`: what its drawings
    and comments say.
    """

    number: int
    name: str
    part: str
    hidden: bool
    titles: int = 0
    beside: Sequence[Text] = ()
    pictured: bool = False
    failed: bool = False


def sheet_pages(
    sheet: Sheet, content: SheetRows, printed: Parts, live: Container[PageKind]
) -> Iterator[Page]:
    """Return the pages of a sheet.

    `printed` are its print headers and footers, `live` the kinds of its pages.
    """
    above, body, below = _divided(content, sheet.titles)
    kinds = {kind for kind in FROM_FIRST if kind in live}
    parts: Parts = {}
    for zone in HEADER_FOOTER:
        rows = [text._replace(zone=zone) for text in (above if zone is Zone.header else below)]
        for kind in FROM_FIRST:
            part = printed.get((zone, kind), EMPTY)
            own = rows if kind in kinds else []
            ordered = [*part.texts, *own] if zone is Zone.header else [*own, *part.texts]
            parts[zone, kind] = HeaderFooterPart(ordered, part.pictured, sheet.failed and kind in kinds)
    if sheet.hidden:
        shown = [text for part in parts.values() for text in part.texts]
        body, parts = _unseen([*shown, *body, *sheet.beside]), {}
        kinds = set()
    elif not (content.filled or content.rows or printed or sheet.beside or sheet.pictured):
        kinds = {PageKind.default} if sheet.failed else set()
    else:
        body = [*body, *sheet.beside]
    section = SectionContent(body, parts, FROM_FIRST, kinds, sheet.pictured)
    for page in pages_of(section, sheet.number):
        yield replace(page, name=sheet.name)


def _divided(content: SheetRows, titles: int) -> tuple[list[Text], list[Text], list[Text]]:
    """Return the lines of the header, the body and the footer. What nobody sees is in none but the body."""
    seen = [row for row in content.rows if any(not line.unseen for line in row.lines)]
    fixed = min(max(content.frozen, titles), FIXED_ROWS)
    top = {row.number for row in seen[:1]} | {row.number for row in seen if row.number <= fixed}
    top.update(row.number for row in takewhile(_is_alone, seen[:FIRST_ROWS]))
    bottom = {row.number for row in takewhile(_is_alone, reversed(seen[-LAST_ROWS:]))} - top
    above: list[Text] = []
    body: list[Text] = []
    below: list[Text] = []
    for row in content.rows:
        place = above if row.number in top else below if row.number in bottom else body
        for line in row.lines:
            (body if line.unseen else place).append(line)
    return above, body, below


def _is_alone(row: Row) -> bool:
    return row.cells == 1


def _unseen(texts: Sequence[Text]) -> list[Text]:
    """Return the texts of a sheet that is hidden as a whole."""
    return [
        text
        if text.zone in (Zone.comment, Zone.image)
        else text._replace(zone=Zone.hidden, unseen=text.unseen or Unseen.hidden)
        for text in texts
    ]
