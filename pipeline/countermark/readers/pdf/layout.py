"""From pieces of text to the pages of a Document: upright frames, zones, rows of heads and feet."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Box, Line, Page, Unseen, Zone
from countermark.readers.header_footer import MARGIN_SHARE, PageGeometry, TextBlock, assign_zones
from countermark.readers.pdf.blocks import PrintedText, blocks_of
from countermark.readers.pdf.text import DISPLAY_SIZE, EDGE
from countermark.readers.pdf.vertical_text import around, end_at_edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.piece import Piece
    from countermark.readers.pdf.ruling import Cell, Ruling

_MOST_TAGGED = 12
_SMALLEST = 1.0
"""Type smaller than this, in points, is not seen."""
_TILT = 3.0
_CENTRED_WITHIN = 0.03
_TAB_IN_SIZES = 1.5
_SPACE_IN_SIZES = 0.15
_OVERLAP = 1.0
_MARGIN = 0.065
"""The part of a page's height at head and foot that holds no text of its own, a little less than usual
margins."""


class PrintedPage(NamedTuple):
    """What was found on a page.

    `readable` as in the model; `stated` are the zones that artifacts state, by their marks; `ruling` are
    its ruling lines.
    """

    number: int
    frame: Frame
    pieces: Sequence[Piece]
    readable: bool
    stated: Mapping[int, Zone]
    ruling: Ruling


class _Placed(msgspec.Struct, frozen=True, gc=False):
    """A piece with its zone and the number of its block.

    `box` lies in the frame in which the page's text reads upright.
    """

    piece: Piece
    zone: Zone
    box: Box
    block: int = 0


def lay_out(printed: Sequence[PrintedPage]) -> list[Page]:
    """Return the pages of a document with their lines.

    The header row by row, the rest in PDFium's order, then the footer row by row.
    """
    told = [page._replace(pieces=_told(page)) for page in printed]
    sheets = [_sheet(page) for page in told]
    zones = assign_zones(sheets)
    return [_page(*parts) for parts in zip(told, sheets, zones, strict=True)]


def _sheet(page: PrintedPage) -> PageGeometry:
    """Return the page turned so that most of its text reads upright."""
    width, height = page.frame.size
    letters = [0, 0, 0, 0]
    for piece in page.pieces:
        letters[round(piece.angle / 90) % 4 if piece.angle else 0] += len(piece.text)
    turn = letters.index(max(letters))
    upright = (height, width) if turn % 2 else (width, height)
    tagged = sum(piece.artifact != 0 for piece in page.pieces)
    spots = [
        _spot(piece, piece.box, turn, page, trust_tags=tagged <= _MOST_TAGGED)
        for piece in page.pieces
        if piece.box
    ]
    return PageGeometry(*upright, spots)


def _told(page: PrintedPage) -> list[Piece]:
    """Return the pieces, those off the page or too small to be seen told as unseen."""
    width, height = page.frame.size
    found = []
    for piece in page.pieces:
        why = piece.unseen
        if piece.box and why in (None, Unseen.clipped):
            why = _unseen(piece, piece.box, width, height) or why
        found.append(msgspec.structs.replace(piece, unseen=why) if why else piece)
    return found


def _unseen(piece: Piece, box: Box, width: float, height: float) -> Unseen | None:
    if box.x1 <= 0 or box.y1 <= 0 or box.x0 >= width or box.y0 >= height:
        return Unseen.off_page
    if piece.size is not None and piece.size < _SMALLEST and min(box.width, box.height) < _SMALLEST:
        return Unseen.size
    return None


def _spot(piece: Piece, box: Box, turn: int, page: PrintedPage, *, trust_tags: bool) -> TextBlock:
    """Return where whole pages are tagged as artifacts, tags are not to be trusted."""
    width, height = page.frame.size
    upright = _turned(box, turn, width, height) if turn else box
    tag = fixed = None
    if piece.artifact and trust_tags:
        tag = page.stated.get(piece.artifact) or _zone_of_artifact(
            piece, upright, width if turn % 2 else height
        )
    if not (turn or tag) and _is_in_margin(box, height):
        tag = _zone_of_table(page.ruling.cell(box), height)
    if piece.unseen:
        fixed = Zone.hidden
    elif tag is Zone.watermark or _is_tilted(piece.angle):
        fixed = Zone.watermark
    box = end_at_edge(piece, upright, width if turn % 2 else height)
    return TextBlock(piece.text, box, tag, fixed)


def _zone_of_artifact(piece: Piece, upright: Box, height: float) -> Zone | None:
    """Return what an artifact that states no zone is, by its place."""
    if upright.y0 < EDGE * height:
        return Zone.header
    if upright.y1 > (1 - EDGE) * height:
        return Zone.footer
    return Zone.watermark if (piece.size or 0) >= DISPLAY_SIZE else None


def _is_in_margin(box: Box, height: float) -> bool:
    """Return whether the middle of a box lies where a table at head or foot may be."""
    middle = (box.y0 + box.y1) / 2
    return middle < MARGIN_SHARE * height or middle > (1 - MARGIN_SHARE) * height


def _zone_of_table(cell: Cell | None, height: float) -> Zone | None:
    """Return the zone of a table in the margin at head or foot; None of any other."""
    if cell is None or cell.is_alone:
        return None
    if cell.table.y0 < _MARGIN * height and cell.table.y1 < MARGIN_SHARE * height:
        return Zone.header
    at_foot = cell.table.y1 > (1 - _MARGIN) * height and cell.table.y0 > (1 - MARGIN_SHARE) * height
    return Zone.footer if at_foot else None


def _is_tilted(angle: float) -> bool:
    return _TILT < angle % 90 < 90 - _TILT


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """Return a box of a page whose text reads at `turn` quarters counter-clockwise, in the upright frame."""
    if turn == 1:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    if turn == 2:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    return Box(box.y0, width - box.x1, box.y1, width - box.x0)


def _page(page: PrintedPage, sheet: PageGeometry, zones: list[Zone]) -> Page:
    width, height = page.frame.size
    placed = _placed(page, sheet, zones)
    groups = [
        *_by_row([item for item in placed if item.zone is Zone.header]),
        *_by_printed_line([item for item in placed if item.zone not in (Zone.header, Zone.footer)]),
        *_by_row([item for item in placed if item.zone is Zone.footer]),
    ]
    parted = (part for group in groups for part in _by_standing(group))
    lines = [_line(group, number, sheet.width) for number, group in enumerate(parted, 1)]
    lines += [
        Line(text=piece.text, zone=Zone.body, number=number)
        for number, piece in enumerate((piece for piece in page.pieces if not piece.box), len(lines) + 1)
    ]
    return Page(number=page.number, width=width, height=height, readable=page.readable, lines=tuple(lines))


def _placed(page: PrintedPage, sheet: PageGeometry, zones: list[Zone]) -> list[_Placed]:
    boxed = [(piece, piece.box) for piece in page.pieces if piece.box]
    found = [
        PrintedText(zone, seen, spot.box)
        for (_, seen), zone, spot in zip(boxed, zones, sheet.spots, strict=True)
    ]
    blocks = blocks_of(found, page.ruling, sideways=sheet.width != page.frame.size[0])
    return [
        _Placed(piece, zone, text.upright, block)
        for (piece, _), text, (zone, block) in zip(boxed, found, blocks, strict=True)
    ]


def _by_row(placed: list[_Placed]) -> list[list[_Placed]]:
    """Rows from top to bottom, each from left to right; those of a block by themselves."""
    blocks: dict[int, list[_Placed]] = {}
    for item in placed:
        blocks.setdefault(item.block, []).append(item)
    rows = [row for block in blocks.values() for row in _rows_of(block)]
    return sorted(rows, key=lambda row: (row[0].box.y0 + row[0].box.y1, row[0].box.x0))


def _rows_of(placed: list[_Placed]) -> list[list[_Placed]]:
    rows: list[list[_Placed]] = []
    for item in sorted(placed, key=lambda item: (item.box.y0 + item.box.y1, item.box.x0)):
        if rows and all(_are_side_by_side(item.box, other.box) for other in rows[-1]):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [sorted(row, key=lambda item: item.box.x0) for row in rows]


def _are_side_by_side(box: Box, other: Box) -> bool:
    apart = abs(box.y0 + box.y1 - other.y0 - other.y1) / 2
    if 2 * apart >= min(box.height, other.height):
        return False
    return box.x0 >= other.x1 - _OVERLAP or other.x0 >= box.x1 - _OVERLAP


def _by_standing(group: list[_Placed]) -> Iterator[list[_Placed]]:
    """Yield what is not struck through, and what is."""
    parts = ([item for item in group if item.piece.struck is struck] for struck in (False, True))
    return filter(None, parts)


def _by_printed_line(placed: list[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the pieces of each of PDFium's lines that share a zone."""
    group: list[_Placed] = []
    for item in placed:
        if group and not _continues(group[-1], item):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _continues(before: _Placed, item: _Placed) -> bool:
    """Return whether a piece goes on with what the one before it began."""
    piece, other = before.piece, item.piece
    if piece.line != other.line or before.zone is not item.zone or before.block != item.block:
        return False
    if piece.unseen is not other.unseen or piece.is_sideways != other.is_sideways:
        return False
    if piece.box is None or other.box is None:
        return True
    if piece.is_sideways:
        return _overlap(piece.box.x0, piece.box.x1, other.box.x0, other.box.x1)
    return _overlap(piece.box.y0, piece.box.y1, other.box.y0, other.box.y1)


