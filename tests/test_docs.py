"""What the README and the guides say holds: their commands exist, their links lead somewhere, their sample is
what the program writes, and the Japanese ones have all that the English ones have."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from countermark.cli.main import app, main

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ("docs/user-guide.md", "docs/ja/user-guide.md", "docs/terms.md", "docs/ci.md")
PAGES = ("README.md", "README.ja.md", *GUIDES)
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_command_shown_exists_with_its_options(name: str) -> None:
    shown = re.findall(r"^ {4}(countermark .*)$|`(countermark [a-z][^`]*)`", page(name), re.MULTILINE)
    for line in filter(None, (word for pair in shown for word in pair)):
        _, command, *words = shlex.split(line, comments=True)
        known = {opt for one in COMMANDS[command].params for opt in one.opts} | {"--lang"}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file(name: str) -> None:
    for link in re.findall(r"\]\((?!http)([^)#]+)", page(name)):
        assert ((ROOT / name).parent / link).exists(), link


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.ja.md", "ja")])
def test_the_sample_is_what_the_program_writes(
    name: str, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    sample = re.search(r"^ {4}(samples/exchange/\S+?\.pdf)[:：].*\n(?: {4}.*\n)*", page(name), re.MULTILINE)
    assert sample
    main(["check", sample[1], "--lang", lang, "--config", "samples/exchange/.countermark.yaml"])
    assert re.sub("^ {4}", "", sample[0], flags=re.MULTILINE) in capsys.readouterr().out


def test_the_japanese_guide_has_what_the_english_one_has() -> None:
    english, japanese = page("docs/user-guide.md"), page("docs/ja/user-guide.md")
    for mark in (r"^#+ ", r"^\| ", r"^- "):
        assert len(re.findall(mark, english, re.MULTILINE)) == len(re.findall(mark, japanese, re.MULTILINE))
    for name in (r"--[a-z][a-z-]+", r"[A-Z]{2,}[0-9]{3}", r"`[a-z_]+`"):
        assert set(re.findall(name, english)) == set(re.findall(name, japanese))


def test_the_japanese_readme_shows_the_same_two_commands() -> None:
    for name in ("README.md", "README.ja.md"):
        assert re.findall(r"^ {4}make (\S+)  ", page(name), re.MULTILINE)[:2] == ["run", "test"]
