"""What the lines around a candidate say of it: a printed message's head, a title block, a contractor's name
set off from the marking, the ends of a page. Each with what looks like it and marks nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from countermark.model import Document, Line, Outcome, Page, Zone
from countermark.recognition.recognise import accepted, examine

if TYPE_CHECKING:
    from countermark.model import Marking
    from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)
TEXT = (
    "The pump drew four amperes at the second test.",
    "A spare is kept at the depot.",
    "Each reading was written down by two people.",
)

Placed = tuple[str, Zone]


def pages(*placed: list[Placed], part: str = "") -> Document:
    made = tuple(
        Page(
            number=number,
            lines=tuple(
                Line(text=text, zone=zone, number=place, part=part, centred=False)
                for place, (text, zone) in enumerate(lines, 1)
            ),
        )
        for number, lines in enumerate(placed, 1)
    )
    return Document(name="a.pdf", media_type="", sha256="", pages=made)


def body(*texts: str) -> list[Placed]:
    return [(text, Zone.body) for text in texts]


def candidates(document: Document, recogniser: Recogniser) -> list[Marking]:
    return [one for one in examine(document, recogniser, TODAY).markings if one.zone is not Zone.filename]


def markings(document: Document, recogniser: Recogniser) -> list[str]:
    return [marking.text for marking in accepted(candidates(document, recogniser))]


ENGLISH = ("From: A Smith", "Sent: 3 May 2026", "To: B Jones", "Subject: Pump trial")
TABBED = ("From\tA Smith", "Date\t3 May 2026", "To\tB Jones")
JAPANESE = ("差出人：山田太郎", "宛先：田中花子", "件名：試験日程")


@pytest.mark.parametrize("fields", [ENGLISH, TABBED, JAPANESE], ids=["English", "tabs", "Japanese"])
@pytest.mark.parametrize("marking", ["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "極秘"])
def test_a_printed_message_is_marked_beside_its_head_or_at_its_ends(
    recogniser: Recogniser, fields: tuple[str, ...], marking: str
) -> None:
    forms = (
        (marking, *fields, "Dear B", *TEXT),
        (*fields, marking, "Dear B", *TEXT),
        (fields[0], marking, *fields[1:], "Dear B", *TEXT),
        (*fields, "Dear B", *TEXT, marking),
        (*fields, "Dear B", *TEXT, marking, "This message is for its addressee."),
        ("Done, thank you.", *TEXT, *fields, marking, *TEXT),
    )
    assert [markings(pages(body(*form)), recogniser) for form in forms] == [[marking]] * len(forms)


@pytest.mark.parametrize(
    "lines",
    [
        (*ENGLISH, "Dear B", TEXT[0], "SECRET", *TEXT),
        (*ENGLISH, "The films are these:", "SECRET", "OFFICIAL", "RESTRICTED", "Regards"),
        ("From: the beginning", *TEXT, "OFFICIAL", *TEXT),
        ("Distribution", "To: all depots", *TEXT, "SECRET", *TEXT),
        (*ENGLISH, "SECRET SHOPPER RESULTS", *TEXT),
    ],
)
def test_a_word_elsewhere_in_a_message_marks_nothing(recogniser: Recogniser, lines: tuple[str, ...]) -> None:
    assert markings(pages(body(*lines)), recogniser) == []


@pytest.mark.parametrize("label", ["Protective marking", "Security classification", "Classification"])
@pytest.mark.parametrize("marking", ["OFFICIAL", "SECRET"])
def test_a_labelled_cell_at_the_beginning_marks_the_document(
    recogniser: Recogniser, label: str, marking: str
) -> None:
    cells = [(text, Zone.table) for text in (label, marking, "Reference", "A/1")]
    assert markings(pages([*cells, *body(*TEXT)]), recogniser) == [marking]
    assert markings(pages([*cells[2:], *cells[:2], *body(*TEXT)]), recogniser) == [marking]
    later = candidates(pages(body(*TEXT * 5), [*cells, *body(*TEXT)]), recogniser)
    assert "title-block" not in later[0].evidence


@pytest.mark.parametrize(
    "line", ["{} | Northgate Pumps Ltd", "Northgate Pumps Ltd - {}", "{} • Northgate plc"]
)
def test_a_contractor_s_name_set_off_from_the_marking_of_every_page(
    recogniser: Recogniser, line: str
) -> None:
    def found(word: str, *zones: Zone) -> list[str]:
        placed = [(line.format(word), zone) for zone in zones]
        return markings(pages([*placed, *body(*TEXT)]), recogniser)

    both = (Zone.header, Zone.footer)
    assert found("OFFICIAL", *both) == ["OFFICIAL"] * 2
    assert found("SECRET", *both) == ["SECRET"] * 2
    assert found("CONFIDENTIAL", *both) == []
    assert found("Official", *both) == []
    assert found("OFFICIAL", Zone.header) == []


@pytest.mark.parametrize("word", ["OFFICIAL", "SECRET", "TOP SECRET", "秘"])
def test_the_same_at_both_ends_of_a_page_marks_it(recogniser: Recogniser, word: str) -> None:
    assert markings(pages(body(word, *TEXT * 2, word)), recogniser) == [word] * 2


@pytest.mark.parametrize("word", ["CONFIDENTIAL", "Official", "機密"])
def test_a_plain_word_at_both_ends_does_not(recogniser: Recogniser, word: str) -> None:
    assert markings(pages(body(word, *TEXT * 2, word)), recogniser) == []


def test_large_letters_are_no_title_where_the_page_ends_as_it_begins(recogniser: Recogniser) -> None:
    def document(*ends: str) -> Document:
        texts = [("TOP SECRET", Zone.header), *body(*TEXT * 2, *ends)]
        lines = tuple(
            Line(
                text=text, zone=zone, number=number, size=20.0 if "SECRET" in text else 11.0, colour="FF0000"
            )
            for number, (text, zone) in enumerate(texts, 1)
        )
        return Document(name="a.pdf", media_type="", sha256="", pages=(Page(number=1, lines=lines),))

    assert markings(document("TOP SECRET"), recogniser) == ["TOP SECRET"] * 2
    assert [one.outcome for one in candidates(document(), recogniser)] == [Outcome.doubtful]


def test_a_handling_mark_in_a_header_of_its_own_is_no_heading(recogniser: Recogniser) -> None:
    placed = [("取扱注意", Zone.header), *body(*TEXT)]
    assert markings(pages(placed, part="header1.xml"), recogniser) == ["取扱注意"]
    assert markings(pages(placed), recogniser) == []
