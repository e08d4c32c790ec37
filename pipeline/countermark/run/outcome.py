"""What a run as a whole comes to: its exit status, and its output put where it belongs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from countermark.errors import CountermarkError, Exit
from countermark.model import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from countermark.model import DocumentReport
    from countermark.sources import Source

NEVER = "never"


def exit_status(checked: Iterable[tuple[Source, DocumentReport]], fail_on: str) -> Exit:
    """`unreadable` where a document, or an attachment of one, was not read to its end, or where a file
    that the user named is of a kind that is not read; else `findings` where one is at or above
    `fail_on` (a severity or `never`); else `clean`."""
    status = Exit.clean
    least = Severity(fail_on).rank if fail_on != NEVER else None
    for source, report in checked:
        if report.is_unread or (source.given and report.status is Status.unsupported):
            return Exit.unreadable
        for document in report.family():
            counts = (one.severity.rank for one in document.findings if not one.suppressed)
            if least is not None and max(counts, default=0) >= least:
                status = Exit.findings
    return status


def write_output(content: bytes, path: Path | None) -> None:
    """Write to standard output or, where given, to a file, which appears complete or not at all. A
    reader of standard output that has had enough (`| head`) is no error.

    Raises CountermarkError where the file can't be written.
    """
    if path is None:
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    try:
        _replace(path, content)
    except OSError as error:
        raise CountermarkError("output-failed", path=path, reason=error.strerror or error) from error


def _replace(path: Path, content: bytes) -> None:
    """Write beside the target, then put in its place; what is no regular file is written into."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
