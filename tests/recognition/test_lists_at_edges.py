"""Lists of tiers that reach the head or foot of a page, and the page's own marking beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from countermark.model import Document, Line, Page, Zone
from countermark.recognition.recognise import accepted, examine

if TYPE_CHECKING:
    from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)
LIST = ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET")
"""Tiers as a guide lists them."""


def _page_of(number: int, *texts: tuple[str, Zone]) -> Page:
    lines = tuple(Line(text=text, zone=zone, number=place) for place, (text, zone) in enumerate(texts, 1))
    return Page(number=number, lines=lines)


def _accepted(recogniser: Recogniser, *pages: Page) -> list[tuple[str, Zone]]:
    read = Document(name="x", media_type="", sha256="", pages=pages)
    found = accepted(examine(read, recogniser, TODAY).markings)
    return [(marking.classification or "", marking.zone) for marking in found]


@pytest.mark.parametrize("own", ["OFFICIAL", "SECRET", "TOP SECRET"])
@pytest.mark.parametrize("zone", [Zone.header, Zone.footer])
def test_a_list_at_the_edge_leaves_the_page_its_own_marking(
    recogniser: Recogniser, own: str, zone: Zone
) -> None:
    """The same at the other edge bears it out; the list has it again or not."""
    listed = [(tier, zone) for tier in LIST]
    edge = [(own, Zone.header), *listed] if zone is Zone.header else [(own, Zone.header)]
    foot = [*listed, (own, Zone.footer)] if zone is Zone.footer else [(own, Zone.footer)]
    assert _accepted(recogniser, _page_of(1, *edge, *foot)) == [(own, Zone.header), (own, Zone.footer)]


@pytest.mark.parametrize("zone", [Zone.header, Zone.footer])
def test_a_list_that_has_the_page_s_own_marking_again_leaves_it(recogniser: Recogniser, zone: Zone) -> None:
    """On a single page that has a header or a footer only."""
    texts = ["SECRET", *LIST] if zone is Zone.header else [*LIST, "SECRET"]
    assert _accepted(recogniser, _page_of(1, *((text, zone) for text in texts))) == [("SECRET", zone)]


def test_a_heading_that_names_tiers_is_no_list(recogniser: Recogniser) -> None:
    """Each page has another heading below its header, so near that it is read with it."""
    pages = [
        _page_of(
            number,
            ("OFFICIAL", Zone.header),
            (f"{number}. Handling SECRET and TOP SECRET material", Zone.header),
            ("OFFICIAL", Zone.footer),
        )
        for number in (1, 2, 3)
    ]
    assert _accepted(recogniser, *pages) == [("OFFICIAL", Zone.header), ("OFFICIAL", Zone.footer)] * 3


def test_headers_of_several_kinds_of_page_are_no_list(recogniser: Recogniser) -> None:
    """A section of a Word file has one for its first page, for even pages and for the others."""
    lines = tuple(
        Line(text=tier, zone=Zone.header, number=1, part=f"word/header{number}.xml")
        for number, tier in enumerate(LIST, 1)
    )
    found = _accepted(recogniser, Page(section=1, lines=lines))
    assert found == [("OFFICIAL", Zone.header), ("OFFICIAL", Zone.header), ("SECRET", Zone.header)]
