"""Which paragraphs of a document carry a portion mark, where it marks its portions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Zone
from countermark.rules.facts.views import PortionView, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Line, Location, Page
    from countermark.rules.facts.rule_context import RuleContext

_LEAST = 2
_SENTENCE = re.compile(r"[.。．!?！？:：;；]['\"”’」』)）]*\s*$")
_GAP = 0.7


class Paragraph(NamedTuple):
    """A paragraph: its text, its place, and whether it opens with a portion mark."""

    text: str
    location: Location
    marked: bool


def portion_subjects(case: RuleContext) -> Iterator[Subject]:
    """The paragraphs of a document that marks its portions: at least two, and not fewer than half."""
    paragraphs = case.paragraphs
    marked = sum(one.marked for one in paragraphs)
    if marked < _LEAST or 2 * marked < len(paragraphs):
        return
    for paragraph in paragraphs:
        yield Subject(PortionView(marked=paragraph.marked), (paragraph.location,))


def paragraphs_of(case: RuleContext) -> Iterator[Paragraph]:
    """The paragraphs of a document's live pages that read as sentences; headings and what runs over from
    the page before are none."""
    marks: set[tuple[object, ...]] = {
        (one.location.page, one.location.section, one.location.kind, one.location.line)
        for one in case.visible
        if one.portion
    }
    if len(marks) < _LEAST:
        return
    ended = True
    for page in case.live:
        for lines in _blocks(page, marks):
            text = " ".join(line.text.strip() for line in lines)
            marked = _key(page, lines[0]) in marks
            if marked or (ended and _SENTENCE.search(text)):
                yield Paragraph(text, page.locate(lines[0]), marked)
            ended = bool(_SENTENCE.search(text))


def _key(page: Page, line: Line) -> tuple[object, ...]:
    return page.number, page.section, page.kind, line.number


def _blocks(page: Page, marks: set[tuple[object, ...]]) -> Iterator[list[Line]]:
    """The body lines of a page by paragraph: in Word a line is one; in PDF a wider gap or a portion mark
    starts one."""
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
