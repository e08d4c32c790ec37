"""The rows of a list of enclosures: a printed line, or the cells of a table side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Location, Zone
from countermark.recognition.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Line, Page

LONGEST = 300
"""Characters of a line that are read."""
_VISIBLE = frozenset((*HEADER_FOOTER, Zone.body, Zone.table, Zone.textbox))
_INDENT = 4.0
"""Points by which a line that goes on stands further in than the entry that it belongs to."""
_LEADING = 0.8
"""Heights of a line between two lines of one paragraph, at most."""
_BLANKS = re.compile(r"[^\S\t]+")


class Row(NamedTuple):
    """Cells by the number of their column, half width and in their own case.

    With the place of the row, its last line, and how far from the left it begins where that is known.
    """

    cells: dict[int, str]
    location: Location
    left: float | None
    last: Location
    is_table: bool = False

    @property
    def text(self) -> str:
        """All cells, tabs between them."""
        return "\t".join(self.cells.values())

    def is_close_below(self, above: Location | None) -> bool:
        """Return whether it follows `above` as the lines of one paragraph do."""
        own = self.location.box
        if own is None or above is None or above.box is None or self.location.page_key != above.page_key:
            return False
        return 0 <= own.y0 - above.box.y1 < own.height * _LEADING

    def is_further_in(self, left: float | None) -> bool:
        """Return whether it begins further in than `left`."""
        return self.left is not None and left is not None and self.left > left + _INDENT


def half_width(text: str) -> str:
    """Return a text half width, in its own case, with single blanks; tabs stay."""
    return _BLANKS.sub(" ", normalise(text).cased).strip()


def is_shown(line: Line) -> bool:
    """Return whether a reader sees the line in the text, or in the header or footer, of its page."""
    return line.zone in _VISIBLE and not line.unseen and not line.struck


def rows_of(page: Page) -> Iterator[Row]:
    """Yield the rows of a page in reading order."""
    cells: list[Line] = []
    for line in page.lines:
        if not is_shown(line):
            continue
        in_table = line.zone is Zone.table and bool(line.block)
        if cells and (not in_table or line.block < cells[-1].block):
            yield _table_row(cells, page)
            cells = []
        if in_table:
            cells.append(line)
            continue
        pieces = enumerate(half_width(line.text[:LONGEST]).split("\t"))
        yield Row(
            {number: piece.strip() for number, piece in pieces},
            page.locate(line),
            _left(line),
            page.locate(line),
        )
    if cells:
        yield _table_row(cells, page)


def _table_row(lines: list[Line], page: Page) -> Row:
    cells: dict[int, str] = {}
    for line in lines:
        cells[line.block] = _joined(cells.get(line.block, ""), half_width(line.text[:LONGEST]))[:LONGEST]
    return Row(cells, page.locate(lines[0]), _left(lines[0]), page.locate(lines[-1]), is_table=True)


def _left(line: Line) -> float | None:
    return line.box.x0 if line.box else None


def _joined(before: str, after: str) -> str:
    """Return two lines of one cell as they are read: closed up after a hyphen and beside kanji."""
    is_closed = not before or before.endswith("-") or not (before[-1].isascii() and after[:1].isascii())
    return before + after if is_closed else f"{before} {after}"
