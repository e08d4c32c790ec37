"""Worker processes forked from this one, where it is the program itself and Linux.

A process that runs as `countermark` imports from trusted folders only, has one thread and reads no document:
a fork of it is a worker that has everything loaded, and as isolated as one that is started anew. In other
people's processes, and where there are threads, workers are started anew.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

from countermark.support.stops import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Callable

TEMPORARY = ("TMPDIR", "TEMP", "TMP")
"""The variables that name the folder for temporary files."""
_LOOK_SECONDS = 0.002
_FAILED = 1


class _Program:
    """Whether this process is the program itself."""

    is_this = False


def allow() -> None:
    """Say that this process is the program itself, which runs no code but the installation's."""
    _Program.is_this = sys.platform == "linux"


def is_possible() -> bool:
    """Return whether a fork of this process can be a worker: it has no other thread, of Python or not."""
    return _Program.is_this and threading.active_count() == 1 and len(_listed("task")) == 1


class ForkedProcess:
    """A forked process, with what `subprocess.Popen` offers that is asked of a worker."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        return self._waited(os.WNOHANG)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end and return the exit code. Raises TimeoutExpired after so many seconds."""
        if timeout is None:
            return self._waited(0)
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("worker", timeout)
            time.sleep(_LOOK_SECONDS)
        return self.returncode

    def kill(self) -> None:
        """End it, whatever it does."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _waited(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode


def fork(
    serve: Callable[[int], None], pipe: int, output: IO[bytes] | None, temporary: str | None
) -> ForkedProcess:
    """Fork a worker that serves on the descriptor `pipe`, its standard output a file.

    `serve` gets the process that it is forked from. Nothing of this process but its modules and what `serve`
    refers to is left to it: no other descriptor, no handler of signals. What libraries write for a while goes
    into the folder `temporary`.
    """
    parent = os.getpid()
    gc.freeze()
    pid = os.fork()
    return ForkedProcess(pid) if pid else _work(serve, parent, pipe, output, temporary)


def _work(
    serve: Callable[[int], None], parent: int, pipe: int, output: IO[bytes] | None, temporary: str | None
) -> NoReturn:
    """Be the worker, to the end of the process: no frame below is returned to."""
    code = _FAILED
    try:
        for number in SIGNALS:
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        _keep_only(pipe, output)
        if temporary:
            os.environ.update(dict.fromkeys(TEMPORARY, temporary))
        tempfile.tempdir = None
        serve(parent)
        code = 0
    finally:
        os._exit(code)


def _keep_only(pipe: int, output: IO[bytes] | None) -> None:
    """Leave the pipe open, and the file as standard output; all other descriptors lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number, source in enumerate((nowhere, output.fileno() if output else nowhere, nowhere)):
        os.dup2(source, number)
    for number in _listed("fd"):
        if number > 2 and number != pipe:
            with suppress(OSError):  # the descriptor of the listing itself
                os.close(number)


def _listed(kind: str) -> list[int]:
    """Return the numbers of what this process has: threads (`task`) or descriptors (`fd`)."""
    return [int(path.name) for path in Path("/proc/self", kind).iterdir()]
