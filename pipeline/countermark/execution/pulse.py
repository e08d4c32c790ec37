"""What a worker says of its progress, and when it stops reading by itself."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import psutil

from countermark.support.limits import GRANTED_SECONDS, MIB, LimitReached, UnitFailed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection

    from countermark.support.limits import Limits

BEAT = b"."
"""How a message begins that the work goes on; no encoded object begins so."""
BEAT_SECONDS = 0.05


class Beat(NamedTuple):
    """The processor time that the worker has used in its life, and what has been granted to the document."""

    used: float
    granted: float


class Loss(NamedTuple):
    """A unit of work, counted from 1, that is left out because it ended a worker before, and what is raised
    in its place.
    """

    unit: int
    stop: LimitReached | UnitFailed


class Pulse:
    """The progress of one document, as its parent is to know it.

    Signs of life through `pipe`, the number of the unit that is worked on in the file `units`, which
    outlives the worker. `losses` are left out.
    """

    def __init__(self, pipe: Connection, limits: Limits, units: int, losses: Iterable[Loss]) -> None:
        self._pipe, self._limits, self._units = pipe, limits, units
        self._losses = {loss.unit: loss.stop for loss in losses}
        self._process = psutil.Process()
        self._unit = 0
        self._granted, self._memory = 0.0, 0
        self._ended: tuple[float, LimitReached] | None = None
        self._began = self._last = used()
        self._note()
        self._send(self._began)

    def heartbeat(self) -> None:
        now = used()
        if now - self._last >= BEAT_SECONDS:
            self._last, self._memory = now, self._process.memory_info().rss
            self._send(now)

    def unit(self, share: float) -> None:
        self._unit += 1
        self._note()
        if self._unit in self._losses:
            stop = self._losses[self._unit]
            if isinstance(stop, LimitReached) and stop.ends:
                self._ended = share, stop
            raise stop
        self.heartbeat()
        if self._ended and share <= self._ended[0]:
            raise self._ended[1]
        self._check(share)

    def grant(self, seconds: float) -> None:
        self._granted = min(self._granted + seconds, GRANTED_SECONDS)
        self._send(used())

    def _check(self, share: float) -> None:
        limits = self._limits
        if self._last - self._began > share * (limits.seconds + self._granted):
            raise LimitReached("seconds", limits.seconds, f"{limits.seconds:g}")
        if self._memory > share * limits.memory_mb * MIB:
            raise LimitReached("memory_mb", limits.memory_mb, str(limits.memory_mb))

    def _send(self, now: float) -> None:
        self._pipe.send_bytes(BEAT + msgspec.msgpack.encode(Beat(now, self._granted)))

    def _note(self) -> None:
        try:
            os.lseek(self._units, 0, os.SEEK_SET)
            os.write(self._units, b"%-12d" % self._unit)
        except OSError:
            return  # the disk is full: a second attempt would not know where the first ended


def used() -> float:
    """Return the processor time of this process and of those that it has waited for, in seconds."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
