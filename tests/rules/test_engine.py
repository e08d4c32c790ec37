"""Findings can be said in every language, whatever language the run is in."""

from __future__ import annotations

from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy
from countermark.model import Finding, ProblemKind
from countermark.rules.rule import ExampleDocument
from countermark.support.messages import filled


def said(lang: str, finding: Finding) -> str:
    (rule,) = (rule for rule in load_policy().rules if rule.code == finding.code)
    return filled(lang, rule.text(lang, "message"), finding.args, finding.keys)


def test_a_finding_made_in_english_can_be_told_in_japanese() -> None:
    report = check_example(
        ExampleDocument(mark="UK SECRET", problem=ProblemKind.limit), load_policy(lang="en")
    )
    (finding,) = (one for one in report.findings if one.code == "READ004")
    assert said("en", finding) == finding.message
    japanese = check_example(
        ExampleDocument(mark="UK SECRET", problem=ProblemKind.limit), load_policy(lang="ja")
    )
    (expected,) = (one for one in japanese.findings if one.code == "READ004")
    assert said("ja", finding) == expected.message
