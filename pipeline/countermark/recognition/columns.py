"""Which lines stand above and below one another: neighbours of the same column, not of the reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.model import Box, Line, Page

_SHARED_HEIGHT = 0.3
"""From this share of the lower one's height on, two lines stand in one row."""
_MOST_BESIDE = 16
"""Lines of other columns that may come between the lines of one: the cells of a row."""


def stands_beside(line: Line, other: Line) -> bool:
    """Return whether `other` is left or right of `line`.

    In its row, in another column or in another block. Lines of one note have its box and stand one below
    the other.
    """
    if line.block != other.block:
        return True
    if line.box is None or other.box is None or line.box == other.box:
        return False
    return _share_a_row(line.box, other.box) or other.box.x1 < line.box.x0 or other.box.x0 > line.box.x1


def _share_a_row(box: Box, other: Box) -> bool:
    shared = min(box.y1, other.y1) - max(box.y0, other.y0)
    return shared > _SHARED_HEIGHT * min(box.height, other.height)


def in_column(page: Page, index: int, step: int) -> Iterator[Line]:
    """Yield the lines below the one at `index` (step 1) or above it (-1) in its column, as far as not too
    many lines beside it come between.
    """
    own = page.lines[index]
    beside = 0
    for line in neighbours(page, index, step):
        if not stands_beside(own, line):
            yield line
        elif (beside := beside + 1) > _MOST_BESIDE:
            return


def neighbours(page: Page, index: int, step: int) -> Iterator[Line]:
    """Yield the lines after the one at `index` (step 1) or before it (-1) in its zone and part."""
    own = page.lines[index]
    while 0 <= (index := index + step) < len(page.lines):
        line = page.lines[index]
        if (line.zone, line.part) != (own.zone, own.part):
            return
        yield line


def by_blocks(lines: Sequence[Line]) -> list[int]:
    """Return the indices of a page's lines, those of a cell or box one after another.

    Where cells are side by side, the rows of one follow one another in the reading order only by turns.
    """
    order: list[int] = []
    taken: set[int] = set()
    for index, line in enumerate(lines):
        if index in taken:
            continue
        order.append(index)
        if not line.block:
            continue
        for other in range(index + 1, min(len(lines), index + 1 + _MOST_BESIDE)):
            same_place = (lines[other].zone, lines[other].part) == (line.zone, line.part)
            if same_place and lines[other].block == line.block and other not in taken:
                order.append(other)
                taken.add(other)
    return order
