"""Documents that changed in a git repository."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countermark.cli.main import main
from countermark.sources.git import changed_since, staged
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.sources import Source

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs the git command")
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "exchange" / "outgoing-uk"
GOOD, BAD = SAMPLES / "covering-letter.pdf", SAMPLES / "trials-programme.pdf"
EXCHANGE = ("--from", "GB", "--to", "JP")


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=Registry", "-c", "user.email=registry@example.invalid")
    done = subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)
    return done.stdout.decode()


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a document and a note, committed."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    (tmp_path / "docs").mkdir()
    shutil.copy(GOOD, "docs/old.pdf")
    Path("notes.txt").write_text("notes", encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--message", "first")
    return tmp_path


def names(sources: Iterable[Source]) -> list[str]:
    return [source.name for source in sources]


def test_changed_documents_are_those_changed_committed_or_not_and_new_ones(repository: Path) -> None:
    assert names(changed_since("main", [])) == []
    git("switch", "--quiet", "--create", "work")
    shutil.copy(BAD, "docs/計画 1.pdf")
    git("add", ".")
    git("commit", "--quiet", "--message", "second")
    shutil.copy(BAD, "docs/old.pdf")
    shutil.copy(BAD, "new.pdf")
    shutil.copy(BAD, "named-otherwise.bin")
    Path("notes.txt").write_text("more notes", encoding="utf-8")
    changed = ["docs/old.pdf", "docs/計画 1.pdf", "named-otherwise.bin", "new.pdf"]
    assert names(changed_since("main", [])) == changed
    assert names(changed_since("main", ["docs"])) == changed[:2]
    os.chdir(repository / "docs")
    assert names(changed_since("main", []))[:2] == ["old.pdf", "計画 1.pdf"]


def test_what_the_other_branch_changed_since_is_not_asked_for() -> None:
    git("switch", "--quiet", "--create", "work")
    git("switch", "--quiet", "main")
    shutil.copy(BAD, "docs/theirs.pdf")
    git("add", ".")
    git("commit", "--quiet", "--message", "theirs")
    git("switch", "--quiet", "work")
    assert names(changed_since("main", [])) == []


def test_a_deleted_document_is_none_and_a_link_or_submodule_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("docs/old.pdf").unlink()
    Path("link").symlink_to(GOOD)
    commit = git("rev-parse", "HEAD").strip()
    git("add", "--all")
    git("update-index", "--add", "--cacheinfo", f"160000,{commit},module")
    for found in (staged([]), changed_since("main", [])):
        reasons = {source.name: source.problem.reason for source in found if source.problem}
        assert reasons.pop("link") == "link-not-followed"
        assert list(reasons.values()) in (["submodule"], [])
        assert len(found) == 1 + len(reasons)
    assert names(staged([])) == ["link", "module"]
    assert main(["check", "--staged"]) == 0
    assert capsys.readouterr().out.count("warning  READ006") == 2


def test_an_untracked_link_or_repository_is_named() -> None:
    Path("link.pdf").symlink_to(GOOD)
    git("init", "--quiet", "module")
    Path("module/x.pdf").write_bytes(GOOD.read_bytes())
    reasons = {one.name: one.problem.reason for one in changed_since("main", []) if one.problem}
    assert reasons == {"link.pdf": "link-not-followed", "module": "submodule"}


def test_a_staged_document_is_known_by_what_is_staged(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(BAD, "renamed.bin")
    shutil.copy(BAD, "gone.bin")
    Path("mail.eml").write_bytes(b"From: a@example.invalid\r\nTo: b@example.invalid\r\n\r\nUK SECRET\r\n")
    Path("program.py").write_text("print()", encoding="utf-8")
    git("add", ".")
    Path("renamed.bin").write_text("text", encoding="utf-8")
    Path("gone.bin").unlink()
    assert names(staged([])) == ["gone.bin", "mail.eml", "renamed.bin"]
    assert main(["check", "--staged", *EXCHANGE]) == 1
    assert "mail.eml" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="needs pipes with names")
def test_a_pipe_in_the_work_tree_does_not_hang_the_run() -> None:
    Path("docs/old.pdf").unlink()
    os.mkfifo("docs/old.pdf")
    os.mkfifo("other")
    assert main(["check", "--changed-since", "main"]) in (0, 3)


def test_staged_documents_are_judged_as_staged_not_as_they_lie(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(BAD, "docs/new.pdf")
    git("add", "docs/new.pdf")
    shutil.copy(GOOD, "docs/new.pdf")
    assert names(staged([])) == ["docs/new.pdf"]
    assert main(["check", "--staged", *EXCHANGE]) == 1
    assert "UK006" in capsys.readouterr().out
    assert main(["check", "docs/new.pdf", *EXCHANGE]) == 0
    git("add", "docs/new.pdf")
    assert main(["check", "--staged", *EXCHANGE]) == 0


def pointer(content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    return (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n"
    ).encode()


def test_a_pointer_of_git_lfs_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs/big.pdf").write_bytes(pointer(BAD.read_bytes()))
    assert main(["check", "--changed-since", "main"]) == 3
    assert "it is a Git LFS pointer" in capsys.readouterr().out
    git("add", "docs/big.pdf")
    assert main(["check", "--staged"]) == 3


def test_a_staged_pointer_whose_document_was_fetched_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("docs/big.pdf")
    path.write_bytes(pointer(BAD.read_bytes()))
    git("add", "docs/big.pdf")
    shutil.copy(BAD, path)
    assert main(["check", "--staged", *EXCHANGE]) == 1
    assert "UK006" in capsys.readouterr().out
    shutil.copy(GOOD, path)
    assert main(["check", "--staged", *EXCHANGE]) == 3


@pytest.mark.parametrize("revision", ["no-such", "--output=stolen", "", "main:docs/old.pdf"])
def test_a_revision_that_is_none_is_an_error_and_no_option(revision: str, repository: Path) -> None:
    with pytest.raises(CountermarkError) as caught:
        changed_since(revision, [])
    assert caught.value.key == "git-no-revision"
    assert not (repository / "stolen").exists()


def test_outside_a_repository_is_an_error(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["check", "--staged"]) == 2
    assert "in no git work tree" in capsys.readouterr().err
    assert main(["check", "--staged", "--changed-since", "main"]) == 2
    assert main(["check"]) == 2


def test_nothing_changed_is_a_clean_run(capsys: pytest.CaptureFixture[str]) -> None:
    for option in (["--changed-since", "HEAD"], ["--staged"]):
        assert main(["check", *option]) == 0
        shown = capsys.readouterr()
        assert "0 documents\n" in shown.out
        assert shown.err.endswith("nothing was checked.\n")
        assert shown.err.count("\n") == 1


def test_programs_that_the_repository_names_are_not_run(repository: Path) -> None:
    script = repository / "run-me"
    script.write_text(f"#!/bin/sh\ntouch {repository}/ran\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("diff.external", "core.fsmonitor", "diff.pdf.textconv"):
        git("config", key, str(script))
    Path(".gitattributes").write_text("*.pdf diff=pdf\n", encoding="utf-8")
    shutil.copy(BAD, "docs/old.pdf")
    assert names(changed_since("main", [])) == ["docs/old.pdf"]
    assert not (repository / "ran").exists()
