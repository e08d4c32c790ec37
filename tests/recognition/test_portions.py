"""Portion marks after the numbers and bullets of their paragraphs, and in text that a reader does not see."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Document, Line, Page, Zone
from countermark.recognition.recognise import accepted, examine
from countermark.recognition.recogniser import Recogniser

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    "label",
    [
        "1.  ", "2. ", "10.2.3 ", "3)", "(4) ", "[5] ", "(a) ", "a) ", "B. ", "iv. ", "(iv)\t", "1.\t", "7\t",
        "8  ", "9 ", "1. (a) ", "• ", "- ", "– ", "Annex A ", "Para 12. ", "Section 3.1\t", "Article 4:\t",
        "①", "⑴ ", "㈠", "ⓐ ", "㊀　", "１．", "１　", "（１）", "（ア）", "ア　", "ア．", "一　", "二、",
        "（三）", "第１　", "2-(1)", "２－（ア）　", "第3項　", "第二条　", "第２章", "・", "○　", "  2.  ",
        "3.1.2 (a) ", "1. (a) (ii) ", "☐ ", "➢ ", "\uf0b7 ", "o ", "§ 4 ", "¶ 4. ", "A-1. ", "A1. ", "Q12: ",
        "Step 3: ", "Figure 3: ", "Table 2. ", "Fig. 4 ", "図１　", "注　", "表３．１　",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["(UK SECRET)", "（秘）", "[UK S]", "(S)", "(O)"])
def test_a_portion_mark_after_the_number_of_its_paragraph(
    recogniser: Recogniser, label: str, mark: str
) -> None:
    found = recogniser.portions.portion_of(f"{label}{mark} Sensor range is given at annex C.", TODAY)
    assert found is not None
    assert found.written == mark


@pytest.mark.parametrize("label", ["ア", "ｱ", "二", "3", "３", "1.2", "2-(1)", "１－（ア）"])
@pytest.mark.parametrize("mark", ["（秘）", "【極秘】", "（UK SECRET）"])
def test_wide_brackets_stand_behind_a_number_without_a_blank(
    recogniser: Recogniser, label: str, mark: str
) -> None:
    found = recogniser.portions.portion_of(f"{label}{mark}性能は別紙のとおり。", TODAY)
    assert found is not None
    assert found.written == mark


@pytest.mark.parametrize(
    "text",
    [
        "甲（秘）性能",
        "試験ア（秘）性能",
        "2026（秘）性能",
        "3 (SECRET) documents were sent",
        "A (SECRET) document was sent",
        "I (SECRET) agree",
        "U.K. (SECRET) Report",
        "e.g. (SECRET) Report",
        "Sensor 2 (UK SECRET) Range",
        "In 2022 (UK SECRET) Range",
        "1. Range (UK SECRET) Sensor",
        "1.  (UK SECRET)",
        "1. (a) (b) (c) Sensor",
        "Ask o'Brien (SECRET) Sensor",
        "“ (SECRET) Sensor",
        "Table (SECRET) Sensor",
        "A1 (SECRET) Sensor",
        "1. ( ) Sensor",
    ],
)
def test_what_is_no_number_or_no_portion_mark(recogniser: Recogniser, text: str) -> None:
    assert recogniser.portions.portion_of(text, TODAY) is None


@given(st.text("0123456789.()[] \t\u3000（）第条章アa一・①秘SECRTUK", max_size=60))
def test_any_line_has_a_portion_mark_or_none(recogniser: Recogniser, text: str) -> None:
    found = recogniser.portions.portion_of(text, TODAY)
    assert found is None or found.written in text


@pytest.mark.parametrize(
    "zone", ["annotation", "comment", "deleted", "field", "hidden", "image", "inserted", "revision"]
)
def test_portions_count_where_a_reader_does_not_see_them(recogniser: Recogniser, zone: str) -> None:
    lines = (
        Line(text="UK SECRET", zone=Zone.header, number=1),
        Line(text="(UK TOP SECRET) source named here", zone=Zone(zone), number=2),
    )
    document = Document(name="x", media_type="x", sha256="", pages=(Page(number=1, lines=lines),))
    found = accepted(examine(document, recogniser, TODAY).markings)
    assert [one.text for one in found if one.portion] == ["(UK TOP SECRET)"]
