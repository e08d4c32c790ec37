"""Head, foot and body of PDF pages: told apart by tags, by repetition over pages and by position."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from math import ceil
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Zone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countermark.model import Box

MARGIN_SHARE = 0.16
"""The part of a page's height within which a header or footer lies."""
SMALLEST_BAND = 80.0
"""The same in points on a small page, as far as `MOST_OF_A_SMALL_PAGE` of it."""
MOST_OF_A_SMALL_PAGE = 0.25
LOOKED_AT = 0.35
"""The part of a page's height within which rows are told from paragraphs."""
MOST_ROWS = 6
"""The most rows that a header or footer has."""

_WIDE = 0.45
_WIDE_COLUMN = 0.3
_PARAGRAPH_GAP = 1.1
_CLEAR_GAP = 0.8
_CONTRAST_GAP = 0.2
_ISOLATED_GAP = 2.0
_FAR_OUT = 4.0
_STEP = 12.0
_SAME_BORDER = 3.0
_SAME_SIZE = 0.1
_LINES_OF_RUNNING_TEXT = 3
_PAGES_FOR_A_TYPICAL_BODY = 3
_DIGITS = re.compile(r"\d+")

_Place = tuple[float, float, int]
"""Near and far side of a spot as they lie from the edge that is looked at, in points, and its index."""


