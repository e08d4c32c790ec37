"""Every text exists in both languages and takes the same fillings; everything that needs one has it."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countermark.model import Evidence, Reason
from countermark.readers.kinds import ARCHIVE, EMPTY, PLAIN_TEXT, UNKNOWN, table
from countermark.reporting.rule_page import texts_of
from countermark.rules.loader import load_rules
from countermark.support import messages
from countermark.support.messages import WORDS_OF
from countermark.support.yaml_files import data_folder
from support.texts import all_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

PIPELINE = Path(__file__).resolve().parents[1] / "pipeline" / "countermark"
YIELDING_EVIDENCE = [
    PIPELINE / "recognition" / f"{name}.py" for name in ("evidence", "surroundings", "unknown")
]

ENGLISH, JAPANESE = all_texts("en"), all_texts("ja")


def fillings(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_texts() -> None:
    assert ENGLISH.keys() == JAPANESE.keys()


@pytest.mark.parametrize("key", sorted(ENGLISH.keys() & JAPANESE.keys()))
def test_a_text_takes_the_same_fillings_in_both_languages(key: str) -> None:
    assert fillings(ENGLISH[key]) == fillings(JAPANESE[key])


def test_japanese_texts_are_japanese() -> None:
    untranslated = {
        key
        for key, value in JAPANESE.items()
        if value == ENGLISH[key] and re.search("[a-z]{4}", re.sub(r"\{\w+\}", "", value))
    }
    assert untranslated == set()


def test_every_rule_says_itself_in_both_languages() -> None:
    for rule in load_rules(data_folder() / "checks"):
        assert rule.texts.by_language().keys() == {"en", "ja"}, rule.code
        assert all(all(texts_of(rule, lang).values()) for lang in ("en", "ja")), rule.code


@pytest.mark.parametrize("section", WORDS_OF)
def test_a_section_says_each_member_of_its_enumeration_and_nothing_else(section: str) -> None:
    said = {key.removeprefix(f"{section}.") for key in ENGLISH if key.startswith(f"{section}.")}
    assert said == {member.value for member in WORDS_OF[section]}


def test_a_catalogue_without_a_text_is_refused_when_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (data_folder() / "messages" / "en.yaml").read_text(encoding="utf-8")
    (tmp_path / "messages").mkdir()
    shortened = re.sub(r"^  lfs-pointer: .*\n", "", source, flags=re.M)
    assert shortened != source
    (tmp_path / "messages" / "en.yaml").write_text(shortened, encoding="utf-8")
    monkeypatch.setattr(messages, "data_folder", lambda: tmp_path)
    with pytest.raises(messages.CatalogueError, match="reasons has no text for lfs-pointer"):
        messages.catalogue.__wrapped__("en")


@pytest.mark.parametrize("texts", [ENGLISH, JAPANESE], ids=["en", "ja"])
def test_every_kind_of_file_has_its_reason_and_what_to_do(texts: dict[str, str]) -> None:
    for kind in (*table().kinds, EMPTY, PLAIN_TEXT, UNKNOWN, ARCHIVE):
        reason = Reason(f"kind-{kind.kind}")
        assert texts[f"reasons.{reason}"].strip(), reason
        assert texts[f"actions.{reason}"].strip(), reason


def literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def trees() -> list[ast.Module]:
    """Return the program's modules, parsed once a session."""
    return [ast.parse(path.read_text(encoding="utf-8")) for path in PIPELINE.rglob("*.py")]


def test_evidence_that_the_recogniser_yields_is_known() -> None:
    recognition = [ast.parse(path.read_text(encoding="utf-8")) for path in YIELDING_EVIDENCE]
    yielded = {
        word
        for tree in recognition
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield) and node.value
        for word in literals(node.value)
    }
    assert {"whole-line", "quoted"} <= yielded
    assert yielded <= {one.value for one in Evidence}


def calls_of(*names: str) -> Iterator[ast.Call]:
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield node


def test_every_key_that_the_code_names_has_a_text() -> None:
    sections = {".".join(key.split(".")[:end]) for key in ENGLISH for end in range(1, key.count(".") + 1)}
    named = [call.args[1] for call in calls_of("text") if len(call.args) > 1]
    keys = {word for key in named if not isinstance(key, ast.JoinedStr) for word in literals(key)}
    beginnings = {
        str(key.values[0].value)
        for key in named
        if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant)
    }
    assert "ui.no_findings" in keys
    assert {key for key in keys if "." in key} <= ENGLISH.keys() | sections
    assert {one.rpartition(".")[0] for one in beginnings} <= sections


def test_every_error_that_the_code_raises_has_a_text() -> None:
    raised = {word for call in calls_of("CountermarkError") for word in literals(call.args[0])}
    assert "path-missing" in raised
    assert {f"errors.{key}" for key in raised} <= ENGLISH.keys()
