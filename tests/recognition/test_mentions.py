"""Words where markings are and that are none: companies' own, titles, lists, other countries' guides; and a
marking that holds on a condition."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from countermark.model import CompanionKind, Document, Line, Outcome, Page, Property, Zone
from countermark.recognition.recognise import accepted, examine

if TYPE_CHECKING:
    from countermark.model import Marking
    from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)
TEXT = ("The pump drew four amperes at the second test.", "A spare is kept at the depot.")


def document(*texts: tuple[str, Zone], title: str = "") -> Document:
    lines = tuple(Line(text=text, zone=zone, number=number) for number, (text, zone) in enumerate(texts, 1))
    properties = (Property(name="Title", value=title, source="info"),) if title else ()
    page = Page(number=1, lines=lines)
    return Document(name="a.pdf", media_type="", sha256="", pages=(page,), properties=properties)


def body(*texts: str) -> tuple[tuple[str, Zone], ...]:
    return tuple((text, Zone.body) for text in texts)


def markings(read: Document, recogniser: Recogniser) -> tuple[Marking, ...]:
    return accepted(examine(read, recogniser, TODAY).markings)


@pytest.mark.parametrize(
    "name",
    [
        "Northgate Pumps Ltd",
        "Northgate Pumps plc",
        "Pumpen GmbH",
        "Northgate Inc.",
        "NORTHGATE LLC",
        "株式会社北門ポンプ",
        "有限会社北門",
    ],
)
@pytest.mark.parametrize(
    "form", ["{name}, CONFIDENTIAL", "CONFIDENTIAL - {name}", "{name}\nCONFIDENTIAL", "RESTRICTED\n{name}"]
)
def test_a_company_s_own_word_is_no_marking(recogniser: Recogniser, name: str, form: str) -> None:
    lines = form.format(name=name).split("\n")
    heads = [(line, Zone.header) for line in lines]
    feet = [(line, Zone.footer) for line in lines]
    assert markings(document(*heads, *body(*TEXT), *feet), recogniser) == ()


@pytest.mark.parametrize(
    "title", ["Official", "OFFICIAL", "Top Secret", "SECRET", "Confidential", "取扱注意"]
)
def test_a_title_property_alone_is_no_marking(recogniser: Recogniser, title: str) -> None:
    assert markings(document(("Report", Zone.header), *body(*TEXT), title=title), recogniser) == ()


@pytest.mark.parametrize("title", ["SECRET", "極秘"])
def test_a_title_on_the_title_page_and_in_the_property_is_no_label(
    recogniser: Recogniser, title: str
) -> None:
    book = document(*body(title, "A. Marsden", *TEXT), title=title)
    assert Zone.property not in {marking.zone for marking in markings(book, recogniser)}


@pytest.mark.parametrize("heads", [("日本国 秘", "取扱注意"), ("取扱注意", "日本国 秘")])
def test_a_handling_mark_beside_a_classification_is_no_heading(
    recogniser: Recogniser, heads: tuple[str, str]
) -> None:
    read = document(*((head, Zone.header) for head in heads), *body(*TEXT), ("日本国 秘", Zone.footer))
    assert len(markings(read, recogniser)) == 3


@pytest.mark.parametrize("heading", ["取扱注意", "Handle with care", "Secret", "Official"])
def test_a_heading_of_a_manual_is_no_marking(recogniser: Recogniser, heading: str) -> None:
    read = document(("Pump manual", Zone.header), *body(TEXT[0], heading, *TEXT), ("Page 3", Zone.footer))
    assert markings(read, recogniser) == ()


@pytest.mark.parametrize(
    "listed",
    [
        ("Examples of markings:", "UK SECRET", "UK OFFICIAL - COMMERCIAL"),
        ("Write it so:", "", "for example:", "UK SECRET"),
        ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"),
        ("秘", "極秘", "機密"),
    ],
)
def test_a_list_of_examples_marks_nothing(recogniser: Recogniser, listed: tuple[str, ...]) -> None:
    assert markings(document(*body(*TEXT, *listed, *TEXT)), recogniser) == ()


@pytest.mark.parametrize(
    ("title", "examples"),
    [
        (
            "Marking Classified Information: a portion marking guide",
            ("(S//NF) A secret portion.", "(U) An open one.", "SECRET//NOFORN"),
        ),
        (
            "Protective Security Policy Framework",
            ("OFFICIAL", "OFFICIAL: Sensitive", "PROTECTED", "SECRET", "TOP SECRET"),
        ),
        ("Security Classification Guide", ("(TS//SI) Text.", "(C//REL TO USA, GBR) Text.", "TOP SECRET//SI")),
        (
            "Marking Classified National Security Information",
            ("SECRET//NOFORN", "(S//NF) A secret portion.", "(U) An open one."),
        ),
        ("Handling EU classified information", ("SECRET UE/EU SECRET", "RESTREINT UE/EU RESTRICTED")),
        ("Guide to security classifications", ("PROTECTED A", "PROTECTED B", "SECRET", "TOP SECRET")),
    ],
)
def test_another_country_s_guide_is_not_judged(
    recogniser: Recogniser, title: str, examples: tuple[str, ...]
) -> None:
    assert markings(document(*body(title, TEXT[0], *examples, *TEXT)), recogniser) == ()


@pytest.mark.parametrize("own", ["UNCLASSIFIED", "OFFICIAL"])
def test_examples_in_a_guide_are_not_judged_by_what_marks_the_guide(recogniser: Recogniser, own: str) -> None:
    title = "Marking classified information: a portion marking guide"
    texts = body(title, TEXT[0], "(S//NF) A secret portion.", "(TS//SI) Another.", *TEXT)
    read = document((own, Zone.header), *texts, (own, Zone.footer))
    assert {marking.location.zone for marking in markings(read, recogniser)} <= {Zone.header, Zone.footer}


@pytest.mark.parametrize(
    "condition",
    [
        "when completed",
        "WHEN COMPLETE",
        "once completed",
        "on completion",
        "when filled in",
        "when filled out",
        "after completion",
        "記入後",
    ],
)
def test_a_marking_with_a_condition_says_so(recogniser: Recogniser, condition: str) -> None:
    text = f"OFFICIAL-SENSITIVE ({condition})"
    found = markings(document((text, Zone.header), *body(*TEXT), (text, Zone.footer)), recogniser)
    assert [marking.outcome for marking in found] == [Outcome.marking] * 2
    for marking in found:
        assert [(one.kind, one.text) for one in marking.companions] == [(CompanionKind.completed, condition)]
