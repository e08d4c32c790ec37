"""The table of formats: complete, cheap to ask, open to installed packages."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from countermark.model import ProblemKind
from countermark.readers.builder import DocumentBuilder
from countermark.readers.content import Content
from countermark.readers.formats import Format, claimed_suffixes, format_named, formats
from countermark.readers.read import read
from countermark.reporting.format_page import format_pages, with_pattern
from countermark.support.limits import LimitReached, Limits
from countermark.support.messages import LANGUAGES, text

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PLUGIN = """
from countermark.readers.formats import Format

FORMAT = Format(
    key="ichi",
    media_types={".ichi": "application/x-ichi"},
    recognises=lambda content: content.data.startswith(b"ICHI"),
    reader="ichi_reader:read_ichi",
)


def read_ichi(data, document):
    document.add_page().add_line(data[4:].decode())
"""


@pytest.fixture(params=formats(), ids=[row.key for row in formats()])
def row(request: pytest.FixtureRequest) -> Format:
    assert isinstance(request.param, Format)
    return request.param


def test_what_a_row_names_is_there(row: Format) -> None:
    assert callable(row.load_reader())
    assert row.annotator is None or callable(row.load_annotator())
    assert row.extra is None or row.extra in PROJECT["optional-dependencies"]
    assert all(suffix == suffix.casefold() and suffix[0] == "." for suffix in row.media_types)
    re.compile(row.own_parts)
    for lang in LANGUAGES:
        assert text(lang, f"reasons.{row.broken}", {"error": "E"})


def test_no_key_and_no_suffix_is_in_two_rows() -> None:
    keys = [row.key for row in formats()]
    suffixes = [suffix for row in formats() for suffix in row.media_types]
    assert len(keys) == len(set(keys))
    assert len(suffixes) == len(set(suffixes))


def test_the_media_type_leads_back_to_the_row(row: Format) -> None:
    assert all(format_named(media_type) is row for media_type in row.media_types.values())


def test_random_bytes_and_empty_files_are_recognised_by_no_row_that_claims(row: Format) -> None:
    for data in (b"", b"\0" * 64, bytes(range(256))):
        assert not row.recognises(Content(data, "file"))


def test_asking_the_table_imports_no_reader() -> None:
    code = (
        "import sys; from countermark.readers.formats import claimed_suffixes, own_parts;"
        "claimed_suffixes(); own_parts();"
        "heavy = {'pypdf', 'pypdfium2', 'lxml', 'docx', 'olefile'};"
        "print(*(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_hook_takes_what_claims_to_be_a_document() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    pattern = re.compile(hook["files"])
    for suffix in claimed_suffixes():
        assert pattern.search(f"folder/計画{suffix}"), suffix
        assert pattern.search(f"folder/計画{suffix.upper()}"), suffix
        assert not pattern.search(f"plan{suffix}.bak"), suffix
    for row in formats():
        assert row.is_everyday == (not pattern.search(f"plan{next(iter(row.media_types))}"))


def test_the_pages_and_the_hook_are_those_of_the_table() -> None:
    """`make rules-pages` writes them anew."""
    for path, content in format_pages():
        assert (ROOT / "docs" / path).read_text(encoding="utf-8") == content
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert hooks == with_pattern(hooks)


def test_an_installed_package_adds_a_format(tmp_path: Path) -> None:
    done = _run_with_plugin(tmp_path, PLUGIN, b"ICHIUK SECRET")
    assert (done.returncode, "DOC" in done.stdout, done.stderr) == (1, True, "")


@pytest.mark.parametrize("code", ["raise ValueError", "FORMAT = 1"])
def test_a_package_whose_row_cannot_be_used_is_an_error(tmp_path: Path, code: str) -> None:
    done = _run_with_plugin(tmp_path, code, b"ICHI")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"countermark: the format ichi that .*\n", done.stderr)


def _run_with_plugin(folder: Path, code: str, data: bytes) -> subprocess.CompletedProcess[str]:
    """Check a file of that content where a package of that code is installed, in a folder that a .pth file
    would name."""
    installed = folder / "site"
    metadata = installed / "ichi-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: ichi\nVersion: 1.0\n", encoding="utf-8")
    entry = "[countermark.formats]\nichi = ichi_reader:FORMAT\n"
    (metadata / "entry_points.txt").write_text(entry, encoding="utf-8")
    (installed / "ichi_reader.py").write_text(code, encoding="utf-8")
    (folder / "plan.ichi").write_bytes(data)
    start = f"import sys; sys.path.append({str(installed)!r});"
    start += "from countermark.cli.main import main; sys.exit(main(['check', 'plan.ichi']))"
    return subprocess.run(
        [sys.executable, "-I", "-c", start], cwd=folder, capture_output=True, text=True, check=False
    )


def _without_library(*_: object) -> None:
    raise ModuleNotFoundError(name="missing_library")


def _stopped(_: bytes, document: DocumentBuilder) -> None:
    document.add_page().add_line("UK SECRET")
    raise LimitReached("parts", 1, "2")


def _failing(_: bytes, document: DocumentBuilder) -> None:
    document.add_page().add_line("UK SECRET")
    int("UK TOP SECRET")


@pytest.mark.parametrize(
    ("reader", "kind", "pages"),
    [
        (_without_library, ProblemKind.unsupported, 0),
        (_stopped, ProblemKind.limit, 1),
        (_failing, ProblemKind.unreadable, 1),
    ],
)
def test_what_ends_a_reader_is_said_and_what_was_read_is_kept(
    monkeypatch: pytest.MonkeyPatch, reader: object, kind: ProblemKind, pages: int
) -> None:
    row = Format(
        key="x",
        media_types={".x": "x/x"},
        recognises=lambda content: content.suffix == ".x",
        reader=f"{__name__}:{reader.__name__}",  # type: ignore[attr-defined]
        extra="mail",
    )
    monkeypatch.setattr("countermark.readers.formats.formats", lambda: (row,))
    document = read(b"data", "a.x", Limits())
    (problem,) = document.problems
    assert (problem.kind, len(document.pages), document.media_type) == (kind, pages, "x/x")
    assert "TOP SECRET" not in str(problem)
    for lang in LANGUAGES:
        assert text(lang, f"reasons.{problem.reason}", problem.args)
