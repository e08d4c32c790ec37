"""The sections of rich text, and which header and footer each kind of their pages shows (RTF 1.9.1, "Section
Formatting Properties", "Headers and Footers").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import PageKind, Zone
from countermark.readers.flow.pages import (
    HeaderFooterPart,
    Parts,
    SectionContent,
    order_of_kinds,
    pages_of,
    without_text,
)

if TYPE_CHECKING:
    from countermark.model import Page, Problem
    from countermark.readers.rtf.story import Story

TWIPS = 20
LETTER = {"width": 612.0, "height": 792.0}
"""The paper of a document that names none, in points."""
KINDS = {
    "": (PageKind.default, PageKind.even),
    "f": (PageKind.first,),
    "l": (PageKind.even,),
    "r": (PageKind.default,),
}
"""Last letter of a header's or footer's control word -> the kinds of pages that show it."""


class Section:
    """A section that begins with the body's line `start`.

    `shown` are the headers and footers that it has or goes on with, `notes` its footnotes and comments.
    """

    def __init__(self, start: int, shown: dict[tuple[Zone, PageKind], Story]) -> None:
        self.start = start
        self.shown = shown
        self.notes: list[Story] = []
        self.paper: dict[str, float] = {}
        self.reset()

    def reset(self) -> None:
        """Take the properties of `\\sectd`; headers and footers go on."""
        self.has_first = self.opens_even = False
        self.paper = {}

    def add(self, story: Story) -> None:
        """Take a header or footer."""
        for kind in KINDS[story.part.removeprefix(story.zone.value)]:
            self.shown[story.zone, kind] = story


class Sections:
    """All sections of the story `body`.

    `facing`: odd and even pages differ; `endnotes` are shown after the last.
    """

    def __init__(self, body: Story) -> None:
        self.facing = False
        self.paper = dict(LETTER)
        self.endnotes: list[Story] = []
        self._body = body
        self._all = [Section(0, {})]

    @property
    def current(self) -> Section:
        return self._all[-1]

    def end(self) -> None:
        """End the current section; the next goes on with its properties."""
        before = self.current
        after = Section(self._body.length, dict(before.shown))
        after.has_first, after.paper = before.has_first, before.paper
        self._all.append(after)

    def size(self, word: str, number: int) -> None:
        """Take a measure of the document's paper (`paperw`) or the section's (`pgwsxn`)."""
        paper = self.current.paper if word.endswith("sxn") else self.paper
        paper["width" if "w" in word else "height"] = number / TWIPS

    def pages(self) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
        """Return the pages of all sections, and what can't be read of them."""
        pages: list[Page] = []
        last = self._all[-1]
        if len(self._all) > 1 and last.start == self._body.length and not last.notes:
            self._all.pop()
        self.current.notes += self.endnotes
        ends = [section.start for section in self._all[1:]]
        for number, (section, end) in enumerate(zip(self._all, [*ends, None], strict=True), 1):
            pages += pages_of(self._content(section, end), number)
        return tuple(pages), tuple(without_text(pages, ()))

    def _content(self, section: Section, end: int | None) -> SectionContent:
        body = [*self._body.texts(section.start, end)]
        for note in section.notes:
            body += note.texts()
        stop = self._body.length + 1 if end is None else end
        paper = {**self.paper, **section.paper}
        live = {PageKind.default: True, PageKind.first: section.has_first, PageKind.even: self.facing}
        return SectionContent(
            body,
            self._parts(section),
            order_of_kinds(has_first=section.has_first, opens_even=section.opens_even),
            frozenset(kind for kind, is_live in live.items() if is_live),
            any(section.start <= at < stop for at in self._body.pictured),
            (paper.get("width"), paper.get("height")),
        )

    def _parts(self, section: Section) -> Parts:
        """Return what its headers and footers say.

        One for all pages is not one for even pages where these don't differ.
        """
        shown = {
            (zone, kind): story
            for (zone, kind), story in section.shown.items()
            if self.facing
            or kind is not PageKind.even
            or section.shown.get((zone, PageKind.default)) is not story
        }
        return {
            place: HeaderFooterPart([*story.texts()], pictured=bool(story.pictured))
            for place, story in shown.items()
        }
