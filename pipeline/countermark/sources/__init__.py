"""Where documents come from."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from countermark.model import Problem


class Blob(NamedTuple):
    """Content that a git repository holds, by its object's name."""

    repository: Path
    id: str


class Source(NamedTuple):
    """A document to check.

    `name` is what reports call it: the path as the user gave it, with `/` between its parts. `given`
    tells a file that the user named from one found in a folder. Where there is a `blob`, that is read in
    place of the file; where there is a `problem`, nothing is.
    """

    path: Path
    name: str
    given: bool
    blob: Blob | None = None
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Files, folders and patterns.

    With `changed_since` a revision, or `staged`, only what git says is different there.
    """

    paths: tuple[str, ...] = ()
    changed_since: str | None = None
    staged: bool = False
    follow_links: bool = False


@dataclass(frozen=True)
class Found:
    """The sources that a selection names, the folder that holds them all, the files and folders that were
    searched, and the system files that were left out.
    """

    sources: tuple[Source, ...]
    start: Path
    roots: tuple[str, ...]
    skipped: tuple[Path, ...] = ()

    def without(self, files: Iterable[Path]) -> Found:
        """Return what was found without the program's own files among it, which count as left out."""
        real = {os.path.realpath(path) for path in files}
        own = [
            source.path
            for source in self.sources
            if not source.given and os.path.realpath(source.path) in real
        ]
        kept = tuple(source for source in self.sources if source.path not in own)
        return replace(self, sources=kept, skipped=(*self.skipped, *sorted(own))) if own else self
