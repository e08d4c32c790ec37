"""Flowing text in the zones where its pages show it: what floats at head or foot is header or footer."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.readers.flow.lines import Text
    from countermark.readers.flow.placement import Paper

LINES_OF_A_PAGE, LETTERS_OF_A_LINE = 40, 85
"""More text than this may go on on another page that the file does not part from it."""
_FIRST_WIDE = "\u2e80"
"""From this character on most are twice as wide."""
_IN_TEXT = frozenset((Zone.body, Zone.table, Zone.textbox))
_MOVABLE = frozenset((*HEADER_FOOTER, *_IN_TEXT))


def settled(
    texts: Sequence[Text], sheets: Sequence[int], paper: Paper, *, has_first: bool
) -> tuple[Sequence[Text], Sequence[Text]]:
    """Return the texts of a body, each in the zone where its page shows it.

    Those of the first page, where that has a header and footer of its own (`has_first`), and the others.

    `sheets` are the indices at which the file itself begins a page. What floats at head or foot counts as
    header or footer where every page has some such thing, as far as the pages are known: else a later page
    would seem to bear what only the first one shows.
    """
    if not any(text.placement for text in texts):
        return (), texts
    borders = (0, *sheets, len(texts))
    pages = [texts[start:end] for start, end in pairwise(borders) if start < end]
    first, others = (pages[:1], pages[1:]) if has_first else ([], pages)
    return list(_settled_pages(first, paper)), list(_settled_pages(others, paper))


def _settled_pages(pages: Sequence[Sequence[Text]], paper: Paper) -> Iterator[Text]:
    zones = [[_zone_of(text, paper) for text in page] for page in pages]
    is_short = all(_fits(page) for page in pages)
    borne = {zone for zone in HEADER_FOOTER if is_short and all(zone in own for own in zones)}
    for page, own in zip(pages, zones, strict=True):
        in_text = [text.block for text, zone in zip(page, own, strict=True) if zone in _IN_TEXT] or [0]
        for text, zone in zip(page, own, strict=True):
            if text.placement is None:
                yield text
            elif text.placement.area == "cell":
                is_stamp = (text.block == in_text[0]) != (text.block == in_text[-1])
                yield text._replace(zone=Zone.body) if is_stamp and text.zone is Zone.table else text
            else:
                yield text if zone in HEADER_FOOTER and zone not in borne else text._replace(zone=zone)


def placed(text: Text, paper: Paper) -> Text:
    """Return a text of a header or footer in the zone where its page shows it."""
    return text._replace(zone=_zone_of(text, paper)) if text.placement else text


def _zone_of(text: Text, paper: Paper) -> Zone:
    return text.placement.zone(text.zone, paper) if text.placement and text.zone in _MOVABLE else text.zone


def _fits(page: Sequence[Text]) -> bool:
    """Return whether the text surely fits on one page."""
    lines = 0
    for text in page:
        letters = len(text.text) + sum(letter >= _FIRST_WIDE for letter in text.text)
        lines += ceil(letters / LETTERS_OF_A_LINE)
    return lines <= LINES_OF_A_PAGE
