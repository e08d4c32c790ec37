"""Plain text and Markdown to Documents.

Such a file has no header or footer of its own: what is first and last in it is what a reader meets first and
last, and is where a person who marks it puts the marking. So the header of a page is its first block of
lines, if that is short and a blank line ends it, else its first line; the footer likewise from the end.
A line feed ends a line, a form feed a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.model import ProblemKind, Reason, Zone
from countermark.readers.text.encoding import decode
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.builder import DocumentBuilder

_MOST_LINES = 3
"""Lines of a block that is a header or footer as a whole."""
_MARKUP = re.compile(
    r"^\s{0,3}(?:#{1,6}\s+|>\s?)+|(?<!\w)(\*{1,3}|_{1,3})(?=\S)|(?<=\S)(\*{1,3}|_{1,3})(?!\w)"
)
"""Markdown's signs of headings, quotations and emphasis (CommonMark 4.2, 5.1, 6.2), which a reader does not
see."""
_MARKDOWN = "text/markdown"


def read_text(data: bytes, document: DocumentBuilder) -> None:
    """Read a text file: a page from each form feed to the next. Bytes that are no text are a Problem."""
    decoded = decode(data)
    if not decoded.is_whole:
        document.add_problem(ProblemKind.part_unreadable, Reason.text_damaged)
    for number, text in enumerate(decoded.text.split("\f"), 1):
        checkpoint()
        lines = text.splitlines()
        if document.media_type == _MARKDOWN:
            lines = [_MARKUP.sub("", line) for line in lines]
        if any(line.strip() for line in lines):
            page = document.add_page(number=number)
            for line, zone in zip(lines, zones_of(lines), strict=True):
                page.add_line(line, zone)


def zones_of(lines: Sequence[str]) -> list[Zone]:
    """Return the zone of each line of a page."""
    shown = [index for index, line in enumerate(lines) if line.strip()]
    zones = [Zone.body] * len(lines)
    if not shown:
        return zones
    head = _edge(shown)
    foot = [index for index in _edge(shown[::-1]) if index not in head]
    for index in foot:
        zones[index] = Zone.footer
    for index in head:
        zones[index] = Zone.header
    return zones


def _edge(shown: Sequence[int]) -> list[int]:
    """Return which lines are header or footer, of those with text, counted from the edge inward."""
    block = [shown[0]]
    for index in shown[1:]:
        if abs(index - block[-1]) > 1:
            return block if len(block) <= _MOST_LINES else block[:1]
        block.append(index)
    return block[:1]
