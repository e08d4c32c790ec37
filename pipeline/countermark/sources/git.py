"""Documents that changed in a git repository, told by the git command."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Problem, ProblemKind, Reason
from countermark.readers.formats import claimed_suffixes
from countermark.readers.kinds import kind_of
from countermark.readers.signatures import is_ole, is_pdf, is_zip
from countermark.sources import Blob, Source
from countermark.support.errors import CountermarkError
from countermark.support.programs import environment, find_program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SETTINGS = (
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv")
_PRESENT = ("--ignore-submodules=dirty", "--diff-filter=d")
_DIFF_STAGED = ("diff", "--cached", *_RAW, *_PRESENT)
_DIFF_WORK_TREE = ("diff-index", *_RAW, *_PRESENT)
"""Of files whose time or size changed it reads nothing: `diff` would have them through the filter programs
that the repository's configuration names."""
_LINK, _REPOSITORY = "120000", "160000"
_NOT_FILES = {_LINK: Reason.link_not_followed, _REPOSITORY: Reason.submodule}
"""Modes of what is no regular file, and why it is not read."""
_START = 1 << 16
_BLOCK = 1 << 20
_DIGESTS = {40: "sha1", 64: "sha256"}
"""How git names objects, by the length of the names."""


def changed_since(revision: str, paths: list[str]) -> list[Source]:
    """Return the documents below `paths` (none.

    Anywhere in the work tree) that differ from where the current branch left `revision`, and those not
    yet known to git, as they are in the work tree.

    Raises CountermarkError where git, the repository or the revision is not there.
    """
    root = work_tree(Path.cwd())
    commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise CountermarkError("git-no-revision", revision=revision)
    ours = commit.decode().strip()
    base = (git(root, "merge-base", ours, "HEAD") or commit).decode().strip()
    listed = _changes(_needed(git(root, *_DIFF_WORK_TREE, base, "--"), root))
    changed = [change for change in listed if change.after.strip("0") or not _is_as_before(root, change)]
    untracked = _needed(git(root, "ls-files", "--others", "--exclude-standard", "-z"), root)
    names = [os.fsdecode(name) for name in untracked.split(b"\0") if name]
    changed += [_Change(name, _untracked_mode(root, name), "", "") for name in names]
    return list(_sources(root, changed, paths, staged=False))


def staged(paths: list[str]) -> list[Source]:
    """Return the documents below `paths` (none.

    Anywhere in the work tree) that are staged for the next commit, as they are staged. Raises
    CountermarkError as `changed_since` does.
    """
    root = work_tree(Path.cwd())
    changed = _changes(_needed(git(root, *_DIFF_STAGED, "--"), root))
    return list(_sources(root, changed, paths, staged=True))


def work_tree(folder: Path) -> Path:
    """Return the top of the work tree that `folder` is in. Raises CountermarkError where it is in none."""
    top = git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise CountermarkError("git-no-repository", path=folder)
    return Path(os.fsdecode(top.rstrip(b"\r\n")))


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git says; None where it fails.

    No shell, no helper program of the repository's choice.

    Raises CountermarkError where there is no git.
    """
    with _started(folder, *arguments) as process:
        output, _ = process.communicate()
        return output if process.returncode == 0 else None


def _started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Return the command at work in `folder`. Raises as `git` does."""
    command = find_program("git")
    if command is None or Path(command).resolve().parent == folder.resolve():
        raise CountermarkError("git-missing")
    return subprocess.Popen(  # noqa: S603  (fixed arguments, no shell)
        [command, *_SETTINGS, "-C", str(folder), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(**_ENVIRONMENT),
    )


def _needed(output: bytes | None, root: Path) -> bytes:
    if output is None:
        raise CountermarkError("git-failed", path=root)
    return output


class _Change(NamedTuple):
    """A path in a raw diff, with its mode and its object `before` and `after`.

    Zeros where there is none, or where git has not looked.
    """

    name: str
    mode: str
    before: str
    after: str


def _changes(raw: bytes) -> Iterator[_Change]:
    fields = iter(raw.split(b"\0"))
    for field in fields:
        if field:
            _, mode, before, after, _ = field.decode().split(" ")
            yield _Change(os.fsdecode(next(fields)), mode, before, after)


def _digest(identifier: str) -> hashlib._Hash:
    """Return what git names objects by."""
    return hashlib.new(_DIGESTS.get(len(identifier), "sha256"), usedforsecurity=False)


def _is_as_before(root: Path, change: _Change) -> bool:
    """Return whether what is at its path is the object that git had, byte for byte."""
    path, digest = root / change.name, _digest(change.before)
    try:
        status = path.lstat()
        digest.update(b"blob %d\0" % status.st_size)
        if stat.S_ISLNK(status.st_mode):
            digest.update(os.fsencode(path.readlink()))
        elif stat.S_ISREG(status.st_mode):
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
        else:
            return False
    except OSError:
        return False
    return digest.hexdigest() == change.before


def _untracked_mode(root: Path, name: str) -> str:
    """Return the mode that git would give it; a repository in the repository is listed as a folder."""
    return _REPOSITORY if name.endswith("/") else _LINK if (root / name).is_symlink() else ""


def _sources(root: Path, changes: Iterable[_Change], paths: list[str], *, staged: bool) -> Iterator[Source]:
    """Yield those below `paths`, sorted, that are documents or may hold one.

    Links and submodules as what they are.
    """
    tops = [Path(os.path.realpath(path)) for path in paths]
    for change in sorted(changes):
        path = root / change.name
        if tops and not any(path.is_relative_to(top) for top in tops):
            continue
        reason = _NOT_FILES.get(change.mode)
        if reason:
            problem = Problem(kind=ProblemKind.unsupported, reason=reason)
            yield Source(path, _shown(path), given=False, problem=problem)
            continue
        blob = Blob(root, change.after) if staged else None
        if _is_wanted(path, blob):
            yield Source(path, _shown(path), given=False, blob=blob)


def _is_wanted(path: Path, blob: Blob | None) -> bool:
    """Return whether it is a document, or of a kind that may hold one and is no everyday part of a
    repository. What can't be looked into is: its verdict says why.
    """
    if path.suffix.lower() in claimed_suffixes():
        return True
    start = _blob_start(blob) if blob else _file_start(path)
    if start is None or is_pdf(start) or is_zip(start) or is_ole(start):
        return True
    kind = kind_of(start, path.name)
    return kind.holds_documents and kind.in_repositories


def _file_start(path: Path) -> bytes | None:
    """Return the first bytes of a regular file; None of what is none, or can't be read."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            return file.read(_START)
    except OSError:
        return None


def _blob_start(blob: Blob) -> bytes | None:
    """Return the first bytes of an object; None where git does not have it."""
    with _started(blob.repository, "cat-file", "blob", blob.id) as process:
        start = process.stdout.read(_START) if process.stdout else b""
        process.kill() if len(start) == _START else process.wait()
        return start if start or process.returncode == 0 else None


def _shown(path: Path) -> str:
    """Return the path as a user in the current folder would write it."""
    shown = Path(os.path.relpath(path)).as_posix()
    return shown.encode("utf-8", "backslashreplace").decode()
