"""Every text exists in both languages and takes the same fillings; everything that needs one has it."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from countermark.model import Zone
from countermark.rules.loader import load_rules
from countermark.standards.standards import load_standards
from countermark.support.messages import catalogue
from countermark.support.yaml_files import data_folder

PIPELINE = Path(__file__).resolve().parents[1] / "pipeline" / "countermark"


def flat(texts: dict[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in texts.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found


ENGLISH, JAPANESE = flat(catalogue("en")), flat(catalogue("ja"))


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


def test_every_rule_has_its_texts() -> None:
    for rule in load_rules(data_folder() / "checks"):
        for part in ("title", "message", "fix"):
            assert f"rules.{rule.code}.{part}" in ENGLISH


def test_every_text_of_a_rule_has_its_rule() -> None:
    codes = {rule.code for rule in load_rules(data_folder() / "checks")}
    assert {key.split(".")[1] for key in ENGLISH if key.startswith("rules.")} == codes


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
