"""Where Word places what floats.

Drawings, VML shapes, frames and tables (ECMA-376 20.4.2.11, 17.3.1.11, 17.4.57).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.flow.placement import LINE_HEIGHT, Placement
from countermark.readers.ooxml.namespaces import WP, W
from countermark.readers.ooxml.values import EMU, TWIPS, points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.support.safe_xml import XmlElement

PERCENT = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}pctPosVOffset"
THOUSANDTHS = 100_000
AREAS = {
    "page": "page",
    "margin": "margin",
    "topMargin": "top",
    "top-margin-area": "top",
    "bottomMargin": "bottom",
    "bottom-margin-area": "bottom",
    "paragraph": "text",
    "line": "text",
    "text": "text",
}
ALIGNED = {"top": "top", "inside": "top", "center": "center", "bottom": "bottom", "outside": "bottom"}


def drawing_placement(anchor: XmlElement) -> Placement | None:
    """Return where a DrawingML object lies.

    None for one in a line of text or of an area that is not known.
    """
    position = anchor.find(f"{WP}positionV")
    area = AREAS.get(position.get("relativeFrom", "")) if position is not None else None
    if position is None or area is None:
        return None
    extent = anchor.find(f"{WP}extent")
    height = points(extent.get("cy"), EMU) if extent is not None else None
    return Placement(
        area,
        ALIGNED.get((position.findtext(f"{WP}align") or "").strip(), ""),
        points(position.findtext(f"{WP}posOffset"), EMU) or 0.0,
        height or LINE_HEIGHT,
        percent=(points(position.findtext(PERCENT), THOUSANDTHS) or 0.0),
        behind=anchor.get("behindDoc") in ("1", "true"),
    )


def vml_placement(style: Mapping[str, str]) -> Placement | None:
    """Return where a VML shape of this style lies; None for one in a line of text or in a group."""
    area = AREAS.get(style.get("mso-position-vertical-relative", "text").strip())
    is_placed = style.get("position", "").strip() == "absolute" or "mso-position-vertical" in style
    if area is None or not is_placed:
        return None
    align = ALIGNED.get(style.get("mso-position-vertical", "").strip(), "")
    offset = points(style.get("margin-top", "").strip(), 1) or 0.0
    height = points(style.get("height", "").strip(), 1) or LINE_HEIGHT
    behind = style.get("z-index", "").strip().startswith("-")
    return Placement(area, align, offset, height, behind=behind)


def frame_placement(frame: XmlElement) -> Placement | None:
    """Return where a frame lies that its framePr places; None where it is in the text."""
    height = points(frame.get(f"{W}h"), TWIPS) or LINE_HEIGHT
    return _placed_by(frame, "vAnchor", "y", "yAlign", height)


def table_placement(properties: XmlElement | None, *, opens: bool) -> Placement | None:
    """Return where a table lies that its tblPr lets float."""
    floating = properties.find(f"{W}tblpPr") if properties is not None else None
    if floating is None:
        return None
    placement = _placed_by(floating, "vertAnchor", "tblpY", "tblpYSpec", LINE_HEIGHT)
    return placement and placement._replace(opens=opens)


def _placed_by(element: XmlElement, anchor: str, at: str, align: str, height: float) -> Placement | None:
    area = AREAS.get(element.get(f"{W}{anchor}", "page"))
    offset, aligned = element.get(f"{W}{at}"), element.get(f"{W}{align}")
    if area is None or (offset is None and aligned is None):
        return None
    return Placement(area, ALIGNED.get(aligned or "", ""), points(offset, TWIPS) or 0.0, height)
