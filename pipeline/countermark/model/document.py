"""A document as readers make it: pages with lines, properties, labels, problems, attachments."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from countermark.model.place import Box, Location, Noun, PageKey, PageKind, Zone
from countermark.model.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator


class Unseen(StrEnum):
    """Why a reader does not see a line that the file carries."""

    invisible = "invisible"
    """Drawn in a text rendering mode that leaves no mark (ISO 32000-1, 9.3.6), or fully transparent."""
    colour = "colour"
    """In the colour of what lies behind it."""
    size = "size"
    """Too small to be seen."""
    off_page = "off-page"
    """Outside the visible part of the page."""
    covered = "covered"
    """Under something opaque that was drawn later."""
    clipped = "clipped"
    """Outside what a clipping path leaves (ISO 32000-1, 8.5.4)."""
    layer = "layer"
    """In a layer that is switched off (ISO 32000-1, 8.11)."""
    hidden = "hidden"
    """Marked as hidden: Word's hidden text (ECMA-376, 17.3.2.41), hidden annotations and fields."""
    replacement = "replacement"
    """Given in place of what is drawn, to those who copy it or listen to it (ISO 32000-1, 14.9)."""
    unused = "unused"
    """In an object of the file that nothing refers to."""
    notes = "notes"
    """In the notes of a slide."""


class ProblemKind(StrEnum):
    """What kept a document, or a part of it, from being read; each is one READ rule."""

    unreadable = "unreadable"
    encrypted = "encrypted"
    no_text = "no-text"
    limit = "limit"
    part_unreadable = "part-unreadable"
    unsupported = "unsupported"
    no_document = "no-document"
    """Of a kind that holds no documents, as fonts or source code."""
    active_content = "active-content"
    text_disagrees = "text-disagrees"
    recognised = "recognised"
    """Read by text recognition of a picture alone."""
    internal = "internal"
    """Countermark itself failed; the file is not to blame."""


class Line(Noun, frozen=True, gc=False):
    """One line of text as ingest found it.

    In PDF a printed line, in Word a paragraph or a piece of one between line breaks. A tab, or a gap
    wider than two characters, is kept as a tab.

    `size` is in points, `weight` as in CSS (400 normal, 700 bold), `colour` is RRGGBB in hexadecimal
    digits; `centred` tells whether the line is centred on its page or by its paragraph, or set to the right
    by that. `unseen` says why a reader does not see it: such a line's zone is `hidden`, that of alternative
    text `image`, of a comment in source text `comment`. `tracked` is true where some of it is an unresolved
    insertion, move or change of format, `struck` where it is struck through. `block` numbers what it stands
    in among the blocks of its page and part: a column of a table, a text box, a frame; 0 is the text that
    flows around them.
    """

    text: str
    zone: Zone
    number: int
    part: str | None = None
    box: Box | None = None
    size: float | None = None
    weight: int | None = None
    colour: str | None = None
    centred: bool | None = None
    unseen: Unseen | None = None
    tracked: bool = False
    struck: bool = False
    block: int = 0


class Page(Noun, frozen=True):
    """A PDF page, one page kind of a Word section or of a sheet, a slide, or a message, which has neither
    number nor section.

    A Word section's body lines belong to its `default` page, its header and footer lines to the page
    kind that shows them. `live` is false for a Word header or footer part that is in the file but
    switched off, and for a hidden sheet. `name` is what the document calls it, as a sheet's name. `readable`
    is false when the page shows something but gave no text.
    """

    lines: tuple[Line, ...] = ()
    number: int | None = None
    section: int | None = None
    kind: PageKind | None = None
    width: float | None = None
    height: float | None = None
    live: bool = True
    readable: bool = True
    name: str | None = None

    @property
    def key(self) -> PageKey:
        """What tells the page from other pages of the document."""
        return self.number, self.section, self.kind

    @property
    def is_flowing(self) -> bool:
        """Whether it is no sheet of paper but text that flows, as the body of a message."""
        return self.number is None and self.section is None

    def locate(self, line: Line) -> Location:
        """Return the place of `line`, one of this page's lines."""
        return Location(
            page=self.number,
            section=self.section,
            kind=self.kind,
            part=line.part,
            zone=line.zone,
            box=line.box,
            line=line.number,
            name=self.name,
        )

    def place(self, zone: Zone | None = None) -> Location:
        """Return the place of the page itself, or of one of its zones, where there is no line."""
        return Location(page=self.number, section=self.section, kind=self.kind, zone=zone, name=self.name)


class Property(Noun, frozen=True):
    """A document property: `source` says where it is kept, as `Info`, `XMP` or a part's name."""

    name: str
    value: str
    source: str

    @property
    def key(self) -> str:
        """The name by which formats agree: `dc:title` and `/Title` are both `title`."""
        return self.name.rsplit(":", 1)[-1].strip("/").lower()


class Label(Noun, frozen=True):
    """A metadata label.

    `text` is the classification it names, or its identifier where only that is stored; `name` is the key
    that held it, `source` where it is kept, `also` where else, `tool` what sets it (a key of the
    catalogue's `label_tools`). `content_bits` is what a sensitivity label says it did, added up: 1 a header,
    2 a footer, 4 a watermark, 8 encryption.
    """

    name: str
    text: str
    source: str
    enabled: bool = True
    content_bits: int = 0
    site: str | None = None
    also: tuple[str, ...] = ()
    tool: str = "properties"


class Problem(Noun, frozen=True):
    """Something that could not be read.

    `args` fill the words of its `reason`. `locations` name the pages or parts; none means the whole
    document.
    """

    kind: ProblemKind
    reason: Reason
    args: dict[str, str] = {}  # noqa: RUF012  (msgspec copies it)
    locations: tuple[Location, ...] = ()

    @property
    def is_loss(self) -> bool:
        """Whether text may be missing from what was read."""
        return self.kind not in (
            ProblemKind.active_content,
            ProblemKind.text_disagrees,
            ProblemKind.recognised,
        )


class Document(Noun, frozen=True):
    """What ingest read from one file.

    `name` is the path as given, or an attachment's own name; `lines` are those that stand on no page:
    bookmarks, page labels, earlier revisions, unused objects. `is_container`: it is no document itself
    but holds some, as an archive does.
    """

    name: str
    media_type: str
    sha256: str
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    properties: tuple[Property, ...] = ()
    labels: tuple[Label, ...] = ()
    children: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_container: bool = False

    @property
    def live_pages(self) -> Iterator[Page]:
        """The pages that a reader can meet."""
        return (page for page in self.pages if page.live)
