"""The documents that a selection names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from countermark.sources import Found
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from countermark.sources import Selection


def find_sources(selection: Selection) -> Found:
    """Return what the selection names.

    Raises CountermarkError as `paths.find` and the functions of `git` do, and where two kinds of change
    are asked for.
    """
    paths, revision = list(selection.paths), selection.changed_since
    if revision is not None and selection.staged:
        raise CountermarkError("git-both")
    if revision is None and not selection.staged:
        from countermark.sources.paths import common_folder, find

        skipped: list[Path] = []
        sources = find(paths, follow_links=selection.follow_links, skipped=skipped.append)
        return Found(tuple(sources), common_folder(paths), selection.paths, tuple(skipped))
    from countermark.sources import git

    sources = git.staged(paths) if revision is None else git.changed_since(revision, paths)
    top = git.work_tree(Path.cwd())
    return Found(tuple(sources), top, selection.paths or (str(top),))
