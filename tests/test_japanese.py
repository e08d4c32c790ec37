"""What a Japanese user meets is Japanese: every help, every error, every word of the model."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from rich.cells import cell_len

from countermark.cli.main import app, main
from countermark.config.policy import CONFIG_NAME
from countermark.model import Defect, PageKind, Severity, Stage, Status, Unseen, Zone
from countermark.reporting.rule_page import facts, texts_of
from countermark.rules.loader import load_rules
from countermark.standards.standards import load_standards
from countermark.support.messages import catalogue
from countermark.support.yaml_files import data_folder
from support.texts import all_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.rules.rule import Rule
    from countermark.standards.standard import Standard

NAMES = (
    "JSON Schema",
    "Open XML SPIF",
    "Open Government Licence",
    "Git LFS",
    "Industry Security Notice",
    "OFFICIAL",
    "TOP SECRET",
)
"""Names that are the same in both languages, of more than one word."""
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def english(shown: str) -> list[str]:
    """What reads as English in it: two words of small letters in a row, outside of what is typed."""
    for name in NAMES:
        shown = shown.replace(name, "")
    typed = re.compile(r"`[^`]*`|「[^」]*」|--[\w-]+|countermark:? [\w.-]+|\S*[|/\\=]\S*", re.MULTILINE)
    return re.findall(r"[A-Za-z']*[a-z]{2,}[,.;:]? [A-Za-z']*[a-z]{2,}", typed.sub("", shown))


def test_english_is_found_where_it_is() -> None:
    assert english("使用方法の誤り：Got unexpected extra argument")
    assert english("書き込むことができません（No such file or directory）。")
    assert not english("JSON形式の報告書のJSON Schemaを出力します。 `countermark check --help`")


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("columns", ["80", "100"])
def test_help_is_japanese_and_as_wide_as_the_terminal(
    command: str, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main([*([command] if command else []), "--help", "--lang", "ja"]) == 0
    shown = capsys.readouterr().out
    assert english(shown) == []
    example = catalogue("ja")["help"]["headings"]["examples"]
    assert max(cell_len(line) for line in shown.partition(example)[0].splitlines()) <= int(columns)


CONFIGURATIONS = (
    "lang: [",
    "a:\tb: c",
    "- text",
    "as_of: 2026-02-30",
    "as_of: tomorrow",
    "lang: !!python/object:os.system x",
    "? [a]\n: b",
    "limits: {seconds: many}",
    "severity: {UK003: loud}",
    "waivers: [{match: a, rules: [UK001]}]",
    "zzzzzz: 1",
    "exchnage: {}",
    "exchange: {from: FR}",
    "rules: [./none]",
)


@pytest.mark.parametrize("content", CONFIGURATIONS)
def test_a_wrong_configuration_is_told_in_japanese(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / CONFIG_NAME).write_text(content, encoding="utf-8")
    assert main(["rules", "--config", str(tmp_path / CONFIG_NAME), "--lang", "ja"]) == 2
    told = capsys.readouterr().err
    assert re.search("[ぁ-ん]", told)
    assert english(told) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--none"],
        ["none"],
        ["check"],
        ["check", "gone.pdf"],
        ["check", "*.none"],
        ["check", ".", "--formt", "json"],
        ["check", ".", "--format"],
        ["check", ".", "--format", "none"],
        ["check", ".", "--redact=yes"],
        ["check", ".", "--jobs", "-1"],
        ["check", ".", "--timeout", "0"],
        ["check", ".", "--as-of", "yesterday"],
        ["check", ".", "--report", "none"],
        ["check", ".", "--select", "XX001"],
        ["check", ".", "--staged", "--changed-since", "main"],
        ["check", ".", "--config", "gone.yaml"],
        ["check", ".", "--password-file", "."],
        ["check", ".", "--baseline", "gone.jsonl"],
        ["check", ".", "--output", "."],
        ["check", ".", "--output", "gone/report.txt"],
        ["check", ".", "--annotate", "."],
        ["baseline", "."],
        ["inspect", "gone.pdf"],
        ["inspect", "gone.pdf", "--image", "out"],
        ["parse"],
        ["parse", "UK SECRET", "more"],
        ["parse", "UK SECRET", "--to", "XX"],
        ["rules", "XX001"],
        ["rules", "--check", "gone"],
        ["standards", "xx/none"],
        ["standards", "--format", "spif"],
        ["init", "more"],
    ],
)
def test_wrong_usage_is_told_in_japanese(
    arguments: Sequence[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*arguments, "--lang", "ja"]) == 2
    told = capsys.readouterr().err
    assert re.search("[ぁ-ん]", told)
    assert english(told) == []


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (Zone, "ui.zones"),
        (Zone, "evidence"),
        (Defect, "ui.defects"),
        (Severity, "ui.severities"),
        (Stage, "ui.stages"),
        (Status, "ui.status"),
        (Unseen, "ui.unseen"),
    ],
)
def test_every_word_of_the_model_has_a_japanese_text(kind: type[StrEnum], section: str) -> None:
    texts = catalogue("ja")
    for step in section.split("."):
        texts = texts[step]
    assert {one.value for one in kind} <= texts.keys()
    of_sections = {PageKind.first, PageKind.even, PageKind.default}
    named = {f"{unit}_{kind.value}" for unit in ("section", "sheet") for kind in of_sections}
    named |= {kind.value for kind in set(PageKind) - of_sections}
    assert named <= catalogue("ja")["ui"]["units"].keys()


@pytest.mark.parametrize("standard", load_standards(data_folder()).standards, ids=lambda one: one.id)
def test_a_standard_is_explained_in_japanese(standard: Standard, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standards", standard.id, "--lang", "ja"]) == 0
    assert english(capsys.readouterr().out) == []


@pytest.mark.parametrize("rule", load_rules(data_folder() / "checks"), ids=lambda one: one.code)
def test_a_rule_is_explained_in_japanese(rule: Rule) -> None:
    known = facts(rule, "ja")
    for part in ("severity", "why", "message", "fix", "clause", "in_force"):
        assert english(" ".join(known[part])) == []
    assert english(texts_of(rule, "ja")["title"]) == []


def texts(*sections: str) -> dict[str, str]:
    """The Japanese texts in these sections, by key."""
    said = all_texts("ja")
    return {key: words for key, words in said.items() if not sections or key.split(".")[0] in sections}


REFUSED = re.compile(
    r"暗号名|国籍|開示|終了状態|重要度|検査|綴|フォルダ(?!ー)|ユーザ(?!ー)|ヘッダ(?!ー)|フッタ(?!ー)|読み取り|埋め込み|取り扱い(?!ま)"
)
"""Words for which docs/terms.md has another one."""
HALF = re.compile(r"[ぁ-んァ-ヶ一-龥][,;:!?()]|[,;:!?()][ぁ-んァ-ヶ一-龥]|[０-９Ａ-Ｚａ-ｚｦ-ﾟ]")
"""ASCII punctuation beside Japanese, and letters, digits or kana of the wrong width."""


def test_texts_keep_to_the_terms_and_to_the_widths_of_characters() -> None:
    said = texts()
    assert {key: one for key, one in said.items() if REFUSED.search(one)} == {}
    del said["help.configuration"]  # YAML, with its own colons
    assert {key: one for key, one in said.items() if HALF.search(one)} == {}


def test_findings_are_in_the_plain_form_and_fixes_are_demands() -> None:
    said = texts("rules", "reasons", "actions", "evidence", "advice", "system", "yaml")
    assert {key: one for key, one in said.items() if re.search("です|ます|ました|ません|ください", one)} == {}
    fixes = {key: one for key, one in said.items() if key.endswith(".fix") or key.startswith("actions.")}
    fixes = {key: words for key, words in fixes.items() if words not in ("{action}", "{remedy}", "{write}")}
    others = texts("right_forms", "causes", "remedies")
    fixes |= {key: words for key, words in others.items() if "こと" in words}
    assert {key: one for key, one in fixes.items() if not re.search("こと|である|要しない", one)} == {}


def test_errors_and_help_speak_to_the_user() -> None:
    assert {
        key: one for key, one in texts("errors").items() if re.search("である。|ない。|すること。", one)
    } == {}
    for key, one in texts("help").items():
        if key.endswith((".text", ".short")):
            assert re.search("ます。|せん。|です。", one), key
