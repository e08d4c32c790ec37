"""`inspect --image`: pages drawn with their zones, markings and what is missing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PIL import Image

from countermark.cli.main import main
from support.pdf_files import page, pdf
from support.word_files import paragraph, section, word_file

RED = (200, 0, 0)
BLUE = (0, 90, 200)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    return tmp_path


def colours(path: Path, top: float, bottom: float) -> set[tuple[int, ...]]:
    """The colours between two heights of a picture, as shares of it."""
    with Image.open(path) as picture:
        band = picture.crop((0, round(top * picture.height), picture.width, round(bottom * picture.height)))
        found = band.getcolors(1 << 24) or []
    return {colour for _, colour in found if isinstance(colour, tuple)}


def test_each_page_is_drawn_with_its_markings_and_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked, unmarked = page(head="UK SECRET", foot="UK SECRET"), page(head="", foot="")
    (folder / "a.pdf").write_bytes(pdf(marked, unmarked))
    assert main(["inspect", "a.pdf", "--image", "pages/deep", "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["path"] == "a.pdf"
    assert "2" in shown.err
    drawn = sorted((folder / "pages" / "deep").iterdir())
    assert [one.name for one in drawn] == ["page-0001.png", "page-0002.png"]
    assert {RED, BLUE} <= colours(drawn[0], 0, 0.1)
    assert RED in colours(drawn[0], 0.9, 0.98)
    assert RED not in colours(drawn[0], 0.2, 0.8)
    assert RED in colours(drawn[1], 0, 0.01)


def test_a_word_file_is_drawn_as_a_schema_where_there_is_no_office_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    body = paragraph("text") + section("header-default-h", "header-first-h1", title_page=True)
    data = word_file(body, bands={"h": paragraph("UK SECRET"), "h1": paragraph("no mark")})
    (folder / "a.docx").write_bytes(data)
    assert main(["inspect", "a.docx", "--image", "pages"]) == 0
    drawn = sorted((folder / "pages").iterdir())
    assert [one.name for one in drawn] == ["section-001-default.png", "section-001-first.png"]
    assert RED in colours(drawn[0], 0.03, 0.1)
    assert BLUE in colours(drawn[1], 0.03, 0.1)


@pytest.mark.slow
@pytest.mark.office
def test_a_word_file_is_drawn_as_the_office_program_prints_it(folder: Path) -> None:
    data = word_file(
        paragraph("text") + section("header-default-h", "footer-default-f"),
        bands={"h": paragraph("UK SECRET"), "f": paragraph("UK SECRET")},
    )
    (folder / "a.docx").write_bytes(data)
    assert main(["inspect", "a.docx", "--image", "pages"]) == 0
    (drawn,) = (folder / "pages").iterdir()
    assert drawn.name == "page-0001.png"
    assert RED in colours(drawn, 0, 0.15)
    assert RED in colours(drawn, 0.85, 0.98)


def test_what_gives_no_page_gives_no_picture_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert main(["inspect", "a.pdf", "--image", "pages"]) == 3
    assert "pictures in pages: 0" in capsys.readouterr().err
    assert list((folder / "pages").iterdir()) == []


def test_without_pillow_one_line_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.pdf").write_bytes(pdf(page(head="UK SECRET")))
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert main(["inspect", "a.pdf", "--image", "pages"]) == 2
    assert "countermark[images]" in capsys.readouterr().err
