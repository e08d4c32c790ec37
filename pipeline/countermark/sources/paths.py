"""Files, folders and globs -> sources."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from countermark.errors import CountermarkError
from countermark.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DOCUMENT_SUFFIXES = frozenset({".pdf", ".doc", ".docx", ".docm", ".dotx", ".dotm"})
OWN_FILES = frozenset({".countermark.yaml"})


def find(paths: Iterable[str]) -> Iterator[Source]:
    """The documents that `paths` name: files, folders (with all below them, in order of name) and
    globs, each file once.

    A folder that is named like a document, or can't be listed, is a source too: its verdict says
    so. Folders whose name starts with a dot are left out, unless given.

    Raises CountermarkError, before the first source, for a path that does not exist and for a glob
    that matches nothing.
    """
    given = [Path(match) for path in paths for match in _expand(path)]
    return _unique(source for path in given for source in _walk(path))


def common_folder(paths: Iterable[str]) -> Path:
    """The deepest folder that holds all that `paths` name; from there the configuration is sought.

    Raises CountermarkError as `find` does.
    """
    given = [Path(match).resolve() for path in paths for match in _expand(path)]
    folders = [path if path.is_dir() else path.parent for path in given]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # two drives have no folder in common
        return Path.cwd()


def _expand(path: str) -> list[str]:
    """The existing path itself, or all that the glob matches, sorted."""
    if os.path.lexists(path):
        return [path]
    if not glob.has_magic(path):
        raise CountermarkError("path-missing", path=_name(Path(path)))
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207  (Path.glob takes no absolute pattern)
    if not matches:
        raise CountermarkError("glob-empty", path=_name(Path(path)))
    return matches


def _walk(top: Path) -> Iterator[Source]:
    """`top` and, where it is a folder, everything below it; each folder once, however linked."""
    seen: set[str] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        if not path.is_dir():
            yield Source(path, _name(path), given=path == top)
            continue
        real = os.path.realpath(path)
        if real in seen:
            continue
        seen.add(real)
        entries = _entries(path)
        if entries is None or path.suffix.lower() in DOCUMENT_SUFFIXES:
            yield Source(path, _name(path), given=path == top)
        waiting.extend(reversed(entries or []))


def _entries(folder: Path) -> list[Path] | None:
    """What to visit in a folder, in order of name; None where it can't be listed."""
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:
        return None
    return [
        path
        for path in paths
        if path.name not in OWN_FILES and not (path.name.startswith(".") and path.is_dir())
    ]


def _unique(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources without those whose file came before under another name."""
    seen: set[str] = set()
    for source in sources:
        real = os.path.realpath(source.path)
        if real not in seen:
            seen.add(real)
            yield source


def _name(path: Path) -> str:
    """The path with `/` between its parts; bytes that are no text are written as escapes."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()
