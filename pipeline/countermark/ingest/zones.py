"""Head, foot and body of PDF pages: told apart by tags, by repetition over pages and by position."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.model import Box

HEAD_BAND = 0.16
"""The part of a page's height within which a header or footer lies."""
REPEATED_BAND = 0.25
"""The same where its text repeats over pages."""
MOST_ROWS = 6
"""The most rows that a header or footer has."""

_WIDE = 0.45
_PARAGRAPH_GAP = 1.1
_CLEAR_GAP = 0.8
_CONTRAST_GAP = 0.2
_ISOLATED_GAP = 2.0
_STEP = 12.0
_PAGES_FOR_A_TYPICAL_BODY = 3


@dataclass
class Spot:
    """A line to be placed. `box` lies in the frame in which the page's text reads upright, origin top
    left, points; `tag` is the zone that a tagged artifact states; `zone` is fixed where it is known
    beforehand (hidden, watermark) and otherwise set here."""

    text: str
    box: Box
    tag: Zone | None = None
    zone: Zone | None = None


@dataclass
class Sheet:
    """A page to be divided: its size in the upright frame, in points, and its lines."""

    width: float
    height: float
    spots: list[Spot]


class Row(NamedTuple):
    """Lines side by side. `near` and `far`: how far their sides lie from the edge that is looked at,
    in points; `left` and `middle` their horizontal place."""

    near: float
    far: float
    left: float
    middle: float
    wide: bool
    spots: tuple[Spot, ...]

    @property
    def height(self) -> float:
        return self.far - self.near


def assign_zones(sheets: Sequence[Sheet]) -> None:
    """Set the zone of every line of all pages of one document.

    A line is header where a tag says so; where its text (numbers aside) repeats on other pages at the
    same distance from the head; or where it stands in the head band, apart from what follows, above
    the page's first paragraph and above the height at which the document's pages begin their text.
    Footers likewise from below.
    """
    for zone in (Zone.header, Zone.footer):
        _place_by_tag_and_repetition(sheets, zone)
        rows = [_rows(sheet, zone) for sheet in sheets]
        typical = _typical_start(rows, zone)
        for sheet, own in zip(sheets, rows, strict=True):
            limit = min(
                start for start in (_paragraph_start(own), typical, sheet.height) if start is not None
            )
            for row in own[: _rows_at_edge(own, sheet, limit)]:
                for spot in row.spots:
                    spot.zone = zone
    for sheet in sheets:
        for spot in sheet.spots:
            spot.zone = spot.zone or spot.tag or Zone.body


def _distance(spot: Spot, sheet: Sheet, zone: Zone) -> tuple[float, float]:
    """How far a line's near and far side lie from the head or foot."""
    if zone is Zone.header:
        return spot.box.y0, spot.box.y1
    return sheet.height - spot.box.y1, sheet.height - spot.box.y0


def _place_by_tag_and_repetition(sheets: Sequence[Sheet], zone: Zone) -> None:
    seen: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        seen.update({key for spot in sheet.spots for key in _keys(spot, sheet, zone)})
    for sheet in sheets:
        for spot in sheet.spots:
            repeats = any(seen[key] > 1 for key in _keys(spot, sheet, zone))
            if spot.zone is None and (spot.tag is zone or repeats):
                spot.zone = zone


def _keys(spot: Spot, sheet: Sheet, zone: Zone) -> set[tuple[str, int]]:
    """A line's text, numbers masked, with its distance from the edge in steps: two kinds of steps, so
    that a border parts no equals. None for a line that is too far from the edge."""
    near = _distance(spot, sheet, zone)[0]
    if near > REPEATED_BAND * sheet.height or spot.zone is not None:
        return set()
    text = re.sub(r"\d+", "#", " ".join(spot.text.split()))
    return {(text, 2 * int(near / _STEP)), (text, 2 * int(near / _STEP + 0.5) + 1)}


def _rows(sheet: Sheet, zone: Zone) -> list[Row]:
    """The lines that are not placed yet, row by row from the edge inward."""
    placed = sorted(
        (
            (*_distance(spot, sheet, zone), spot)
            for spot in sheet.spots
            if spot.zone is None and spot.tag is None
        ),
        key=lambda item: item[:2],
    )
    groups: list[list[tuple[float, float, Spot]]] = []
    for item in placed:
        if groups and item[0] < groups[-1][0][0] + (groups[-1][0][1] - groups[-1][0][0]) / 2:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [_row(group, sheet) for group in groups]


def _row(group: list[tuple[float, float, Spot]], sheet: Sheet) -> Row:
    boxes = [spot.box for _, _, spot in group]
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    return Row(
        near=min(near for near, _, _ in group),
        far=max(far for _, far, _ in group),
        left=left,
        middle=(left + right) / 2,
        wide=len(group) == 1 and boxes[0].width > _WIDE * sheet.width,
        spots=tuple(spot for _, _, spot in group),
    )


def _paragraph_start(rows: list[Row]) -> float | None:
    """How far from the edge the first paragraph lies: two wide rows, one close behind the other."""
    for row, following in pairwise(rows):
        if row.wide and following.wide and following.near - row.far < _PARAGRAPH_GAP * row.height:
            return row.near
    return None


def _typical_start(rows_of_pages: list[list[Row]], zone: Zone) -> float | None:
    """How far from the edge the pages' text usually begins, rows that stand alone left aside. Pages
    begin at one height, but end at many: of the ends the lowest fifth counts."""
    starts = sorted(start for rows in rows_of_pages for start in [_text_start(rows)] if start is not None)
    if len(starts) < _PAGES_FOR_A_TYPICAL_BODY:
        return None
    return median(starts) if zone is Zone.header else starts[ceil(len(starts) / 5)]


def _text_start(rows: list[Row]) -> float | None:
    for row, following in pairwise(rows):
        if following.near - row.far < _ISOLATED_GAP * row.height:
            return row.near
    return None


def _rows_at_edge(rows: list[Row], sheet: Sheet, limit: float) -> int:
    """How many rows from the edge inward are header (or footer): the most that stand in the band,
    before `limit`, with a clear gap behind the last one."""
    most = 0
    for count, row in enumerate(rows[:MOST_ROWS], 1):
        if (row.near + row.far) / 2 > HEAD_BAND * sheet.height or row.far > limit + row.height / 4:
            break
        behind = rows[count] if count < len(rows) else None
        if behind is None or behind.near - row.far >= _needed_gap(row, behind, sheet) * row.height:
            most = count
    return most


def _needed_gap(row: Row, behind: Row, sheet: Sheet) -> float:
    """A row that looks otherwise than what follows (centred, another size) needs little space to
    stand apart from it."""
    centred = abs(row.middle - sheet.width / 2) < 0.05 * sheet.width
    shifted = abs(row.left - behind.left) > row.height
    resized = abs(row.height - behind.height) > 0.1 * row.height
    return _CONTRAST_GAP if (centred and shifted) or resized else _CLEAR_GAP
