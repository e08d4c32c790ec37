"""Pages whose lines have places: slides and drawings. Header and footer are told as on printed pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from countermark.model import HEADER_FOOTER, Location, Unseen, Zone
from countermark.readers.flow.pages import numbered
from countermark.readers.header_footer import PageGeometry, TextBlock, assign_zones
from countermark.support.guarding import stop_problem
from countermark.support.limits import LimitReached, UnitFailed
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from countermark.model import Box, Page, PageKind
    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.flow.lines import Text

UNPLACED = frozenset((Zone.hidden, Zone.image, Zone.watermark, Zone.deleted))
"""Zones that lie in no header or footer, wherever they are."""
TILT = 3.0
"""Degrees from which text is a watermark."""


class PlacedLine(NamedTuple):
    """A line and its box, None where that isn't known; `tag` is the zone that the file states for it."""

    text: Text
    box: Box | None
    tag: Zone | None = None


class PlacedPage(NamedTuple):
    """A page, empty as yet, with its size; its lines as they are painted, and those `beside` it."""

    page: Page
    lines: Sequence[PlacedLine] = ()
    beside: Sequence[Text] = ()


def read_placed_pages(
    document: DocumentBuilder, count: int, read: Callable[[int], PlacedPage], kind: PageKind | None = None
) -> list[PlacedPage]:
    """Read and add the pages numbered from 1 to `count`, and return them.

    Of those that a limit, or the failure of an earlier attempt, leaves out, a Problem names `kind`.
    """
    pages: list[PlacedPage] = []
    for number in range(1, count + 1):
        try:
            checkpoint()
            if number > document.limits.pages:
                raise LimitReached("pages", document.limits.pages, str(count))
            pages.append(read(number))
        except (LimitReached, UnitFailed) as stop:
            is_over = isinstance(stop, LimitReached) and stop.ends
            left = range(number, count + 1) if is_over else (number,)
            places = (Location(page=missing, kind=kind) for missing in left)
            document.problems.append(stop_problem(stop, *places))
            if is_over:
                break
    _add(document, pages)
    return pages


def _add(document: DocumentBuilder, pages: Sequence[PlacedPage]) -> None:
    """Add the pages, in their order, with their lines."""
    geometries = [
        PageGeometry(
            placed.page.width or 0.0,
            placed.page.height or 0.0,
            [_block(line, line.box) for line in placed.lines if line.box],
        )
        for placed in pages
    ]
    for placed, zones in zip(pages, assign_zones(geometries), strict=True):
        found = [*_in_order(placed.lines, iter(zones)), *((text, None) for text in placed.beside)]
        lines = numbered(text for text, _ in found)
        with_boxes = (replace(line, box=box) for line, (_, box) in zip(lines, found, strict=True))
        document.add_pages([replace(placed.page, lines=tuple(with_boxes))])


def tilt_of(degrees: float) -> float:
    """Return by how many degrees a direction is off the upright, and off its side."""
    return abs((degrees + 45) % 90 - 45)


def unseen_at(box: Box, width: float, height: float) -> Unseen | None:
    """Return why nobody sees what lies in a box on a page of this size."""
    is_off = box.x1 <= 0 or box.y1 <= 0 or box.x0 >= width or box.y0 >= height
    return Unseen.off_page if is_off else None


def _block(line: PlacedLine, box: Box) -> TextBlock:
    zone = line.text.zone
    return TextBlock(line.text.text, box, line.tag, zone if zone in UNPLACED else None)


def _in_order(lines: Sequence[PlacedLine], zones: Iterator[Zone]) -> list[tuple[Text, Box | None]]:
    """Return the lines with their zones: the header's row by row, the rest as it is painted, the footer's."""
    parts: dict[Zone | None, list[tuple[Text, Box | None]]] = {zone: [] for zone in (*HEADER_FOOTER, None)}
    for text, box, tag in lines:
        zone = next(zones) if box else tag
        if zone in HEADER_FOOTER and text.zone not in UNPLACED:
            parts[zone].append((text._replace(zone=zone), box))
        else:
            parts[None].append((text, box))
    for zone in HEADER_FOOTER:
        parts[zone].sort(key=_row)
    return [*parts[Zone.header], *parts[None], *parts[Zone.footer]]


def _row(line: tuple[Text, Box | None]) -> tuple[float, float]:
    box = line[1]
    return (round(box.y0), box.x0) if box else (0.0, 0.0)
