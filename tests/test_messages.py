"""Every text exists in both languages and takes the same fillings; everything that needs one has it."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from countermark.model import Zone
from countermark.reporting.rule_page import texts_of
from countermark.rules.loader import load_rules
from countermark.standards.standards import load_standards
from countermark.support.yaml_files import data_folder
from support.texts import all_texts

PIPELINE = Path(__file__).resolve().parents[1] / "pipeline" / "countermark"


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
        assert rule.texts.keys() == {"en", "ja"}, rule.code
        assert all(all(texts_of(rule, lang).values()) for lang in rule.texts), rule.code


def test_all_evidence_has_a_text() -> None:
    weights = load_standards(data_folder()).recognition.weights
    for name in {*weights, *(zone.value for zone in Zone)}:
        assert f"evidence.{name}" in ENGLISH


def test_every_error_and_reason_in_the_code_has_a_text() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PIPELINE.rglob("*.py"))
    errors = set(re.findall(r"CountermarkError\(\s*\"([a-z-]+)\"", source))
    assert {f"errors.{key}" for key in errors} <= ENGLISH.keys()
    reasons = set(re.findall(r"reason=\"([a-z-]+)\"", source))
    assert {f"reasons.{key}" for key in reasons} <= ENGLISH.keys()
