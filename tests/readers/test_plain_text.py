"""Plain text and Markdown: encodings, pages, header and footer; which are judged as documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.cli.main import main
from countermark.model import Document, ProblemKind, Reason, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932", "euc_jp", "iso2022_jp")


def of(data: bytes | str, name: str = "a.txt") -> Document:
    return read(data.encode() if isinstance(data, str) else data, name, Limits())


def zones(document: Document) -> list[list[tuple[str, Zone]]]:
    return [[(line.text, line.zone) for line in page.lines] for page in document.pages]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_japanese_in_every_encoding_of_its_exchange(encoding: str) -> None:
    document = of("極秘\n\nこの文書は、日本国の特定秘密を含む。\n\n極秘\n".encode(encoding))
    assert document.problems == ()
    assert document.pages[0].lines[0].text == "極秘"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_text_in_utf_8_is_read_as_it_is(text: str) -> None:
    lines = [line.text for page in of(f"first\n{text}\nlast").pages for line in page.lines]
    assert lines == [line for line in ("first", *text.splitlines(), "last") if line.strip()]


@pytest.mark.parametrize("text", ["Café, £5: UK SECRET", "naïve — “UK SECRET”"])
def test_western_text_keeps_its_words(text: str) -> None:
    [[(line, _)]] = zones(of(text.encode("cp1252")))
    assert "UK SECRET" in line


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_damaged_text_is_read_and_said_to_be(encoding: str) -> None:
    document = of("極秘の文書である。保管を要する。".encode(encoding) + b"\xff\n" + "極秘".encode(encoding))
    (problem,) = document.problems
    assert (problem.kind, problem.reason) == (ProblemKind.part_unreadable, Reason.text_damaged)
    assert document.pages[0].lines[-1].text == "極秘"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UK SECRET\nDear Sir\nUK SECRET", ["header", "body", "footer"]),
        (
            "UK SECRET\nUK EYES ONLY\n\nDear Sir\nI write\nto you.\nYours\n",
            ["header"] * 2 + ["body"] * 3 + ["footer"],
        ),
        ("UK SECRET", ["header"]),
        ("\n\nUK SECRET\n\nDear Sir\n\n", ["header", "footer"]),
    ],
)
def test_header_and_footer_are_what_comes_first_and_last(text: str, expected: list[str]) -> None:
    [page] = zones(of(text))
    assert [zone.value for _, zone in page] == expected


def test_a_form_feed_begins_a_page() -> None:
    document = of("UK SECRET\nbody\nUK SECRET\n\f\n\fUK SECRET\nbody\nUK SECRET\f")
    assert [page.number for page in document.pages] == [1, 3]
    assert all(
        [zone for _, zone in page] == [Zone.header, Zone.body, Zone.footer] for page in zones(document)
    )


def test_signs_of_markdown_are_not_words() -> None:
    [page] = zones(of("# **UK SECRET**\n\n> _note_ and snake_case * 2\n\n__UK SECRET__\n", "a.md"))
    assert [text for text, _ in page] == ["UK SECRET", "note and snake_case * 2", "UK SECRET"]


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.py", "a.csv", "a.json", "a.log", "a.pptx"])
def test_text_by_another_name_is_no_plain_text(name: str) -> None:
    assert of("UK SECRET", name).pages == ()


def test_a_pointer_of_git_lfs_is_not_its_document() -> None:
    (problem,) = of("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n").problems
    assert problem.reason is Reason.lfs_pointer


@pytest.mark.parametrize("text", ["Minutes", "UK SECRET", "# Tool\n\nIt counts.\n", ""])
@pytest.mark.parametrize("is_named", [True, False])
def test_what_is_found_in_a_folder_need_not_be_marked(
    text: str,
    is_named: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    status = main(
        ["check", "README.md" if is_named else ".", "--from", "GB", "--to", "JP", "--format", "json"]
    )
    (report,) = json.loads(capsys.readouterr().out)["documents"]
    found = {(finding["code"], finding["severity"]) for finding in report["findings"]}
    if not text or (not is_named and "SECRET" not in text):
        assert (found, report["status"]) == ({("READ006", "note")}, "unsupported")
        assert status == (3 if is_named else 0)
    else:
        assert ("DOC001" if "SECRET" not in text else "DOC003", "error") in found
        assert status == 1


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_configuration_can_ask_for_the_marking(
    is_asked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("Minutes", encoding="utf-8")
    match = "notes/" if is_asked else "other/"
    config = f"paths:\n  - match: {match}\n    allow_unmarked: false\n"
    (tmp_path / ".countermark.yaml").write_text(config, encoding="utf-8")
    assert main(["check", "notes", "--from", "GB", "--to", "JP"]) == (1 if is_asked else 0)
    assert ("DOC001" in capsys.readouterr().out) == is_asked
