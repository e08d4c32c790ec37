"""A paper before a producer sets it: sections with header and footer, and what is in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from accuracy.truth import Written


class Cell(NamedTuple):
    """A cell of a header or footer. `role` is marking, text or logo; `#` is the page's number, `@` their
    count, and a line break breaks the line."""

    text: str
    role: str = "text"
    align: str = "center"


class Band(NamedTuple):
    """A header or footer, row by row. `written` is the marking in it."""

    rows: tuple[tuple[Cell, ...], ...] = ()
    written: Written | None = None
    ruled: bool = False


class Bands(NamedTuple):
    head: Band = Band()
    foot: Band = Band()


@dataclass(frozen=True)
class Element:
    """A piece of a section. `kind` is title, heading, paragraph, item, centre, table, box, stamp or break.

    `written` is the marking in it. One that is `optional` may be taken for a marking or for a mention: people
    would differ, too."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    written: Written | None = None
    optional: bool = False


@dataclass(frozen=True)
class Section:
    """Begins on a page of its own. `first` and `even` are the bands of those pages where they differ."""

    usual: Bands
    elements: tuple[Element, ...]
    first: Bands | None = None
    even: Bands | None = None

    def bands(self, page: int) -> Bands:
        """Return those of the section's page of that number, from 1."""
        if page == 1 and self.first:
            return self.first
        return self.even if page % 2 == 0 and self.even else self.usual

    @property
    def variants(self) -> dict[str, Bands]:
        """The bands by the kind of page that has them, as Word calls it."""
        named = {"default": self.usual, "first": self.first, "even": self.even}
        return {name: bands for name, bands in named.items() if bands}


class Look(NamedTuple):
    """How markings at header and footer look; sizes in points."""

    size: float = 12
    bold: bool = True
    colour: str = "#000000"
    spacing: float = 0
    stretch: int = 100
    framed: bool = False


PLAIN = Look()


@dataclass(frozen=True)
class HardPaper:
    """All that a producer sets. `browser_heads`: a browser prints its own title, address and page numbers."""

    kind: str
    language: str
    title: str
    sections: tuple[Section, ...]
    look: Look = PLAIN
    landscape: bool = False
    tight: bool = False
    watermark: str = ""
    stamped: Written | None = None
    browser_heads: bool = False

    def with_sections(self, *sections: Section) -> HardPaper:
        return replace(self, sections=sections)

    @property
    def texts(self) -> list[str]:
        """All that is written in it."""
        found = [self.watermark]
        for section in self.sections:
            for bands in section.variants.values():
                found += [cell.text for band in bands for row in band.rows for cell in row]
            for element in section.elements:
                found += [element.text, *(text for row in element.rows for text in row)]
        return found
