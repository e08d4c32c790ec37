"""Head, body and foot of pages by position, repetition and tags."""

from __future__ import annotations

from itertools import product

import pytest

from countermark.ingest.zones import Sheet, Spot, assign_zones
from countermark.model import Box, Zone

WIDTH, HEIGHT = 595.0, 842.0
WORDS = ("".join(letters) for letters in product("abcdefgh", repeat=5))


def spot(
    text: str, y: float, x: float = 60, width: float = 120, height: float = 14, tag: Zone | None = None
) -> Spot:
    return Spot(text=text, box=Box(x, y, x + width, y + height), tag=tag)


def centred(text: str, y: float, height: float = 14) -> Spot:
    return spot(text, y, x=WIDTH / 2 - 50, width=100, height=height)


def paragraph(y: float, lines: int = 10) -> list[Spot]:
    """Running text; no two lines are alike."""
    return [spot(f"text {next(WORDS)}", y + 15 * number, width=470) for number in range(lines)]


def zones(*sheets: list[Spot]) -> list[dict[str, Zone | None]]:
    pages = [Sheet(WIDTH, HEIGHT, spots) for spots in sheets]
    assign_zones(pages)
    return [{each.text: each.zone for each in page.spots} for page in pages]


def test_a_single_page_is_divided_by_position() -> None:
    [found] = zones([centred("SECRET", 56), *paragraph(120), centred("SECRET 2", 790)])
    assert (found["SECRET"], found["SECRET 2"]) == (Zone.header, Zone.footer)
    assert Zone.body in found.values()


def test_a_header_may_have_several_rows() -> None:
    [found] = zones([centred("SECRET", 30), spot("ref 12/3", 48), *paragraph(100)])
    assert (found["SECRET"], found["ref 12/3"]) == (Zone.header, Zone.header)


def test_text_that_starts_high_is_body() -> None:
    [found] = zones([spot("SECRET", 30), *paragraph(45, 50)])
    assert found["SECRET"] is Zone.body


def test_the_end_of_a_paragraph_carried_over_is_body() -> None:
    pages = [[*paragraph(72, 40), spot(f"page {number}", 800)] for number in range(4)]
    pages.append([spot("SECRET", 72), *paragraph(100, 30), spot("page 5", 800)])
    assert zones(*pages)[4]["SECRET"] is Zone.body


def test_the_last_line_of_a_full_page_is_body() -> None:
    pages = [[*paragraph(72, 45), spot(f"page {number}", 800)] for number in range(4)]
    pages.append([*paragraph(72, 44), spot("SECRET", 72 + 15 * 44), spot("page 5", 800)])
    found = zones(*pages)
    assert found[4]["SECRET"] is Zone.body
    assert found[4]["page 5"] is Zone.footer


def test_what_repeats_is_header_even_close_to_the_text() -> None:
    pages = [[spot("SECRET", 58), *paragraph(72, 40)] for _ in range(3)]
    assert [found["SECRET"] for found in zones(*pages)] == [Zone.header] * 3


def test_a_different_marking_on_one_page_is_header_too() -> None:
    pages = [[centred("SECRET", 30), *paragraph(72, 40), centred("SECRET.", 800)] for _ in range(4)]
    pages[2] = [centred("TOP SECRET", 30), *paragraph(72, 40), centred("TOP SECRET.", 800)]
    found = zones(*pages)[2]
    assert (found["TOP SECRET"], found["TOP SECRET."]) == (Zone.header, Zone.footer)


def test_a_tag_decides() -> None:
    [found] = zones([spot("SECRET", 300, tag=Zone.header), *paragraph(72, 10)])
    assert found["SECRET"] is Zone.header


def test_what_is_placed_already_stays() -> None:
    hidden = Spot("SECRET", Box(0, 10, 50, 24), zone=Zone.hidden)
    [found] = zones([hidden, *paragraph(72)])
    assert found["SECRET"] is Zone.hidden


@pytest.mark.parametrize(("width", "height"), [(842, 595), (298, 420), (2384, 3370)])
def test_bands_follow_the_size_of_the_page(width: float, height: float) -> None:
    scale = height / HEIGHT
    page = Sheet(
        width,
        height,
        [
            spot("head", 30 * scale, x=width / 2 - 20, width=40, height=14 * scale),
            spot("middle", height / 2, height=14 * scale),
            spot("foot", 800 * scale, x=width / 2 - 20, width=40, height=14 * scale),
        ],
    )
    assign_zones([page])
    assert [each.zone for each in page.spots] == [Zone.header, Zone.body, Zone.footer]


def test_an_empty_page_is_no_trouble() -> None:
    assert zones([], []) == [{}, {}]
