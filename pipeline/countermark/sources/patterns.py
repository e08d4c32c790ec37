"""Patterns such as `docs/**/*.pdf`."""

from __future__ import annotations

import fnmatch
import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countermark.sources.folders import Entry

ANY_DEPTH = "**"


def split(pattern: str) -> tuple[Path, tuple[str, ...]]:
    """Return the folder that a pattern begins with, and its parts from the first with a wildcard on."""
    parts = Path(pattern).parts
    first = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:first]), parts[first:]


def matches(top: Entry, parts: tuple[str, ...], entries: Callable[[Entry], Iterable[Entry]]) -> list[Entry]:
    """Return what below `top` matches, in order of name, each once; `entries` gives what is in a folder.

    Wildcards match no name that begins with a dot, `**` any number of folders. A folder that can't be
    entered, in which something might match, is there too.
    """
    found: dict[Path, Entry] = {}
    seen = set()
    waiting = [(top, parts)]
    while waiting:
        folder, (part, *rest) = waiting.pop()
        state = (folder.real, part, *rest)
        if state in seen:
            continue
        seen.add(state)
        if part == ANY_DEPTH and rest:
            waiting.append((folder, tuple(rest)))
        for entry in entries(folder):
            if entry.path != folder.path and not _fits(entry.path.name, part):
                continue
            if not rest or entry.problem:
                found[entry.path] = entry
            if entry.is_folder and part == ANY_DEPTH:
                waiting.append((entry, (part, *rest)))
            elif entry.is_folder and rest:
                waiting.append((entry, tuple(rest)))
    return [found[path] for path in sorted(found)]


def _fits(name: str, part: str) -> bool:
    if not glob.has_magic(part):
        return os.path.normcase(name) == os.path.normcase(part)
    return fnmatch.fnmatch(name, part) and (part.startswith(".") or not name.startswith("."))
