"""One worker process as its parent sees it: start, hand over, collect, end."""

from __future__ import annotations

import multiprocessing
import signal
import time
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

import msgspec

from countermark.errors import CountermarkError
from countermark.model import DocumentReport, Problem
from countermark.run.worker import MEMORY_EXIT, limit_reached, serve, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.policy import Policy
    from countermark.run.worker import Task
    from countermark.sources import Source

START_SECONDS = 120.0
"""How long a worker may take to start."""
END_SECONDS = 10.0
"""How long a process may take to end once it has closed its pipe."""
SOURCES_PER_WORKER = 500
"""After how many sources a worker is replaced, so that what libraries leak does not add up."""


class Worker:
    """A guarded process and the source that it works on. Its answers come through `pipe`, which can
    be waited on; they are decoded as reports, never unpickled. `deadline` is on the monotonic clock.
    """

    def __init__(self, policy: Policy, task: Task, source: Source) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.process = spawn.Process(target=serve, args=(theirs, policy, task), daemon=True)
        with _interrupts_held():
            self.process.start()
        theirs.close()
        self.limits = policy.config.limits
        self.source = source
        self.started = False
        self.served = 0
        self.deadline = time.monotonic() + START_SECONDS

    @property
    def usable(self) -> bool:
        """Whether it can take another source."""
        return not self.pipe.closed and self.served < SOURCES_PER_WORKER

    def take(self, source: Source) -> None:
        """Begin with `source`; its time starts to count."""
        self.source = source
        self.served += 1
        self.deadline = time.monotonic() + self.limits.seconds
        try:
            self.pipe.send(source)
        except OSError:
            return  # the process has just ended: `collect` tells why

    def collect(self) -> DocumentReport | Problem | None:
        """What came of the source: its report, or the Problem that ended the process. None while
        there is nothing to tell, and once when the process is up: then it begins with its source.

        Raises CountermarkError where the process could not start.
        """
        try:
            if self.pipe.poll():
                return self._answer(self.pipe.recv_bytes())
        except (EOFError, OSError):
            return self._ended()
        if time.monotonic() < self.deadline:
            return None
        self.end()
        return self._of_source(limit_reached("seconds", self.limits.seconds))

    def end(self) -> None:
        """End the process, whatever it does. It holds nothing that would have to be saved."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def _answer(self, message: bytes) -> DocumentReport | Problem | None:
        if not self.started:
            self.started = True
            self.take(self.source)
            return None
        try:
            return msgspec.msgpack.decode(message, type=DocumentReport)
        except msgspec.DecodeError:
            self.end()
            return unreadable("crashed", error="DecodeError")

    def _ended(self) -> Problem:
        """Why the process ended by itself; its pipe may close a moment before it is gone."""
        self.process.join(END_SECONDS)
        self.end()
        code = self.process.exitcode or 0
        if code == MEMORY_EXIT:
            return self._of_source(limit_reached("memory_mb", self.limits.memory_mb))
        return self._of_source(unreadable("crashed", error=_exit_name(code)))

    def _of_source(self, problem: Problem) -> Problem:
        """`problem`, which is the source's only if the process was up."""
        if not self.started:
            raise CountermarkError("worker-not-started", code=_exit_name(self.process.exitcode or 0))
        return problem


def _exit_name(code: int) -> str:
    """An exit code, or the name of the signal that ended the process."""
    try:
        return signal.Signals(-code).name if code < 0 else f"exit {code}"
    except ValueError:
        return f"signal {-code}"


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach: it inherits that the signal is held back."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # by itself it would lift the block when it first starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
