"""One worker process as its parent sees it: start, hand over, collect, end."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import suppress
from multiprocessing.connection import Pipe
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
import psutil

from countermark.errors import CountermarkError
from countermark.guarding import failure
from countermark.model import Problem
from countermark.run.process import start_process
from countermark.run.stops import held
from countermark.run.worker import BEAT, FAILED, MEMORY_EXIT, MIB, limit_reached

if TYPE_CHECKING:
    from countermark.policy import Policy
    from countermark.run.worker import Job

START_SECONDS = 120.0
"""How long a worker may take to start."""
END_SECONDS = 10.0
"""How long a process may take to end once it has closed its pipe."""
SOURCES_PER_WORKER = 500
"""After how many sources a worker is replaced, so that what libraries leak does not add up."""
STALE_SHARE = 0.5
"""Share of `memory_mb` from which on a worker that is done with a source is replaced: what it still
holds is not to count against the next one."""

S = TypeVar("S")
A = TypeVar("A")


class Worker(Generic[S, A]):
    """A guarded process and the source that it works on. Its answers come through `pipe`, which can
    be waited on; they are decoded as what the job answers, never unpickled. The policy is handed over once
    the process is up: one that ends while it starts would leave its parent writing into a full pipe.
    """

    def __init__(self, policy: Policy, job: Job[S, A], source: S) -> None:
        self.pipe, theirs = Pipe()
        with held(), theirs:
            self.process = start_process(theirs)
        self.policy = policy
        self.limits = policy.config.limits
        self.job = job
        self.source = source
        self.started = self._is_up = False
        self.served = 0
        self._heard = time.monotonic()
        self._last = self._heard + START_SECONDS

    @property
    def usable(self) -> bool:
        """Whether it can take another source."""
        if self.pipe.closed or self.served >= SOURCES_PER_WORKER:
            return False
        try:
            return self._memory() < STALE_SHARE * self.limits.memory_mb * MIB
        except psutil.Error:
            return False

    @property
    def deadline(self) -> float:
        """When it is ended if nothing comes from it, on the monotonic clock."""
        return min(self._last, self._heard + self.limits.silence) if self.started else self._last

    def take(self, source: S) -> None:
        """Begin with `source`; its time starts to count."""
        self.source = source
        self.served += 1
        self._heard = time.monotonic()
        self._last = self._heard + self.limits.seconds
        self._send(source)

    def collect(self) -> A | Problem | None:
        """What came of the source: the answer, or the Problem that took its place. None while there is
        nothing to tell, and once when the process is up: then it begins with its source.

        Raises CountermarkError where the process could not start.
        """
        try:
            if self.pipe.poll():
                return self._answer(self.pipe.recv_bytes())
        except (EOFError, OSError):
            return self._ended()
        now = time.monotonic()
        if now < self.deadline:
            return None
        self.end()
        limit = "seconds" if now >= self._last else "silence"
        return self._of_source(limit_reached(limit, getattr(self.limits, limit)))

    def end(self) -> None:
        """End the process, whatever it does. It holds nothing that would have to be saved."""
        self.process.kill()
        self.process.wait()
        self.pipe.close()

    def _send(self, sent: object) -> None:
        try:
            self.pipe.send(sent)
        except OSError:
            return  # the process has just ended: `collect` tells why

    def _memory(self) -> int:
        return int(psutil.Process(self.process.pid).memory_info().rss)

    def _answer(self, message: bytes) -> A | Problem | None:
        if message == BEAT:
            self._heard = time.monotonic()
            if not self._is_up:
                self._is_up = True
                self._send((self.job.task, self.policy))
            elif not self.started:
                self.started = True
                self.take(self.source)
            return None
        try:
            if message.startswith(FAILED):
                return msgspec.msgpack.decode(message[len(FAILED) :], type=Problem)
            return msgspec.msgpack.decode(message, type=self.job.answer)
        except msgspec.DecodeError:
            self.end()
            return failure("failed-document", "DecodeError")

    def _ended(self) -> Problem:
        """Why the process ended by itself; its pipe may close a moment before it is gone."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(END_SECONDS)
        self.end()
        code = self.process.returncode
        if code == MEMORY_EXIT:
            return self._of_source(limit_reached("memory_mb", self.limits.memory_mb))
        return self._of_source(failure("crashed", _exit_name(code)))

    def _of_source(self, problem: Problem) -> Problem:
        """`problem`, which is the source's only if the process was up."""
        if not self.started:
            raise CountermarkError("worker-not-started", code=_exit_name(self.process.returncode))
        return problem


def _exit_name(code: int) -> str:
    """An exit code, or the name of the signal that ended the process."""
    try:
        return signal.Signals(-code).name if code < 0 else f"exit {code}"
    except ValueError:
        return f"signal {-code}"
