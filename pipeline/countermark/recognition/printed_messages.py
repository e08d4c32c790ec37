"""Where messages are marked when they are printed or saved as documents: beside the fields of their head,
in their first line and in their last.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER
from countermark.recognition.candidates import TEXT
from countermark.recognition.normalise import normalise

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from countermark.model import Document, Line

_FEWEST_FIELDS = 2
_LONGEST_FIELD_NAME = 16
_REACH = 2
"""Lines between two fields, and between a field and the marking beside it: a subject may fill two."""
_OPENING_LINES = 6
"""A message's head begins within so many lines."""

_CLOSING_LINES = 2
"""The last line, or the one before a notice of confidentiality."""


def lines_to_mark(document: Document, fields: re.Pattern[str]) -> frozenset[int]:
    """Return the identities of the lines where a marking of a printed message is; `fields` begin its head.

    Beside the head of every message on the document's pages, also of those that are quoted; the first and
    last line only of a document that such a head opens.
    """
    pages = [[line for line in page.lines if _is_text(line)] for page in document.live_pages]
    pages = [lines for lines in pages if lines]
    found: set[int] = set()
    for lines in pages:
        for first, last in _heads(lines, fields):
            found.update(map(id, lines[max(0, first - _REACH) : last + _REACH + 1]))
            if lines is pages[0] and first < _OPENING_LINES:
                found |= {id(pages[0][0]), *map(id, pages[-1][-_CLOSING_LINES:])}
    return frozenset(found)


def _is_text(line: Line) -> bool:
    return line.zone in (*HEADER_FOOTER, *TEXT) and not line.text.isspace()


def _heads(lines: list[Line], fields: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of the first and the last field of each head."""
    places = [index for index, line in enumerate(lines) if _is_field(line.text, fields)]
    starts = [0, *(at for at, (one, other) in enumerate(pairwise(places), 1) if other - one > _REACH + 1)]
    for start, end in pairwise([*starts, len(places)]):
        if end - start >= _FEWEST_FIELDS:
            yield places[start], places[end - 1]


def _is_field(text: str, fields: re.Pattern[str]) -> bool:
    opening = text.lstrip()[:_LONGEST_FIELD_NAME]
    has_sign = any(sign in opening for sign in (":", "：", "\t"))
    return has_sign and fields.match(normalise(opening).text) is not None
