"""Lines to markings: right forms, wrong forms with their defects, and what is none."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.recognition.explain import explain
from countermark.recognition.recogniser import Recogniser
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

RECOGNISER = Recogniser(load_standards(data_folder()))
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("written", "country", "classification", "level", "defects"),
    [
        ("UK OFFICIAL", "GB", "OFFICIAL", 1, []),
        ("UK OFFICIAL-SENSITIVE", "GB", "OFFICIAL", 2, []),
        ("UK SECRET", "GB", "SECRET", 3, []),
        ("UK TOP SECRET", "GB", "TOP SECRET", 4, []),
        ("ＵＫ　ＳＥＣＲＥＴ", "GB", "SECRET", 3, []),
        ("UK OFFICIAL SENSITIVE", "GB", "OFFICIAL", 2, ["sensitive-form"]),
        ("UK OFFICIAL – SENSITIVE", "GB", "OFFICIAL", 2, ["sensitive-form"]),
        ("UK O-S", "GB", "OFFICIAL", 2, ["sensitive-form"]),
        ("UK SECRET-SENSITIVE", "GB", "SECRET", 3, ["sensitive-above-official"]),
        ("UK Secret", "GB", "SECRET", 3, ["not-capitals"]),
        ("UK OFFICAL", "GB", "OFFICIAL", 1, ["spelling"]),
        ("S E C R E T", "GB", "SECRET", 3, ["spelling"]),
        ("UK TOPSECRET", "GB", "TOP SECRET", 4, ["spelling"]),
        ("UK CONFIDENTIAL", "GB", "CONFIDENTIAL", 3, ["retired-classification"]),
        ("UK MOST SECRET", "GB", None, None, ["unknown-classification"]),
        ("UK SECRET JP/UK EYES ONLY", "GB", "SECRET", 3, ["separator-form"]),
        ("UK SECRET – JP/UK EYES ONLY", "GB", "SECRET", 3, ["separator-form"]),
        ("UK SECRET - UK/JP EYES ONLY", "GB", "SECRET", 3, ["caveat-not-alphabetical"]),
        ("UK SECRET - EYES ONLY", "GB", "SECRET", 3, ["caveat-no-nation"]),
        ("UK SECRET - JP/UK", "GB", "SECRET", 3, ["caveat-no-eyes-only"]),
        ("UK SECRET - ATLANTIS/UK EYES ONLY", "GB", "SECRET", 3, ["caveat-unknown-nation"]),
        ("UK SECRET - JP/UK EYES ONLY - RECIPIENTS ONLY", "GB", "SECRET", 3, ["element-order"]),
        ("UK SECRET - RELEASABLE TO", "GB", "SECRET", 3, ["release-no-country"]),
        ("UK SECRET - REL XYZ", "GB", "SECRET", 3, ["release-unknown-country"]),
        ("極秘", "JP", "極秘", 2, []),
        ("極　秘", "JP", "極秘", 2, []),
        ("【極秘】", "JP", "極秘", 2, []),
        ("日本国極秘", "JP", "極秘", 2, []),
        ("秘（指定期間：令和8年3月31日まで）", "JP", "秘", 1, []),
        ("特　定　秘　密", "JP", "特定秘密", 1, []),
        ("JAPAN GOKUHI", "JP", "極秘", 2, ["romanised"]),
        ("防衛秘密", "JP", "防衛秘密", 1, ["retired-classification"]),
        ("極密", "JP", None, None, ["unknown-classification"]),
        ("取扱注意", "JP", None, None, ["not-a-classification"]),
        ("NATO SECRET", "NATO", "SECRET", 3, []),
        ("US SECRET", "US", "SECRET", 2, []),
    ],
)
def test_a_marking_is_read(
    written: str, country: str, classification: str | None, level: int | None, defects: list[str]
) -> None:
    [found] = explain(written, RECOGNISER, TODAY)
    marking = found.marking
    assert (marking.country, marking.classification, marking.level) == (country, classification, level)
    assert sorted(marking.defects) == defects
    assert marking.well_formed == (not defects)
    assert found.rest == ""


def test_all_elements_are_read() -> None:
    [found] = explain(
        "UK SECRET - RECIPIENTS ONLY - COMMERCIAL - SKYLARK - JP/UK EYES ONLY", RECOGNISER, TODAY
    )
    marking = found.marking
    assert marking.originator == "GB"
    assert marking.handling == ("RECIPIENTS ONLY",)
    assert marking.descriptors == ("COMMERCIAL",)
    assert marking.codewords == ("SKYLARK",)
    assert [caveat.nations for caveat in marking.caveats] == [("JP", "GB")]


def test_a_community_stands_for_its_members() -> None:
    [found] = explain("UK TOP SECRET - FIVE EYES ONLY", RECOGNISER, TODAY)
    assert found.marking.caveats[0].nations == ("AU", "CA", "GB", "NZ", "US")


@pytest.mark.parametrize("written", ["REL JPN", "REL TO JAPAN", "RELEASABLE TO JAPAN", "RELEASABLE TO JP"])
def test_releasability_is_read_in_all_its_forms(written: str) -> None:
    [found] = explain(f"UK SECRET - {written}", RECOGNISER, TODAY)
    assert found.marking.releasable_to == ("JP",)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("UK SECRET / 極秘", [("GB", "GB"), ("JP", None)]),
        ("極秘 / UK SECRET (英国)", [("JP", None), ("GB", "GB")]),
        ("JAPAN 極秘 / UK SECRET", [("JP", "JP"), ("GB", "GB")]),
        ("英国 極秘", [("JP", "GB")]),
    ],
)
def test_dual_markings_are_two_with_their_originators(
    written: str, expected: list[tuple[str, str | None]]
) -> None:
    found = explain(written, RECOGNISER, TODAY)
    assert [(one.marking.country, one.marking.originator) for one in found] == expected


@pytest.mark.parametrize(
    "written",
    [
        "UK SECRET Page 1 of 3",
        "UK SECRET 12 May 2026",
        "極秘 登録番号 第12号 3部中第1号",
        "秘 令和8年3月31日まで",
        "Copy No. 3 of 12 UK SECRET",
        "UK OFFICIAL-SENSITIVE (when completed)",
    ],
)
def test_usual_companions_leave_no_rest(written: str) -> None:
    assert RECOGNISER.grammar.line(written).rest == ""


@pytest.mark.parametrize(
    "written",
    [
        "SECRET INTELLIGENCE SERVICE",
        "OFFICIAL SECRETS ACT 1989",
        "OFFICIAL RECEIVER",
        "Official Journal of the European Union",
        "Secretary of State for Defence",
        "秘書課",
        "秘密保持契約",
        "極秘裏に",
        "極秘資料",
        "神秘",
        "機密性の確保",
        "取扱説明書",
        "特定秘密保護法",
        "HI",
        "KIMITSU",
    ],
)
def test_names_and_compounds_are_no_markings(written: str) -> None:
    assert RECOGNISER.grammar.line(written).markings == ()


@pytest.mark.parametrize(
    "written", ["REL-EU", "JP/UK EYES ONLY", "- RECIPIENTS ONLY -", "RELEASABLE TO JAPAN"]
)
def test_a_second_line_of_a_marking_is_read(written: str) -> None:
    assert RECOGNISER.grammar.elements(written) is not None


@pytest.mark.parametrize("written", ["Japan", "hello", "SKYLARK", "UK SECRET", "", "12 May 2026"])
def test_other_lines_are_not_taken_for_one(written: str) -> None:
    assert RECOGNISER.grammar.elements(written) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_parser(written: str) -> None:
    for found in explain(written, RECOGNISER, TODAY):
        assert found.marking.text in written


def test_every_tier_of_every_standard_is_read_as_itself() -> None:
    for standard in RECOGNISER.standards.standards:
        day = standard.until or standard.from_ or TODAY
        for tier in standard.classifications:
            [found] = explain(tier.name, RECOGNISER, day)
            assert found.marking.classification_text == tier.name
            assert found.marking.country == standard.country


def test_terms_of_one_kind_do_not_clash() -> None:
    for first, second in combinations(RECOGNISER.standards.standards, 2):
        for tier in first.classifications:
            for other in second.classifications:
                if tier.name == other.name:
                    assert (first.country, tier.grade) == (second.country, other.grade)
