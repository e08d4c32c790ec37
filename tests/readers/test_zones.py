"""Head, body and foot of pages by position, repetition and tags."""

from __future__ import annotations

from itertools import product

import pytest

from countermark.model import Box, Zone
from countermark.readers.header_footer import PageGeometry, TextBlock, assign_zones

WIDTH, HEIGHT = 595.0, 842.0
WORDS = ("".join(letters) for letters in product("abcdefgh", repeat=5))


def spot(
    text: str, y: float, x: float = 60, width: float = 120, height: float = 14, tag: Zone | None = None
) -> TextBlock:
    return TextBlock(text=text, box=Box(x, y, x + width, y + height), tag=tag)


def centred(text: str, y: float, width: float = 100, height: float = 14) -> TextBlock:
    return spot(text, y, x=(WIDTH - width) / 2, width=width, height=height)


def paragraph(y: float, lines: int = 10, indent: float = 0) -> list[TextBlock]:
    """Running text; no two lines are alike."""
    return [
        spot(f"text {next(WORDS)}", y + 15 * number, x=60 + shift, width=470 - shift)
        for number in range(lines)
        for shift in [indent if number == 0 else 0]
    ]


def zones(*sheets: list[TextBlock], width: float = WIDTH, height: float = HEIGHT) -> list[dict[str, Zone]]:
    placed = assign_zones([PageGeometry(width, height, spots) for spots in sheets])
    return [
        {each.text: zone for each, zone in zip(spots, own, strict=True)}
        for spots, own in zip(sheets, placed, strict=True)
    ]


def test_a_single_page_is_divided_by_position() -> None:
    [found] = zones([centred("SECRET", 56), *paragraph(120), centred("SECRET 2", 790)])
    assert (found.pop("SECRET"), found.pop("SECRET 2")) == (Zone.header, Zone.footer)
    assert set(found.values()) == {Zone.body}


def test_a_header_may_have_several_rows() -> None:
    [found] = zones([centred("SECRET", 30), spot("ref 12/3", 48), *paragraph(100)])
    assert (found["SECRET"], found["ref 12/3"]) == (Zone.header, Zone.header)


def test_wide_centred_rows_are_a_header_and_no_paragraph() -> None:
    rows = [centred("UK SECRET - RECIPIENTS ONLY", 30, width=330), centred("exercise", 45, width=290)]
    [found] = zones([*rows, *paragraph(100)])
    assert (found["UK SECRET - RECIPIENTS ONLY"], found["exercise"]) == (Zone.header, Zone.header)


@pytest.mark.parametrize("indent", [0, 18])
@pytest.mark.parametrize("top", [20, 60, 100])
def test_text_that_starts_high_is_body(top: float, indent: float) -> None:
    [found] = zones(paragraph(top, 45, indent=indent))
    assert set(found.values()) == {Zone.body}


def test_a_word_close_above_text_is_body() -> None:
    [found] = zones([spot("SECRET", 30), *paragraph(45, 50)])
    assert found["SECRET"] is Zone.body


def test_the_first_rows_of_two_columns_are_body() -> None:
    columns = [
        spot(f"column {next(WORDS)}", 60 + 15 * row, x=x, width=220) for row in range(40) for x in (60, 310)
    ]
    [found] = zones(columns)
    assert set(found.values()) == {Zone.body}


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


def test_what_repeats_may_differ_in_numbers_and_shift_a_little() -> None:
    pages = [[spot(f"SECRET {number} of 12", 58 + number % 3), *paragraph(73, 40)] for number in range(8, 13)]
    assert {found[f"SECRET {number} of 12"] for number, found in enumerate(zones(*pages), 8)} == {Zone.header}


def test_body_that_repeats_because_pages_are_alike_is_body() -> None:
    text = paragraph(72, 45)
    for found in zones(*[[centred("SECRET", 30), *text, centred("SECRET.", 800)]] * 3):
        assert (found.pop("SECRET"), found.pop("SECRET.")) == (Zone.header, Zone.footer)
        assert set(found.values()) == {Zone.body}


@pytest.mark.parametrize("width", [120, 360])
def test_a_foot_of_three_rows_that_share_a_border_is_a_foot(width: float) -> None:
    def page(number: int) -> list[TextBlock]:
        foot = ("UK SECRET - MOD USE ONLY -", "COMMERCIAL", f"Page {number} of 3")
        return [
            *paragraph(120, 5),
            *(spot(text, 758 + 12 * row, width=width) for row, text in enumerate(foot)),
        ]

    for found in zones(page(1), page(2), page(3)):
        assert list(found.values())[-3:] == [Zone.footer] * 3


