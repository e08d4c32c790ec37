"""One slide: what it, its layout and its master show, and what it carries beside that.

A slide shows the shapes of its layout and master but their placeholders, unless it, or the layout, says that
it does not (showMasterSp, ECMA-376 19.3.1.38, 19.3.1.39). Whether header, footer, date and number show is
told by the slide's own placeholders alone: `hf` (19.3.1.25) matters for slides that are yet to be made.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Unseen, Zone
from countermark.readers.flow.lines import Text, TextContext
from countermark.readers.flow.painted import Painted, contains, ground_at
from countermark.readers.flow.placed import TILT, PlacedLine, tilt_of, unseen_at
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.values import is_on
from countermark.readers.pptx.graphics import cells_of, drawn_in
from countermark.readers.pptx.looks import Looks, list_styles, page_ground
from countermark.readers.pptx.painted import painted_by
from countermark.readers.pptx.shapes import FIXED, P, Placeholders, is_on_its_side, properties_of, shapes_of
from countermark.readers.pptx.text import lines_in, text_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from countermark.model import Box
    from countermark.readers.ooxml.opened import OpenedPackage
    from countermark.readers.pptx.shapes import Placeholder, Shape
    from countermark.support.safe_xml import XmlElement

PICTURES = (f"{P}pic", f"{A}blipFill", f"{P}oleObj", f"{P}contentPart")
BODY, BODY_PROPERTIES = f"{P}txBody", f"{A}bodyPr"


class Level:
    """A slide, layout or master: its part and what that says."""

    def __init__(self, part: str, root: XmlElement) -> None:
        self.part, self.root = part, root

    @cached_property
    def placeholders(self) -> Placeholders:
        """Its placeholders, from which others take what they don't say themselves."""
        return Placeholders(self.root)


class Slide(NamedTuple):
    """A slide with what it takes after. `size` in points, `number` as shown, `theme` the master's colours."""

    own: Level
    layout: Level | None
    master: Level | None
    defaults: XmlElement | None
    number: int
    size: tuple[float, float]
    theme: Mapping[str, str]

    @property
    def levels(self) -> list[Level]:
        """What shows on the slide, from the bottom up."""
        found = [self.own]
        if self.layout and is_on(self.own.root, "showMasterSp"):
            found.insert(0, self.layout)
            if self.master and is_on(self.layout.root, "showMasterSp"):
                found.insert(0, self.master)
        return found


def texts_of(slide: Slide, opened: OpenedPackage) -> tuple[list[PlacedLine], bool]:
    """Return the lines of a slide in the order in which its shapes are painted, and whether it shows
    pictures.
    """
    painter = _Painter(slide, opened)
    for level in slide.levels:
        painter.paint(level)
    return painter.texts(), painter.pictured


class _Styled(NamedTuple):
    """How the text of a shape looks, and the body properties of the placeholders that it takes after."""

    looks: Looks
    bodies: Sequence[XmlElement | None]


