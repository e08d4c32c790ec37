"""Lines longer than any head, title or sentence.

Recognised piece by piece, so that what a line costs grows with its length and no faster. Nothing of them is
left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Document, Page
    from countermark.recognition.prefilter import Prefilter

LONGEST_LINE = 2000
"""Characters of a line that are recognised at once."""
_NEAR = 200
"""Characters around the middle of two pieces within which a place to part them is looked for."""
_CLEAR = 60
"""Characters on both sides of that place that hold no word of a marking; pieces overlap by twice as many
where there is no such place."""
_BETWEEN_WORDS = re.compile(r"(?<=[^\W_])[,.;:]? (?=[^\W_])|(?<=[。、])(?=[^\W_])")


class LongLines:
    """Parts long lines where the prefilter finds no word of a marking."""

    def __init__(self, prefilter: Prefilter) -> None:
        self._prefilter = prefilter

    def in_pieces(self, document: Document) -> Document:
        """Return the document with its long lines in pieces, each as a line of the same number and place."""
        if not any(len(line.text) > LONGEST_LINE for page in document.pages for line in page.lines):
            return document
        pages = tuple(self.page_in_pieces(page) for page in document.pages)
        return msgspec.structs.replace(document, pages=pages)

    def page_in_pieces(self, page: Page) -> Page:
        """Return the page with its long lines in pieces."""
        if not any(len(line.text) > LONGEST_LINE for line in page.lines):
            return page
        lines = tuple(
            line if len(line.text) <= LONGEST_LINE else msgspec.structs.replace(line, text=piece)
            for line in page.lines
            for piece in self.pieces_of(line.text)
        )
        return msgspec.structs.replace(page, lines=lines)

    def pieces_of(self, text: str) -> Iterator[str]:
        """Return the text in pieces of about the same length, parted between words where no marking is near.

        Where there is no such place the pieces overlap, so that no marking is cut in both.
        """
        count = -(-len(text) // LONGEST_LINE)
        start = 0
        for number in range(1, count):
            middle = len(text) * number // count
            place = self._place(text, middle)
            yield text[start : middle + _CLEAR if place is None else place]
            start = middle - _CLEAR if place is None else place
        yield text[start:]

    def _place(self, text: str, middle: int) -> int | None:
        """Return where to part the text; None where words of markings stand everywhere."""
        for match in _BETWEEN_WORDS.finditer(text, middle - _NEAR, middle + _NEAR):
            if not self._prefilter.candidates([text[match.end() - _CLEAR : match.end() + _CLEAR]]):
                return match.end()
        return None
