"""The shapes of a Visio page with their text and places ([MS-VSDX] 2.2.5).

Visio measures in inches from the bottom left corner; a shape without text or place of its own has that of the
master's shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.support.safe_xml import XmlElement

V = "{http://schemas.microsoft.com/office/visio/2012/main}"
WHOLE = "whole"
INCH = 72.0
"""Points."""
SHAPE, SHAPES, TEXT, CELL, SECTION = (f"{V}{name}" for name in ("Shape", "Shapes", "Text", "Cell", "Section"))
BOLD = 1
"""The bit of a character's style that makes it bold."""


class DrawnShape(NamedTuple):
    """A shape that has text: its lines, its box in points from the top left corner, and how it looks."""

    lines: list[str]
    box: Box
    hidden: bool
    size: float | None
    bold: bool


class Drawing(NamedTuple):
    """What a page's shapes take after.

    The size of the page in points, its hidden layers and the shapes of each master by their identifiers.
    """

    width: float
    height: float
    hidden_layers: frozenset[str]
    masters: Mapping[str, Mapping[str, XmlElement]]


class _Group(NamedTuple):
    """Where a group's own bottom left corner lies on the page, in inches, and the master of its shapes."""

    x: float = 0.0
    y: float = 0.0
    hidden: bool = False
    master: str = ""


def shapes_on(root: XmlElement, drawing: Drawing) -> Iterator[DrawnShape]:
    """Return the shapes of a page's part that have text, in the order in which they are painted."""
    top = root.find(SHAPES)
    pending = [(shape, _Group()) for shape in reversed(top)] if top is not None else []
    while pending:
        shape, group = pending.pop()
        if shape.tag != SHAPE:
            continue
        master = shape.get("Master", group.master)
        own_name = WHOLE if "Master" in shape.attrib else None
        other = drawing.masters.get(master, {}).get(shape.get("MasterShape", own_name))
        levels = [shape] if other is None else [shape, other]
        width, height = _number(levels, "Width"), _number(levels, "Height")
        left = group.x + _number(levels, "PinX") - _number(levels, "LocPinX", width / 2)
        bottom = group.y + _number(levels, "PinY") - _number(levels, "LocPinY", height / 2)
        hidden = group.hidden or _is_hidden(levels, drawing.hidden_layers)
        lines = _lines(levels)
        if lines:
            top_side = drawing.height - (bottom + height) * INCH
            box = Box(left * INCH, top_side, (left + width) * INCH, top_side + height * INCH)
            off = hidden or _number(levels, "HideText") == 1
            yield DrawnShape(lines, box, off, *_look(levels))
        inner = _Group(left, bottom, hidden, master)
        own = next((found for level in levels if (found := level.find(SHAPES)) is not None), None)
        pending += [(child, inner) for child in reversed(own)] if own is not None else []


def shapes_by_id(root: XmlElement) -> dict[str, XmlElement]:
    """Return the shapes of a master's part by their identifiers, and the first one as WHOLE, which is what a
    shape on a page takes after as a whole.
    """
    found = {shape.get("ID", ""): shape for shape in root.iter(SHAPE)}
    first = root.find(f"{SHAPES}/{SHAPE}")
    return found if first is None else {**found, WHOLE: first}


def hidden_layers(sheet: XmlElement | None) -> frozenset[str]:
    """Return the numbers of the layers that a page does not show; `sheet` is its PageSheet."""
    rows = sheet.iterfind(f"{SECTION}[@N='Layer']/{V}Row") if sheet is not None else ()
    return frozenset(row.get("IX", "") for row in rows if number_of(row, "Visible", 1.0) == 0)


def number_of(element: XmlElement | None, name: str, absent: float = 0.0) -> float:
    """Return the value of an element's cell; `absent` where it has none."""
    for cell in element.iterfind(CELL) if element is not None else ():
        if cell.get("N") == name:
            try:
                return max(-1e6, min(1e6, float(cell.get("V", "")[:40])))
            except ValueError:
                return absent
    return absent


def _number(levels: list[XmlElement], name: str, absent: float = 0.0) -> float:
    for level in levels:
        value = number_of(level, name, float("inf"))
        if value != float("inf"):
            return value
    return absent


def _lines(levels: list[XmlElement]) -> list[str]:
    """Return the lines of the text of the first level that has any."""
    for level in levels:
        text = level.find(TEXT)
        if text is not None:
            return [line for line in "".join(text.itertext()).splitlines() if line.strip()]
    return []


def _is_hidden(levels: list[XmlElement], layers: frozenset[str]) -> bool:
    """Return whether all layers that a shape is on are hidden."""
    for cell in levels[0].iterfind(CELL):
        if cell.get("N") == "LayerMember":
            own = [number for number in cell.get("V", "").split(";") if number]
            return bool(own) and all(number in layers for number in own)
    return False


def _look(levels: list[XmlElement]) -> tuple[float | None, bool]:
    """Size in points and weight of a shape's first characters."""
    for level in levels:
        row = level.find(f"{SECTION}[@N='Character']/{V}Row")
        if row is not None:
            size = number_of(row, "Size") * INCH
            return size or None, bool(int(number_of(row, "Style")) & BOLD)
    return None, False
