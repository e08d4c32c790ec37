"""PowerPoint files to Documents: a page for each slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from countermark.model import Page, PageKind, ProblemKind, Reason, Unseen, Zone
from countermark.readers.flow.placed import PlacedPage, read_placed_pages
from countermark.readers.ooxml.namespaces import UNDERSTOOD_BY_SLIDES
from countermark.readers.ooxml.opened import OpenedPackage
from countermark.readers.ooxml.package import Package
from countermark.readers.ooxml.theme import Palette, palette
from countermark.readers.ooxml.values import is_on, whole_number
from countermark.readers.pptx.graphics import RELATIONSHIP
from countermark.readers.pptx.notes import texts_beside, unshown_lines
from countermark.readers.pptx.shapes import EMU, P
from countermark.readers.pptx.slides import Level, Slide, texts_of

if TYPE_CHECKING:
    from countermark.model import Location
    from countermark.readers.builder import DocumentBuilder
    from countermark.support.safe_xml import XmlElement

USUAL_SIZE = (960.0, 540.0)
UNUSED = ("slideLayout", "slideMaster", "notesMaster", "handoutMaster", "slide")
"""Kinds of parts whose text may be on no slide."""


def read_slides(data: bytes, document: DocumentBuilder) -> None:
    """Read the PowerPoint file `data`: a page for each slide in their order, properties, labels, children.

    Slides that are hidden (`show`) are pages: they are printed, and seen by whoever opens the file. Notes are
    lines that the slide does not show. Raises LimitReached and what `zipfile` raises for a damaged file.
    """
    opened = OpenedPackage(Package(data, document.limits, UNDERSTOOD_BY_SLIDES), document)
    part, root = opened.main("ppt/presentation.xml", Reason.slides_broken)
    if root is not None:
        _Presentation(part, root, opened).read()
    opened.add_metadata()
    opened.add_children()
    opened.add_rest()


class _Presentation:
    """The main part, and what its slides share."""

    def __init__(self, part: str, root: XmlElement, opened: OpenedPackage) -> None:
        self._part, self._root, self._opened = part, root, opened
        size = root.find(f"{P}sldSz")
        measures = [whole_number(size.get(name)) if size is not None else None for name in ("cx", "cy")]
        self._size = (
            (measures[0] or 0) / EMU or USUAL_SIZE[0],
            (measures[1] or 0) / EMU or USUAL_SIZE[1],
        )
        self._first = whole_number(root.get("firstSlideNum", "1")) or 0
        self._levels: dict[str, Level | None] = {}
        self._palettes: dict[str, Palette] = {}
        self._read: set[str] = set()
        self._without_text: list[Location] = []

    def read(self) -> None:
        """Read all slides, then what none of them shows."""
        links = self._opened.links_of(self._part)
        listed = [links.get(slide.get(f"{RELATIONSHIP}id", "")) for slide in self._root.iter(f"{P}sldId")]
        parts = [link.target or "" if link else "" for link in listed]
        document = self._opened.document
        pages = read_placed_pages(
            document, len(parts), lambda number: self._page(parts[number - 1], number), PageKind.slide
        )
        if self._without_text:
            document.add_problem(ProblemKind.no_text, Reason.no_text, *self._without_text)
        self._add_unused({line.text.text for page in pages for line in page.lines})

    def _page(self, part: str, number: int) -> PlacedPage:
        width, height = self._size
        page = Page(number=number, kind=PageKind.slide, width=width, height=height)
        self._read.add(part)
        root = self._opened.xml(part, page.place())
        if root is None:
            return PlacedPage(replace(page, readable=False))
        if not is_on(root, "show"):
            page = replace(page, kind=PageKind.hidden_slide)
        layout = self._level(part, "slideLayout")
        master = self._level(layout.part, "slideMaster") if layout else None
        defaults = self._root.find(f"{P}defaultTextStyle")
        shown = self._first + number - 1
        slide = Slide(Level(part, root), layout, master, defaults, shown, self._size, self._colours(master))
        lines, pictured = texts_of(slide, self._opened)
        if pictured and not any(line.text.unseen is None for line in lines):
            page = replace(page, readable=False)
            self._without_text.append(page.place())
        return PlacedPage(page, lines, list(texts_beside(part, self._opened)))

    def _colours(self, master: Level | None) -> Palette:
        """Return the colours of a master's theme."""
        if master is None:
            return {}
        if master.part not in self._palettes:
            self._palettes[master.part] = palette(self._opened.linked(master.part, "theme")[1], None)
        return self._palettes[master.part]

    def _level(self, part: str, kind: str) -> Level | None:
        name = next((link.target for link in self._opened.links_of(part).values() if link.kind == kind), None)
        if name is None:
            return None
        if name not in self._levels:
            root = self._opened.xml(name)
            self._levels[name] = Level(name, root) if root is not None else None
        return self._levels[name]

    def _add_unused(self, shown: set[str]) -> None:
        """Add the text of layouts, masters and slides that no slide shows."""
        found = {
            link.target
            for links in self._opened.links.values()
            for link in links.values()
            if link.kind in UNUSED and link.target and link.target not in self._read
        }
        for part in sorted(found):
            for line in unshown_lines(self._opened.xml(part)):
                if line not in shown:
                    shown.add(line)
                    self._opened.document.add_line(line, Zone.hidden, part=part, unseen=Unseen.unused)
