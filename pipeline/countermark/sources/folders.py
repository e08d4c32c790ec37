"""What is in a folder: files, folders to enter, and what is not to be, or can't be, read."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Problem, ProblemKind, Reason
from countermark.sources.links import Boundary, LoopError, OutsideError, is_link
from countermark.support.errors import system_term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Entry(NamedTuple):
    """A file or folder: its path as the user knows it, the real path that it is known again by, the device
    that a folder is on, whether a link below the given folders led there. With a `problem` it is neither
    read nor entered.
    """

    path: Path
    real: str
    is_folder: bool = False
    device: int = 0
    is_linked: bool = False
    problem: Problem | None = None


def given_entry(path: Path) -> Entry:
    """Return the entry of a path that the user named: wherever it leads."""
    real = os.path.realpath(path)
    try:
        status = os.stat(path)
    except OSError:
        return Entry(path, real)
    return Entry(path, real, stat.S_ISDIR(status.st_mode), status.st_dev)


def entries_of(folder: Entry, boundary: Boundary | None) -> Iterator[Entry]:
    """Yield what is in a folder, in order of name, and the folder itself with its problem where it can't
    be listed to its end. Links and mounts that lead over the `boundary` are there with a problem; without
    one, all are followed.
    """
    found: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder.path) as listed:
            found.extend(listed)
    except OSError as error:
        yield folder._replace(is_folder=False, problem=unreadable(error))
    for entry in sorted(found, key=lambda entry: entry.name):
        try:
            yield _entry(entry, folder, boundary)
        except OutsideError:
            yield _refused(entry, folder, ProblemKind.unsupported, Reason.link_not_followed)
        except LoopError:
            yield _refused(entry, folder, ProblemKind.unreadable, Reason.link_loop)
        except FileNotFoundError:
            reason = Reason.link_broken if entry.is_symlink() else Reason.disappeared
            yield _refused(entry, folder, ProblemKind.unreadable, reason)
        except OSError as error:
            yield Entry(folder.path / entry.name, _join(folder, entry), problem=unreadable(error))


def unreadable(error: OSError) -> Problem:
    """Return the Problem of something that the system does not let be read."""
    if isinstance(error, PermissionError):
        return Problem(kind=ProblemKind.unreadable, reason=Reason.no_permission)
    if isinstance(error, FileNotFoundError):
        return Problem(kind=ProblemKind.unreadable, reason=Reason.disappeared)
    args = {"error": system_term(error).words}
    return Problem(kind=ProblemKind.unreadable, reason=Reason.read_failed, args=args)


def _entry(entry: os.DirEntry[str], folder: Entry, boundary: Boundary | None) -> Entry:
    path, real = folder.path / entry.name, _join(folder, entry)
    if _is_link(entry):
        real = boundary.resolve(folder.real, entry.name) if boundary else os.path.realpath(real, strict=True)
        if not os.path.isdir(real):
            return Entry(path, real, is_linked=True)
    elif not entry.is_dir(follow_symlinks=False):
        return Entry(path, real)
    device = os.lstat(real).st_dev
    if boundary and boundary.is_mount(real, device, folder.device):
        return _refused(entry, folder, ProblemKind.unsupported, Reason.mount_not_entered)
    return Entry(path, real, True, device, _is_link(entry))


def _is_link(entry: os.DirEntry[str]) -> bool:
    if sys.platform == "win32":
        return is_link(entry.stat(follow_symlinks=False))
    return entry.is_symlink()


def _refused(entry: os.DirEntry[str], folder: Entry, kind: ProblemKind, reason: Reason) -> Entry:
    return Entry(folder.path / entry.name, _join(folder, entry), problem=Problem(kind=kind, reason=reason))


def _join(folder: Entry, entry: os.DirEntry[str]) -> str:
    return os.path.join(folder.real, entry.name)
