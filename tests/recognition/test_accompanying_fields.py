"""One table of the fields that accompany markings: read beside one and alone on a line alike."""

from __future__ import annotations

from datetime import date

import pytest

from countermark.model import CompanionKind
from countermark.recognition.explain import explain
from countermark.recognition.normalise import normalise
from countermark.recognition.recogniser import Recogniser
from countermark.standards.vocabulary import Reach

FIELDS = [
    ("登録番号 第12号", CompanionKind.registration),
    ("登録番号：防整第12号", CompanionKind.registration),
    ("Registration No. R8/12", CompanionKind.registration),
    ("3部中第1号", CompanionKind.copy),
    ("部数番号：2", CompanionKind.copy),
    ("Copy 1 of 3", CompanionKind.copy),
    ("指定期間：令和8年3月31日まで", CompanionKind.period),
    ("指定の有効期間：令和8年4月1日から令和13年3月31日まで", CompanionKind.period),
    ("Page 1 of 4", CompanionKind.page),
    ("1/4", CompanionKind.page),
    ("4頁中1頁", CompanionKind.page),
]


def alone(recogniser: Recogniser, text: str, reach: Reach) -> set[str]:
    return {field.kind for field in recogniser.fields.alone_in(normalise(text).text, reach)}


@pytest.mark.parametrize(("written", "kind"), FIELDS)
def test_a_field_is_read_beside_a_marking_and_alone(
    recogniser: Recogniser, written: str, kind: CompanionKind
) -> None:
    beside = {
        companion.kind
        for found in explain(f"極秘 ({written})", recogniser, date(2026, 5, 12))
        for companion in found.marking.companions
    }
    assert beside == {kind} == alone(recogniser, written, Reach.edges)


@pytest.mark.parametrize(("written", "kind"), FIELDS[:8])
def test_among_words_it_is_read_in_the_opening(
    recogniser: Recogniser, written: str, kind: CompanionKind
) -> None:
    assert alone(recogniser, f"計画書 {written}", Reach.opening) == {kind}
    assert alone(recogniser, f"計画書 {written}", Reach.any) == set()


@pytest.mark.parametrize("written", ["Page 1 of 4", "- 1/4 -", "(1/4)", "1 / 4頁"])
def test_elsewhere_it_is_all_of_its_line(recogniser: Recogniser, written: str) -> None:
    assert alone(recogniser, written, Reach.any) == {CompanionKind.page}
    assert alone(recogniser, f"table {written} below", Reach.any) == set()


@pytest.mark.parametrize(
    "written",
    [
        "登録番号：",
        "登録番号 第　号",
        "指定期間：　　年　月　日まで",
        "指定期間：別途通知する。",
        "部数番号：",
        "文書番号 第12号",
        "Page 3",
    ],
)
def test_an_empty_form_states_nothing(recogniser: Recogniser, written: str) -> None:
    assert alone(recogniser, written, Reach.edges) == set()


def test_what_a_period_says_is_all_that_follows(recogniser: Recogniser) -> None:
    [field] = recogniser.fields.alone_in(
        normalise("特定秘密の指定の有効期間は、令和八年三月まで").text, Reach.opening
    )
    assert (field.kind, field.value) == ("period", "は、令和八年三月まで")


def test_no_notice_is_a_field_too(recogniser: Recogniser) -> None:
    assert not recogniser.standards.statements.keys() & set(CompanionKind)
