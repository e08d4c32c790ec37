"""A document whose only markings are Japanese is judged by Japanese rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from countermark.checking.rule_examples import check_example
from countermark.config.policy import load_policy
from countermark.model import Severity
from countermark.rules.rule import ExampleDocument, SketchPage

if TYPE_CHECKING:
    from countermark.rules.rule import Rule

POLICY = load_policy(lang="en")
FAMILIES_OF_ALL = ("DOC", "META", "HIDE", "EX", "READ")
JAPANESE = {"UK TOP SECRET": "日本国 特定秘密", "UK SECRET": "日本国 極秘", "UK OFFICIAL": "日本国 秘"}


def british(rule: Rule) -> bool:
    return rule.source.standard.startswith("uk/")


@pytest.mark.parametrize("rule", [rule for rule in POLICY.rules if british(rule)], ids=lambda rule: rule.code)
def test_a_rule_for_all_documents_has_a_japanese_basis(rule: Rule) -> None:
    assert rule.family == "UK" or "JP" in rule.national.by_country() or rule.code == "EX012"
    assert not any(basis.standard.startswith("uk/") for basis in rule.national.by_country().values())


def in_japanese(example: ExampleDocument) -> ExampleDocument:
    """The example with the British markings of its pages replaced by Japanese ones."""

    def replaced(text: str) -> str:
        for british_marking, japanese in JAPANESE.items():
            text = text.replace(british_marking, japanese)
        return text

    pages = tuple(
        msgspec.structs.replace(
            page,
            **{
                name: replaced(value)
                for name in page.__struct_fields__
                if isinstance(value := getattr(page, name), str)
            },
        )
        for page in example.pages
    )
    return ExampleDocument(
        mark=replaced(example.mark), pages=pages, children=tuple(map(in_japanese, example.children))
    )


@pytest.mark.parametrize(
    "rule", [rule for rule in POLICY.rules if rule.family in FAMILIES_OF_ALL], ids=lambda rule: rule.code
)
def test_no_british_clause_is_cited_for_it(rule: Rule) -> None:
    for example in (*rule.good, *rule.bad):
        sketch = in_japanese(ExampleDocument(mark=example) if isinstance(example, str) else example)
        report = check_example(sketch, POLICY)
        if {marking.country for marking in report.markings} == {"JP"}:
            cited = {finding.code: finding.source.standard for finding in report.findings}
            assert not {code for code, standard in cited.items() if standard.startswith("uk/")}


@pytest.mark.parametrize(
    ("code", "second"),
    [
        ("DOC002", SketchPage(foot="日本国 極秘")),
        ("DOC003", SketchPage(head="日本国 極秘")),
        ("DOC007", SketchPage(head="日本国 秘", foot="日本国 秘")),
        ("DOC020", SketchPage(body="射程は別表のとおり")),
    ],
)
def test_where_the_marking_is_on_a_page_is_a_matter_of_practice(code: str, second: SketchPage) -> None:
    pages = (SketchPage(head="日本国 極秘", foot="日本国 極秘"), second)
    report = check_example(ExampleDocument(pages=pages), POLICY)
    (finding,) = (finding for finding in report.findings if finding.code == code)
    assert finding.severity is Severity.warning
    assert finding.source.standard == "jp/tokutei-himitsu"
    assert "practice" in finding.source.clause


def test_one_cause_is_one_finding_that_names_the_text_to_write() -> None:
    pages = (SketchPage(head="UK SECRET", foot="UK SECRET"), SketchPage(body="The range is as stated."))
    report = check_example(ExampleDocument(pages=pages), POLICY)
    (finding,) = (finding for finding in report.findings if finding.code.startswith("DOC"))
    assert finding.code == "DOC020"
    assert finding.severity is Severity.error
    assert "“UK SECRET”" in finding.fix
