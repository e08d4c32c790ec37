"""The lines of a Word part as they are found, with the pages that the part itself begins and its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countermark.readers.flow.lines import Text
    from countermark.readers.flow.placement import Placement


class FoundTexts:
    """`texts` are the lines of a part in document order, `page_starts` those, by index, that begin a page
    because the part breaks it there or a program noted so.
    """

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.page_starts: list[int] = []
        self._start = self._blocks = 0
        self._frame: tuple[Placement | None, int] | None = None

    @property
    def opens_page(self) -> bool:
        """Whether nothing is found yet of the page, as far as it is known where pages begin."""
        return len(self.texts) == self._start

    def begin_page(self) -> None:
        """Note that the next line begins a page."""
        if not self.opens_page:
            self.page_starts.append(len(self.texts))
            self._start = len(self.texts)

    def begin_section(self) -> None:
        """Note that the next line begins a section."""
        self._start = len(self.texts)

    def new_blocks(self, count: int = 1) -> int:
        """Return the number of the first of so many new blocks."""
        self._blocks += count
        return self._blocks - count + 1

    def frame_block(self, placement: Placement | None) -> int:
        """Return the block of a paragraph in a frame.

        Paragraphs one after the other share a frame that is placed alike (ECMA-376 17.3.1.11).
        """
        if self._frame is None or self._frame[0] != placement:
            self._frame = placement, self.new_blocks()
        return self._frame[1]

    def end_frame(self) -> None:
        """Note that the next paragraph in a frame begins another one."""
        self._frame = None
