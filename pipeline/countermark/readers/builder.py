"""What a reader fills: one document while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from countermark.model import Document, Label, Line, Page, Problem, Property, Zone
from countermark.readers.labels import labels_from_properties, once_each
from countermark.readers.problems import limit_problem
from countermark.support.limits import LimitReached, Limits
from countermark.support.passwords import NO_PASSWORDS
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countermark.model import Box, Location, PageKind, ProblemKind, Reason, Unseen
    from countermark.support.passwords import Passwords

    ReadChild = Callable[[bytes, str], Document]


class Reader(Protocol):
    """Read a file into `document`.

    A reader keeps to what the file shows and carries, and judges nothing: what a person sees is a line in its
    zone; what they don't is a line with zone `hidden` and `unseen`. It gives files within the file to
    `read_child`. What it can't read it adds as a Problem and goes on; it counts, and measures while it
    inflates, by `document.limits`. It calls `checkpoint()` before each unit that can be left out, as a part
    or a member; `add_page` and `read_child` do so themselves.

    It may raise: LimitReached ends the reading, any other exception is a Problem of the document, and what
    the builder holds by then is kept. An exception must hold no text of the document.
    """

    def __call__(self, data: bytes, document: DocumentBuilder) -> None: ...


def _no_child(data: bytes, name: str) -> Document:
    raise NotImplementedError


class Lines:
    """Lines in reading order, numbered from 1 as they are added.

    Lines without a character that shows are left out.
    """

    def __init__(self) -> None:
        self._lines: list[Line] = []

    def add_line(
        self,
        text: str,
        zone: Zone = Zone.body,
        *,
        part: str | None = None,
        box: Box | None = None,
        size: float | None = None,
        weight: int | None = None,
        colour: str | None = None,
        centred: bool | None = None,
        unseen: Unseen | None = None,
        tracked: bool = False,
        struck: bool = False,
    ) -> None:
        """Add a line, its fields as Line has them."""
        if text.strip():
            number = len(self._lines) + 1
            line = Line(
                text=text,
                zone=zone,
                number=number,
                part=part,
                box=box,
                size=size,
                weight=weight,
                colour=colour,
                centred=centred,
                unseen=unseen,
                tracked=tracked,
                struck=struck,
            )
            self._lines.append(line)

    def add_lines(self, lines: Iterable[Line]) -> None:
        """Add lines as they are but for their numbers."""
        for number, line in enumerate(lines, len(self._lines) + 1):
            self._lines.append(
                line if line.number == number else msgspec.structs.replace(line, number=number)
            )

    def lines(self) -> tuple[Line, ...]:
        """Return the lines so far."""
        return tuple(self._lines)


class PageBuilder(Lines):
    """A page while it is read: a PDF page, a page kind of a Word section, a slide, a sheet, a mail's body."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.add_lines(page.lines)

    def build(self) -> Page:
        """Return the page with its lines."""
        return msgspec.structs.replace(self._page, lines=self.lines())


class DocumentBuilder(Lines):
    """A document while it is read. The lines of its own stand on no page, as bookmarks do."""

    def __init__(
        self,
        name: str,
        media_type: str,
        limits: Limits | None = None,
        *,
        read_child: ReadChild = _no_child,
        passwords: Passwords = NO_PASSWORDS,
    ) -> None:
        super().__init__()
        self.name, self.media_type = name, media_type
        self.limits, self.passwords = limits or Limits(), passwords
        self.properties: list[Property] = []
        self.problems: list[Problem] = []
        self.read_nested = read_child
        """Give the Document of a file within the file, for readers that count and keep these themselves."""
        self.is_container = False
        """Whether it is no document itself but holds some, as an archive does."""
        self._pages: list[PageBuilder] = []
        self._labels: list[Label] = []
        self._children: list[Document] = []
        self._children_met = 0

    def add_page(
        self,
        *,
        number: int | None = None,
        section: int | None = None,
        kind: PageKind | None = None,
        width: float | None = None,
        height: float | None = None,
        live: bool = True,
        readable: bool = True,
    ) -> PageBuilder:
        """Add an empty page, to be filled; `number` counts on where neither it nor a section is given.

        Raises LimitReached where there are more pages than the limits allow, or no time is left for one more.
        """
        checkpoint()
        if len(self._pages) == self.limits.pages:
            raise LimitReached("pages", self.limits.pages, str(len(self._pages) + 1))
        if number is None and section is None:
            number = len(self._pages) + 1
        page = PageBuilder(
            Page(
                number=number,
                section=section,
                kind=kind,
                width=width,
                height=height,
                live=live,
                readable=readable,
            )
        )
        self._pages.append(page)
        return page

    def add_pages(self, pages: Iterable[Page]) -> None:
        """Add pages that the reader has laid out as a whole.

        Raises LimitReached where there are more than the limits allow; as many as they allow are kept.
        """
        added = list(pages)
        count, allowed = len(self._pages) + len(added), self.limits.pages
        self._pages += map(PageBuilder, added[: max(0, allowed - len(self._pages))])
        if count > allowed:
            raise LimitReached("pages", allowed, str(count))

    def add_property(self, name: str, value: str, source: str) -> None:
        """Add what the file says of itself; `source` says where.

        Blank values are left out. Labels that properties hold are found in them.
        """
        if value.strip():
            self.properties.append(Property(name=name, value=value.strip(), source=source))

    def add_labels(self, labels: Iterable[Label]) -> None:
        """Add labels that are kept elsewhere than in properties."""
        self._labels += labels

    def add_problem(self, kind: ProblemKind, reason: Reason, *locations: Location, **args: str) -> None:
        """Add what could not be read.

        `args` fill the reason's text; no `locations` mean the whole document.
        """
        self.problems.append(Problem(kind=kind, reason=reason, args=args, locations=locations))

    @property
    def has_children(self) -> bool:
        """Whether it holds documents, read or counted only."""
        return bool(self._children_met or self._children)

    @property
    def takes_children(self) -> bool:
        """Whether one more file within the file would be read: else it need not be unpacked."""
        return self._children_met < self.limits.children

    def read_child(self, data: bytes, name: str) -> None:
        """Read a file within the file, whatever it is; `name` is its own.

        Beyond as many as the limits allow it is only counted, and a Problem says so.
        """
        if self.takes_children:
            self._children.append(self.read_nested(data, name))
        self._children_met += 1

    def add_children(self, children: Iterable[Document]) -> None:
        """Add documents that were read already."""
        self._children += children

    def build(self, sha256: str) -> Document:
        """Return the document; `sha256` is the digest of the file."""
        problems = list(self.problems)
        if self._children_met > self.limits.children:
            reached = LimitReached("children", self.limits.children, str(self._children_met))
            problems.append(limit_problem(reached))
        labels = once_each((*labels_from_properties(self.properties), *self._labels))
        return Document(
            name=self.name,
            media_type=self.media_type,
            sha256=sha256,
            pages=tuple(page.build() for page in self._pages),
            lines=self.lines(),
            properties=tuple(self.properties),
            labels=labels,
            children=tuple(self._children),
            problems=tuple(problems),
            is_container=self.is_container,
        )