class TextBlock(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text to be placed. `box` lies in the frame in which the page's text reads upright,
    origin top left, points; `tag` is the zone that a tagged artifact states; `fixed` the zone where it
    is known beforehand (hidden, watermark)."""

    text: str
    box: Box
    tag: Zone | None = None
    fixed: Zone | None = None


class PageGeometry(NamedTuple):
    """A page to be divided: its size in the upright frame, in points, and what is on it."""

    width: float
    height: float
    spots: Sequence[TextBlock]


class _Row(msgspec.Struct, frozen=True, gc=False):
    """Spots side by side, by their index. `near` and `far`: how far the row's sides lie from the edge
    that is looked at, in points; `left` and `right` how far it reaches; `wide`: its text fills much of
    the page's width."""

    near: float
    far: float
    left: float
    right: float
    wide: bool
    spots: tuple[int, ...]

    @property
    def height(self) -> float:
        return self.far - self.near


class _Mark(NamedTuple):
    """What a spot is known by on other pages: its text, numbers masked, with its distance from the edge
    in steps, of two kinds, so that a border between steps parts no equals."""

    spot: int
    keys: tuple[tuple[str, int], tuple[str, int]]


def assign_zones(sheets: Sequence[PageGeometry]) -> list[list[Zone]]:
    """Return the zone of every spot of all pages of one document, page by page.

    A spot is header where a tag says so; where its text (numbers aside) repeats on other pages at the
    same distance from the head; or where it is in the head band, apart from what follows, above
    the page's first paragraph and above the height at which the document's pages begin their text.
    Footers likewise from below.
    """
    zones = [[spot.fixed for spot in sheet.spots] for sheet in sheets]
    for edge in (Zone.header, Zone.footer):
        _place_by_tag(sheets, zones, edge)
        places = [_places(sheet, own, edge) for sheet, own in zip(sheets, zones, strict=True)]
        if len(sheets) > 1:
            _place_by_repetition(sheets, zones, places, edge)
        rows_of_pages = [_rows(*parts) for parts in zip(sheets, zones, places, strict=True)]
        typical = _typical_start(sheets, rows_of_pages, edge)
        for sheet, own, rows in zip(sheets, zones, rows_of_pages, strict=True):
            starts = (_paragraph_start(rows), typical)
            limit = min((start for start in starts if start is not None), default=sheet.height)
            for row in rows[: _rows_at_edge(rows, sheet, limit)]:
                for index in row.spots:
                    own[index] = edge
    return [[zone or Zone.body for zone in own] for own in zones]


def _place_by_tag(sheets: Sequence[PageGeometry], zones: Sequence[list[Zone | None]], edge: Zone) -> None:
    for sheet, own in zip(sheets, zones, strict=True):
        for index, spot in enumerate(sheet.spots):
            if spot.tag is edge and own[index] is None:
                own[index] = edge


def _places(sheet: PageGeometry, own: Sequence[Zone | None], edge: Zone) -> list[_Place]:
    """Return the spots that are not placed yet, from the edge inward as far as rows can be recognised."""
    height, border = sheet.height, LOOKED_AT * sheet.height
    found = []
    for index, spot in enumerate(sheet.spots):
        near, far = spot.box.y0, spot.box.y1
        if edge is Zone.footer:
            near, far = height - far, height - near
        if near <= border and own[index] is None:
            found.append((near, far, index))
    found.sort()
    return found


def _place_by_repetition(
    sheets: Sequence[PageGeometry],
    zones: Sequence[list[Zone | None]],
    places_of_pages: Sequence[list[_Place]],
    edge: Zone,
) -> None:
    reach = LOOKED_AT * min(sheet.height for sheet in sheets)
    marks_of_pages = [_marks(*parts) for parts in zip(sheets, places_of_pages, strict=True)]
    seen = Counter(key for marks in marks_of_pages for key in {key for mark in marks for key in mark.keys})
    for sheet, own, places, marks in zip(sheets, zones, places_of_pages, marks_of_pages, strict=True):
        repeated = {mark.spot for mark in marks if seen[mark.keys[0]] > 1 or seen[mark.keys[1]] > 1}
        if repeated:
            band = _band(sheet)
            at_edge = {index for near, _, index in places if near <= band}
            for index in (repeated & at_edge) - _running_text(sheet, places, repeated, reach):
                own[index] = edge


def _marks(sheet: PageGeometry, places: Sequence[_Place]) -> list[_Mark]:
    """Of the spots near the edge."""
    found = []
    for near, _, index in places:
        text = _DIGITS.sub("#", sheet.spots[index].text)
        steps = near / _STEP
        found.append(_Mark(index, ((text, 2 * int(steps)), (text, 2 * int(steps + 0.5) + 1))))
    return found


def _running_text(
    sheet: PageGeometry, places: Sequence[_Place], repeated: set[int], reach: float
) -> set[int]:
    """Return the spots near the edge that are lines of paragraphs. Where whole pages are alike, their text
    repeats too; where it does not, what repeats at its outer end is a header or footer close to it. All pages
    are compared as far as `reach`."""
    nears = {index: near for near, _, index in places}
    runs: list[list[int]] = []
    boxes = {index: sheet.spots[index].box for _, _, index in places}
    for index, box in sorted(boxes.items(), key=lambda item: (item[1].y0, item[0])):
        above = [run for run in runs if _continues(boxes[run[-1]], box)]
        if above:
            above[0].append(index)
        else:
            runs.append([index])
    return {
        index
        for run in runs
        if len(run) >= _LINES_OF_RUNNING_TEXT and not _stands_far_out(sheet, places, run)
        for close in [_close_to_text(sorted(run, key=nears.__getitem__), repeated, nears, reach)]
        for index in run
        if index not in close
        and (repeated.issuperset(run) or boxes[index].width > _WIDE_COLUMN * sheet.width)
    }


def _close_to_text(
    run: Sequence[int], repeated: set[int], nears: Mapping[int, float], reach: float
) -> Sequence[int]:
    """Return the rows of a header or footer that end a run of lines, from the edge inward: they repeat, and
    the text that follows does not, though every page is compared so far."""
    rows = list(takewhile(repeated.__contains__, run))
    following = run[len(rows) : len(rows) + 1]
    return rows if following and nears[following[0]] <= reach and len(rows) <= MOST_ROWS else ()


def _stands_far_out(sheet: PageGeometry, places: Sequence[_Place], run: Sequence[int]) -> bool:
    """Whether a few lines, nothing between them and the edge, lie far from all that is further in: a
    header or footer of several rows."""
    if places[0][2] not in run or len(run) > MOST_ROWS or len(run) == len(sheet.spots):
        return False
    own = [(near, far) for near, far, index in places if index in run]
    inner = max(far for _, far in own)
    gap = min((near - inner for near, _, _ in places if near > inner), default=sheet.height)
    return gap > _FAR_OUT * (own[0][1] - own[0][0])


def _continues(box: Box, below: Box) -> bool:
    """Whether two boxes of one size share a left or right border, the second close below the first."""
    height = box.y1 - box.y0
    if not _is_one_size(height, below.y1 - below.y0):
        return False
    is_close = -height < below.y0 - box.y1 < _PARAGRAPH_GAP * height
    shares_border = abs(box.x0 - below.x0) < _SAME_BORDER or abs(box.x1 - below.x1) < _SAME_BORDER
    return is_close and shares_border


def _rows(sheet: PageGeometry, own: Sequence[Zone | None], places: Sequence[_Place]) -> list[_Row]:
    """Return the spots that are not placed yet, row by row from the edge inward.

    As far as the second row of the first paragraph.
    """
    rows: list[_Row] = []
    group: list[_Place] = []
    border = float("inf")
    for place in places:
        near, far, index = place
        if own[index] is not None:
            continue
        if near >= border:
            rows.append(_row(group, sheet))
            if _paragraph_start(rows) is not None:
                return rows
            group = []
        if not group:
            border = near + (far - near) / 2
        group.append(place)
    return [*rows, _row(group, sheet)] if group else rows


def _row(group: list[_Place], sheet: PageGeometry) -> _Row:
    boxes = [sheet.spots[index].box for _, _, index in group]
    return _Row(
        near=group[0][0],
        far=max([far for _, far, _ in group]),
        left=min([box.x0 for box in boxes]),
        right=max([box.x1 for box in boxes]),
        wide=sum([box.x1 - box.x0 for box in boxes]) > _WIDE * sheet.width,
        spots=tuple([index for _, _, index in group]),
    )


def _paragraph_start(rows: list[_Row]) -> float | None:
    """How far from the edge the paragraph lies that the last two rows begin: wide rows of one size, one
    close after the other, that share a border (centred rows do not). None where they begin none."""
    if len(rows) < 2:
        return None
    row, following = rows[-2:]
    if not (row.wide and following.wide):
        return None
    gap, height = following.near - row.far, row.far - row.near
    apart = min(abs(row.left - following.left), abs(row.right - following.right))
    is_close = gap < _PARAGRAPH_GAP * height and _is_one_size(height, following.height)
    return row.near if is_close and apart < _SAME_BORDER else None


def _typical_start(
    sheets: Sequence[PageGeometry], rows_of_pages: list[list[_Row]], edge: Zone
) -> float | None:
    """How far from the edge the pages' text usually begins, rows that stand alone left aside. Pages
    begin at one height, but end at many: of the ends the lowest fifth counts."""
    pages = zip(sheets, rows_of_pages, strict=True)
    starts = sorted(start for parts in pages for start in [_text_start(*parts)] if start is not None)
    if len(starts) < _PAGES_FOR_A_TYPICAL_BODY:
        return None
    return median(starts) if edge is Zone.header else starts[ceil(len(starts) / 5)]


def _text_start(sheet: PageGeometry, rows: list[_Row]) -> float | None:
    """How far from the edge the first rows close to one another lie. A few of them in the margin, apart from
    what follows, are a header or footer of several rows."""
    first = 0
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        if following and following.near - row.far < _ISOLATED_GAP * row.height:
            continue
        is_margin = following is not None and row.far <= _band(sheet) and index - first < MOST_ROWS
        if index > first and not is_margin:
            return rows[first].near
        first = index + 1
    return None


def _rows_at_edge(rows: list[_Row], sheet: PageGeometry, limit: float) -> int:
    """How many rows from the edge inward are header (or footer): the most that stand in the band,
    before `limit`, with a clear gap after the last one."""
    band = _band(sheet)
    most = 0
    for count, row in enumerate(rows[:MOST_ROWS], 1):
        if (row.near + row.far) / 2 > band or row.far > limit + row.height / 4:
            break
        behind = rows[count] if count < len(rows) else None
        if behind is None or behind.near - row.far >= _needed_gap(row, behind, sheet) * row.height:
            most = count
    return most


def _band(sheet: PageGeometry) -> float:
    """How far from the edge a header or footer may lie, in points."""
    return max(MARGIN_SHARE * sheet.height, min(SMALLEST_BAND, MOST_OF_A_SMALL_PAGE * sheet.height))


def _needed_gap(row: _Row, behind: _Row, sheet: PageGeometry) -> float:
    """Return the space that separates a row from what follows.

    It is little where the row looks otherwise (centred, another size).
    """
    centred = abs(row.left + row.right - sheet.width) / 2 < 0.05 * sheet.width
    shifted = abs(row.left - behind.left) > row.height
    return (
        _CONTRAST_GAP if (centred and shifted) or not _is_one_size(row.height, behind.height) else _CLEAR_GAP
    )


def _is_one_size(height: float, other: float) -> bool:
    return abs(height - other) <= _SAME_SIZE * height
