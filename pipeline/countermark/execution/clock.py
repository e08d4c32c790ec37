"""How long a worker has been at a document: in processor time, and in all only as the outermost guard."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from countermark.execution.pulse import Beat
    from countermark.support.limits import Limits

START_SECONDS = 60.0
"""Processor time in which a worker must have started."""
START_WAITING = 10.0
"""How many times as long its start may take by the clock."""
SHORTEST_LOOK, LONGEST_LOOK = 0.05, 5.0


class Clock:
    """The times of one document in the process `pid`, or of the start of that process where there are no
    `limits` yet.
    """

    def __init__(self, pid: int, limits: Limits | None) -> None:
        self.pid = pid
        self._seconds = limits.seconds if limits else START_SECONDS
        self._silence = limits.silence if limits else START_SECONDS
        self._waiting = limits.waiting if limits else START_WAITING
        self._granted = 0.0
        self._began = self._heard = self._used(alone=True)
        self._began_at = self._heard_at = time.monotonic()
        self.next_look = self._began_at + SHORTEST_LOOK

    def begin(self, beat: Beat) -> None:
        """Note that the worker begins with the document now."""
        self._began = beat.used

    def hear(self, beat: Beat) -> None:
        """Note that the worker goes on with it."""
        self._heard, self._granted = beat.used, beat.granted
        self._heard_at = time.monotonic()

    def limit_reached(self) -> tuple[str, float] | None:
        """Return the limit that the document has reached, with what that allows.

        If none, sets `next_look`.
        """
        now = time.monotonic()
        if now < self.next_look:
            return None
        used = self._used()
        seconds = self._seconds + self._granted
        left = {
            ("seconds", self._seconds): seconds - (used - self._began),
            ("silence", self._silence): self._silence - (used - self._heard),
            ("waiting", self._waiting): min(
                self._waiting * seconds - (now - self._began_at),
                self._waiting * self._silence - (now - self._heard_at),
            ),
        }
        limit = min(left, key=left.__getitem__)
        if left[limit] <= 0:
            return limit
        self.next_look = now + min(max(left[limit], SHORTEST_LOOK), LONGEST_LOOK)
        return None

    def memory(self) -> int:
        """Return the bytes that the process holds. Raises psutil.Error where it is gone."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def kill(self) -> None:
        """End the processes that the worker has started."""
        with suppress(psutil.Error):
            for child in psutil.Process(self.pid).children(recursive=True):
                with suppress(psutil.Error):
                    child.kill()

    def _used(self, *, alone: bool = False) -> float:
        """Return the processor time of the process, and if not `alone` of those that it has started."""
        with suppress(psutil.Error):
            process = psutil.Process(self.pid)
            others = [] if alone else process.children(recursive=True)
            return float(sum(sum(other.cpu_times()[:4]) for other in (process, *others)))
        return 0.0
