"""What the recipient marks, or why it marks nothing (`countermark parse --to`)."""

from __future__ import annotations

import json
from datetime import date
from typing import get_args

import msgspec
import pytest

from countermark.checking.rule_examples import check_example
from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.model import Stage
from countermark.recognition.explain import explain
from countermark.rules.rule import ExampleDocument
from countermark.standards.agreement import ObstacleKind
from countermark.support.messages import LANGUAGES, catalogue

POLICY = load_policy()
STANDARDS = POLICY.standards
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("marking", "to", "marks"),
    [
        ("UK SECRET", "JP", ("UK SECRET / 極秘", "UK SECRET / 特定秘密")),
        ("secret - uk/jp eyes only", "JP", ("UK SECRET - JP/UK EYES ONLY / 極秘",)),
        ("UK TOP SECRET", "JP", ("UK TOP SECRET / 特定秘密",)),
        ("日本国 極秘", "GB", ("日本国 極秘 / UK SECRET",)),
        ("極秘", "GB", ("日本国 極秘 / UK SECRET",)),
        ("日本国 特定秘密", "GB", ("日本国 特定秘密 / UK TOP SECRET", "日本国 特定秘密 / UK SECRET")),
    ],
)
def test_the_recipient_completes_the_marking(marking: str, to: str, marks: tuple[str, ...]) -> None:
    [one] = explain(marking, POLICY.recogniser, TODAY, to)
    assert one.recipient_marks[: len(marks)] == marks
    assert one.obstacles == ()
    assert one.source
    assert one.source.unconfirmed
    assert ("one grade" in one.remark) == any("特定秘密" in mark for mark in one.recipient_marks)


@pytest.mark.parametrize("marking", ["UK SECRET", "UK TOP SECRET", "日本国 極秘", "日本国 特定秘密"])
def test_what_it_is_told_to_mark_passes_the_rules(marking: str) -> None:
    sent = ExampleDocument(from_="GB", to="JP", stage=Stage.received)
    if marking.startswith("日本"):
        sent = ExampleDocument(from_="JP", to="GB", stage=Stage.received)
    [one] = explain(marking, POLICY.recogniser, TODAY, sent.to)
    for mark in one.recipient_marks:
        sketch = msgspec.structs.replace(sent, mark=mark)
        codes = {finding.code for finding in check_example(sketch, POLICY).findings}
        assert not codes & {"EX001", "EX002", "EX003", "EX009", "DOC001"}, mark


@pytest.mark.parametrize(
    ("marking", "to", "kinds", "said"),
    [
        ("UK SECRET - UK EYES ONLY", "JP", ["national-caveat"], "“UK EYES ONLY” keeps Japan"),
        ("UK TOP SECRET - FIVE EYES ONLY", "JP", ["national-caveat"], "FIVE EYES ONLY"),
        ("UK SECRET - RELEASABLE TO FRANCE", "JP", ["release-list"], "does not name Japan"),
        ("UK SECRET - HMG USE ONLY", "JP", ["handling"], "HMG USE ONLY"),
        ("極秘 国外持出禁止", "GB", ["handling"], "does not go to the United Kingdom"),
        ("UK OFFICIAL", "JP", ["no-counterpart"], "the Agreement does not list it"),
        ("UK OFFICIAL-SENSITIVE", "JP", ["no-counterpart"], "RESTRICTED"),
        ("UK OFFICIAL-SENSITIVE - UK EYES ONLY", "JP", ["no-counterpart", "national-caveat"], "nearest"),
        ("UK CONFIDENTIAL", "JP", ["no-counterpart"], "1 April 2014"),
        ("日本国 秘", "GB", ["no-counterpart"], "commonly as UK SECRET (unconfirmed)"),
        ("日本国 特別防衛秘密（極秘）", "GB", ["no-counterpart"], "does not list it"),
        ("UK MOST SECRET", "JP", ["unknown-classification"], "nearest is"),
        ("取扱注意", "GB", ["not-a-classification"], "handling mark"),
        ("UK OFFICIAL - FOR PUBLIC RELEASE", "JP", ["public-release"], "release to the public"),
        ("NATO SECRET", "JP", ["third-party"], "written consent of NATO"),
        ("US SECRET//REL TO USA JPN", "JP", ["no-counterpart"], "does not list it"),
    ],
)
def test_what_stands_in_the_way_is_said(marking: str, to: str, kinds: list[str], said: str) -> None:
    [one] = explain(marking, POLICY.recogniser, TODAY, to)
    assert [each.kind for each in one.obstacles] == kinds
    assert said in one.obstacles[0].message
    assert all(each.source.clause for each in one.obstacles)
    assert one.recipient_marks == ()


def test_nothing_is_marked_before_the_agreement() -> None:
    [one] = explain("UK SECRET", POLICY.recogniser, date(2013, 12, 31), "JP")
    assert [each.kind for each in one.obstacles] == ["not-in-force"]
    [one] = explain("UK CONFIDENTIAL", POLICY.recogniser, date(2014, 2, 1), "JP")
    assert one.recipient_marks == ("UK CONFIDENTIAL / 秘",)


def test_the_recipient_s_own_marking_needs_nothing() -> None:
    british, japanese = explain("UK SECRET / 極秘", POLICY.recogniser, TODAY, "JP")
    assert british.counterparts
    assert (japanese.counterparts, japanese.obstacles) == (None, ())


def test_every_obstacle_has_its_clause_and_its_texts() -> None:
    kinds = set(get_args(ObstacleKind))
    assert set(STANDARDS.agreement.obstacles.__struct_encode_fields__) == kinds
    for lang in LANGUAGES:
        assert set(catalogue(lang)["obstacles"]) == kinds


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_says_it_in_both_languages(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["parse", "UK SECRET - UK EYES ONLY", "--to", "JP", "--lang", lang]
    assert main(asked) == 0
    shown = capsys.readouterr().out
    assert ("Japan" if lang == "en" else "日本") in shown
    assert ("page 22" if lang == "en" else "22ページ") in shown
    assert main([*asked, "--format", "json"]) == 0
    [entry] = json.loads(capsys.readouterr().out)
    [obstacle] = entry["obstacles"]
    assert (obstacle["kind"], obstacle["words"]) == ("national-caveat", "UK EYES ONLY")
    assert obstacle["message"] in shown
    assert entry["recipient"] == "JP"
