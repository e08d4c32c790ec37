"""One marking has one right form: written, it raises none of the marking's findings again."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import pytest

from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy
from countermark.recognition.explain import explain
from countermark.rules.right_forms import with_right_forms
from countermark.rules.rule import ExampleDocument, Scope

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY = load_policy(lang="en")
DAY = date(2026, 5, 12)
ON_MARKINGS = {
    rule.code for rule in POLICY.rules if rule.scope is Scope.marking and rule.family in ("UK", "JP")
}
BESIDE_IT = {"UK016", "JP012"}
"""What these ask for is written beside the marking, not in it."""


class Written(NamedTuple):
    """A marking by its parts."""

    prefix: str = "UK "
    tier: str = "SECRET"
    elements: tuple[str, ...] = ()
    separator: str = " - "

    def __str__(self) -> str:
        return self.separator.join((self.prefix + self.tier, *self.elements))


def spelling(marking: Written) -> Written:
    return marking._replace(tier=marking.tier.replace("SECRET", "SECERT").replace("OFFICIAL", "OFFICAL"))


DEFECTS: dict[str, Callable[[Written], Written]] = {
    "no prefix": lambda one: one._replace(prefix=""),
    "small letters": lambda one: one._replace(tier=one.tier.title(), prefix=one.prefix),
    "misspelt": spelling,
    "other script": lambda one: one._replace(tier=one.tier.replace("C", "С")),
    "sensitive above": lambda one: one._replace(tier="SECRET-SENSITIVE"),
    "sensitive form": lambda one: one._replace(tier="OFFICIAL SENSITIVE"),
    "unknown tier": lambda one: one._replace(tier="MOST SECRET"),
    "misplaced instruction": lambda one: one._replace(elements=("FOR PUBLIC RELEASE", *one.elements)),
    "misplaced descriptor": lambda one: one._replace(elements=(*one.elements, "LEGAL")),
    "misspelt descriptor": lambda one: one._replace(elements=(*one.elements, "COMERCIAL")),
    "retired descriptor": lambda one: one._replace(elements=(*one.elements, "LOCSEN")),
    "nations unsorted": lambda one: one._replace(elements=(*one.elements, "UK/JP EYES ONLY")),
    "no eyes only": lambda one: one._replace(elements=(*one.elements, "JP/UK")),
    "caveat before": lambda one: one._replace(elements=("JP/UK EYES ONLY", *one.elements, "RECIPIENTS ONLY")),
    "no hyphens": lambda one: one._replace(elements=one.elements or ("RECIPIENTS ONLY",), separator=" "),
}
BASES = (
    Written(),
    Written(tier="TOP SECRET", elements=("RECIPIENTS ONLY",)),
    Written(tier="OFFICIAL-SENSITIVE"),
)
PAIRS = [*((name,) for name in DEFECTS), *combinations(DEFECTS, 2)]


def codes_and_forms(marking: str) -> tuple[set[str], set[str]]:
    sketch = ExampleDocument(mark=marking, from_="GB", to="JP", as_of=DAY)
    found = [one for one in check_example(sketch, POLICY).findings if one.code in ON_MARKINGS]
    return {one.code for one in found}, {one.args["right_form"] for one in found}


def parsed_forms(marking: str) -> set[str]:
    """The right forms that `parse` gives."""
    explained = explain(marking, POLICY.recogniser, DAY)
    return {one.right_form for one in with_right_forms(explained, POLICY.recogniser, DAY)}


def has_text_beside(marking: str) -> bool:
    """A word that only header and footer together make a codeword is text beside the marking alone."""
    return any(explained.rest for explained in explain(marking, POLICY.recogniser, DAY))


@pytest.mark.parametrize("base", BASES, ids=str)
@pytest.mark.parametrize("names", PAIRS, ids=" and ".join)
def test_the_right_form_raises_none_of_the_findings_again(names: tuple[str, ...], base: Written) -> None:
    marking = base
    for name in names:
        marking = DEFECTS[name](marking)
    codes, forms = codes_and_forms(str(marking))
    if not codes:
        return  # the two defects make a right marking, or none that is recognised
    assert len(forms) == 1, (str(marking), forms)
    (form,) = forms
    assert form in parsed_forms(str(marking)) or has_text_beside(str(marking)), str(marking)
    again, _ = codes_and_forms(form)
    assert not again - BESIDE_IT, (str(marking), form)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Secret", "UK SECRET"),
        ("OFFICIAL SENSITIVE", "UK OFFICIAL-SENSITIVE"),
        ("secert - UK/JP EYES ONLY - RECIPIENTS ONLY", "UK SECRET - RECIPIENTS ONLY - JP/UK EYES ONLY"),
        ("UK OFFICIAL - JP/UK EYES ONLY", "UK OFFICIAL"),
        ("UK MOST SECRET", "UK TOP SECRET"),
        ("UK SECRET - EYES ONLY", ""),
        ("UK CONFIDENTIAL", ""),
    ],
)
def test_the_form_is_complete_or_not_given(written: str, form: str) -> None:
    assert codes_and_forms(written)[1] == {form}


def test_a_retired_classification_is_one_cause() -> None:
    assert codes_and_forms("NOT PROTECTIVELY MARKED")[0] == {"UK002"}


JAPANESE: dict[str, Callable[[str], str]] = {
    "no country": lambda mark: mark.removeprefix("日本国 "),
    "spaced": lambda mark: f"{mark[:-1]}　{mark[-1]}",
    "older kanji": lambda mark: mark.replace("秘", "祕"),
    "brackets": lambda mark: f"【{mark}】",
    "romanised": lambda mark: mark.replace("極秘", "GOKUHI").replace("特定秘密", "TOKUTEI HIMITSU"),
    "misspelt": lambda mark: mark.replace("極秘", "極密").replace("特定秘密", "特定秘蜜"),
}


@pytest.mark.parametrize("base", ["日本国 極秘", "日本国 秘", "日本国 特定秘密", "日本国 重要経済安保情報"])
@pytest.mark.parametrize(
    "names", [*((name,) for name in JAPANESE), *combinations(JAPANESE, 2)], ids=" and ".join
)
def test_the_right_form_of_a_japanese_marking_raises_none_again(names: tuple[str, ...], base: str) -> None:
    marking = base
    for name in names:
        marking = JAPANESE[name](marking)
    sketch = ExampleDocument(mark=marking, from_="JP", to="GB", as_of=DAY)
    found = [one for one in check_example(sketch, POLICY).findings if one.code in ON_MARKINGS - BESIDE_IT]
    forms = {one.args["right_form"] for one in found}
    assert len(forms) <= 1, (marking, forms)
    assert forms <= parsed_forms(marking)
    for form in forms:
        again = check_example(ExampleDocument(mark=form, from_="JP", to="GB", as_of=DAY), POLICY).findings
        assert not {one.code for one in again} & ON_MARKINGS - BESIDE_IT, (marking, form)
