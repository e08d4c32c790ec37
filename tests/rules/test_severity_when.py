"""A rule's severity may depend on what it sees; the configuration goes before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
import yaml

from countermark.checking.check import check_read
from countermark.checking.rule_examples import check_example, document_of, sketch_of
from countermark.config.policy import load_policy
from countermark.model import Severity
from countermark.reporting.rule_page import rule_page
from countermark.rules.loader import load_rules
from countermark.rules.rule import ExampleDocument, Rule
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.model import Finding

POLICY = load_policy()
RULE = {
    "code": "HOUSE001",
    "name": "house-rule",
    "severity": "note",
    "severity_when": {
        "warning": 'marking.classification == "OFFICIAL"',
        "error": 'marking.country == "GB" && marking.codewords.size() > 0',
    },
    "scope": "marking",
    "test": 'marking.classification == "TOP SECRET"',
    "source": {"standard": "house", "clause": "1"},
    "good": ["UK TOP SECRET"],
    "bad": ["UK OFFICIAL"],
    "texts": {
        "en": {"title": "Too low", "message": "Too low.", "fix": "Mark higher."},
        "ja": {"title": "低い", "message": "低い。", "fix": "高くする。"},
    },
}


def rule_of(folder: Path, **changes: object) -> Rule:
    (folder / "house.yaml").write_text(yaml.safe_dump([{**RULE, **changes}]), encoding="utf-8")
    [rule] = load_rules(folder)
    return rule


def findings(rule: Rule, example: str | ExampleDocument) -> list[Finding]:
    return list(check_example(example, msgspec.structs.replace(POLICY, rules=(rule,))).findings)


@pytest.mark.parametrize(
    ("mark", "severity"),
    [
        ("UK SECRET", Severity.note),
        ("UK OFFICIAL", Severity.warning),
        ("UK SECRET - SKYLARK", Severity.error),
        ("UK OFFICIAL - SKYLARK", Severity.error),
    ],
)
def test_the_most_severe_that_holds_is_taken(tmp_path: Path, mark: str, severity: Severity) -> None:
    assert {one.severity for one in findings(rule_of(tmp_path), mark)} == {severity}


def test_findings_that_say_the_same_have_the_severity_of_the_worst(tmp_path: Path) -> None:
    pages = [{"head": mark, "foot": mark} for mark in ("UK SECRET", "UK OFFICIAL", "UK SECRET")]
    [found] = findings(rule_of(tmp_path), msgspec.convert({"pages": pages}, ExampleDocument))
    assert found.severity is Severity.warning
    assert len(found.locations) == 6


def test_the_configuration_goes_before_it(tmp_path: Path) -> None:
    config = msgspec.structs.replace(POLICY.config, severity={"HOUSE001": Severity.note})
    policy = msgspec.structs.replace(POLICY, config=config, rules=(rule_of(tmp_path),))
    [found] = check_read(document_of(sketch_of("UK OFFICIAL")), policy).findings
    assert found.severity is Severity.note


@pytest.mark.parametrize(
    ("condition", "key"),
    [
        ({"error": "marking.level >"}, "rule-bad-expression"),
        ({"error": "page.head.size() > 0"}, "rule-unknown-word"),
        ({"error": 'marking.colour == "red"'}, "rule-unknown-field-near"),
        ({"error": "marking.level"}, "rule-not-boolean"),
        ({"error": ""}, "data-empty"),
        ({"fatal": "true"}, "unknown-key"),
    ],
)
def test_a_condition_is_looked_through_when_it_is_loaded(
    tmp_path: Path, condition: dict[str, str], key: str
) -> None:
    with pytest.raises(CountermarkError) as raised:
        rule_of(tmp_path, severity_when=condition)
    assert raised.value.key == key
    assert "house.yaml:" in raised.value.args_by_name["where"]


def test_what_is_unconfirmed_alone_stays_a_note(tmp_path: Path) -> None:
    source = {"standard": "house", "clause": "1", "unconfirmed": True}
    with pytest.raises(CountermarkError) as raised:
        rule_of(tmp_path, source=source)
    assert raised.value.key == "rule-unconfirmed"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_its_page_names_the_severities_and_when_they_hold(tmp_path: Path, lang: str) -> None:
    page = rule_page(rule_of(tmp_path), lang)
    for condition in RULE["severity_when"].values():  # type: ignore[attr-defined]
        assert f"`{condition}`" in page
