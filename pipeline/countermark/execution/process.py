"""How a worker process is started: as an interpreter that imports nothing but the installation, or forked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from countermark.execution import start
from countermark.execution.forks import TEMPORARY, fork, is_possible
from countermark.import_path import PACKAGE, trusted_folders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from countermark.config.policy import Policy
    from countermark.execution.forks import ForkedProcess

_START = Path(start.__file__).resolve()


def start_process(
    pipe: Connection, output: IO[bytes] | None, temporary: str | None, task: Any, policy: Policy
) -> tuple[subprocess.Popen[bytes] | ForkedProcess, tuple[Any, Policy] | None]:
    """Start a worker on its end of the pipe, its standard output a file.

    It ends by itself when the other end is closed. What libraries write for a while goes into the folder
    `temporary`, which is the caller's to remove. Return the process and what it is still to be sent: a
    forked one has task and policy.
    """
    if is_possible():
        from countermark.execution.serve import loaded, serve

        loaded(policy)
        with _interrupts_held():
            return fork(
                lambda parent: serve(pipe, parent, (task, policy)), pipe.fileno(), output, temporary
            ), None
    return _started(pipe, output, temporary), (task, policy)


def _started(pipe: Connection, output: IO[bytes] | None, temporary: str | None) -> subprocess.Popen[bytes]:
    handle = pipe.fileno()
    flags = [f"-Xutf8={sys.flags.utf8_mode}", *(["-B"] if sys.dont_write_bytecode else [])]
    given = [str(handle), str(os.getpid()), PACKAGE, *trusted_folders()]
    command = [sys.executable, "-I", *flags, str(_START), *given]
    environment = {**os.environ, **(dict.fromkeys(TEMPORARY, temporary) if temporary else {})}
    nowhere = subprocess.DEVNULL
    written = output or nowhere
    if sys.platform == "win32":
        os.set_handle_inheritable(handle, True)
        return subprocess.Popen(  # noqa: S603  (this interpreter, our own file)
            command,
            stdin=nowhere,
            stdout=written,
            stderr=nowhere,
            env=environment,
            startupinfo=subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]}),
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
    with _interrupts_held():
        return subprocess.Popen(  # noqa: S603  (this interpreter, our own file)
            command, stdin=nowhere, stdout=written, stderr=nowhere, env=environment, pass_fds=(handle,)
        )


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach: it inherits that the signal is held back."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
