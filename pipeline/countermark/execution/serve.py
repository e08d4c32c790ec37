"""The guarded worker process: works on one source after the other and sends back an answer on each.

Nothing leaves it but encoded nouns and signs of life. Its standard output and error lead nowhere, since a
library's warning may quote a document.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

from countermark.execution.pulse import BEAT, Beat, Pulse
from countermark.model import Reason
from countermark.support.guarding import internal_problem
from countermark.support.limits import MIB
from countermark.support.progress import listening

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from countermark.config.policy import Policy

FAILED = b"!"
"""How a message begins that is no answer but the Problem in its place; no encoded object begins so."""
MEMORY_EXIT = 86
"""Exit code of a worker that outgrew its memory limit."""
WATCH_SECONDS = 0.05


def loaded(policy: Policy) -> None:
    """Load what each document needs, which is not to count as the first one's time."""
    import_module("countermark.checking.check")
    _ = policy.recogniser.finder


def serve(pipe: Connection, parent: int, inherited: tuple[Any, Policy] | None = None) -> None:
    """Answer each source with an encoded answer, until the pipe or the process `parent` ends.

    At first it says that the worker is up, and takes the task and the policy where they are not `inherited`.
    Ends with MEMORY_EXIT when the worker outgrows its memory limit.
    """
    units = os.dup(1)
    _keep_silent()
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    try:
        pipe.send_bytes(b"%d" % os.getpid())
        task, policy = inherited or pipe.recv()
        loaded(policy)
        limits = policy.config.limits
        _cap_memory(limits.memory_mb)
        threading.Thread(target=_watch, args=(limits.memory_mb, parent), daemon=True).start()
        pipe.send_bytes(BEAT + msgspec.msgpack.encode(Beat(0.0, 0.0)))
        while True:
            source, losses = pipe.recv()
            with listening(Pulse(pipe, limits, units, losses)):
                message = _run(task, source, policy)
            pipe.send_bytes(message)
    except (EOFError, BrokenPipeError):
        return


def _run(task: Callable[[Any, Policy], object], source: object, policy: Policy) -> bytes:
    """Return the task's answer, or the Problem that the task itself failed, encoded.

    Of an exception it tells type and place only: its text may hold text of the document.
    """
    try:
        return msgspec.msgpack.encode(task(source, policy))
    except MemoryError:
        os._exit(MEMORY_EXIT)
    except Exception as error:
        return FAILED + msgspec.msgpack.encode(internal_problem(Reason.failed_document, error))


def _keep_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _cap_memory(memory_mb: int) -> None:
    """Set a second guard where the system has one.

    An allocation far beyond the limit fails at once, before the watch could see it.
    """
    if sys.platform == "linux":
        import resource

        cap = 2 * memory_mb * MIB
        resource.setrlimit(resource.RLIMIT_DATA, (cap, cap))


def _watch(memory_mb: int, parent: int) -> None:
    """End the process when it outgrows its limit, or when the process that started it is gone."""
    import psutil

    process = psutil.Process()
    while _is_running(parent):
        if process.memory_info().rss > memory_mb * MIB:
            os._exit(MEMORY_EXIT)
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def _is_running(parent: int) -> bool:
    """Return whether the parent is there; on POSIX, whether it is still this process's own."""
    import psutil

    return os.getppid() == parent if os.name == "posix" else psutil.pid_exists(parent)
