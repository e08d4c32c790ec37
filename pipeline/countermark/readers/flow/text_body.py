"""Where the lines of a text lie in the box of its shape, about."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Box
from countermark.readers.flow.placed import PlacedLine
from countermark.readers.flow.run_format import RunFormat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.readers.flow.lines import Text

USUAL_SIZE = 18.0
"""The size of type, in points, where nothing sets it."""
LINE_HEIGHT = 1.2
"""In sizes of type."""
NARROW, WIDE = 0.5, 1.0
"""The usual widths of characters, in sizes of type."""


class TextBody(NamedTuple):
    """Where the text of a shape lies: in `box`, less its `insets`, so much of the free height above it."""

    box: Box | None
    anchor: float = 0.0
    insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    upright: bool = True


def placed_in(
    found: Sequence[tuple[Sequence[Text], bool]], where: TextBody, box: Box
) -> Iterator[PlacedLine]:
    """Return the lines with their boxes; `found` has those of each paragraph, and whether it is centred."""
    left, top, right, bottom = where.insets
    width = max(1.0, box.width - left - right)
    heights = [_height(lines[0] if lines else None, width) for lines, _ in found]
    free = box.height - top - bottom - sum(heights)
    y = box.y0 + top + where.anchor * free
    for (lines, centred), height in zip(found, heights, strict=True):
        for line in lines:
            own = min(width, _width(line))
            x = box.x0 + left + ((width - own) / 2 if centred else 0.0)
            yield PlacedLine(line, Box(x, y, x + own, y + height))
        y += height


def _height(line: Text | None, width: float) -> float:
    if line is None:
        return USUAL_SIZE * LINE_HEIGHT
    rows = max(1, -(-_width(line) // width))
    return rows * _size(line.format) * LINE_HEIGHT


def _width(line: Text) -> float:
    if line.text.isascii():
        return _size(line.format) * NARROW * len(line.text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line.text)
    return _size(line.format) * (WIDE * wide + NARROW * (len(line.text) - wide))


def _size(look: RunFormat) -> float:
    return look.size or USUAL_SIZE
