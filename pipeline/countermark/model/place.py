"""Where things are in a document: zones, kinds of pages, boxes, locations."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Noun(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all nouns: immutable, hashable, compared by value."""


class Zone(StrEnum):
    """Where a line is."""

    header = "header"
    footer = "footer"
    body = "body"
    table = "table"
    textbox = "textbox"
    footnote = "footnote"
    endnote = "endnote"
    comment = "comment"
    inserted = "inserted"
    deleted = "deleted"
    hidden = "hidden"
    watermark = "watermark"
    annotation = "annotation"
    field = "field"
    bookmark = "bookmark"
    property = "property"
    filename = "filename"
    subject = "subject"
    image = "image"
    revision = "revision"


HEADER_FOOTER = (Zone.header, Zone.footer)
"""The zones in which a page bears its marking."""
MARKED_ZONES = (*HEADER_FOOTER, Zone.subject)
"""Those in which a page or a message states what it is marked."""


class PageKind(StrEnum):
    """Which of the page kinds of a Word section, or of a sheet, a header or footer serves (ECMA-376 17.10.5,
    18.3.1.46); for a presentation, what its pages are.
    """

    first = "first"
    even = "even"
    default = "default"
    slide = "slide"
    hidden_slide = "hidden-slide"
    """Left out when the slides are shown (ECMA-376 19.3.1.38)."""


class Box(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rectangle on the page as seen: points from the top left corner; written as [x0, y0, x1, y1]."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


PageKey = tuple[int | None, int | None, PageKind | None]


class Location(Noun, frozen=True):
    """A place in a document.

    `page` is null in Word and of a sheet, `section` and `kind` are null in PDF; `name` is what the
    document calls the page, as a sheet's name.
    """

    page: int | None = None
    section: int | None = None
    kind: PageKind | None = None
    part: str | None = None
    zone: Zone | None = None
    box: Box | None = None
    line: int | None = None
    name: str | None = None

    @property
    def page_key(self) -> PageKey:
        """What tells the place's page from other pages of the document."""
        return self.page, self.section, self.kind