class _Painter:
    """A slide while its shapes are painted one over the other."""

    def __init__(self, slide: Slide, opened: OpenedPackage) -> None:
        self._slide, self._opened = slide, opened
        layout, master = slide.layout, slide.master
        self._layout = layout.placeholders if layout else Placeholders(None)
        self._master = master.placeholders if master else Placeholders(None)
        self._theme = _mapped_theme(slide)
        levels = (slide.own, layout, master)
        self._ground = page_ground((level.root if level else None for level in levels), self._theme)
        self.pictured = False
        self._blocks = 0
        self._painted: list[Painted] = []
        self._found: list[tuple[PlacedLine, int]] = []

    def paint(self, level: Level) -> None:
        """Paint the shapes of a level; of a layout and a master those that are no placeholders."""
        is_own = level is self._slide.own
        for shape in shapes_of(level.root, self._layout, self._master):
            if is_own or not shape.placeholder:
                painted = painted_by(shape, self._theme)
                self.pictured = self.pictured or _is_picture(shape)
                ground = ground_at(shape.box, self._painted, self._ground)
                if painted:
                    self._painted.append(painted)
                    ground = painted.colour
                for text in self._texts(shape, level.part, ground):
                    self._found.append((text, len(self._painted)))

    def texts(self) -> list[PlacedLine]:
        """Return the lines, those that nobody sees as such."""
        return [self._as_seen(text, above) for text, above in self._found]

    def _as_seen(self, found: PlacedLine, above: int) -> PlacedLine:
        """`above`: the first of the areas that are painted after the line."""
        text, box = found.text, found.box
        if box is None or text.unseen or text.zone is Zone.image:
            return found
        why = unseen_at(box, *self._slide.size)
        if any(area.opaque and contains(area.box, box) for area in self._painted[above:]):
            why = why or Unseen.covered
        if why is None:
            return found
        return found._replace(text=text._replace(zone=Zone.hidden, unseen=why))

    def _texts(self, shape: Shape, part: str, ground: str) -> Iterator[PlacedLine]:
        zone = Zone.watermark if tilt_of(shape.rotation) > TILT else Zone.body
        block = self._new_block()
        context = TextContext(zone, ground=ground, hidden=shape.hidden, block=block)
        tag = self._tag(shape)
        styled = self._styled(shape)
        body = shape.element.find(BODY)
        for line in self._in_body(body, shape, styled, shape.box, context, part) if body is not None else ():
            yield line._replace(tag=tag)
        yield from self._in_cells(shape, styled, context, part)
        unseen = Unseen.hidden if shape.hidden else None
        for drawn, said in drawn_in(shape.element, part, self._opened):
            text = Text(said, Zone.hidden if unseen else zone, drawn, unseen=unseen, block=block)
            yield PlacedLine(text, shape.box, tag)
        for said in _alternative_texts(shape.element):
            yield PlacedLine(Text(said, Zone.image, part, unseen=unseen, block=block), shape.box)

    def _in_cells(
        self, shape: Shape, styled: _Styled, context: TextContext, part: str
    ) -> Iterator[PlacedLine]:
        columns: dict[int, int] = {}
        for column, cell, box in cells_of(shape.element, shape.box):
            own = columns.get(column) or columns.setdefault(column, self._new_block())
            in_table = context._replace(zone=Zone.table, block=own)
            body = cell.find(f"{A}txBody")
            if body is not None:
                yield from self._in_body(body, shape, styled, box, in_table, part)

    def _in_body(
        self,
        body: XmlElement,
        shape: Shape,
        styled: _Styled,
        box: Box | None,
        context: TextContext,
        part: str,
    ) -> list[PlacedLine]:
        properties = [body.find(BODY_PROPERTIES), *styled.bodies]
        where = text_body(box, properties)
        if is_on_its_side(shape.rotation):
            where = where._replace(upright=False)
        return lines_in(body, styled.looks, context, part, self._slide.number, where)

    def _styled(self, shape: Shape) -> _Styled:
        """Return what the text of a shape takes after."""
        above = [parent for parent in self._above(shape.placeholder) if parent is not None]
        master = self._slide.master.root if self._slide.master else None
        styles = [*list_styles(shape.element, shape.placeholder, above, master), self._slide.defaults]
        looks = Looks(styles, shape.element.find(f"{P}style/{A}fontRef"), self._theme)
        return _Styled(looks, [parent.find(f"{BODY}/{BODY_PROPERTIES}") for parent in above])

    def _above(self, placeholder: Placeholder | None) -> list[XmlElement | None]:
        """Return the placeholders of layout and master that a slide's takes after."""
        if placeholder is None:
            return []
        return [
            self._layout.matching(placeholder, by_index=True),
            self._master.matching(placeholder, by_index=False),
        ]

    def _new_block(self) -> int:
        self._blocks += 1
        return self._blocks

    def _tag(self, shape: Shape) -> Zone | None:
        if shape.placeholder is None or shape.placeholder.type not in FIXED:
            return None
        if shape.box is None:
            return Zone.header if shape.placeholder.type == "hdr" else Zone.footer
        middle = (shape.box.y0 + shape.box.y1) / 2
        return Zone.header if middle < self._slide.size[1] / 2 else Zone.footer


def _mapped_theme(slide: Slide) -> Mapping[str, str]:
    """Return the colours by the names that the slide's text uses.

    The theme's, mapped as the master or the slide says (ECMA-376 19.3.1.6, 19.3.1.7).
    """
    master = slide.master
    if master is None:
        return {}
    found = dict(slide.theme)
    levels = [level.root for level in (slide.own, slide.layout) if level]
    overrides = (root.find(f"{P}clrMapOvr/{A}overrideClrMapping") for root in levels)
    mapping = next(
        (override for override in overrides if override is not None), master.root.find(f"{P}clrMap")
    )
    for name, mapped in mapping.items() if mapping is not None else ():
        if mapped in found:
            found[name] = found[mapped]
    return found


def _alternative_texts(shape: XmlElement) -> Iterator[str]:
    properties = properties_of(shape)
    if properties is None:
        return
    for name in ("descr", "title"):
        said = properties.get(name, "").strip()
        if said:
            yield " ".join(said.split())


def _is_picture(shape: Shape) -> bool:
    return not shape.hidden and next(shape.element.iter(*PICTURES), None) is not None
