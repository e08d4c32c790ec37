"""What is true but says little is said once, or not at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from countermark.checking.check import check_read
from countermark.checking.cross_document import with_cross_document_findings
from countermark.checking.rule_examples import check_example, document_of
from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.model import Severity
from countermark.reporting.terminal.text import counts_of
from countermark.rules.rule import ExampleDocument, SketchPage

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), lang="en", originator="GB", recipient="JP")


def test_that_a_classification_has_no_counterpart_is_said_once_a_run() -> None:
    marks = ("UK OFFICIAL", "UK OFFICIAL-SENSITIVE", "UK OFFICIAL", "UK OFFICIAL-SENSITIVE")
    documents = [
        document_of(ExampleDocument(mark=mark), f"{number}.pdf") for number, mark in enumerate(marks)
    ]
    judged = list(with_cross_document_findings((check_read(one, POLICY) for one in documents), POLICY))
    notes = [[one for one in report.findings if one.code == "EX007"] for report in judged]
    assert [len(found) for found in notes] == [1, 1, 0, 0]
    assert {one.severity for found in notes for one in found} == {Severity.note}
    again = list(with_cross_document_findings((check_read(one, POLICY) for one in documents[:1]), POLICY))
    assert [one.code for one in again[0].findings] == ["EX007"]


def test_page_and_copy_numbers_are_asked_only_where_configured() -> None:
    pages = (SketchPage(head="UK SECRET", foot="UK SECRET"),) * 2
    document = document_of(ExampleDocument(pages=pages), "a.pdf")
    assert not {one.code for one in check_read(document, POLICY).findings} & {"DOC012", "DOC013"}
    selecting = load_policy(start=POLICY.folder, originator="GB", recipient="JP", select=("DOC012",))
    assert {one.code for one in check_read(document, selecting).findings} == {"DOC012"}


def test_an_unmarked_attachment_is_not_said_to_be_without_findings() -> None:
    sketch = ExampleDocument(
        mark="UK SECRET", children=(ExampleDocument(pages=(SketchPage(body="Table of results"),)),)
    )
    report = check_example(sketch, POLICY)
    assert "DOC010" in {one.code for one in report.findings}
    assert counts_of(report.children[0], "en") == "unmarked"


@pytest.mark.parametrize("country", ["GB", "UK", "uk", "gbr", "Uk"])
def test_the_country_is_known_by_any_of_its_names(country: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(f"exchange: {{from: {country}, to: jpn}}\n", encoding="utf-8")
    exchange = load_policy(tmp_path / "own.yaml").config.exchange
    assert (exchange.from_, exchange.to) == ("GB", "JP")
    given = load_policy(originator=country, recipient="JP").config.exchange
    assert given.from_ == "GB"


def test_rules_on_unconfirmed_clauses_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--unconfirmed", "--format", "json"]) == 0
    listed = {rule["code"] for rule in json.loads(capsys.readouterr().out)}
    expected = {rule.code for rule in POLICY.rules if any(basis.unconfirmed for basis in rule.bases)}
    assert listed == expected
    assert {"EX011", "DOC012"} <= listed < {rule.code for rule in POLICY.rules}
    assert len(listed) < 12


def test_ordinary_words_do_not_make_a_text_about_markings() -> None:
    body = "The official report\nConfidential talks\nRestricted area\nOfficial opening\nProtect the pump"
    report = check_example(ExampleDocument(pages=(SketchPage(body=body),)), POLICY)
    assert not report.about_markings.holds


@pytest.mark.parametrize("country", ["UK", "uk", "GBR", "GB"])
def test_correspondence_and_packs_know_the_countries_by_their_codes_too(country: str, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"correspondence: [{{{country}: [OFFICIAL-SENSITIVE], jpn: [秘]}}]\n", encoding="utf-8")
    policy = load_policy(own, lang="en")
    assert policy.standards.agreement.corresponding("GB", "OFFICIAL-SENSITIVE", date(2026, 5, 12)) == ("秘",)


@pytest.mark.parametrize("country", ["UK", "uk", "gbr", "GB"])
def test_parse_takes_the_recipient_by_any_of_its_codes(
    country: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["parse", "極秘", "--to", country, "--no-config", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["recipient"], found["counterparts"]) == ("GB", ["SECRET"])
