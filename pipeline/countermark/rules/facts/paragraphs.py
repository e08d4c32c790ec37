"""The paragraphs of a document that marks its portions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Line, Location, Marking, Page

FEWEST_MARKED = 2
_SENTENCE = re.compile(r"[.。．!?！？:：;；]['\"”’」』)）]*\s*$")
_GAP = 0.7


class Paragraph(NamedTuple):
    """A paragraph: its text, its place, and whether it opens with a portion mark."""

    text: str
    location: Location
    marked: bool


def paragraphs_of(markings: Iterable[Marking], pages: Iterable[Page]) -> Iterator[Paragraph]:
    """Yield the paragraphs of pages, where `markings` mark portions of them.

    Headings, and what runs over from the page before, are no paragraphs.
    """
    marks: set[tuple[object, ...]] = {
        (marking.location.page_key, marking.location.line) for marking in markings if marking.portion
    }
    if len(marks) < FEWEST_MARKED:
        return
    ended = True
    for page in pages:
        for lines in _blocks(page, marks):
            text = " ".join(line.text.strip() for line in lines)
            marked = _key(page, lines[0]) in marks
            if marked or (ended and _SENTENCE.search(text)):
                yield Paragraph(text, page.locate(lines[0]), marked)
            ended = bool(_SENTENCE.search(text))


def _key(page: Page, line: Line) -> tuple[object, ...]:
    return page.key, line.number


def _blocks(page: Page, marks: set[tuple[object, ...]]) -> Iterator[list[Line]]:
    """Yield the body lines of a page by paragraph.

    In Word a line is one; in PDF a wider gap or a portion mark starts one.
    """
    block: list[Line] = []
    for line in page.lines:
        if line.zone is not Zone.body or not line.text.strip():
            continue
        if block and (_starts(block[-1], line) or _key(page, line) in marks):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _starts(before: Line, line: Line) -> bool:
    if before.box is None or line.box is None:
        return True
    height = max(before.box.height, line.box.height)
    return line.box.y0 - before.box.y1 > _GAP * height or line.box.y0 < before.box.y0
