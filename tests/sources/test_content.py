"""Reading one file: its bytes, or why not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from countermark.model import Problem, ProblemKind
from countermark.sources.content import read
from countermark.support.limits import MIB

if TYPE_CHECKING:
    from pathlib import Path


def reason(path: Path, file_mb: int = 1) -> str:
    problem = read(path, file_mb)
    assert isinstance(problem, Problem)
    assert problem.kind is ProblemKind.unreadable
    return problem.reason


def test_a_file_gives_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    assert read(path, 1) == b"%PDF-"


def test_a_file_up_to_the_limit_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(MIB))
    assert read(path, 1) == bytes(MIB)
    path.write_bytes(bytes(MIB + 1))
    problem = read(path, 1)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "file_mb")


def test_a_folder_is_told_from_a_missing_file(tmp_path: Path) -> None:
    assert reason(tmp_path) == "is-folder"
    assert reason(tmp_path / "gone.pdf") == "disappeared"
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone.pdf")
    assert reason(tmp_path / "link.pdf") == "disappeared"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    assert reason(tmp_path / "a.pdf") == "not-a-file"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions bind no administrator")
def test_a_file_or_folder_without_permission_says_so(tmp_path: Path) -> None:
    file, folder = tmp_path / "a.pdf", tmp_path / "b"
    file.write_bytes(b"%PDF-")
    folder.mkdir()
    for path in (file, folder):
        path.chmod(0)
    try:
        assert (reason(file), reason(folder)) == ("no-permission", "no-permission")
    finally:
        folder.chmod(0o700)
