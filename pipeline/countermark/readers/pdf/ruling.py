"""Ruling lines of a PDF page, and the cells that they enclose.

Positions are points on the page as seen, from its top left corner.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Box
from countermark.readers.pdf import pdfium
from countermark.readers.pdf.areas import fill_mode, rings_of
from countermark.readers.pdf.objects import matrix_of, moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.readers.pdf.objects import FormXObject, Rectangle
    from countermark.readers.pdf.pdfium import PdfiumHandle

_THIN = 3.0
"""What is thinner is a line, however it is drawn."""
_SHORTEST = 8.0
_SAME_LINE = 2.0
"""Lines as close as this, along and across, are parts of one."""
MOST_LINES = 1500
"""Of a page with more of them, as drawings have, the others are not looked at."""
_LONGEST_PATH = 400
_MIDDLE = 0.28
"""The share of a text's height above and below its middle where a line strikes it through."""
_SHARE_OF_PAGE = 0.4
"""What encloses more of a page's height than this is a border around it, no cell."""


class Cell(NamedTuple):
    """A rectangle that lines enclose; `table` is what those lines reach around."""

    box: Box
    table: Box

    @property
    def is_alone(self) -> bool:
        """Whether it is a box by itself."""
        sides = zip(msgspec.structs.astuple(self.box), msgspec.structs.astuple(self.table), strict=True)
        return all(abs(own - other) < _THIN for own, other in sides)


class _Rule(NamedTuple):
    """A line at `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


class Ruling:
    """The ruling lines of a page, merged where they are parts of one."""

    def __init__(self, boxes: Iterable[Box], height: float) -> None:
        across: list[_Rule] = []
        down: list[_Rule] = []
        for box in boxes:
            if box.height < _THIN and box.width >= _SHORTEST:
                across.append(_Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
            elif box.width < _THIN and box.height >= _SHORTEST:
                down.append(_Rule((box.x0 + box.x1) / 2, box.y0, box.y1))
        self._across, self._down, self._height = _merged(across), _merged(down), height

    def cell(self, box: Box) -> Cell | None:
        """Return the cell around the middle of `box`; None where none encloses it."""
        if not self._across or not self._down:
            return None
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        left, right = _beside(self._down, x, y)
        above, below = _beside(self._across, y, x)
        if left is None or right is None or above is None or below is None:
            return None
        found = Box(left.at, above.at, right.at, below.at)
        if found.height > _SHARE_OF_PAGE * self._height:
            return None
        table = Box(
            min(above.start, below.start, left.at),
            min(left.start, right.start, above.at),
            max(above.end, below.end, right.at),
            max(left.end, right.end, below.at),
        )
        return Cell(found, table)

    def strikes(self, box: Box) -> list[tuple[float, float]]:
        """Return from where to where level lines strike through the text in `box`.

        They run through its middle and end with it: a rule after a heading runs on beside it.
        """
        middle, reach = (box.y0 + box.y1) / 2, _MIDDLE * box.height
        first, last = (
            bisect_left(self._across, (middle - reach,)),
            bisect_left(self._across, (middle + reach,)),
        )
        least, most = box.x0 - box.height, box.x1 + box.height
        through = (rule for rule in self._across[first:last] if least < rule.start and rule.end < most)
        return [(rule.start, rule.end) for rule in through if rule.start < box.x1 and rule.end > box.x0]

    def crossings(self, box: Box) -> list[float]:
        """Return where upright lines pass through `box` from its top to its foot."""
        first, last = bisect_left(self._down, (box.x0,)), bisect_left(self._down, (box.x1,))
        passing = (rule for rule in self._down[first:last] if rule.start < box.y1 and rule.end > box.y0)
        return [rule.at for rule in passing]


def _merged(rules: list[_Rule]) -> list[_Rule]:
    """Return the lines by place, those that go on with one another as one."""
    found: list[_Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at / _SAME_LINE), rule.start)):
        last = found[-1] if found else None
        if last and abs(rule.at - last.at) < _SAME_LINE and rule.start <= last.end + _SAME_LINE:
            found[-1] = last._replace(end=max(last.end, rule.end))
        else:
            found.append(rule)
    return sorted(found)


def _beside(rules: list[_Rule], at: float, along: float) -> tuple[_Rule | None, _Rule | None]:
    """Return the nearest lines before and after `at` that pass `along`."""
    middle = bisect_left(rules, (at,))
    before = (rules[index] for index in range(middle - 1, -1, -1))
    after = (rules[index] for index in range(middle, len(rules)))
    return _first_over(along, before), _first_over(along, after)


def _first_over(along: float, rules: Iterable[_Rule]) -> _Rule | None:
    return next((rule for rule in rules if rule.start <= along <= rule.end), None)


def lines_of_path(
    handle: PdfiumHandle, form: FormXObject | None, rectangle: Rectangle
) -> Iterator[Rectangle]:
    """Return the straight lines that a path object draws along the axes, in user space."""
    left, bottom, right, top = rectangle
    if min(right - left, top - bottom) < _THIN:
        yield rectangle
        return
    count = pdfium.FPDFPath_CountSegments(handle)
    if count > _LONGEST_PATH or fill_mode(handle) != pdfium.FPDF_FILLMODE_NONE:
        return
    matrices = [matrix_of(handle), *([form.matrix] if form else [])]
    for ring in rings_of(count, partial(pdfium.FPDFPath_GetPathSegment, handle)):
        points = ring
        for matrix in matrices:
            points = [moved(x, y, matrix) for x, y in points]
        closed = [*points, points[0]] if len(points) > 2 else points
        for (x0, y0), (x1, y1) in pairwise(closed):
            yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
