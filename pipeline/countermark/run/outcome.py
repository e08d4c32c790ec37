"""What a run as a whole comes to: its exit status, and its output put where it belongs."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from countermark.errors import CountermarkError, Exit, system_term
from countermark.model import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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
    """Write to standard output or, where given, to a file, which appears complete or not at all.

    Raises CountermarkError where the file can't be written.
    """
    with opened(path) as put:
        put(content)


@contextmanager
def opened(path: Path | None) -> Iterator[Callable[[bytes], object]]:
    """What writes to a file, which appears complete when all is written or not at all; without a path
    to standard output. What is no regular file is written into.

    Raises CountermarkError where the file can't be written.
    """
    if path is None:
        yield _put_out
        return
    with _named(path):
        target = path.resolve()
        special = target.exists() and not target.is_file()
        beside = target if special else target.with_name(f".{target.name}.{os.getpid()}")
        file = beside.open("wb" if special else "xb")

    def put(content: bytes) -> None:
        with _named(path):
            file.write(content)

    try:
        yield put
        with _named(path), file:
            file.flush()
            if not special:
                os.fsync(file.fileno())
        if not special:
            with _named(path):
                beside.replace(target)
    except BaseException:
        file.close()
        if not special:
            with suppress(OSError):
                beside.unlink()
        raise


def _put_out(content: bytes) -> None:
    """Write to standard output, whose reader may have had enough (`| head`): that is no error."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors of the system told with the path."""
    try:
        yield
    except OSError as error:
        raise CountermarkError("output-failed", path=path, reason=system_term(error)) from error
