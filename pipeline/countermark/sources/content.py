"""The content of a source, or what kept it from being read."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from countermark.model import Problem, ProblemKind, Reason
from countermark.support.errors import system_term
from countermark.support.limits import MIB

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.sources import Source


def content_of(source: Source, file_mb: int) -> bytes | Problem:
    """Return the bytes of a source of at most `file_mb` MiB, or what kept it from being read."""
    if source.problem:
        return source.problem
    if source.blob is None:
        return read(source.path, file_mb)
    from countermark.sources.blobs import blob_content, blob_size

    size = blob_size(source.blob)
    if size is not None and size > file_mb * MIB:
        return limit_reached("file_mb", file_mb)
    content = blob_content(source.blob, source.path)
    return unreadable(Reason.disappeared) if content is None else content


def read(path: Path, file_mb: int) -> bytes | Problem:
    """Return the bytes of a file of at most `file_mb` MiB, or what kept it from being read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            is_open = os.access(path, os.R_OK | os.X_OK)
            return unreadable(Reason.is_folder if is_open else Reason.no_permission)
        if not stat.S_ISREG(status.st_mode):
            return unreadable(Reason.not_a_file)
        if status.st_size > file_mb * MIB:
            return limit_reached("file_mb", file_mb)
        with open(path, "rb", opener=_open_at_once) as file:
            content = file.read(file_mb * MIB + 1)
    except FileNotFoundError:
        return unreadable(Reason.disappeared)
    except PermissionError:
        return unreadable(Reason.no_permission)
    except OSError as error:
        return unreadable(Reason.read_failed, error=system_term(error).words)
    if len(content) > file_mb * MIB:
        return limit_reached("file_mb", file_mb)
    return content


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for anybody: the file may have become a pipe meanwhile."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def unreadable(reason: Reason, **args: str) -> Problem:
    """Return the Problem of a whole file that could not be read."""
    return Problem(kind=ProblemKind.unreadable, reason=reason, args=args)


def limit_reached(limit: str, allowed: float) -> Problem:
    """Return the Problem of a whole document that a limit stopped.

    How far it came differs from run to run in time and memory, so the report says no more than that the
    limit was reached.
    """
    shown = f"{allowed:g}"
    return Problem(
        kind=ProblemKind.limit, reason=Reason.limit, args={"limit": limit, "allowed": shown, "reached": shown}
    )