FOOT = ("UK SECRET - RELEASABLE TO JAPAN - COPY 3 OF 12", "Register of the range office", "Page 2 of 9")


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("width", [120, 400])
@pytest.mark.parametrize("lines", [(20, 45, 45), (45, 45), (45, 12), (45, 45, 45)])
def test_a_foot_directly_under_a_full_page_is_known_from_other_pages(
    rows: int, width: float, lines: tuple[int, ...]
) -> None:
    foot = [spot(text, 72 + 15 * (45 + row), width=width) for row, text in enumerate(FOOT[:rows])]
    for found in zones(*[[*paragraph(72, count), *foot] for count in lines]):
        assert [found.pop(text) for text in FOOT[:rows]] == [Zone.footer] * rows
        assert set(found.values()) == {Zone.body}


@pytest.mark.parametrize("width", [120, 400])
def test_a_head_directly_above_the_text_is_known_from_other_pages(width: float) -> None:
    pages = [[spot(FOOT[0], 57, width=width), *paragraph(72 + 100 * number, 30)] for number in range(2)]
    for found in zones(*pages):
        assert found.pop(FOOT[0]) is Zone.header
        assert set(found.values()) == {Zone.body}


def test_pages_that_are_alike_as_far_as_they_are_compared_are_no_headers() -> None:
    text = paragraph(100, 3)
    found = assign_zones([PageGeometry(WIDTH, HEIGHT, text), PageGeometry(WIDTH, 300, text)])
    assert found == [[Zone.body] * 3] * 2


def test_a_last_line_of_text_elsewhere_than_the_foot_of_other_pages_is_body() -> None:
    short = [[*paragraph(72, 20), spot(FOOT[0], 790, width=400)] for _ in range(2)]
    assert zones(*short, [*paragraph(72, 42), spot(FOOT[0], 702, width=400)])[2][FOOT[0]] is Zone.body


def test_a_repeated_text_in_the_middle_of_pages_is_body() -> None:
    pages = [[*paragraph(72, 20), centred("SECRET", 420), *paragraph(470, 15)] for _ in range(3)]
    assert {found["SECRET"] for found in zones(*pages)} == {Zone.body}


def test_a_different_marking_on_one_page_is_header_too() -> None:
    pages = [[centred("SECRET", 30), *paragraph(72, 40), centred("SECRET.", 800)] for _ in range(4)]
    pages[2] = [centred("TOP SECRET", 30), *paragraph(72, 40), centred("TOP SECRET.", 800)]
    found = zones(*pages)[2]
    assert (found["TOP SECRET"], found["TOP SECRET."]) == (Zone.header, Zone.footer)


def test_a_tag_decides() -> None:
    [found] = zones([spot("SECRET", 300, tag=Zone.header), *paragraph(72, 10)])
    assert found["SECRET"] is Zone.header


def test_what_is_placed_already_stays() -> None:
    hidden = TextBlock("SECRET", Box(0, 10, 50, 24), fixed=Zone.hidden)
    [found] = zones([hidden, *paragraph(72)])
    assert found["SECRET"] is Zone.hidden


@pytest.mark.parametrize(("width", "height"), [(842, 595), (298, 420), (2384, 3370)])
def test_bands_follow_the_size_of_the_page(width: float, height: float) -> None:
    scale = height / HEIGHT
    spots = [
        spot("head", 30 * scale, x=width / 2 - 20, width=40, height=14 * scale),
        spot("middle", height / 2, height=14 * scale),
        spot("foot", 800 * scale, x=width / 2 - 20, width=40, height=14 * scale),
    ]
    [found] = zones(spots, width=width, height=height)
    assert list(found.values()) == [Zone.header, Zone.body, Zone.footer]


def test_on_a_small_page_a_head_of_usual_margins_is_a_head() -> None:
    spots = [centred("SECRET", 57), spot("text", 150), centred("SECRET.", 298 - 43 - 14)]
    [found] = zones(spots, width=WIDTH, height=298)
    assert list(found.values()) == [Zone.header, Zone.body, Zone.footer]


def test_an_empty_page_is_no_trouble() -> None:
    assert zones([], []) == [{}, {}]


@pytest.mark.parametrize("text_at", [100, 118])
def test_headers_of_several_rows_are_headers_on_pages_that_all_differ(text_at: float) -> None:
    """A cover and its annexes, each with title, marking and number of its own."""
    sheets = [
        [
            centred(f"title {next(WORDS)}", 26, height=10),
            centred(f"UK {next(WORDS)}", 44, height=9),
            centred(f"number {next(WORDS)}", 60, height=10),
            spot(f"heading {next(WORDS)}", text_at),
            *paragraph(text_at + 20),
        ]
        for _ in range(4)
    ]
    for sheet, found in zip(sheets, zones(*sheets), strict=True):
        assert [found[row.text] for row in sheet[:3]] == [Zone.header] * 3
        assert {found[row.text] for row in sheet[4:]} == {Zone.body}
