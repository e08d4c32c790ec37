"""A mistake in a rule's expressions or texts, or in the shape of a pack, is told when it is loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from countermark.cli.main import main
from countermark.config.policy import load_policy, with_pack
from countermark.recognition.explain import explain
from countermark.rules.facts.fields import VIEWS
from countermark.rules.loader import load_rules
from countermark.rules.rule import Scope
from countermark.support.errors import CountermarkError

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
HOUSE = (EXAMPLES / "house-rule" / "checks" / "house.yaml").read_text("utf-8")
WHEN = 'marking.country == "GB" && marking.classification == "SECRET" && !marking.portion'
TEST = "marking.descriptors.size() > 0"
MESSAGE = "“{classification}” stands"


@pytest.mark.parametrize(
    ("before", "after", "key", "line", "said"),
    [
        (WHEN, 'marking.country = "GB"', "rule-bad-expression", 6, "from column 17 on"),
        (WHEN, 'page.head == "x"', "rule-unknown-word", 6, "page"),
        (
            WHEN,
            "marking.gradee > 3",
            "rule-unknown-field-near",
            6,
            "marking.grade?",
        ),
        (WHEN, 'marking.country == "GB" && marking.grade > "3"', "rule-expression-fails", 6, "`when`"),
        (WHEN, "exchange.sender == 'GB'", "rule-unknown-field-near", 6, "exchange."),
        (TEST, "marking.descriptors", "rule-not-boolean", 7, "neither true nor false"),
        (TEST, "marking.descriptors.contain('x')", "rule-expression-fails", 7, "contain"),
        (TEST, "marking.descriptors[0] == 'x'", "rule-expression-fails", 7, "`test`"),
        (MESSAGE, "“{classifcation}” stands", "rule-unknown-field-near", 22, "{classification}?"),
        (MESSAGE, "“{classification” stands", "rule-bad-text", 22, "curly bracket"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path,
    before: str,
    after: str,
    key: str,
    line: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert before in HOUSE
    path = tmp_path / "checks" / "house.yaml"
    path.parent.mkdir()
    path.write_text(HOUSE.replace(before, after, 1), "utf-8")
    with pytest.raises(CountermarkError) as raised:
        load_rules(path.parent, {"UK001"})
    assert raised.value.key == key
    assert raised.value.args_by_name["where"] == f"{path}:{line}"
    assert main(["rules", "--check", str(tmp_path), "--lang", "en"]) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert shown.count("\n") == 1


def test_a_field_s_name_in_quotation_marks_is_no_field(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE.replace(TEST, "marking.text != 'marking.nothing'", 1), "utf-8")
    assert load_rules(tmp_path, {"UK001"})


def test_every_scope_has_its_fields() -> None:
    assert set(VIEWS) == {scope.value for scope in Scope}


@pytest.mark.parametrize("stray", ["checks/own.yml", "standards/au/own.yaml", "standard/own.yaml", "a.yaml"])
def test_a_file_that_would_not_be_read_is_refused(tmp_path: Path, stray: str) -> None:
    pack = shutil.copytree(EXAMPLES / "house-rule", tmp_path / "pack")
    (pack / ".hidden").mkdir()
    (pack / ".hidden" / "ci.yaml").write_text("a: b\n", "utf-8")
    policy = load_policy()
    assert with_pack(policy, pack).rules
    (pack / stray).parent.mkdir(parents=True, exist_ok=True)
    (pack / stray).write_text("a: b\n", "utf-8")
    with pytest.raises(CountermarkError) as raised:
        with_pack(policy, pack)
    assert (raised.value.key, raised.value.args_by_name["path"]) == ("pack-stray-file", str(pack / stray))


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    for path, key in ((tmp_path, "pack-empty"), (Path(__file__), "pack-no-folder")):
        with pytest.raises(CountermarkError) as raised:
            with_pack(load_policy(), path)
        assert raised.value.key == key


def test_a_standard_without_a_separator_keeps_the_one_that_is_written() -> None:
    policy = load_policy()
    [told] = explain("NATO SECRET - ATOMAL", policy.recogniser, policy.today)
    assert told.marking.canonical == "NATO SECRET - ATOMAL"


def test_a_message_may_name_the_provider_though_none_is_known(tmp_path: Path) -> None:
    """An example without an exchange has none."""
    path = tmp_path / "checks" / "house.yaml"
    path.parent.mkdir()
    path.write_text(HOUSE.replace(MESSAGE, "{provider}: stands", 1), "utf-8")
    assert main(["rules", "--check", str(tmp_path)]) == 0
