"""The standards' files state what the sources say: days in force, tiers, and what stands on which tier."""

from __future__ import annotations

from datetime import date

import pytest

from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy
from countermark.rules.rule import ExampleDocument, SketchPage
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder

KNOWN = load_standards(data_folder())
POLICY = load_policy()
SINCE_2014 = ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET")
UP_TO_SECRET = SINCE_2014[:3]

SCHEMES = {
    "uk/gpms": (
        None,
        "2014-04-01",
        "UNCLASSIFIED|NOT PROTECTIVELY MARKED|PROTECT|RESTRICTED|CONFIDENTIAL|SECRET|TOP SECRET",
    ),
    "uk/gsc-2014": ("2014-04-02", "2018-04-30", "|".join(SINCE_2014)),
    "uk/gsc-2018": ("2018-05-01", "2023-06-29", "|".join(SINCE_2014)),
    "uk/gscp-2023": ("2023-06-30", "2024-08-04", "|".join(SINCE_2014)),
    "uk/gscp-2024": ("2024-08-05", None, "|".join(SINCE_2014)),
    "jp/tokutei-himitsu": ("2014-12-10", None, "特定秘密"),
    "jp/administrative-secret": ("2015-04-01", None, "秘|極秘"),
    "jp/old-administrative": (None, "2015-03-31", "秘|極秘|機密"),
    "jp/special-management": ("2009-01-01", "2014-12-31", "特別管理秘密"),
    "jp/defense-secret": (None, "2014-12-09", "防衛秘密|防衛秘密（機密）"),
    "jp/special-defense-secret": (
        None,
        None,
        "特別防衛秘密|特別防衛秘密（秘）|特別防衛秘密（極秘）|特別防衛秘密（機密）",
    ),
    "jp/mod-secret": ("2007-04-27", None, "秘"),
    "jp/equipment-secret": ("2024-04-01", None, "装備品等秘密"),
    "jp/economic-security": ("2025-05-16", None, "重要経済安保情報"),
    "jp/satellite-secret": (None, None, "衛星秘密（秘）|衛星秘密（極秘）|衛星秘密（機密）"),
    "jp/confidentiality-grade": (None, None, ""),
    "jp/handling-marks": (None, None, ""),
}


def test_each_scheme_has_its_days_and_tiers() -> None:
    stated = {
        one.id: (
            one.from_ and one.from_.isoformat(),
            one.until and one.until.isoformat(),
            "|".join(tier.name for tier in sorted(one.classifications, key=lambda tier: tier.level)),
        )
        for one in KNOWN.standards
    }
    assert stated == SCHEMES


@pytest.mark.parametrize(
    ("standard", "tiers"), [("uk/gscp-2023", SINCE_2014), ("uk/gscp-2024", SINCE_2014[1:])]
)
def test_handling_instructions_and_descriptors_stand_on_their_tiers(
    standard: str, tiers: tuple[str, ...]
) -> None:
    found = KNOWN.find(standard)
    assert found is not None
    assert {one.name: one.applies_to for one in found.handling} == {
        "RECIPIENTS ONLY": tiers,
        "FOR PUBLIC RELEASE": ("OFFICIAL",),
        "USE ONLY": (),
        "HMG USE ONLY": UP_TO_SECRET,
        "EMBARGOED": UP_TO_SECRET,
    }
    assert {one.name: one.applies_to for one in found.descriptors} == {
        "PERSONAL DATA": (),
        "LEGAL PROFESSIONAL PRIVILEGE": (),
        "LEGAL": UP_TO_SECRET[:2],
        "MARKET SENSITIVE": (),
        "COMMERCIAL": (),
        "HR / MANAGEMENT": (),
    }
    assert found.caveats
    assert found.caveats.applies_to == ("SECRET", "TOP SECRET")
    assert found.separator == " - "


