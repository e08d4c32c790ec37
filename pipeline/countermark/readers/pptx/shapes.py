"""The shapes of a slide, layout or master, in the order in which they are painted, with their places.

Places are in points from the top left corner of the slide (ECMA-376 20.1.7.6); groups have coordinates of
their own (20.1.7.5). A placeholder without a place of its own has that of the layout's or master's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Box
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.values import is_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.support.safe_xml import XmlElement

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
EMU = 12700
"""How many make a point."""
DEGREE = 60_000
"""How many make a degree."""
GROUP, TREE = f"{P}grpSp", f"{P}cSld/{P}spTree"
SHAPES = frozenset(f"{P}{name}" for name in ("sp", "pic", "graphicFrame", "cxnSp", "contentPart", "grpSp"))
TITLES = frozenset(("title", "ctrTitle"))
FIXED = frozenset(("dt", "ftr", "sldNum", "hdr"))
"""Types of placeholders that bear the same on every slide."""


class Placeholder(NamedTuple):
    """What a shape is on its slide: its `type` (ECMA-376 19.7.10) and its `idx` in the layout."""

    type: str
    idx: str


class Shape(NamedTuple):
    """A shape that is no group. `rotation` in degrees; `hidden`: it, or a group around it, is not shown."""

    element: XmlElement
    box: Box | None
    rotation: float
    hidden: bool
    placeholder: Placeholder | None


class _Frame(NamedTuple):
    """How coordinates inside a group become points on the slide."""

    x: float = 0.0
    y: float = 0.0
    x_scale: float = 1 / EMU
    y_scale: float = 1 / EMU
    rotation: float = 0.0
    hidden: bool = False

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        left, top = self.x + x * self.x_scale, self.y + y * self.y_scale
        return Box(left, top, left + width * self.x_scale, top + height * self.y_scale)

    def inside(self, group: XmlElement) -> _Frame:
        """Return the frame of what a group holds."""
        hidden = self.hidden or _is_hidden(group)
        place = group.find(f"{P}grpSpPr/{A}xfrm")
        if place is None:
            return self._replace(hidden=hidden)
        x, y, width, height = _pairs(place, "off", "ext") or (0, 0, 0, 0)
        own = _pairs(place, "chOff", "chExt") or (x, y, width, height)
        x_scale = self.x_scale * (width / own[2] if own[2] and width else 1)
        y_scale = self.y_scale * (height / own[3] if own[3] and height else 1)
        left, top = self.x + x * self.x_scale, self.y + y * self.y_scale
        rotation = self.rotation + _rotation(place)
        return _Frame(left - own[0] * x_scale, top - own[1] * y_scale, x_scale, y_scale, rotation, hidden)


class Placeholders:
    """The placeholders of a layout or a master, from which others take what they don't say themselves."""

    def __init__(self, root: XmlElement | None) -> None:
        self._by_index: dict[str, XmlElement] = {}
        self._by_type: dict[str, XmlElement] = {}
        for shape in root.iter(f"{P}sp", f"{P}pic", f"{P}graphicFrame") if root is not None else ():
            placeholder = placeholder_of(shape)
            if placeholder:
                self._by_index.setdefault(placeholder.idx, shape)
                self._by_type.setdefault(_general(placeholder.type), shape)

    def matching(self, placeholder: Placeholder, *, by_index: bool) -> XmlElement | None:
        """Return the shape that a placeholder takes after: in a layout `by_index`, in a master by type."""
        if by_index and placeholder.type not in FIXED:
            found = self._by_index.get(placeholder.idx)
            if found is not None:
                return found
        return self._by_type.get(_general(placeholder.type))


def shapes_of(root: XmlElement, layout: Placeholders, master: Placeholders) -> Iterator[Shape]:
    """Return the shapes of a slide's, layout's or master's part, those of groups in their place.

    A slide's placeholders take after `layout` and `master`.
    """
    tree = root.find(TREE)
    pending = [(element, _Frame()) for element in reversed(tree)] if tree is not None else []
    while pending:
        element, frame = pending.pop()
        if element.tag == GROUP:
            inner = frame.inside(element)
            pending += [(child, inner) for child in reversed(element)]
        elif element.tag in SHAPES:
            yield _shape(element, frame, layout, master)


def placeholder_of(shape: XmlElement) -> Placeholder | None:
    """Return what a shape is as a placeholder; None where it is none."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    return None if found is None else Placeholder(found.get("type", "obj"), found.get("idx", "0"))


def properties_of(shape: XmlElement) -> XmlElement | None:
    """Return what every shape says of itself: its name, its alternative text."""
    return shape.find(f"./*/{P}cNvPr")


def _shape(element: XmlElement, frame: _Frame, layout: Placeholders, master: Placeholders) -> Shape:
    placeholder = placeholder_of(element)
    place = _place(element)
    if place is None and placeholder:
        for level, by_index in ((layout, True), (master, False)):
            other = level.matching(placeholder, by_index=by_index)
            place = place if place is not None or other is None else _place(other)
    measures = _pairs(place, "off", "ext") if place is not None else None
    rotation = frame.rotation + (_rotation(place) if place is not None else 0.0)
    box = frame.box(*measures) if measures else None
    is_hidden = frame.hidden or _is_hidden(element)
    return Shape(element, _turned(box, rotation) if box else None, rotation, is_hidden, placeholder)


def _place(shape: XmlElement) -> XmlElement | None:
    found = shape.find(f"{P}xfrm")
    return found if found is not None else shape.find(f"{P}spPr/{A}xfrm")


def is_on_its_side(rotation: float) -> bool:
    """Return whether what is turned by so many degrees lies on its side."""
    return 45 <= rotation % 180 < 135


def _turned(box: Box, rotation: float) -> Box:
    """Return the box that is seen of one that is turned on its side about its middle."""
    if is_on_its_side(rotation):
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        return Box(x - box.height / 2, y - box.width / 2, x + box.height / 2, y + box.width / 2)
    return box


def _pairs(place: XmlElement, offset: str, extent: str) -> tuple[float, float, float, float] | None:
    at, size = place.find(f"{A}{offset}"), place.find(f"{A}{extent}")
    if at is None or size is None:
        return None
    return _number(at, "x"), _number(at, "y"), _number(size, "cx"), _number(size, "cy")


def _number(element: XmlElement, name: str) -> float:
    try:
        return float(int(element.get(name, "0")[:15]))
    except ValueError:
        return 0.0


def _rotation(place: XmlElement) -> float:
    return _number(place, "rot") / DEGREE


def _is_hidden(shape: XmlElement) -> bool:
    return is_on(properties_of(shape), "hidden", absent="0")


def _general(type_: str) -> str:
    """Return the type in a master that stands for a type (ECMA-376 19.7.10)."""
    if type_ in TITLES:
        return "title"
    return type_ if type_ in FIXED or type_ == "sldImg" else "body"
