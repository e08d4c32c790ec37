"""Files, folders and globs, each file once, nothing passed over in silence."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from countermark.sources.paths import find
from countermark.support.errors import CountermarkError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some files, and the working directory on them."""
    for name in ("docs/b.pdf", "docs/a.docx", "docs/sub/c.pdf", "docs/.git/d.pdf", "docs/notes.txt", "e.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str) -> list[str]:
    return [source.name for source in find(paths)]


def test_a_folder_gives_all_below_it_in_order_without_dot_folders() -> None:
    assert names("docs") == ["docs/a.docx", "docs/b.pdf", "docs/notes.txt", "docs/sub/c.pdf"]


@pytest.mark.parametrize("given", ["docs", "docs/", "./docs", "docs//"])
def test_names_are_stable_however_the_folder_was_typed(given: str) -> None:
    assert names(given)[0] == "docs/a.docx"


def test_the_working_folder_adds_nothing_to_names_and_its_configuration_is_no_document(folder: Path) -> None:
    (folder / ".countermark.yaml").write_text("")
    assert names(".") == ["docs/a.docx", "docs/b.pdf", "docs/notes.txt", "docs/sub/c.pdf", "e.pdf"]


def test_an_absolute_path_keeps_its_name(folder: Path) -> None:
    assert names(str(folder / "e.pdf")) == [(folder / "e.pdf").as_posix()]


def test_a_dot_folder_is_read_when_it_is_given() -> None:
    assert names("docs/.git") == ["docs/.git/d.pdf"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("docs/*.pdf", ["docs/b.pdf"]),
        ("**/*.pdf", ["docs/b.pdf", "docs/sub/c.pdf", "e.pdf"]),
        ("docs/[ab].*", ["docs/a.docx", "docs/b.pdf"]),
        ("do?s", ["docs/a.docx", "docs/b.pdf", "docs/notes.txt", "docs/sub/c.pdf"]),
    ],
)
def test_globs_are_expanded(pattern: str, expected: list[str]) -> None:
    assert names(pattern) == expected


def test_a_file_whose_name_looks_like_a_glob_is_that_file(folder: Path) -> None:
    (folder / "[1].pdf").write_text("")
    assert names("[1].pdf") == ["[1].pdf"]


def test_the_same_file_is_checked_once_under_its_first_name() -> None:
    assert names("docs/b.pdf", "docs", "./docs/b.pdf", "docs/*.pdf") == [
        "docs/b.pdf",
        "docs/a.docx",
        "docs/notes.txt",
        "docs/sub/c.pdf",
    ]


def test_given_tells_files_that_were_named_from_files_that_were_met() -> None:
    assert {source.name: source.given for source in find(["e.pdf", "docs/*.pdf", "docs"])} == {
        "e.pdf": True,
        "docs/b.pdf": True,
        "docs/a.docx": False,
        "docs/notes.txt": False,
        "docs/sub/c.pdf": False,
    }


@pytest.mark.parametrize(
    ("path", "key"), [("gone.pdf", "path-missing"), ("docs/*.rtf", "glob-empty"), ("", "path-missing")]
)
def test_what_is_not_there_is_an_error_before_the_first_source(path: str, key: str) -> None:
    with pytest.raises(CountermarkError) as caught:
        find(["e.pdf", path])
    assert caught.value.key == key


def test_a_folder_named_like_a_document_is_a_source_and_so_is_what_it_holds(folder: Path) -> None:
    (folder / "docs/x.PDF").mkdir()
    (folder / "docs/x.PDF/inside.pdf").write_text("")
    assert names("docs/x.PDF") == ["docs/x.PDF", "docs/x.PDF/inside.pdf"]
    assert names("docs")[-2:] == ["docs/x.PDF", "docs/x.PDF/inside.pdf"]


def test_links_that_lead_in_circles_end(folder: Path) -> None:
    (folder / "docs/sub/up").symlink_to(folder / "docs", target_is_directory=True)
    (folder / "docs/sub/self").symlink_to("self")
    assert names("docs") == [
        "docs/a.docx",
        "docs/b.pdf",
        "docs/notes.txt",
        "docs/sub/c.pdf",
        "docs/sub/self",
    ]


def test_a_broken_link_is_a_source(folder: Path) -> None:
    (folder / "docs/z.pdf").symlink_to(folder / "gone.pdf")
    assert names("docs")[-1] == "docs/z.pdf"
    assert names("docs/z.pdf") == ["docs/z.pdf"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions bind no administrator")
def test_a_folder_that_cannot_be_listed_is_a_source(folder: Path) -> None:
    (folder / "docs/sub").chmod(0)
    try:
        assert names("docs")[-1] == "docs/sub"
    finally:
        (folder / "docs/sub").chmod(0o700)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse names that are no text")
def test_a_name_that_is_no_text_is_written_with_escapes() -> None:
    Path(os.fsdecode(b"docs/\xff.pdf")).write_text("")
    assert "docs/\\udcff.pdf" in names("docs")
