"""A sheet to its pages: one for each kind of printed page.

The header of a sheet is what its print header says and what its first rows do: the first one, those that stay
when others move (18.3.1.66), those that are printed on each page, and as many as three of one cell each.
Its footer is the print footer and the last rows of one cell. A hidden sheet is a page that is not live; an
empty one shows and prints nothing, and is none.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from countermark.model import HEADER_FOOTER, PageKind, Unseen, Zone
from countermark.readers.flow.pages import FROM_FIRST, HeaderFooterPart, SectionContent, pages_of
from countermark.readers.ooxml.values import OFF
from countermark.readers.xlsx.print_headers import PICTURE, print_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from countermark.model import Page
    from countermark.readers.flow.lines import Text
    from countermark.readers.xlsx.cells import Row, SheetRows

PRINTED = {
    (zone, kind): f"{prefix}{zone.value.capitalize()}"
    for zone in HEADER_FOOTER
    for prefix, kind in (("odd", PageKind.default), ("even", PageKind.even), ("first", PageKind.first))
}
"""Zone and kind of page -> the element of headerFooter that has its text."""
FIRST_ROWS, LAST_ROWS, FIXED_ROWS = 3, 2, 20
"""The most rows of one cell that are header or footer, and of those that stay or are printed on each page."""


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


def sheet_pages(sheet: Sheet, content: SheetRows, fields: Mapping[str, str]) -> Iterator[Page]:
    """Return the pages of a sheet; `fields` are what the fields of its print header show."""
    above, body, below = _divided(content, sheet.titles)
    kinds = {kind for kind in PageKind if _is_live(content, kind)}
    parts = {}
    for (zone, kind), name in PRINTED.items():
        written = content.print_texts.get(name, "")
        rows = above if zone is Zone.header else below
        own = [text._replace(zone=zone) for text in rows] if kind in kinds else []
        lines = list(print_lines(written, zone, sheet.part, fields))
        ordered = [*lines, *own] if zone is Zone.header else [*own, *lines]
        is_failed = sheet.failed and kind in kinds
        parts[zone, kind] = HeaderFooterPart(ordered, PICTURE in written.upper(), is_failed)
    if sheet.hidden:
        shown = [text for part in parts.values() for text in part.texts]
        body, parts = _unseen([*shown, *body, *sheet.beside]), {}
        kinds = set()
    elif not (content.filled or content.rows or content.print_texts or sheet.beside or sheet.pictured):
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


def _is_live(content: SheetRows, kind: PageKind) -> bool:
    """Return whether pages of this kind have a header and footer of their own."""
    flags = {PageKind.first: "differentFirst", PageKind.even: "differentOddEven"}
    return kind is PageKind.default or (
        kind in flags and content.print_flags.get(flags[kind], "0") not in OFF
    )


def _unseen(texts: Sequence[Text]) -> list[Text]:
    """Return the texts of a sheet that is hidden as a whole."""
    return [
        text
        if text.zone in (Zone.comment, Zone.image)
        else text._replace(zone=Zone.hidden, unseen=text.unseen or Unseen.hidden)
        for text in texts
    ]
