"""Documents that changed in a git repository, told by the git command."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from countermark.errors import CountermarkError
from countermark.ingest.signatures import is_ole, is_pdf, is_zip
from countermark.programs import environment, find_program
from countermark.sources import Blob, Source
from countermark.sources.paths import DOCUMENT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_FILES_ONLY = ("--ignore-submodules=all", "--diff-filter=d")
_DIFF_STAGED = ("diff", "--cached", *_RAW, *_FILES_ONLY)
_DIFF_WORK_TREE = ("diff-index", *_RAW, *_FILES_ONLY)
"""Of files whose time or size changed it reads nothing: `diff` would have them through the filter programs
that the repository's configuration names."""
_FILES = ("100644", "100755")
"""Modes of regular files: no link, no submodule."""
_SIGNATURE = 1024
_BLOCK = 1 << 20
_DIGESTS = {40: "sha1", 64: "sha256"}
"""How git names objects, by the length of the names."""


def changed_since(revision: str, paths: list[str]) -> list[Source]:
    """The documents below `paths` (none: anywhere in the work tree) that differ from where the current
    branch left `revision`, and those not yet known to git, as they are in the work tree.

    Raises CountermarkError where git, the repository or the revision is not there.
    """
    root = work_tree(Path.cwd())
    commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise CountermarkError("git-no-revision", revision=revision)
    ours = commit.decode().strip()
    base = (git(root, "merge-base", ours, "HEAD") or commit).decode().strip()
    entries = _entries(_needed(git(root, *_DIFF_WORK_TREE, base, "--"), root))
    names = [one.name for one in entries if one.after.strip("0") or not _is_blob(root / one.name, one.before)]
    untracked = _needed(git(root, "ls-files", "--others", "--exclude-standard", "-z"), root)
    names += [os.fsdecode(name) for name in untracked.split(b"\0") if name]
    return [Source(root / name, _shown(root / name), given=False) for name in _wanted(root, names, paths)]


def staged(paths: list[str]) -> list[Source]:
    """The documents below `paths` (none: anywhere in the work tree) that are staged for the next
    commit, as they are staged. Raises CountermarkError as `changed_since` does."""
    root = work_tree(Path.cwd())
    found = {one.name: one.after for one in _entries(_needed(git(root, *_DIFF_STAGED, "--"), root))}
    return [
        Source(root / name, _shown(root / name), given=False, blob=Blob(root, found[name]))
        for name in _wanted(root, list(found), paths)
    ]


def work_tree(folder: Path) -> Path:
    """The top of the work tree that `folder` is in. Raises CountermarkError where it is in none."""
    top = git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise CountermarkError("git-no-repository", path=folder)
    return Path(os.fsdecode(top.rstrip(b"\r\n")))


def git(folder: Path, *arguments: str) -> bytes | None:
    """What git says; None where it fails. No shell, no helper program of the repository's choice.

    Raises CountermarkError where there is no git.
    """
    command = find_program("git")
    if command is None or Path(command).resolve().parent == folder.resolve():
        raise CountermarkError("git-missing")
    done = subprocess.run(  # noqa: S603  (fixed arguments, no shell)
        [command, *_SETTINGS, "-C", str(folder), *arguments],
        capture_output=True,
        env=environment(**_ENVIRONMENT),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.stdout if done.returncode == 0 else None


def _needed(output: bytes | None, root: Path) -> bytes:
    if output is None:
        raise CountermarkError("git-failed", path=root)
    return output


class _Entry(NamedTuple):
    """A regular file in a raw diff, with its object `before` and `after`: zeros where there is none, or where
    git has not looked."""

    name: str
    before: str
    after: str


def _entries(raw: bytes) -> Iterator[_Entry]:
    fields = iter(raw.split(b"\0"))
    for field in fields:
        if field:
            _, mode, before, after, _ = field.decode().split(" ")
            name = next(fields)
            if mode in _FILES:
                yield _Entry(os.fsdecode(name), before, after)


def _is_blob(path: Path, identifier: str) -> bool:
    """Whether the file at `path` is that object of git, byte for byte."""
    try:
        with path.open("rb") as file:
            digest = hashlib.new(_DIGESTS.get(len(identifier), "sha256"), usedforsecurity=False)
            digest.update(b"blob %d\0" % os.fstat(file.fileno()).st_size)
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return False
    return digest.hexdigest() == identifier


def _wanted(root: Path, names: list[str], paths: list[str]) -> list[str]:
    """Those below `paths` that are documents by name or by content, sorted."""
    tops = [Path(path).resolve() for path in paths]

    def is_below(path: Path) -> bool:
        return not tops or any(path.is_relative_to(top) for top in tops)

    return [name for name in sorted(set(names)) if is_below(root / name) and _is_document(root / name)]


def _is_document(path: Path) -> bool:
    if path.suffix.lower() in DOCUMENT_SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(_SIGNATURE)
    except OSError:
        return False
    return is_pdf(start) or is_zip(start) or is_ole(start)


def _shown(path: Path) -> str:
    """The path as a user in the current folder would write it."""
    shown = Path(os.path.relpath(path)).as_posix()
    return shown.encode("utf-8", "backslashreplace").decode()
