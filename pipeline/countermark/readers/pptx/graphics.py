"""What graphic frames on a slide show: tables, diagrams, charts (ECMA-376 19.3.1.21)."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from countermark.model import Box
from countermark.readers.ooxml.drawings import DIAGRAMS_AND_CHARTS, drawn_lines
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.package import targets
from countermark.readers.ooxml.values import whole_number
from countermark.readers.pptx.shapes import EMU

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.ooxml.opened import OpenedPackage
    from countermark.support.safe_xml import XmlElement

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TABLE = f"{A}graphic/{A}graphicData/{A}tbl"
DRAWN_OVER = frozenset(("chartUserShapes",))


def cells_of(frame: XmlElement, box: Box | None) -> Iterator[tuple[int, XmlElement, Box | None]]:
    """Return the cells of the frame's table, row by row: their column, element and box."""
    table = frame.find(TABLE)
    if table is None:
        return
    columns = [_points(column, "w") for column in table.iterfind(f"{A}tblGrid/{A}gridCol")]
    rows = list(table.iterchildren(f"{A}tr"))
    x_edges = list(accumulate(columns, initial=0.0))
    y_edges = list(accumulate((_points(row, "h") for row in rows), initial=0.0))
    for row, (y0, y1) in zip(rows, pairwise(y_edges), strict=True):
        cells = zip(row.iterchildren(f"{A}tc"), pairwise(x_edges), strict=False)
        for column, (cell, (x0, x1)) in enumerate(cells):
            place = Box(box.x0 + x0, box.y0 + y0, box.x0 + x1, box.y0 + y1) if box else None
            yield column, cell, place


def drawn_in(frame: XmlElement, part: str, opened: OpenedPackage) -> Iterator[tuple[str, str]]:
    """Return part and text of what the diagrams and charts say that the frame shows."""
    links = opened.links_of(part)
    if not any(link.kind in DIAGRAMS_AND_CHARTS for link in links.values()):
        return
    for element in frame.iter("*"):
        for name, value in element.items():
            link = links.get(value) if name.startswith(RELATIONSHIP) else None
            if link and link.target and link.kind in DIAGRAMS_AND_CHARTS:
                yield from _said(link.target, opened)


def _said(part: str, opened: OpenedPackage) -> Iterator[tuple[str, str]]:
    over = (drawn for _, drawn in targets(opened.links_of(part), DRAWN_OVER))
    for drawn in (part, *over):
        root = opened.xml(drawn)
        for line in drawn_lines(root) if root is not None else ():
            if line.strip():
                yield drawn, line


def _points(element: XmlElement, name: str) -> float:
    return (whole_number(element.get(name)) or 0) / EMU
