"""The house keeps its plan: rooms in one direction, small modules, short functions."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

from support import house
from support.needs import NEEDS

if TYPE_CHECKING:
    from support.house import Module

LONG_MODULES = {
    "config.policy": "configuration and options come together in one validated value",
    "readers.header_footer": "the rules for header and footer of a printed page share their measures",
}
"""Modules of more than 300 lines, and why they are whole."""

LONG_FUNCTIONS = {
    "checking.check:_checked": "the stages of a document's way, one after another",
    "cli.check:check": "its parameters are the options of the command",
    "recognition.resolve:resolve": "one marking's fields, each from the words that were found",
    "rules.facts.marking_facts:marking_view": "one line a fact",
}
"""Functions of more than 40 lines, and why they are whole."""


@pytest.fixture(scope="module")
def known() -> dict[str, Module]:
    return house.modules()


def test_rooms_are_few_and_import_downwards(known: dict[str, Module]) -> None:
    pairs = house.arrows(known)
    assert house.upward(pairs) == set()
    assert len(house.floors()) <= 20
    assert len(pairs) <= 80


def test_no_modules_import_each_other_in_a_circle(known: dict[str, Module]) -> None:
    assert house.cycle(known) == []


def test_modules_are_small(known: dict[str, Module]) -> None:
    assert median(house.sizes(known)) < 110
    assert {module.name for module in known.values() if module.lines > 300} == LONG_MODULES.keys()


def test_functions_are_short(known: dict[str, Module]) -> None:
    assert {
        function.name for function in house.functions(known) if function.lines > 40
    } == LONG_FUNCTIONS.keys()


def test_what_a_test_needs_is_marked_by_the_fixtures_that_it_takes(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        for name, need in NEEDS.items():
            is_marked = item.get_closest_marker(name) is not None
            assert is_marked or name not in getattr(item, "fixturenames", ()), item.nodeid
            skips = {mark.kwargs.get("reason") for mark in item.iter_markers("skip")}
            assert not is_marked or need.is_here or need.reason in skips, item.nodeid


def test_every_room_says_what_it_is_for_and_is_in_the_picture(known: dict[str, Module]) -> None:
    """`make rules-pages` draws it anew."""
    drawn = (house.ROOT / "docs" / "house.svg").read_text(encoding="utf-8")
    for room in house.floors():
        purpose = house.purpose(known, room)
        assert purpose
        assert f">{room}</text>" in drawn
        assert escape(purpose) in drawn
