"""Standard output and standard error, wherever they lead: to a full device, an unread pipe, nowhere."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from countermark.support.errors import CountermarkError, system_term

if TYPE_CHECKING:
    from typing import TextIO

_NOT_OPEN = ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_RDONLY))
_READER_GONE = (errno.EPIPE, errno.EINVAL) if sys.platform == "win32" else (errno.EPIPE,)


class ReaderGone(Exception):  # noqa: N818  (no mistake: the reader has had enough)
    """Nobody reads standard output any more, as after `| head`."""


def prepare() -> None:
    """Make both streams UTF-8.

    A descriptor that was closed when the program began is taken up, so that no file that is opened later
    gets its number; using it fails, as it should.
    """
    for number, mode in _NOT_OPEN:
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, mode), True)
    if sys.stdout is None:
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write_out(content: bytes) -> None:
    """Write to standard output, at once.

    Raises ReaderGone where nobody reads it any more, CountermarkError where it can't be written.
    """
    try:
        sys.stdout.flush()
        rest = memoryview(content)
        while rest:  # under PYTHONUNBUFFERED a write that a signal interrupts takes a part only
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
    except OSError as error:
        raise out_failed(error) from error


def write_line(line: str) -> None:
    """Write a line to standard output. Raises as `write_out`."""
    write_out(f"{line}\n".encode("utf-8", "backslashreplace"))


def flush_out() -> None:
    """Write what others left in standard output. Raises as `write_out`."""
    write_out(b"")


def out_failed(error: OSError) -> Exception:
    """Return what to raise for an error of standard output, which is not used any more."""
    _lead_nowhere(sys.stdout)
    if error.errno in _READER_GONE:
        return ReaderGone()
    return CountermarkError("stdout-failed", reason=system_term(error))


def complain(line: str) -> None:
    """Write a line to standard error, with nothing in it that acts on a terminal or on a build's log.

    Where that can't be written there is nobody to tell.
    """
    from countermark.support.console import defuse_ci_commands, escape_controls

    try:
        sys.stderr.write(f"{defuse_ci_commands(escape_controls(line))}\n")
        sys.stderr.flush()
    except OSError:
        _lead_nowhere(sys.stderr)


def _lead_nowhere(stream: TextIO) -> None:
    """Let what is left in the stream go, so that the end of the program does not fail over it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
