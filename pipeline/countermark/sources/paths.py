"""Files, folders and patterns -> sources."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from countermark.model import Problem, ProblemKind, Reason
from countermark.readers.formats import claimed_suffixes
from countermark.readers.kinds import is_system_file
from countermark.sources import Source
from countermark.sources.folders import Entry, entries_of, given_entry
from countermark.sources.links import Boundary
from countermark.sources.patterns import matches, split
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def find(
    paths: Iterable[str],
    *,
    follow_links: bool = False,
    skipped: Callable[[Path], object] = lambda _: None,
) -> list[Source]:
    """Return the documents that `paths` name.

    Files, folders (with all below them, in order of name) and patterns, each file once.

    A path that is named is followed wherever it leads. Below it, links and mounts that lead out of the
    given folders are not, unless with `follow_links`: each is a source whose verdict says so, and so is a
    folder that can't be listed or is named like a document. Folders whose name starts with a dot are left
    out, unless given. System files are given to `skipped`.

    Raises CountermarkError for a path that does not exist, a pattern that matches nothing, and where there
    is no document at all.
    """
    given = list(paths)
    boundary = None if follow_links else Boundary(str(_folder(path)) for path in given)
    seen: set[str] = set()
    linked: list[tuple[Entry, bool]] = []
    sources: list[Source] = []
    for top in (top for path in given for top in _expand(path, boundary)):
        if top.is_linked:
            linked.append((top, True))
        else:
            sources += _walk(top, boundary, seen, skipped, linked)
    for top, is_given in linked:
        sources += _walk(top, boundary, seen, skipped, linked, is_given=is_given)
    if not sources:
        raise CountermarkError("no-document", paths=[_name(Path(path)) for path in given])
    return sources


def common_folder(paths: Iterable[str]) -> Path:
    """Return the deepest folder that holds all that `paths` name; from there the configuration is sought.

    Raises CountermarkError for a path that does not exist.
    """
    real = [Path(os.path.realpath(_folder(path))) for path in paths]
    folders = [path if path.is_dir() else path.parent for path in real]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # two drives have no folder in common
        return Path.cwd()


def _folder(path: str) -> Path:
    """Return the existing path itself, or the folder that a pattern begins with."""
    if os.path.lexists(path):
        return Path(path)
    if not glob.has_magic(path):
        raise CountermarkError("path-missing", path=_name(Path(path)))
    return split(path)[0]


def _expand(path: str, boundary: Boundary | None) -> list[Entry]:
    """Return the existing path itself, or all that the pattern matches."""
    if os.path.lexists(path):
        return [given_entry(Path(path))]
    folder, parts = split(path)
    top = given_entry(folder)
    found = matches(top, parts, lambda entry: entries_of(entry, boundary)) if top.is_folder else []
    if not found:
        raise CountermarkError("glob-empty", path=_name(Path(path)))
    return found


def _walk(
    top: Entry,
    boundary: Boundary | None,
    seen: set[str],
    skipped: Callable[[Path], object],
    linked: list[tuple[Entry, bool]],
    *,
    is_given: bool = True,
) -> Iterator[Source]:
    """`top` and, where it is a folder, everything below it.

    What was seen before, whatever its name, is left out. What links lead to is put off, into `linked`: a
    file that is there by itself keeps its own name.
    """
    waiting = [top]
    while waiting:
        entry = waiting.pop()
        path, given = entry.path, is_given and entry.path == top.path
        if entry.real in seen:
            continue
        seen.add(entry.real)
        if entry.problem or not entry.is_folder:
            if not entry.problem and is_system_file(path):
                skipped(path)
            else:
                yield Source(path, _name(path), given=given, problem=entry.problem)
            continue
        if path.suffix.lower() in claimed_suffixes():
            problem = Problem(kind=ProblemKind.unreadable, reason=Reason.is_folder)
            yield Source(path, _name(path), given=given, problem=problem)
        below: list[Entry] = []
        for found in entries_of(entry, boundary):
            if found.path == path:
                yield Source(path, _name(path), given=given, problem=found.problem)
            elif found.is_folder and found.path.name.startswith("."):
                continue
            elif found.is_linked:
                linked.append((found, False))
            else:
                below.append(found)
        waiting.extend(reversed(below))


def _name(path: Path) -> str:
    """Return the path with `/` between its parts; bytes that are no text are written as escapes."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()
