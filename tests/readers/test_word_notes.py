"""Footnotes, endnotes and comments: their text, their section, who answers whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countermark.model import Zone
from support.word_content import run, table, text_box, vml_text_box
from support.word_files import NAMESPACES, lines, paragraph, read, section, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
ROOTS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
ZONES = {"footnotes": Zone.footnote, "endnotes": Zone.endnote, "comments": Zone.comment}


def note(kind: str, number: int, content: str) -> str:
    return f'<w:{ROOTS[kind]} w:id="{number}">{content}</w:{ROOTS[kind]}>'


def reference(kind: str, number: int) -> str:
    return run(f'<w:{ROOTS[kind]}Reference w:id="{number}"/>')


def in_sections(data: bytes, zone: Zone) -> dict[int | None, list[str]]:
    """Section -> texts of that zone."""
    told: dict[int | None, list[str]] = {}
    for page in read(data).live_pages:
        for line in page.lines:
            if line.zone is zone:
                told.setdefault(page.section, []).append(line.text)
    return told


def three_notes(kind: str, settings: str = "") -> bytes:
    """Two sections; the first leads to note 2, the second to note 1, nothing to note 3."""
    first = f"<w:p><w:pPr>{section()}</w:pPr>{reference(kind, 2)}</w:p>"
    second = table(f"<w:p>{reference(kind, 1)}</w:p>") + paragraph("end")
    notes = "".join(note(kind, number, paragraph(f"note {number}")) for number in (1, 2, 3))
    return word_file(first + second + section(), linked={kind: notes, "settings": settings})


@pytest.mark.parametrize("kind", ["footnotes", "comments"])
def test_a_note_stands_in_the_section_that_leads_to_it(kind: str) -> None:
    assert in_sections(three_notes(kind), ZONES[kind]) == {1: ["note 2"], 2: ["note 1", "note 3"]}


def test_endnotes_are_gathered_at_the_end_unless_the_settings_say_otherwise() -> None:
    at_section_end = '<w:endnotePr><w:pos w:val="sectEnd"/></w:endnotePr>'
    assert in_sections(three_notes("endnotes"), Zone.endnote) == {2: ["note 1", "note 2", "note 3"]}
    assert in_sections(three_notes("endnotes", at_section_end), Zone.endnote) == {
        1: ["note 2"],
        2: ["note 1", "note 3"],
    }


@pytest.mark.parametrize("kind", ROOTS)
def test_two_notes_of_one_number_are_both_read(kind: str) -> None:
    notes = note(kind, 1, paragraph("one")) + note(kind, 1, paragraph("two"))
    data = word_file(f"<w:p>{reference(kind, 1)}</w:p>", linked={kind: notes})
    assert lines(data) == [(ZONES[kind].value, "one"), (ZONES[kind].value, "two")]


@pytest.mark.parametrize("box", [text_box, vml_text_box])
@pytest.mark.parametrize("kind", ROOTS)
def test_text_boxes_and_tables_in_notes_are_notes(kind: str, box: Callable[..., str]) -> None:
    content = f"<w:p>{run(box(paragraph('SECRET')))}</w:p>" + table(paragraph("cell"))
    data = word_file("<w:p/>", linked={kind: note(kind, 1, content)})
    (page,) = read(data).live_pages
    assert [(line.text, line.zone, line.part) for line in page.lines] == [
        ("SECRET", ZONES[kind], f"word/{kind}.xml"),
        ("cell", ZONES[kind], f"word/{kind}.xml"),
    ]


def comment(number: int, *paragraphs: str) -> str:
    """A comment of these paragraphs, the last of which has the comment's number as its identifier."""
    content = "".join(paragraph(text) for text in paragraphs[:-1])
    last = paragraph(paragraphs[-1]).replace("<w:p>", f'<w:p w14:paraId="0000000{number}">')
    return f'<w:comment w:id="{number}" w:author="A">{content}{last}</w:comment>'


def threaded(comments: str, answers: dict[int, int]) -> bytes:
    """A file with these comments; `answers`: number of a reply -> of what it answers."""
    extended = "".join(
        f'<w15:commentEx w15:paraId="0000000{number}" w15:done="1"'
        + (f' w15:paraIdParent="0000000{answers[number]}"/>' if number in answers else "/>")
        for number in range(1, 5)
    )
    names = f'xmlns:w14="{W14}"'
    return word_file(
        "<w:p/>",
        more={
            "word/comments.xml": f"<w:comments {NAMESPACES} {names}>{comments}</w:comments>",
            "word/commentsExtended.xml": f'<w15:commentsEx xmlns:w15="{W15}">{extended}</w15:commentsEx>',
        },
        more_links={
            "one": ("comments", "comments.xml"),
            "two": ("commentsExtended", "commentsExtended.xml"),
        },
    )


@pytest.mark.parametrize(
    ("answers", "order"),
    [
        ({}, ["1", "2", "3", "UK SECRET", "4"]),
        ({4: 1}, ["1", "UK SECRET", "4", "2", "3"]),
        ({3: 1, 4: 1}, ["1", "3", "UK SECRET", "4", "2"]),
        ({4: 3, 3: 1}, ["1", "3", "UK SECRET", "4", "2"]),
        ({1: 4}, ["2", "3", "UK SECRET", "4", "1"]),
        ({1: 2, 2: 1}, None),
        ({2: 9}, ["1", "2", "3", "UK SECRET", "4"]),
    ],
)
def test_replies_stand_behind_the_comment_that_they_answer(
    answers: dict[int, int], order: list[str] | None
) -> None:
    comments = comment(1, "1") + comment(2, "2") + comment(3, "3") + comment(4, "UK SECRET", "4")
    told = lines(threaded(comments, answers))
    expected = order or ["1", "2", "3", "UK SECRET", "4"]
    assert {zone for zone, _ in told} == {"comment"}
    assert [text for _, text in told] == expected if order else sorted(t for _, t in told) == sorted(expected)


def test_resolved_threads_are_read_like_open_ones() -> None:
    assert ("comment", "UK SECRET") in lines(threaded(comment(1, "UK SECRET"), {}))


@pytest.mark.parametrize("extended", ["<", "<x/>"])
def test_without_a_list_of_threads_the_comments_stand_in_their_order(extended: str) -> None:
    data = word_file(
        "<w:p/>",
        linked={"comments": note("comments", 2, paragraph("b")) + note("comments", 1, paragraph("a"))},
        more={"word/commentsExtended.xml": extended},
        more_links={"two": ("commentsExtended", "commentsExtended.xml")},
    )
    assert lines(data) == [("comment", "b"), ("comment", "a")]
