"""Visio files to Documents: a page for each page of the drawing, with the backgrounds that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Page, Reason, Unseen, Zone
from countermark.readers.flow.lines import Text
from countermark.readers.flow.placed import PlacedLine, PlacedPage, read_placed_pages, unseen_at
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.ooxml.opened import OpenedPackage
from countermark.readers.ooxml.package import Package
from countermark.readers.vsdx.shapes import (
    INCH,
    Drawing,
    V,
    hidden_layers,
    number_of,
    shapes_by_id,
    shapes_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.vsdx.shapes import DrawnShape
    from countermark.support.safe_xml import XmlElement

RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
USUAL_PAGE = (8.5, 11.0)
"""In inches."""
COMMENT = f"{V}CommentEntry"


def read_drawing(data: bytes, document: DocumentBuilder) -> None:
    """Read the Visio file `data`: a page for each page that is no background, properties, labels, children.

    Raises LimitReached and what `zipfile` raises for a damaged file.
    """
    opened = OpenedPackage(Package(data, document.limits), document)
    part, root = opened.main("visio/document.xml", Reason.drawing_broken)
    if root is not None:
        _Drawing(part, opened).read()
    opened.add_metadata()
    opened.add_children()
    opened.add_rest()


class _Drawing:
    """The main part, its masters and its pages."""

    def __init__(self, part: str, opened: OpenedPackage) -> None:
        self._part, self._opened = part, opened
        self._masters = {
            element.get("ID", ""): shapes_by_id(master)
            for element, target in self._listed("masters")
            if target and (master := opened.xml(target)) is not None
        }

    def read(self) -> None:
        """Read all pages, then comments and what no page shows."""
        listed = list(self._listed("pages"))
        by_id = {element.get("ID"): (element, part) for element, part in listed}
        foreground = [page for page in listed if page[0].get("Background") != "1"]
        document = self._opened.document
        shown: set[str] = set()

        def read_page(number: int) -> PlacedPage:
            element, part = foreground[number - 1]
            parts = [*self._backgrounds(element, by_id), part]
            page = self._page(number, element, parts)
            shown.update(parts)
            return page

        read_placed_pages(document, len(foreground), read_page)
        for element, part in listed:
            document.add_line(element.get("Name", ""), Zone.bookmark, part=self._part)
            if part and part not in shown:
                self._add_unused(element, part)
        self._add_comments()

    def _listed(self, kind: str) -> Iterator[tuple[XmlElement, str]]:
        """Yield the masters or pages as their list has them, each with the name of its part."""
        name, root = self._opened.linked(self._part, kind)
        links = self._opened.links_of(name)
        for element in root if root is not None else ():
            relation = element.find(f"{V}Rel")
            link = links.get(relation.get(RELATIONSHIP_ID, "")) if relation is not None else None
            yield element, (link.target if link else None) or ""

    def _backgrounds(self, element: XmlElement, by_id: dict[str | None, tuple[XmlElement, str]]) -> list[str]:
        """Return the parts of the backgrounds of a page, the lowest first."""
        found: list[str] = []
        below = by_id.get(element.get("BackPage"))
        while below and below[1] and below[1] not in found:
            found.insert(0, below[1])
            below = by_id.get(below[0].get("BackPage"))
        return found

    def _page(self, number: int, element: XmlElement, parts: list[str]) -> PlacedPage:
        drawing = self._drawing(element)
        page = Page(number=number, width=drawing.width, height=drawing.height)
        lines: list[PlacedLine] = []
        for part in parts:
            root = self._opened.xml(part, page.place())
            if root is None:
                return PlacedPage(Page(number=number, readable=False), lines)
            for block, shape in enumerate(shapes_on(root, drawing), len(lines) + 1):
                lines += _lines(shape, part, drawing, block)
        return PlacedPage(page, lines)

    def _drawing(self, element: XmlElement) -> Drawing:
        sheet = element.find(f"{V}PageSheet")
        width = number_of(sheet, "PageWidth", USUAL_PAGE[0]) * INCH
        height = number_of(sheet, "PageHeight", USUAL_PAGE[1]) * INCH
        return Drawing(width, height, hidden_layers(sheet), self._masters)

    def _add_unused(self, element: XmlElement, part: str) -> None:
        root = self._opened.xml(part)
        for shape in shapes_on(root, self._drawing(element)) if root is not None else ():
            for line in shape.lines:
                self._opened.document.add_line(line, Zone.hidden, part=part, unseen=Unseen.unused)

    def _add_comments(self) -> None:
        part, root = self._opened.linked(self._part, "comments")
        for comment in root.iter(COMMENT) if root is not None else ():
            for line in "".join(comment.itertext()).splitlines():
                self._opened.document.add_line(line, Zone.comment, part=part)


def _lines(shape: DrawnShape, part: str, drawing: Drawing, block: int) -> Iterator[PlacedLine]:
    """Yield the lines of a shape, all in its box: where each of them lies depends on its fonts."""
    look = RunFormat(size=shape.size, bold=shape.bold)
    unseen = Unseen.hidden if shape.hidden else unseen_at(shape.box, drawing.width, drawing.height)
    zone = Zone.hidden if unseen else Zone.body
    for line in shape.lines:
        yield PlacedLine(Text(line, zone, part, look, True, unseen, block=block), shape.box)
