"""What has been read of a PDF so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Document, Label, Line, Page, Problem, Property
    from countermark.readers.pdf.frame import Frame


@dataclass
class Reading:
    """What has been read of a document so far.

    `count` of its pages, which may be more than are read; `password` is the one that opened it; `frames`,
    `blank`, `recognised` (what was read lies unseen over a picture of the page), `beside` (lines given
    beside what is drawn), `illegible` (texts whose characters are not known), `replaced` (texts in whose
    place a copy has others), `damaged` and `lost` (left out, which a problem tells already) by page
    number.
    """

    count: int = 0
    password: str = field(default="", repr=False)
    pages: list[Page] = field(default_factory=list)
    frames: dict[int, Frame] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    recognised: set[int] = field(default_factory=set)
    beside: dict[int, list[Line]] = field(default_factory=dict)
    illegible: dict[int, set[str]] = field(default_factory=dict)
    replaced: dict[int, set[str]] = field(default_factory=dict)
    damaged: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    children: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def all_lines(self) -> tuple[Line, ...]:
        """Return the lines of all pages, then those that stand on none."""
        return (*(line for page in self.pages for line in page.lines), *self.lines)

    def add_to_page(self, index: int, lines: Iterable[Line]) -> None:
        """Add lines to the page at `index` of `pages`, numbered after those that it has."""
        page = self.pages[index]
        added = _numbered(lines, len(page.lines) + 1)
        self.pages[index] = msgspec.structs.replace(page, lines=(*page.lines, *added))

    def add_to_document(self, lines: Iterable[Line]) -> None:
        """Add lines that stand on no page, numbered after those that are there."""
        self.lines += _numbered(lines, len(self.lines) + 1)


def _numbered(lines: Iterable[Line], first: int) -> list[Line]:
    return [msgspec.structs.replace(line, number=number) for number, line in enumerate(lines, first)]