def _overlap(start: float, end: float, other_start: float, other_end: float) -> bool:
    """Return whether two stretches share half of the shorter one."""
    shared = min(end, other_end) - max(start, other_start)
    return 2 * shared >= min(end - start, other_end - other_start)


def _line(group: list[_Placed], number: int, width: float) -> Line:
    """Return the line that a group of pieces side by side makes; its looks are those of the first."""
    first = group[0].piece
    text, place = first.text, first.box
    centred = _is_centred(group[0].box, width)
    for before, item in pairwise(group) if len(group) > 1 else ():
        text += _between(before, item) + item.piece.text
        place = around(place, item.piece.box)
        centred = centred or _is_centred(item.box, width)
    return Line(
        text=text,
        zone=group[0].zone,
        number=number,
        box=place,
        size=first.size,
        weight=first.weight,
        colour=first.colour,
        centred=centred,
        unseen=first.unseen,
        struck=first.struck,
        block=group[0].block,
    )


def _between(before: _Placed, item: _Placed) -> str:
    """Return what parts two pieces: a tab, or where hardly any space is between them, a space or nothing."""
    if before.piece.line == item.piece.line:
        return "\t"
    gap = item.box.x0 - before.box.x1
    size = before.piece.size or before.box.height
    if gap > _TAB_IN_SIZES * size:
        return "\t"
    return " " if gap > _SPACE_IN_SIZES * size else ""


def _is_centred(box: Box, width: float) -> bool:
    return abs((box.x0 + box.x1) / 2 - width / 2) < _CENTRED_WITHIN * width
