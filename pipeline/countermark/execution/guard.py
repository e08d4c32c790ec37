"""One worker process as its parent sees it: start, hand over, collect, end."""

from __future__ import annotations

import signal
import subprocess
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Pipe
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
import psutil

from countermark.execution.attempts import Attempt, Death
from countermark.execution.clock import Clock
from countermark.execution.process import start_process
from countermark.execution.pulse import BEAT, Beat
from countermark.execution.serve import FAILED, MEMORY_EXIT
from countermark.model import Problem
from countermark.support.limits import MIB
from countermark.support.stops import held

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.config.policy import Policy
    from countermark.execution.worker import Job

END_SECONDS = 10.0
"""How long a process may take to end once it has closed its pipe."""
SOURCES_PER_WORKER = 500
"""After how many sources a worker is replaced, so that what libraries leak does not add up."""
STALE_SHARE = 0.5
"""Share of `memory_mb` from which on a worker that is done with a source is replaced: what it still
holds is not to count against the next one."""

S = TypeVar("S")
A = TypeVar("A")
T = TypeVar("T")


class Worker(Generic[S, A]):
    """A guarded process and the attempt that it works on.

    Its answers come through `pipe`, which can be waited on; they are decoded as what the job answers,
    never unpickled. Task and policy are handed over once the process is up: one that ends while it starts
    would leave its parent writing into a full pipe.
    """

    def __init__(self, policy: Policy, job: Job[S, A], attempt: Attempt[S]) -> None:
        self._units = _made(TemporaryFile)
        self._folder = _made(partial(TemporaryDirectory, prefix="countermark-", ignore_cleanup_errors=True))
        self.pipe, theirs = Pipe()
        with held(), theirs:
            folder = self._folder.name if self._folder else None
            self.process, self._unsent = start_process(theirs, self._units, folder, job.task, policy)
        self.policy, self.job, self.attempt = policy, job, attempt
        self.started = False
        self.served = 0
        self._is_up = self._begun = False
        self._clock = Clock(self.process.pid, None)

    @property
    def usable(self) -> bool:
        """Whether it can take another source."""
        if self.pipe.closed or self.served >= SOURCES_PER_WORKER or self.process.poll() is not None:
            return False
        try:
            return self._clock.memory() < STALE_SHARE * self.policy.config.limits.memory_mb * MIB
        except psutil.Error:
            return False

    @property
    def next_look(self) -> float:
        """When to look after it even if nothing comes from it, on the monotonic clock."""
        return self._clock.next_look

    def take(self, attempt: Attempt[S]) -> None:
        """Begin with a source; its time starts to count."""
        self.attempt = attempt
        self.served += 1
        self._begun = False
        self._clock = Clock(self._clock.pid, self.policy.config.limits)
        self._send((attempt.source, attempt.losses))

    def collect(self) -> A | Problem | Death | None:
        """Return what came of the source.

        The answer, the Problem that took its place, or how the worker ended. None while there is
        nothing to tell.
        """
        try:
            while self.pipe.poll():
                found = self._answer(self.pipe.recv_bytes())
                if found is not None:
                    return found
        except (EOFError, OSError):
            return self._ended()
        limit = self._clock.limit_reached()
        if limit is None:
            return None
        self.end()
        return Death(limit[0], self._begun, self._unit(), *(limit if self._begun else ()))

    def end(self) -> None:
        """End the process, whatever it does, and remove what it has written for a while.

        It holds nothing that would have to be saved.
        """
        self._clock.kill()
        self.process.kill()
        self.process.wait()
        self.pipe.close()
        if self._folder:
            self._folder.cleanup()

    def _send(self, sent: object) -> None:
        try:
            self.pipe.send(sent)
        except OSError:
            return  # the process has just ended: `collect` tells why

    def _answer(self, message: bytes) -> A | Problem | Death | None:
        try:
            if not self._is_up:
                self._is_up = True
                self._clock = Clock(int(message), None)
                if self._unsent:
                    self._send(self._unsent)
            elif message.startswith(BEAT):
                self._hear(msgspec.msgpack.decode(message[len(BEAT) :], type=Beat))
            elif message.startswith(FAILED):
                return msgspec.msgpack.decode(message[len(FAILED) :], type=Problem)
            else:
                return msgspec.msgpack.decode(message, type=self.job.answer)
        except (ValueError, msgspec.DecodeError):
            self.end()
            return Death("DecodeError", self._begun, self._unit())
        return None

    def _hear(self, beat: Beat) -> None:
        if not self.started:
            self.started = True
            self.take(self.attempt)
            return
        if not self._begun:
            self._begun = True
            self._clock.begin(beat)
        self._clock.hear(beat)

    def _ended(self) -> Death:
        """Return why the process ended by itself; its pipe may close a moment before it is gone."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(END_SECONDS)
        self.end()
        code = self.process.returncode
        death = Death(_exit_name(code), self._begun, self._unit())
        if code == MEMORY_EXIT:
            return death._replace(limit="memory_mb", allowed=self.policy.config.limits.memory_mb)
        return death._replace(from_outside=code == -getattr(signal, "SIGKILL", 0))

    def _unit(self) -> int:
        """Return the unit that the process worked on last; 0 where that is not known.

        Only once it has ended: it shares the file's position.
        """
        if self._units is None or not self._begun:
            return 0
        with suppress(OSError, ValueError):
            self._units.seek(0)
            return int(self._units.read(12))
        return 0


def _made(make: Callable[[], T]) -> T | None:
    """Return a temporary file or folder; None where the system has no place for it."""
    try:
        return make()
    except OSError:
        return None


def _exit_name(code: int | None) -> str:
    """Return an exit code, or the name of the signal that ended the process."""
    if code is None:
        return "no exit"
    try:
        return signal.Signals(-code).name if code < 0 else f"exit {code}"
    except ValueError:
        return f"signal {-code}"
