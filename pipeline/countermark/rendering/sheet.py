"""What is drawn over each page: an Inspection to Sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import HEADER_FOOTER, Box, PageKind, Zone
from countermark.rendering.printed import key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from countermark.model import Inspection, Line, Marking, Page

_A4 = (595.0, 842.0)
_EDGE = 0.06
"""The share of a page's height that a missing head or foot is drawn in."""
_MARGIN = 40.0
_LINE = 14.0
_SIZE = 9.0


class Sheet(NamedTuple):
    """One picture.

    `name` is its file's name without suffix, `number` the page of the PDF at `path` that it shows; with
    no `path` the `texts` are written on an empty page. `size` in points.
    """

    name: str
    size: tuple[float, float]
    path: Path | None = None
    number: int = 1
    texts: tuple[tuple[str, Box], ...] = ()
    areas: tuple[tuple[Zone, Box], ...] = ()
    marks: tuple[tuple[str, Box], ...] = ()
    missing: tuple[Box, ...] = ()


def pdf_sheets(inspection: Inspection, path: Path) -> Iterator[Sheet]:
    """Yield a sheet for each page of a PDF."""
    for page in inspection.content:
        if page.number is not None and page.width and page.height:
            name = f"page-{page.number:04}"
            yield _sheet(name, page, inspection.markings, inspection)._replace(path=path, number=page.number)


def word_sheets(inspection: Inspection) -> Iterator[Sheet]:
    """Yield a schema for each live page kind of a Word file's sections: its head, body and foot."""
    for page in inspection.content:
        if not page.live or page.section is None:
            continue
        placed = _laid_out(page)
        moved = {
            page.locate(old): placed.locate(new) for old, new in zip(page.lines, placed.lines, strict=True)
        }
        markings = tuple(
            msgspec.structs.replace(marking, location=moved[marking.location])
            for marking in inspection.markings
            if marking.location in moved
        )
        name = f"section-{page.section:03}-{(page.kind or PageKind.default).value}"
        texts = tuple((line.text, line.box) for line in placed.lines if line.box)
        yield _sheet(name, placed, markings, inspection)._replace(texts=texts)


def rendered_sheets(word: Inspection, rendered: Inspection, path: Path) -> Iterator[Sheet]:
    """Yield a sheet for each page of the PDF that was made of a Word file.

    The Word file's zones and markings, found again by their text.
    """
    found: dict[str, list[tuple[Line, list[Marking]]]] = {}
    for page in word.content:
        for line in page.lines if page.live else ():
            held = [marking for marking in word.markings if marking.location == page.locate(line)]
            found.setdefault(key(line.text), []).append((line, held))
    for page in rendered.content:
        nearest = [_nearest(line, found.get(key(line.text), [])) for line in page.lines]
        zones = [zone for zone, _ in nearest]
        lines = [
            msgspec.structs.replace(line, zone=zone) for line, zone in zip(page.lines, zones, strict=True)
        ]
        shown = msgspec.structs.replace(page, lines=tuple(lines))
        markings = tuple(
            msgspec.structs.replace(text, location=shown.locate(line))
            for line, (_, held) in zip(lines, nearest, strict=True)
            for text in held
        )
        sheet = _sheet(f"page-{page.number:04}", shown, markings, word)
        yield sheet._replace(path=path, number=page.number or 1)


def _nearest(line: Line, same: list[tuple[Line, list[Marking]]]) -> tuple[Zone, list[Marking]]:
    """Zone and markings of that line of the Word file which says the same as a printed `line`, best in
    the same zone.
    """
    for written, held in sorted(same, key=lambda pair: pair[0].zone is not line.zone):
        return written.zone, held
    return line.zone, []


def _sheet(name: str, page: Page, markings: tuple[Marking, ...], inspection: Inspection) -> Sheet:
    boxes = {page.locate(line): line.box for line in page.lines if line.box}
    here = [(marking, boxes[marking.location]) for marking in markings if marking.location in boxes]
    held = {line.zone for line, _ in here}
    width, height = page.width or _A4[0], page.height or _A4[1]
    expected = HEADER_FOOTER if any(marking.zone in HEADER_FOOTER for marking in inspection.markings) else ()
    bands = {
        Zone.header: Box(0, 0, width, _EDGE * height),
        Zone.footer: Box(0, (1 - _EDGE) * height, width, height),
    }
    return Sheet(
        name,
        (width, height),
        areas=tuple((line.zone, line.box) for line in page.lines if line.box),
        marks=_marks(here),
        missing=tuple(bands[zone] for zone in expected if zone not in held),
    )


def _marks(placed: list[tuple[Marking, Box]]) -> tuple[tuple[str, Box], ...]:
    """Return what is beside each box: the markings of its line with their confidence."""
    told: dict[Box, list[str]] = {}
    for marking, box in placed:
        told.setdefault(box, []).append(f"{marking.canonical} {marking.confidence:.2f}")
    return tuple((", ".join(texts), box) for box, texts in told.items())


def _laid_out(page: Page) -> Page:
    """Return the page with a place for each line.

    Heads at the top, feet at the bottom, all else between; what finds no room has no place.
    """
    width, height = _A4
    feet = sum(line.zone is Zone.footer for line in page.lines)
    tops = {True: _MARGIN, False: height - _MARGIN - _LINE * feet}
    heads = sum(line.zone is Zone.header for line in page.lines)
    body = tops[True] + _LINE * (heads + 1)
    lines = []
    for line in page.lines:
        if line.zone in HEADER_FOOTER:
            top = tops[line.zone is Zone.header]
            tops[line.zone is Zone.header] += _LINE
        else:
            top, body = body, body + _LINE
        fits = line.zone is Zone.footer or top + _LINE < tops[False]
        box = Box(_MARGIN, top, width - _MARGIN, top + _LINE - 2) if fits else None
        lines.append(msgspec.structs.replace(line, box=box, size=_SIZE))
    return msgspec.structs.replace(page, lines=tuple(lines), width=width, height=height)
