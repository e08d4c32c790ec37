"""Patterns of paths as in .gitignore, matched in a time that grows only with pattern times path."""

from __future__ import annotations

import fnmatch
import os
import re
from functools import cache

_ANY_DEPTH = "**"
_ESCAPED = re.compile(r"\\(.)")
_NEGATED = re.compile(r"\[\^")


def matches(pattern: str, path: str) -> bool:
    """Return whether the pattern matches the path or a folder that it lies in."""
    line = pattern.strip()
    parts = [part for part in line.split("/") if part]
    if line.startswith(("#", "!")) or not parts:
        return False
    if "/" not in line.rstrip("/"):
        parts.insert(0, _ANY_DEPTH)
    only_folders = line.endswith("/")
    only_itself = line.endswith("/*")
    if parts[-1] == _ANY_DEPTH:
        parts[-1] = "*"
    names = [name for name in path.replace(os.sep, "/").split("/") if name not in ("", ".")]
    reached = _with_any_depth({0}, parts)
    for number, name in enumerate(names, 1):
        reached = _with_any_depth(
            {at if parts[at] == _ANY_DEPTH else at + 1 for at in reached if _fits(name, parts[at])}, parts
        )
        is_last = number == len(names)
        if len(parts) in reached and not (only_folders and is_last) and (is_last or not only_itself):
            return True
        reached.discard(len(parts))
    return False


def _with_any_depth(reached: set[int], parts: list[str]) -> set[int]:
    """Return the places in a pattern that are reached, with those after `**`, which matches no folder too."""
    for place in range(len(parts)):
        if place in reached and parts[place] == _ANY_DEPTH:
            reached.add(place + 1)
    return reached


def _fits(name: str, part: str) -> bool:
    return part == _ANY_DEPTH or bool(_compiled(part).match(name))


@cache
def _compiled(part: str) -> re.Pattern[str]:
    """One part of a pattern; the form that fnmatch gives its wildcards never goes back over them."""
    plain = _ESCAPED.sub(lambda found: f"[{found[1]}]" if found[1] in "*?[" else found[1], part)
    return re.compile(fnmatch.translate(_NEGATED.sub("[!", plain)))
