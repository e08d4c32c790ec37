"""The page of figures: sections measured anew take the place of those of their name."""

from __future__ import annotations

from accuracy.__main__ import with_sections

PAGE = "# Accuracy\n\nSeed 1.\n\n## Papers\n\nold\n\n## Prose\n\nkept\n"


def test_a_section_measured_anew_takes_the_place_of_the_old_one() -> None:
    now = "# Accuracy\n\nSeed 1.\n\n## Papers\n\nnew\n\n## Foreign\n\nadded\n"
    assert with_sections(PAGE, now) == (
        "# Accuracy\n\nSeed 1.\n\n## Papers\n\nnew\n\n## Prose\n\nkept\n\n## Foreign\n\nadded\n"
    )


def test_a_page_with_its_own_sections_stays_as_it_is() -> None:
    assert with_sections(PAGE, PAGE) == PAGE
