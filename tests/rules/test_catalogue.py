"""The rules are those of the catalogue, and their pages say what the rules say."""

from __future__ import annotations

import csv
from pathlib import Path

from countermark.reporting.rule_page import rule_page, rule_pages, write_pages
from countermark.rules.loader import load_rules
from countermark.support.yaml_files import data_folder

RULES = load_rules(data_folder() / "checks")
PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"


def catalogue() -> list[dict[str, str]]:
    with (Path(__file__).parent / "catalogue.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_code_of_the_catalogue_has_its_rule() -> None:
    listed = {(row["code"], row["name"], row["rule_severity"]) for row in catalogue()}
    assert listed == {(rule.code, rule.name, rule.severity.value) for rule in RULES}


def test_a_severity_that_differs_from_the_catalogue_has_a_reason() -> None:
    differing = {row["code"] for row in catalogue() if row["severity"] != row["rule_severity"]}
    assert differing == {row["code"] for row in catalogue() if row["reason"]}


def test_the_pages_are_current() -> None:
    """`make rules-pages` writes them."""
    written = {
        path.relative_to(PAGES).as_posix(): path.read_text(encoding="utf-8") for path in PAGES.rglob("*.md")
    }
    assert written == dict(rule_pages(RULES))


def test_an_unconfirmed_clause_is_labelled() -> None:
    for rule in RULES:
        labelled = rule_page(rule, "en").partition("## Source")[2].count("(unconfirmed)")
        bases = (rule.source, *rule.earlier, *rule.national.by_country().values())
        assert labelled >= sum(basis.unconfirmed for basis in bases)


def test_a_clause_that_rests_on_practice_says_so() -> None:
    """In its clause the author may name the practice more closely; the flag is what severities go by."""
    for rule in RULES:
        for basis in (rule.source, *rule.earlier, *rule.national.by_country().values()):
            if "(practice)" in basis.source("en").clause or "慣行" in basis.source("ja").clause:
                assert basis.practice, rule.code


def test_a_page_of_no_rule_is_removed(tmp_path: Path) -> None:
    (tmp_path / "UK999.md").write_text("# UK999\n", encoding="utf-8")
    write_pages(tmp_path, RULES[:1])
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")}
    code = RULES[0].code
    assert names == {"README.md", f"{code}.md", "ja/README.md", f"ja/{code}.md"}
