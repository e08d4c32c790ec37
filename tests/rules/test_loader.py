"""Ill-formed rules are refused with file, line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from countermark.rules.loader import load_rules
from countermark.support.errors import CountermarkError

RULE = {
    "code": "UK901",
    "name": "house-rule",
    "severity": "warning",
    "scope": "marking",
    "when": 'marking.country == "GB"',
    "test": "marking.level > 1",
    "source": {"standard": "house", "clause": "1"},
    "good": ["UK SECRET"],
    "bad": ["UK OFFICIAL"],
}


def refusal(folder: Path, **changes: object) -> CountermarkError:
    rule = {key: value for key, value in {**RULE, **changes}.items() if value is not None}
    again = yaml.safe_dump([{**rule, "code": rule.get("code", RULE["code"])}])
    text = "# a comment\n" + yaml.safe_dump([RULE]) + again
    if "code" not in changes:
        text = "# a comment\n" + yaml.safe_dump([{**rule, "code": "UK902"}])
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CountermarkError) as raised:
        load_rules(folder)
    return raised.value


def test_a_well_formed_rule_is_loaded_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("# a comment\n" + yaml.safe_dump([RULE]), encoding="utf-8")
    [rule] = load_rules(tmp_path)
    assert rule.code == "UK901"
    assert rule.where == f"{tmp_path / 'house.yaml'}:2"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"scope": "galaxy"}, "data-not-one-of"),
        ({"severity": "fatal"}, "data-not-one-of"),
        ({"test": None}, "data-missing-key"),
        ({"tset": "true"}, "unknown-key-near"),
        ({"name": "House Rule"}, "data-wrong-form"),
        ({"good": []}, "data-too-few"),
        ({"bad": []}, "data-too-few"),
        ({"source": {"standard": "house", "clause": ""}}, "data-empty"),
        ({"source": {"standard": "house", "clause": {"en": "1"}}}, "data-missing-key"),
        ({"test": "marking.level >"}, "rule-bad-expression"),
        ({"test": "true || " * 300 + "true"}, "yaml-too-long"),
        ({"test": "page.head.size() > 0"}, "rule-unknown-word"),
        ({"yields_to": ["UK999"]}, "rule-yields-to-unknown"),
        ({"code": "UK901"}, "rule-twice"),
        ({"code": "uk-1"}, "data-wrong-form"),
        ({"from": "2020-01-01", "until": "2019-01-01"}, "days-reversed"),
    ],
)
def test_an_ill_formed_rule_is_refused(tmp_path: Path, changes: dict[str, object], key: str) -> None:
    error = refusal(tmp_path, **changes)
    assert error.key == key
    assert str(tmp_path / "house.yaml") + ":" in error.args_by_name["where"]


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("code: UK901\n", encoding="utf-8")
    with pytest.raises(CountermarkError) as raised:
        load_rules(tmp_path)
    assert raised.value.key == "rules-not-a-list"


def test_words_bound_inside_an_expression_are_known(tmp_path: Path) -> None:
    rule = {**RULE, "test": '!marking.defects.exists(one, one == "spelling")'}
    (tmp_path / "house.yaml").write_text(yaml.safe_dump([rule]), encoding="utf-8")
    assert len(load_rules(tmp_path)) == 1
