"""What all readers fill."""

from __future__ import annotations

import pytest

from countermark.model import Document, Label, Line, Page, ProblemKind, Zone
from countermark.readers.builder import DocumentBuilder
from countermark.support.limits import LimitReached, Limits


def test_pages_and_lines_count_on() -> None:
    document = DocumentBuilder("a", "x/y")
    document.add_page().add_line("one", Zone.header)
    page = document.add_page()
    page.add_line("two")
    page.add_line(" \t\u3000")
    page.add_line("three", Zone.footer)
    document.add_line("bookmark", Zone.bookmark)
    built = document.build("digest")
    assert [page.number for page in built.pages] == [1, 2]
    assert [[line.number for line in page.lines] for page in built.pages] == [[1], [1, 2]]
    assert (built.lines[0].number, built.sha256) == (1, "digest")


def test_laid_out_pages_keep_their_numbers_and_lines_are_numbered_anew() -> None:
    document = DocumentBuilder("a", "x/y")
    document.add_pages([Page(number=7, lines=(Line(text="a", zone=Zone.body, number=3),))])
    (page,) = document.build("").pages
    assert (page.number, page.lines[0].number) == (7, 1)


def test_sections_have_no_page_number() -> None:
    document = DocumentBuilder("a", "x/y")
    document.add_page(section=1)
    assert document.build("").pages[0].number is None


def test_a_page_too_many_ends_the_reading() -> None:
    document = DocumentBuilder("a", "x/y", Limits(pages=1))
    document.add_page()
    with pytest.raises(LimitReached):
        document.add_page()
    assert len(document.build("").pages) == 1


def test_children_beyond_the_limit_are_counted_in_one_problem() -> None:
    def child(_: bytes, name: str) -> Document:
        return Document(name=name, media_type="", sha256="")

    document = DocumentBuilder("a", "x/y", Limits(children=2), read_child=child)
    for number in range(5):
        document.read_child(b"", str(number))
    built = document.build("")
    (problem,) = built.problems
    assert [read.name for read in built.children] == ["0", "1"]
    assert (problem.kind, problem.args["reached"]) == (ProblemKind.limit, "5")
    assert not document.takes_children


def test_labels_in_properties_are_found() -> None:
    document = DocumentBuilder("a", "x/y")
    document.add_property("Classification", " UK SECRET ", "meta")
    document.add_property("Title", "  ", "meta")
    document.add_labels([Label(name="own", text="SECRET", source="label")])
    built = document.build("")
    assert [label.text for label in built.labels] == ["UK SECRET", "SECRET"]
    assert [item.value for item in built.properties] == ["UK SECRET"]


def test_pages_that_come_together_count_as_those_that_come_one_by_one() -> None:
    document = DocumentBuilder("a", "b", Limits(pages=3))
    document.add_page()
    with pytest.raises(LimitReached):
        document.add_pages([Page(number=number) for number in range(5)])
    assert len(document.build("").pages) == 3
