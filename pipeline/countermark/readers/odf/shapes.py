"""What frames and shapes of an OpenDocument say.

Text boxes, drawn letters, alternative text (ODF 1.3 part 3, 10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Zone
from countermark.readers.flow.colour import AUTO, UNKNOWN
from countermark.readers.flow.placement import LINE_HEIGHT, Placement
from countermark.readers.odf.namespaces import DRAW, PRESENTATION, SVG, TEXT
from countermark.readers.odf.styles import length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.flow.lines import TextContext
    from countermark.readers.odf.styles import Shape, Styles
    from countermark.support.safe_xml import XmlElement

_SHAPES = (
    "frame custom-shape rect circle ellipse line polyline polygon regular-polygon path connector caption "
    "measure g a control page-thumbnail"
)
SHAPES = frozenset(f"{DRAW}{name}" for name in _SHAPES.split())
GROUPS = frozenset((f"{DRAW}g", f"{DRAW}a"))
PICTURE, BOX = f"{DRAW}image", f"{DRAW}text-box"
OBJECTS = frozenset((f"{DRAW}object", f"{DRAW}object-ole"))
DESCRIPTIONS = frozenset((f"{SVG}title", f"{SVG}desc"))
GEOMETRY = f"{DRAW}enhanced-geometry"
ALIGNED = {"middle": "center", "top": "top", "bottom": "bottom", "below": "bottom"}
AREAS = {"page": "page", "page-content": "margin"}
"""Values of `style:vertical-pos` and `style:vertical-rel` -> as Placement names them."""
OF_PAGE = "page"


def shape_contents(
    shape: XmlElement, where: TextContext, styles: Styles
) -> Iterator[tuple[XmlElement | str, TextContext]]:
    """Return what a shape holds, and where it is.

    Its text boxes, or itself where its text is its own; pictures, objects, and lines of text that
    describe it.
    """
    if shape.tag in GROUPS:
        yield from _descriptions(shape, where)
        for child in shape:
            if child.tag in SHAPES:
                yield from shape_contents(child, where, styles)
        return
    own = styles.shape(*style_of(shape))
    ground = where.ground if own.ground == AUTO else own.ground
    inside = where._replace(ground=ground, placement=_placement(shape, own) or where.placement)
    yield from _descriptions(shape, where)
    geometry = shape.find(GEOMETRY)
    if geometry is not None and geometry.get(f"{DRAW}text-path") == "true":
        yield shape, inside._replace(zone=_unless_deleted(inside, Zone.watermark), ground=UNKNOWN)
    elif shape.tag == f"{DRAW}frame":
        found = [child for child in shape if child.tag == BOX or child.tag == PICTURE or child.tag in OBJECTS]
        is_object = any(child.tag in OBJECTS for child in found)
        for child in found:
            if child.tag != PICTURE or not is_object:
                yield child, inside
    else:
        yield shape, inside


def style_of(shape: XmlElement) -> tuple[str, str | None]:
    """Return family and name of a shape's style: placeholders of slides have a family of their own."""
    placeholder = shape.get(f"{PRESENTATION}style-name")
    return ("presentation", placeholder) if placeholder else ("graphic", shape.get(f"{DRAW}style-name"))


def _placement(shape: XmlElement, style: Shape) -> Placement | None:
    """Return where a shape is placed; None where it goes with its text as a character."""
    anchor = shape.get(f"{TEXT}anchor-type", "")
    if anchor == "as-char":
        return None
    area = AREAS.get(style.relative, OF_PAGE if anchor == OF_PAGE else "text")
    height = length(shape.get(f"{SVG}height")) or LINE_HEIGHT
    align = ALIGNED.get(style.position, "")
    offset = length(shape.get(f"{SVG}y"))
    if not align and offset is None:
        return None
    return Placement(area, align, 0.0 if align else offset or 0.0, height, behind=style.behind)


def _descriptions(shape: XmlElement, where: TextContext) -> Iterator[tuple[str, TextContext]]:
    """Return the alternative text of a shape, once."""
    told = dict.fromkeys("".join(child.itertext()).strip() for child in shape if child.tag in DESCRIPTIONS)
    for text in filter(None, told):
        yield text, where._replace(zone=_unless_deleted(where, Zone.image), hidden=True)


def _unless_deleted(where: TextContext, zone: Zone) -> Zone:
    return Zone.deleted if where.zone is Zone.deleted else zone
