"""The guarded worker process: works on one file after the other and sends back an answer on each.

Nothing leaves it but encoded nouns, and an empty message as a sign of life. Its standard output and
error lead nowhere, since a library's warning may quote a document.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import msgspec

from countermark.errors import system_term
from countermark.guarding import internal_problem
from countermark.limits import READING_SHARE, LimitReached
from countermark.model import DocumentReport, Inspection, Problem, ProblemKind
from countermark.progress import heard_by

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from countermark.limits import Limits
    from countermark.policy import Policy
    from countermark.progress import Listener
    from countermark.sources import Source

S = TypeVar("S")
A = TypeVar("A")


class Job(NamedTuple, Generic[S, A]):
    """What workers do with each source: `task`, a module's function, makes one `answer` of it."""

    task: Callable[[S, Policy], A]
    answer: type[A]


BEAT = b""
"""The message that the worker is up, and then that its work goes on."""
BEAT_SECONDS = 0.05
FAILED = b"!"
"""How a message begins that is no answer but the Problem in its place; no encoded object begins so."""
MEMORY_EXIT = 86
"""Exit code of a worker that outgrew its memory limit."""
WATCH_SECONDS = 0.05
MIB = 1 << 20


def check_file(source: Source, policy: Policy) -> DocumentReport:
    """The report on one file; where it can't be read, the report says why."""
    from countermark.check import check_document, check_problem

    content = content_of(source, policy.config.limits.file_mb)
    if isinstance(content, Problem):
        return check_problem(content, source.name, policy)
    return check_document(content, source.name, policy)


def inspect_file(source: Source, policy: Policy) -> Inspection:
    """As `check_file`, with the lines that were read and the candidates below the threshold."""
    from countermark.check import check_problem, inspect_document, without_lines

    content = content_of(source, policy.config.limits.file_mb)
    if isinstance(content, Problem):
        return without_lines(check_problem(content, source.name, policy))
    return inspect_document(content, source.name, policy)


def content_of(source: Source, file_mb: int) -> bytes | Problem:
    """The bytes of a source of at most `file_mb` MiB, or what kept it from being read."""
    if source.problem:
        return source.problem
    if source.blob is None:
        return read(source.path, file_mb)
    from countermark.sources.blobs import blob_content, blob_size

    size = blob_size(source.blob)
    if size is not None and size > file_mb * MIB:
        return limit_reached("file_mb", file_mb)
    content = blob_content(source.blob, source.path)
    return unreadable("disappeared") if content is None else content


def read(path: Path, file_mb: int) -> bytes | Problem:
    """The bytes of a file of at most `file_mb` MiB, or what kept it from being read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return unreadable("is-folder" if os.access(path, os.R_OK | os.X_OK) else "no-permission")
        if not stat.S_ISREG(status.st_mode):
            return unreadable("not-a-file")
        if status.st_size > file_mb * MIB:
            return limit_reached("file_mb", file_mb)
        with open(path, "rb", opener=_open_at_once) as file:
            content = file.read(file_mb * MIB + 1)
    except FileNotFoundError:
        return unreadable("disappeared")
    except PermissionError:
        return unreadable("no-permission")
    except OSError as error:
        return unreadable("read-failed", error=system_term(error).words)
    if len(content) > file_mb * MIB:
        return limit_reached("file_mb", file_mb)
    return content


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for anybody: the file may have become a pipe meanwhile."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def unreadable(reason: str, **args: str) -> Problem:
    """The Problem of a whole file that could not be read."""
    return Problem(kind=ProblemKind.unreadable, reason=reason, args=args)


def limit_reached(limit: str, allowed: float) -> Problem:
    """The Problem of a whole document that a limit stopped. How far it came differs from run to run
    in time and memory, so the report says no more than that the limit was reached."""
    shown = f"{allowed:g}"
    return Problem(
        kind=ProblemKind.limit, reason="limit", args={"limit": limit, "allowed": shown, "reached": shown}
    )


def serve(pipe: Connection, parent: int) -> None:
    """Announce that the worker is up, take the task and the policy, then answer each source with an encoded
    answer until the pipe or the process `parent` ends. Ends with MEMORY_EXIT when the worker outgrows its
    memory limit."""
    _keep_silent()
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    import countermark.check  # noqa: F401  (loading it is not to count as the first document's time)

    try:
        pipe.send_bytes(BEAT)
        task, policy = pipe.recv()
        pipe.send_bytes(BEAT)
        limits = policy.config.limits
        _cap_memory(limits.memory_mb)
        threading.Thread(target=_watch, args=(limits.memory_mb, parent), daemon=True).start()
        while True:
            source = pipe.recv()
            with heard_by(_pulse(pipe, limits)):
                message = _run(task, source, policy)
            pipe.send_bytes(message)
    except (EOFError, BrokenPipeError):
        return


def _pulse(pipe: Connection, limits: Limits) -> Listener:
    """A listener that passes the sign of life on, and tells when reading has to end."""
    import psutil

    process = psutil.Process()
    started = last = time.monotonic()
    reached: LimitReached | None = None

    def beat() -> LimitReached | None:
        nonlocal last, reached
        now = time.monotonic()
        if now - last >= BEAT_SECONDS:
            pipe.send_bytes(BEAT)
            last = now
            if now - started > READING_SHARE * limits.seconds:
                reached = LimitReached("seconds", limits.seconds, f"{limits.seconds:g}")
            elif process.memory_info().rss > READING_SHARE * limits.memory_mb * MIB:
                reached = LimitReached("memory_mb", limits.memory_mb, str(limits.memory_mb))
        return reached

    return beat


def _run(task: Callable[[Any, Policy], object], source: object, policy: Policy) -> bytes:
    """The task's answer, or the Problem that the task itself failed, encoded. Of an exception it tells
    type and place only: its text may hold text of the document."""
    try:
        return msgspec.msgpack.encode(task(source, policy))
    except MemoryError:
        os._exit(MEMORY_EXIT)
    except Exception as error:
        return FAILED + msgspec.msgpack.encode(internal_problem("failed-document", error))


def _keep_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _cap_memory(memory_mb: int) -> None:
    """A second guard where the system has one: an allocation far beyond the limit fails at once,
    before the watch could see it."""
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
    """Whether the parent is there; on POSIX, whether it is still this process's own."""
    import psutil

    return os.getppid() == parent if os.name == "posix" else psutil.pid_exists(parent)
