"""What was not read in a source decides little: a rule that rests on it alone is a note at most."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from countermark.checking.check import check_read
from countermark.checking.rule_examples import check_example, document_of
from countermark.config.policy import load_policy
from countermark.model import Finding, Severity
from countermark.rules.loader import load_rules
from countermark.rules.rule import ExampleDocument, Rule
from countermark.standards.standards import load_standards
from countermark.support.errors import CountermarkError
from countermark.support.yaml_files import data_folder

POLICY = load_policy()
RULES = load_rules(data_folder() / "checks")
IDS = {one.id for one in POLICY.standards.standards} | {POLICY.standards.agreement.id}
OLD = "2016-02-01"

RULE = """
- code: HOUSE001
  name: house-rule
  severity: {severity}
  scope: marking
  test: marking.level > 1
  source: {{standard: house, clause: "1", {flags}}}
  earlier:
    - {{standard: house/old, clause: "2", until: {first}}}
    - {{standard: house/older, clause: "3", until: 2020-01-01, unconfirmed: true}}
  good: [UK SECRET]
  bad: [UK OFFICIAL]
"""


def written(folder: Path, severity: str = "error", flags: str = "", first: str = "2010-01-01") -> Path:
    path = folder / "house.yaml"
    path.write_text(RULE.format(severity=severity, flags=flags, first=first), encoding="utf-8")
    return folder


def finding(mark: str, day: str, code: str) -> Finding:
    sketch = ExampleDocument(mark=mark, date=date.fromisoformat(day))
    [found] = (one for one in check_example(sketch, POLICY).findings if one.code == code)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_on_an_unconfirmed_clause_alone_is_a_note(rule: Rule) -> None:
    for basis in (rule.source, *rule.earlier):
        day = getattr(basis, "until", POLICY.today)
        assert rule.basis(day) is basis
        if basis.unconfirmed and not basis.practice:
            assert rule.severity_on(day) is Severity.note


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_clause_names_a_standard_that_is_known(rule: Rule) -> None:
    of_none = {"countermark", "ECMA-376"}
    assert {one.standard for one in (rule.source, *rule.earlier)} <= IDS | of_none


def test_such_a_rule_of_another_severity_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CountermarkError) as raised:
        load_rules(written(tmp_path, flags="unconfirmed: true"))
    assert raised.value.key == "rule-unconfirmed"
    assert raised.value.args_by_name["where"].endswith("house.yaml:2")
    assert load_rules(written(tmp_path, severity="note", flags="unconfirmed: true"))
    assert load_rules(written(tmp_path, flags="unconfirmed: true, practice: true"))


def test_earlier_clauses_stand_in_order(tmp_path: Path) -> None:
    [rule] = load_rules(written(tmp_path))
    standards = [rule.basis(date(year, 1, 1)).standard for year in (2009, 2012, 2020, 2021)]
    assert standards == ["house/old", "house/older", "house/older", "house"]
    assert [rule.severity_on(date(year, 1, 1)) for year in (2009, 2012, 2021)] == ["error", "note", "error"]
    with pytest.raises(CountermarkError) as raised:
        load_rules(written(tmp_path, first="2021-01-01"))
    assert raised.value.key == "rule-earlier-order"


@pytest.mark.parametrize(
    ("mark", "code", "severity"),
    [
        ("UK OFFICIAL-SENSITIVE - PERSONAL DATA", "UK011", Severity.warning),
        ("UK OFFICIAL - JP/UK EYES ONLY", "UK013", Severity.error),
        ("UK SECRET - JP/UK EYES ONLY - COMMERCIAL", "UK007", Severity.warning),
        ("UK SECRET - Skylark", "UK015", Severity.warning),
    ],
)
def test_an_old_document_is_judged_by_the_clause_of_its_day(mark: str, code: str, severity: Severity) -> None:
    old = finding(mark, OLD, code)
    assert (old.severity, old.source.standard, old.source.unconfirmed) == (
        Severity.note,
        "uk/gsc-2014",
        True,
    )
    if code != "UK011":
        new = finding(mark, "2026-02-01", code)
        assert (new.severity, new.source.standard) == (severity, "uk/gscp-2024")


def test_the_configuration_goes_before_that() -> None:
    config = msgspec.structs.replace(POLICY.config, severity={"UK015": Severity.error})
    policy = msgspec.structs.replace(POLICY, config=config)
    document = document_of(ExampleDocument(mark="UK SECRET - Skylark", date=date.fromisoformat(OLD)))
    [found] = (one for one in check_read(document, policy).findings if one.code == "UK015")
    assert found.severity is Severity.error


@pytest.mark.parametrize(("day", "codes"), [("2013-12-31", set()), ("2014-01-01", {"EX001"})])
def test_the_agreement_binds_from_its_entry_into_force(day: str, codes: set[str]) -> None:
    """By the day of the check: an old document that is sent today is sent under it."""
    sent = ExampleDocument(mark="SECRET", date=date(2013, 6, 1), from_="GB", to="JP")
    then = check_example(msgspec.structs.replace(sent, as_of=date.fromisoformat(day)), POLICY)
    assert {one.code for one in then.findings} == codes
    today = check_example(sent, POLICY)
    assert {one.code for one in today.findings} == {"EX001"}


def test_every_standard_says_what_of_it_was_not_read() -> None:
    """A flag inside a standard shows in its head, which `countermark standards` prints."""
    for standard in load_standards(data_folder()).standards:
        flags = [
            *(one.unconfirmed for one in (*standard.handling, *standard.descriptors)),
            *(one.unconfirmed for one in standard.handling_marks),
            *(one.unconfirmed for one in (standard.prefix, standard.caveats) if one),
        ]
        assert not any(flags) or standard.unconfirmed, standard.id
