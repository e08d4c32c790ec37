"""What is loaded for what is asked: start-up is mostly imports, and a count of them is no timing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "exchange" / "outgoing-uk"
WORD, PDF = SAMPLES / "meeting-notes.docx", SAMPLES / "data-pack-1.pdf"
CHECK = ("check", "--no-config", "--images", "none", "--format", "json")
HEAVY = (
    *("PIL", "ahocorasick_rs", "cel", "docx", "lxml", "multiprocessing", "numpy", "psutil", "pydantic"),
    *("pypdf", "pypdfium2", "rich", "spacy", "sqlite3", "sudachipy", "tarfile", "xlsxwriter", "yaml"),
)
PROGRAM = """
import sys
from countermark.cli.main import main
main(sys.argv[1:])
"""
WORKER = """
import sys
from pathlib import Path
from countermark.checking.check import check_document
from countermark.config.policy import load_policy
policy, path = load_policy(use_config=False), Path(sys.argv[1])
check_document(path.read_bytes(), path.name, policy)
"""
TOLD = f"""
print("loaded", *(name for name in {HEAVY} if name in sys.modules))
print("own", sum(name.startswith("countermark") for name in sys.modules))
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Python keeps what it compiles, with what a first run has kept there."""
    folder = tmp_path_factory.mktemp("kept")
    loaded(folder, PROGRAM, *CHECK, str(WORD))
    return folder


def loaded(kept: Path, script: str, *arguments: str) -> tuple[set[str], int]:
    """Which of the heavy modules a script has loaded at its end, and how many of our own."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = (sys.executable, "-c", script + TOLD, *arguments)
    ended = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**usual, "PYTHONPYCACHEPREFIX": str(kept)}
    )
    lines = {line.split(" ", 1)[0]: line.split()[1:] for line in ended.stdout.splitlines() if line}
    return set(lines["loaded"]), int(lines["own"][0])


def test_the_version_and_the_help_load_no_part_that_works(kept: Path) -> None:
    for argument in ("--version", "--help"):
        found, own = loaded(kept, PROGRAM, argument)
        assert found <= {"rich"}
        assert own < 50


def test_parse_loads_recognition_alone(kept: Path) -> None:
    found, own = loaded(kept, PROGRAM, "parse", "UK SECRET", "--format", "json")
    assert found <= {"rich", "pydantic"}
    assert own < 110


@pytest.mark.parametrize("path", [WORD, PDF], ids=["Word", "PDF"])
def test_the_program_loads_no_reader_for_a_document_that_its_worker_reads(kept: Path, path: Path) -> None:
    found, _ = loaded(kept, PROGRAM, *CHECK, str(path))
    assert not found & {"PIL", "docx", "lxml", "numpy", "pypdf", "pypdfium2", "spacy", "tarfile", "yaml"}


def test_a_worker_loads_what_its_document_needs(kept: Path) -> None:
    always = {"ahocorasick_rs", "cel", "lxml", "psutil"}
    assert loaded(kept, WORKER, str(WORD))[0] <= always
    assert loaded(kept, WORKER, str(PDF))[0] <= always | {"PIL", "pypdf", "pypdfium2"}
