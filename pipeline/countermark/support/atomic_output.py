"""Output put where it belongs: a file appears complete or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, nullcontext, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from countermark.support.errors import CountermarkError, system_term
from countermark.support.stops import held
from countermark.support.streams import write_out

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIAL = ".countermark-partial-"
"""How the name of a file begins that is not written to its end."""
_numbers = count()


def write_output(content: bytes, path: Path | None) -> None:
    """Write to standard output or, where given, to a file, which appears complete or not at all.

    Raises CountermarkError where it can't be written, ReaderGone where nobody reads standard output.
    """
    with held() if path else nullcontext():
        output = output_to(path)
        try:
            output.write(content)
            output.commit()
        except BaseException:
            output.discard()
            raise


class Output(Protocol):
    """Where a report goes.

    It is complete with `commit`; `discard` leaves nothing of it, where that can be.

    `write` and `commit` raise as `write_output` does.
    """

    def write(self, content: bytes) -> None: ...
    def commit(self) -> None: ...
    def discard(self) -> None: ...


def output_to(path: Path | None) -> Output:
    """Return a file or, without a path, standard output.

    Raises CountermarkError where the file can't be written.
    """
    return _StandardOutput() if path is None else _File(path)


class _StandardOutput:
    def write(self, content: bytes) -> None:
        write_out(content)

    def commit(self) -> None:
        """Do nothing more: it is written as it comes."""

    def discard(self) -> None:
        """Do nothing: what was written can't be taken back."""


class _File:
    """A file that is written beside its target and takes its place as a whole.

    What is no regular file, as a device, is written into.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial: Path | None = None
        with _named(path):
            if path.exists() and not path.is_file():
                self._file = path.open("wb")
                return
            self._target = Path(os.path.realpath(path))
            if self._target.exists() and not os.access(self._target, os.W_OK):
                raise PermissionError(errno.EACCES, "read-only")
            self._partial = self._target.with_name(f"{PARTIAL}{os.getpid()}-{next(_numbers)}")
            self._file = self._partial.open("xb")

    def write(self, content: bytes) -> None:
        with _named(self._path):
            self._file.write(content)

    def commit(self) -> None:
        with _named(self._path), self._file:
            self._file.flush()
            if self._partial:
                os.fsync(self._file.fileno())
        if self._partial:
            with _named(self._path, in_use="output-in-use"):
                self._partial.replace(self._target)

    def discard(self) -> None:
        with suppress(OSError):
            self._file.close()
        if self._partial:
            with suppress(OSError):
                self._partial.unlink()


@contextmanager
def _named(path: Path, in_use: str = "output-failed") -> Iterator[None]:
    """Raise errors of the system with the path; `in_use` is the key of one that denies permission."""
    try:
        yield
    except OSError as error:
        key = in_use if isinstance(error, PermissionError) else "output-failed"
        raise CountermarkError(key, path=path, reason=system_term(error)) from error
