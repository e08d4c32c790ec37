"""Slides to pages: header and footer told by placeholders, by place and by repetition over slides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Page, PageKind, Zone
from countermark.readers.builder import PageBuilder
from countermark.readers.flow.colour import AUTO
from countermark.readers.header_footer import PageGeometry, TextBlock, assign_zones

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.model import Box
    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.flow.lines import Text
    from countermark.readers.pptx.slides import SlideText

UNPLACED = frozenset((Zone.hidden, Zone.image, Zone.watermark, Zone.deleted))
"""Zones that lie in no header or footer, wherever they are."""


@dataclass
class SlidePage:
    """A slide by its number, from 1 in the order of presentation, with its lines and those `beside` it."""

    number: int
    kind: PageKind = PageKind.slide
    readable: bool = True
    texts: Sequence[SlideText] = ()
    beside: Sequence[Text] = field(default=())


def add_pages(document: DocumentBuilder, slides: Sequence[SlidePage], size: tuple[float, float]) -> None:
    """Add the pages of all slides; `size` is theirs in points."""
    width, height = size
    geometries = [
        PageGeometry(width, height, [_block(text, text.box) for text in slide.texts if text.box])
        for slide in slides
    ]
    pages = []
    for slide, zones in zip(slides, assign_zones(geometries), strict=True):
        empty = Page(
            number=slide.number, kind=slide.kind, width=width, height=height, readable=slide.readable
        )
        page = PageBuilder(empty)
        for text, box in _in_order(slide.texts, iter(zones)):
            _add(page, text, box)
        for text in slide.beside:
            _add(page, text, None)
        pages.append(page.build())
    document.add_pages(pages)


def _block(text: SlideText, box: Box) -> TextBlock:
    zone = text.text.zone
    return TextBlock(text.text.text, box, text.tag, zone if zone in UNPLACED else None)


def _in_order(texts: Sequence[SlideText], zones: Iterator[Zone]) -> list[tuple[Text, Box | None]]:
    """The lines with their zones: the header's row by row, the rest as it is painted, the footer's."""
    parts: dict[Zone | None, list[tuple[Text, Box | None]]] = {zone: [] for zone in (*HEADER_FOOTER, None)}
    for text in texts:
        zone = next(zones) if text.box else text.tag
        line = text.text
        if zone in HEADER_FOOTER and line.zone not in UNPLACED:
            parts[zone].append((line._replace(zone=zone), text.box))
        else:
            parts[None].append((line, text.box))
    for zone in HEADER_FOOTER:
        parts[zone].sort(key=_row)
    return [*parts[Zone.header], *parts[None], *parts[Zone.footer]]


def _row(line: tuple[Text, Box | None]) -> tuple[float, float]:
    box = line[1]
    return (round(box.y0), box.x0) if box else (0.0, 0.0)


def _add(page: PageBuilder, text: Text, box: Box | None) -> None:
    look = text.format
    page.add_line(
        text.text,
        text.zone,
        part=text.part,
        box=box,
        size=look.size,
        weight=look.weight,
        colour=None if look.colour == AUTO else look.colour,
        centred=text.centred,
        unseen=text.unseen,
        struck=text.struck,
    )
