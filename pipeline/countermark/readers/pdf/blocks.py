"""Which printed text belongs together in a column of a table, in a box, or in a column of a header."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.model import Box
    from countermark.readers.pdf.ruling import Cell, Ruling

_FEWEST_COLUMNS = 2
"""Of so many columns with two rows and more a header is read by column, not by row."""
_SAME_COLUMN = 3.0


class PrintedText(NamedTuple):
    """A stretch of text: its zone, its box on the page as seen, and in the frame in which the page reads
    upright.
    """

    zone: Zone
    seen: Box
    upright: Box


def blocks_of(texts: Sequence[PrintedText], ruling: Ruling, *, sideways: bool) -> list[tuple[Zone, int]]:
    """Return the zone of each text and the number of its block, 0 for none.

    Text in a cell of a table is a block with what lies above and below it there, and outside of header and
    footer its zone is `table`. So is that of a box by itself, unless it opens or ends the page's text, as a
    stamp does. `sideways`: the page reads upwards or downwards as seen.
    """
    cells = [ruling.cell(text.seen) for text in texts]
    body = [text.seen for text in texts if text.zone is Zone.body]
    reach = min((box.y1 for box in body), default=0.0), max((box.y0 for box in body), default=0.0)
    zones = [_zone(text, cell, *reach) for text, cell in zip(texts, cells, strict=True)]
    keys: list[tuple[object, ...] | None] = [
        (text.zone, *_column(cell, sideways=sideways)) if cell else None
        for text, cell in zip(texts, cells, strict=True)
    ]
    for zone in HEADER_FOOTER:
        free = [index for index, text in enumerate(texts) if text.zone is zone and cells[index] is None]
        for number, column in enumerate(_columns([texts[index].upright for index in free])):
            for place in column:
                keys[free[place]] = (zone, number)
    numbers: dict[tuple[object, ...], int] = {}
    blocks = [0 if key is None else numbers.setdefault(key, len(numbers) + 1) for key in keys]
    return list(zip(zones, blocks, strict=True))


def _zone(text: PrintedText, cell: Cell | None, first: float, last: float) -> Zone:
    """Return the zone of a text.

    The first line of the page's text ends at `first`, its last begins at `last`.
    """
    if cell is None or text.zone is not Zone.body:
        return text.zone
    opens, ends = first > cell.box.y0, last < cell.box.y1
    return Zone.body if opens != ends and cell.is_alone else Zone.table


def _column(cell: Cell, *, sideways: bool) -> tuple[int, int]:
    """Return what the cells of a column share: where it begins and ends."""
    start, end = (cell.box.y0, cell.box.y1) if sideways else (cell.box.x0, cell.box.x1)
    return round(start / _SAME_COLUMN), round(end / _SAME_COLUMN)


def _columns(boxes: Sequence[Box]) -> Iterator[list[int]]:
    """Return the columns that the boxes of a header or footer make, by their indices.

    Stretches of the page's width with a gap between them. None where fewer than two of them have several
    rows.
    """
    found: list[list[int]] = []
    end = float("-inf")
    for index in sorted(range(len(boxes)), key=lambda index: boxes[index].x0):
        if boxes[index].x0 > end:
            found.append([])
        found[-1].append(index)
        end = max(end, boxes[index].x1)
    if sum(len(column) > 1 for column in found) >= _FEWEST_COLUMNS:
        yield from found
