"""What drawings, pictures and shapes say.

Text boxes, WordArt, diagrams drawn in place, and the alternative text that describes them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from countermark.model import HEADER_FOOTER, Zone
from countermark.readers.docx.fills import WPS, drawn_ground, shape_characters, vml_ground
from countermark.readers.docx.placements import drawing_placement, vml_placement
from countermark.readers.flow.colour import UNKNOWN
from countermark.readers.ooxml.namespaces import WP, A, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.readers.flow.lines import TextContext
    from countermark.support.safe_xml import XmlElement

GROUPS = frozenset(
    f"{{http://schemas.microsoft.com/office/word/2010/{name}"
    for name in ("wordprocessingGroup}wgp", "wordprocessingGroup}grpSp", "wordprocessingCanvas}wpc")
)
V = "{urn:schemas-microsoft-com:vml}"
BOX = f"{W}txbxContent"
WORDART, SHAPE, PLACED = f"{V}textpath", f"{WPS}wsp", (f"{WP}anchor", f"{WP}inline")
PARAGRAPH, TEXT, BREAK = f"{A}p", f"{A}t", f"{A}br"
DRAWN_BY_VML = frozenset(V + name for name in ("shape", "rect", "roundrect", "oval", "group", "line"))
VML_GROUP = f"{V}group"
PICTURES = (f"{A}blip", f"{V}imagedata")
STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")

Content = tuple[Any, "TextContext"]
"""A text box's content element or a line of text, and where it is."""


def shape_contents(
    container: XmlElement, where: TextContext, theme: Mapping[str, str], *, opens: bool
) -> Iterator[Content]:
    """Return all that is said inside a drawing, picture or object, however deep in groups and canvases.

    `opens`: it is anchored to what opens its page.
    """
    for content, own in _contents(container, where, theme, set()):
        yield content, own._replace(placement=own.placement and own.placement._replace(opens=opens))


def _contents(
    container: XmlElement, where: TextContext, theme: Mapping[str, str], described: set[str]
) -> Iterator[Content]:
    for child in container:
        tag = child.tag
        if tag == BOX:
            yield child, where
        elif tag == PARAGRAPH:
            yield _drawn_text(child), where
        elif tag == WORDART:
            zone = Zone.deleted if where.zone is Zone.deleted else Zone.watermark
            yield child.get("string", ""), where._replace(zone=zone, ground=UNKNOWN)
        else:
            yield from _description(child, where, described)
            yield from _contents(child, _inside(child, where, theme), theme, described)


def _drawn_text(paragraph: XmlElement) -> str:
    return "".join(
        "\n" if element.tag == BREAK else element.text or "" for element in paragraph.iter(TEXT, BREAK)
    )


def _description(element: XmlElement, where: TextContext, described: set[str]) -> Iterator[Content]:
    """Yield the alternative text of a picture or shape, once."""
    for name in ("descr", "title", "alt"):
        text = element.get(name)
        if text and text.strip() and text not in described:
            described.add(text)
            zone = Zone.deleted if where.zone is Zone.deleted else Zone.image
            yield text, where._replace(zone=zone, hidden=True)


def _inside(element: XmlElement, where: TextContext, theme: Mapping[str, str]) -> TextContext:
    """Return where the content of `element` is."""
    tag = element.tag
    if tag in PLACED:
        properties = element.find(f"{WP}docPr")
        if properties is not None and properties.get("hidden") in ("1", "true"):
            where = where._replace(hidden=True)
        return where._replace(placement=where.placement or drawing_placement(element))
    if tag == SHAPE:
        zone = Zone.watermark if where.zone in HEADER_FOOTER and _is_wordart(element) else where.zone
        return where._replace(
            zone=zone,
            ground=drawn_ground(element, where.ground, theme),
            characters=shape_characters(element, theme),
        )
    if tag in GROUPS:
        return where._replace(ground=UNKNOWN)
    if tag in DRAWN_BY_VML:
        style = dict(STYLE.findall(element.get("style", "")))
        where = where._replace(placement=where.placement or vml_placement(style))
        ground = UNKNOWN if tag == VML_GROUP else vml_ground(element, where.ground)
        return where._replace(ground=ground, hidden=where.hidden or style.get("visibility") == "hidden")
    return where


def _is_wordart(shape: XmlElement) -> bool:
    """Return whether a DrawingML shape bends its text, as watermarks are made."""
    warp = shape.find(f"{WPS}bodyPr/{A}prstTxWarp")
    return warp is not None and warp.get("prst") != "textNoShape"
