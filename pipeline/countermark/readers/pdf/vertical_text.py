"""Vertical text: characters that stand one under another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from countermark.model import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.pdf.piece import Piece

_STACKED = 1.9
_ALIGNED = 0.3
_GAP = 0.6
_LONGEST_STACK = 12
_DOWN = 3
_STACKS_BESIDE = 4


def is_stacked(piece: Piece) -> bool:
    """Return whether a piece reaches over more than one row.

    PDFium takes what is one under another for one vertical line, however far apart.
    """
    box = piece.box
    if box is None:
        return False
    across = box.x1 - box.x0 if piece.angle and piece.is_sideways else box.y1 - box.y0
    return across > _STACKED * (piece.size or 0)


def end_at_edge(piece: Piece, box: Box, height: float) -> Box:
    """Return where a short vertical text begins or ends, whichever is nearer to the head or foot of a page of
    this height: by this it is told whether it belongs there. Any other piece is where its `box` is.
    """
    if len(piece.text) > _LONGEST_STACK or piece.is_sideways or not is_stacked(piece):
        return box
    size = piece.size or 0
    if box.y0 < height - box.y1:
        return Box(box.x0, box.y0, box.x1, box.y0 + size)
    return Box(box.x0, box.y1 - size, box.x1, box.y1)


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, single letters that stand close one under another, each alone on its line, made one.

    Lines beside a stack may stand between its letters, or in another size on a line with them. Equal
    letters in turn are no word but a column of a table.
    """
    rows = Counter((piece.line, piece.size) for piece in pieces)
    found: list[Piece] = []
    ends: list[tuple[int, Piece]] = []
    for piece in pieces:
        if len(piece.text) != 1 or not piece.text.isalpha() or rows[piece.line, piece.size] > 1:
            found.append(piece)
            continue
        number = next((number for number, (_, end) in enumerate(ends) if _is_under(end, piece)), None)
        if number is None:
            ends = [*ends[1 - _STACKS_BESIDE :], (len(found), piece)]
            found.append(piece)
        else:
            at = ends[number][0]
            above = found[at]
            text, box = above.text + piece.text, around(above.box, piece.box)
            found[at] = msgspec.structs.replace(above, text=text, box=box)
            ends[number] = at, piece
    return found


def in_reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, neighbouring lines that read downwards put from right to left.

    PDFium gives them from left to right.
    """
    found: list[Piece] = []
    columns: list[Piece] = []
    for piece in pieces:
        if not (columns and _reads_down(piece) and _is_beside(columns[-1].box, piece.box)):
            found += sorted(columns, key=_from_the_right)
            columns = []
        if _reads_down(piece):
            columns.append(piece)
        else:
            found.append(piece)
    return found + sorted(columns, key=_from_the_right)


def _from_the_right(piece: Piece) -> float:
    return -piece.box.x0 if piece.box else 0.0


def _is_beside(box: Box | None, other: Box | None) -> bool:
    return box is not None and other is not None and box.y0 < other.y1 and other.y0 < box.y1


def _reads_down(piece: Piece) -> bool:
    if piece.box is None:
        return False
    return round(piece.angle / 90) % 4 == _DOWN if piece.is_sideways else is_stacked(piece)


def _is_under(above: Piece, piece: Piece) -> bool:
    if above.box is None or piece.box is None or not piece.size or above.size != piece.size:
        return False
    apart = abs(above.box.x0 + above.box.x1 - piece.box.x0 - piece.box.x1) / 2
    gap = piece.box.y0 - above.box.y1
    is_near = apart < _ALIGNED * piece.size and -_GAP * piece.size < gap < _GAP * piece.size
    return is_near and above.text != piece.text and above.unseen == piece.unseen


def around(box: Box | None, other: Box | None) -> Box | None:
    """Return the box around two boxes, or the one that there is."""
    if box is None or other is None:
        return box or other
    return Box(min(box.x0, other.x0), min(box.y0, other.y0), max(box.x1, other.x1), max(box.y1, other.y1))