@pytest.mark.parametrize("of", ["GB", "JP"])
def test_every_element_of_the_current_standards_names_its_clause(of: str) -> None:
    for standard in KNOWN.in_force(date(2026, 1, 1)):
        unnamed = [
            *(element.name for element in standard.classifications if not element.clause),
            *(element.name for element in standard.handling if not element.clause),
            *(element.name for element in standard.handling_marks if not element.clause),
            *(element.name for element in standard.descriptors if not element.clause),
        ]
        assert standard.country != of or unnamed == []


@pytest.mark.parametrize("day", ["2016-06-01", "2019-06-01"])
def test_handling_instructions_of_2014_and_2018_are_not_judged(day: str) -> None:
    """No source read lists them, so that none is unknown."""
    sketch = ExampleDocument(mark="UK OFFICIAL - RECIPIENTS ONLY", date=date.fromisoformat(day))
    assert "UK011" not in {one.code for one in check_example(sketch, POLICY).findings}


@pytest.mark.parametrize("caveat", ["UK EYES ALPHA", "UK EYES BRAVO"])
def test_the_old_caveats_exclude_japan_and_are_kept_as_written(caveat: str) -> None:
    sent = ExampleDocument(mark=f"UK SECRET - {caveat}", date=date(2013, 6, 1), from_="GB", to="JP")
    report = check_example(sent, POLICY)
    assert {one.canonical for one in report.markings} == {f"UK SECRET - {caveat}"}
    [finding] = (one for one in report.findings if one.code == "EX004")
    assert finding.source.standard == "uk/gpms"


@pytest.mark.parametrize("word", ["STAFF", "POLICY", "VISITS", "COMMERCIAL"])
def test_descriptors_of_the_old_scheme_are_read_on_its_documents(word: str) -> None:
    old = check_example(ExampleDocument(mark=f"UK RESTRICTED - {word}", date=date(2013, 6, 1)), POLICY)
    assert {one.descriptors for one in old.markings} == {(word,)}
    assert "UK011" not in {one.code for one in old.findings}
    new = check_example(ExampleDocument(mark=f"UK SECRET - {word}", date=date(2026, 5, 12)), POLICY)
    assert ("UK012" in {one.code for one in new.findings}) is (word != "COMMERCIAL")


@pytest.mark.parametrize("text", ["Official Visits", "SECRET POLICY", "OFFICIAL STAFF LIST"])
def test_their_words_are_descriptors_after_a_sign_only(text: str) -> None:
    report = check_example(ExampleDocument(pages=(SketchPage(body=text),)), POLICY)
    assert not any(one.descriptors for one in report.markings)


@pytest.mark.parametrize("between", ["\n", " ", ""])
@pytest.mark.parametrize("grade", ["秘", "極秘", "機密"])
def test_a_special_defence_secret_is_read_with_its_grade(grade: str, between: str) -> None:
    report = check_example(ExampleDocument(mark=f"特別防衛秘密{between}{grade}"), POLICY)
    assert {one.classification for one in report.markings} == {f"特別防衛秘密（{grade}）"}
    assert "JP012" not in {one.code for one in report.findings}


@pytest.mark.parametrize("beside", ["防衛省限り", "出席者限り", "令和12年3月31日まで保存", "10年まで保存"])
def test_handling_restrictions_stand_beside_a_classification(beside: str) -> None:
    report = check_example(ExampleDocument(mark=f"日本国 極秘 {beside}"), POLICY)
    assert {one.classification for one in report.markings} == {"極秘"}
    assert "JP008" not in {one.code for one in report.findings}


@pytest.mark.parametrize(("short", "found"), [("C2I1A1", True), ("C3I2A1", False), ("BC2I1A1", False)])
def test_the_short_form_of_a_confidentiality_grade_is_read(short: str, found: bool) -> None:
    report = check_example(ExampleDocument(mark=f"日本国 極秘\n{short}"), POLICY)
    assert ("JP007" in {one.code for one in report.findings}) is found
