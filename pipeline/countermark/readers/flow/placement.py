"""Where on its page something floats that flowing text is anchored to: a text box, a frame, a table."""

from __future__ import annotations

from typing import NamedTuple

from countermark.model import HEADER_FOOTER, Zone
from countermark.readers.header_footer import MARGIN_SHARE

LINE_HEIGHT = 14.0
"""Points that one line of text takes, where nothing says how high it is."""


class Paper(NamedTuple):
    """Height of a page, its margins, and how far header and footer lie from its edges, in points."""

    height: float = 842.0
    top: float = 72.0
    bottom: float = 72.0
    header: float = 36.0
    footer: float = 36.0


class Placement(NamedTuple):
    """How something is placed vertically: aligned with an area of the page, or so many points below its top.

    `area` is `page`, `margin` (between the margins), `top` or `bottom` (a margin), `text` (what it is
    anchored to), `cell` for a table of one cell, which does not float. `opens`: the text that it is
    anchored to opens its page. `height` in points; `percent` is a share of the area's height that is added
    to the offset.
    """

    area: str
    align: str = ""
    offset: float = 0.0
    height: float = LINE_HEIGHT
    percent: float = 0.0
    behind: bool = False
    opens: bool = False

    def zone(self, own: Zone, paper: Paper) -> Zone:
        """Return the zone of the page in which it lies; `own` where that can't be known."""
        middle = self._middle(own, paper)
        if middle is None:
            return own
        share = MARGIN_SHARE * paper.height
        if middle < max(share, paper.top):
            return Zone.header
        if middle > paper.height - max(share, paper.bottom):
            return Zone.footer
        if own in HEADER_FOOTER:
            return Zone.watermark if self.behind else Zone.textbox
        return own

    def _middle(self, own: Zone, paper: Paper) -> float | None:
        """Return how far its middle lies from the top of the page, in points."""
        area = self._area(own, paper)
        if area is None:
            return None
        top, bottom = area
        if self.align == "bottom":
            return bottom - self.height / 2
        if self.align == "center":
            return (top + bottom) / 2
        return top + self.offset + self.percent * (bottom - top) + self.height / 2

    def _area(self, own: Zone, paper: Paper) -> tuple[float, float] | None:
        inner = paper.height - paper.bottom
        if self.area != "text":
            areas = {"page": (0.0, paper.height), "margin": (paper.top, inner), "top": (0.0, paper.top)}
            return areas.get(self.area, (inner, paper.height) if self.area == "bottom" else None)
        if own is Zone.header:
            return paper.header, paper.top
        if own is Zone.footer:
            return paper.height - paper.footer - LINE_HEIGHT, paper.height
        return (paper.top, inner) if self.opens else None
