"""The slides of an OpenDocument presentation, and the pages of a drawing, to pages (ODF 1.3 part 3, 10.2).

A slide shows the shapes of its master page but for the placeholders, which invite to fill them in; header,
footer, date and number where its style says so. What is left empty shows nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from countermark.model import Page, PageKind, ProblemKind, Reason, Unseen, Zone
from countermark.readers.flow.colour import AUTO, UNKNOWN, WHITE
from countermark.readers.flow.lines import TextContext
from countermark.readers.flow.painted import Painted, ground_at
from countermark.readers.flow.placed import TILT, PlacedLine, PlacedPage, read_placed_pages, unseen_at
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.flow.text_body import TextBody, placed_in
from countermark.readers.odf.drawn import Placed, hidden_layers, placed_shapes
from countermark.readers.odf.namespaces import DRAW, FO, OFFICE, PRESENTATION, STYLE, TEXT
from countermark.readers.odf.package import CONTENT, STYLES
from countermark.readers.odf.shapes import style_of
from countermark.readers.odf.styles import colour, length
from countermark.readers.odf.text import ANNOTATION, Flow, Shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.flow.lines import Text
    from countermark.readers.odf.document import OpenedText
    from countermark.readers.odf.styles import Attributes
    from countermark.support.limits import LimitReached, UnitFailed
    from countermark.support.safe_xml import XmlElement

SLIDE, MASTER, NOTES = f"{DRAW}page", f"{STYLE}master-page", f"{PRESENTATION}notes"
FIXED = {"header": Zone.header, "footer": Zone.footer, "date-time": Zone.footer, "page-number": Zone.footer}
"""Classes of shapes of a master page that slides show where their style says so -> their zone."""
PROMPTS = frozenset(("title", "subtitle", "outline", "notes", "handout", "page", "text", "graphic", "object"))
ANCHORS = {"middle": 0.5, "bottom": 1.0}
INSETS = (7.1, 3.5, 7.1, 3.5)
"""The usual distance of text from the sides of its shape: 0.25 and 0.125 cm."""
USUAL_PAGE = (793.7, 446.5)


class _Level(NamedTuple):
    """A slide or its master page: its part, what its text shares, which classes of placeholders it shows."""

    element: XmlElement
    part: str
    shared: Shared
    is_master: bool
    shown: frozenset[str] = frozenset()


def add_slides(body: XmlElement, opened: OpenedText, document: DocumentBuilder) -> None:
    """Add a page for each slide or page of a drawing, then what none of them shows."""
    slides = list(body.iterchildren(SLIDE))
    reader = _Slides(body, opened, document)
    pages = read_placed_pages(
        document, len(slides), lambda number: reader.page(slides[number - 1], number), reader.kind
    )
    silent = [placed.page.place() for placed in pages if not placed.page.readable]
    if silent:
        document.add_problem(ProblemKind.no_text, Reason.no_text, *silent)
    reader.add_unused()


class _Slides:
    """What the slides of a document share."""

    def __init__(self, body: XmlElement, opened: OpenedText, document: DocumentBuilder) -> None:
        self._opened, self._document = opened, document
        self.kind = PageKind.slide if body.tag == f"{OFFICE}presentation" else None
        styles = opened.roots.styles
        self._masters = _named(styles, MASTER)
        self._layouts = _named(styles, f"{STYLE}page-layout")
        self._layers = hidden_layers(styles)
        self._said = {
            (child.tag.removesuffix("-decl"), child.get(f"{PRESENTATION}name", "")): "".join(child.itertext())
            for child in body
            if isinstance(child.tag, str) and child.tag.endswith("-decl")
        }
        self._used: set[str] = set()

    def page(self, slide: XmlElement, number: int) -> PlacedPage:
        """Return a slide with its lines, notes and comments."""
        master = self._masters.get(slide.get(f"{DRAW}master-page-name", ""))
        width, height = size = self._size(master)
        page = Page(number=number, kind=self.kind, width=width, height=height)
        properties = self._opened.in_body.styles.slide(slide.get(f"{DRAW}style-name"))
        if properties.get(f"{PRESENTATION}visibility") == "hidden":
            page = replace(page, kind=PageKind.hidden_slide)
        painter = _Painter(size, self._ground(properties, master), self._layers)
        fields = self._fields(slide, number)
        if master is not None:
            self._used.add(master.get(f"{STYLE}name", ""))
            in_master = self._opened.in_headers._replace(fields=fields)
            if properties.get(f"{PRESENTATION}background-objects-visible", "true") != "false":
                shown = {name for name in FIXED if properties.get(f"{PRESENTATION}display-{name}") == "true"}
                painter.paint(_Level(master, STYLES, in_master, True, frozenset(shown)))
        own = _Level(slide, CONTENT, self._opened.in_body._replace(fields=fields), False)
        painter.paint(own)
        self._opened.stops += painter.stops
        if painter.pictured and not any(line.text.unseen is None for line in painter.lines):
            page = replace(page, readable=False)
        return PlacedPage(page, painter.lines, [*painter.comments, *self._beside(own)])

    def add_unused(self) -> None:
        """Add what master pages say that no slide is made by."""
        for name, master in self._masters.items():
            if name not in self._used:
                painter = _Painter(USUAL_PAGE, WHITE, frozenset())
                painter.paint(_Level(master, STYLES, self._opened.in_headers, True, frozenset(FIXED)))
                for line in painter.lines:
                    self._document.add_line(line.text.text, Zone.hidden, part=STYLES, unseen=Unseen.unused)

    def _size(self, master: XmlElement | None) -> tuple[float, float]:
        named = master.get(f"{STYLE}page-layout-name", "") if master is not None else ""
        layout = self._layouts.get(named)
        properties = layout.find(f"{STYLE}page-layout-properties") if layout is not None else None
        width, height = (
            length(properties.get(f"{FO}page-{edge}")) if properties is not None else None
            for edge in ("width", "height")
        )
        return width or USUAL_PAGE[0], height or USUAL_PAGE[1]

    def _ground(self, properties: Attributes, master: XmlElement | None) -> str:
        found = [properties]
        if master is not None:
            found.append(self._opened.in_headers.styles.slide(master.get(f"{DRAW}style-name")))
        for attributes in found:
            fill = attributes.get(f"{DRAW}fill", "none")
            if fill != "none":
                painted = colour(attributes.get(f"{DRAW}fill-color")) if fill == "solid" else None
                return painted or UNKNOWN
        return WHITE

    def _fields(self, slide: XmlElement, number: int) -> Mapping[str, str]:
        fields = {f"{TEXT}page-number": str(number)}
        for name in ("header", "footer", "date-time"):
            tag = f"{PRESENTATION}{name}"
            fields[tag] = self._said.get((tag, slide.get(f"{PRESENTATION}use-{name}-name", "")), "")
        return fields

    def _beside(self, own: _Level) -> Iterator[Text]:
        for notes in own.element.iterchildren(NOTES):
            shapes = [shape for shape in notes if not _is_placeholder(shape)]
            for text in Flow(shapes, CONTENT, TextContext(Zone.body), own.shared).texts:
                zone = text.zone if text.zone is Zone.comment else Zone.hidden
                yield text._replace(zone=zone, unseen=Unseen.notes if zone is Zone.hidden else None)


class _Painter:
    """A slide while its shapes are painted one over the other."""

    def __init__(self, size: tuple[float, float], ground: str, layers: frozenset[str]) -> None:
        self._size, self._ground, self._layers = size, ground, layers
        self.lines: list[PlacedLine] = []
        self.comments: list[Text] = []
        self.stops: list[LimitReached | UnitFailed] = []
        self.pictured = False
        self._painted: list[Painted] = []
        self._blocks = 0

    def paint(self, level: _Level) -> None:
        """Paint the shapes of a level."""
        for shape in placed_shapes(level.element, self._layers):
            if _is_shown(shape.element, level):
                self._shape(shape, level)
        for comment in level.element.iterchildren(ANNOTATION):
            self.comments += Flow(comment, level.part, TextContext(Zone.comment), level.shared).texts

    def _shape(self, shape: Placed, level: _Level) -> None:
        styles, element = level.shared.styles, shape.element
        family, name = style_of(element)
        style = styles.shape(family, name)
        ground = ground_at(shape.box, self._painted, self._ground)
        if style.ground != AUTO and shape.box:
            self._painted.append(Painted(shape.box, style.ground, False))
            ground = style.ground
        self._blocks += 1
        where = TextContext(Zone.body, ground=ground, hidden=shape.hidden)
        flow = Flow([element], level.part, where, level.shared, styles.look(family, name, RunFormat()))
        self.stops += [flow.stop] if flow.stop else []
        self.pictured = self.pictured or bool(flow.pictured)
        self.comments += [text for note in flow.notes for text in note.texts]
        body = TextBody(shape.box, ANCHORS.get(style.anchor, 0.0), INSETS)
        tag = FIXED.get(element.get(f"{PRESENTATION}class", "")) if level.is_master else None
        texts = [self._as_seen(text, shape) for text in flow.texts]
        if shape.box is None or shape.tilt:
            self.lines += [PlacedLine(text, shape.box, tag) for text in texts]
        else:
            found = placed_in([([text], text.centred) for text in texts], body, shape.box)
            self.lines += [line._replace(tag=tag) for line in found]

    def _as_seen(self, text: Text, shape: Placed) -> Text:
        zone = text.zone
        if zone is Zone.textbox:
            zone = Zone.watermark if shape.tilt > TILT else Zone.body
        unseen = text.unseen or (unseen_at(shape.box, *self._size) if shape.box else None)
        if unseen and zone is not Zone.image:
            zone = Zone.hidden
        return text._replace(zone=zone, unseen=unseen, block=self._blocks, placement=None)


def _named(styles: XmlElement | None, tag: str) -> dict[str, XmlElement]:
    found = styles.iter(tag) if styles is not None else ()
    return {element.get(f"{STYLE}name", ""): element for element in found}


def _is_placeholder(shape: XmlElement) -> bool:
    return bool(shape.get(f"{PRESENTATION}placeholder") == "true")


def _is_shown(shape: XmlElement, level: _Level) -> bool:
    """Return whether a slide shows a shape of its own or of its master page."""
    kind = shape.get(f"{PRESENTATION}class", "")
    if not level.is_master:
        return not _is_placeholder(shape)
    return kind in level.shown if kind in FIXED else kind not in PROMPTS
