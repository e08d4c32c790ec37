"""Signals that ask a run to end: Ctrl-C, Ctrl-Break, SIGTERM, and SIGHUP of a terminal that is closed."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class Stopped(BaseException):
    """A signal asked the run to end. `status` is the exit status, as shells give it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.status = 128 + number


class _Heard:
    """The signals of this process: how often they are held back, the one that waits, whether one came."""

    holds = 0
    waiting: Stopped | None = None
    before = False


@contextmanager
def listening() -> Iterator[None]:
    """Within it a signal raises Stopped. One that is ignored, as SIGHUP under `nohup`, stays ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _Heard.holds, _Heard.waiting, _Heard.before = 0, None, False
    usual = (signal.SIG_DFL, signal.default_int_handler)
    earlier = {number: signal.getsignal(number) for number in SIGNALS if signal.getsignal(number) in usual}
    for number in earlier:
        signal.signal(number, _hear)
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


@contextmanager
def held() -> Iterator[None]:
    """Bring to its end what is begun within it.

    The first signal raises when it has ended, a second one at once.
    """
    _Heard.holds += 1
    try:
        yield
    finally:
        _Heard.holds -= 1
    if _Heard.holds == 0 and _Heard.waiting:
        stopped, _Heard.waiting = _Heard.waiting, None
        raise stopped


@contextmanager
def released() -> Iterator[None]:
    """Break off what is within it at a signal, although it is part of something that is held.

    What holds it then raises at its own end.
    """
    holds, _Heard.holds = _Heard.holds, 0
    try:
        yield
    except Stopped as stopped:
        if not holds:
            raise
        _Heard.waiting = stopped
    finally:
        _Heard.holds = holds


def _hear(number: int, _frame: FrameType | None) -> None:
    stopped, first = Stopped(number), not _Heard.before
    _Heard.before = True
    if _Heard.holds and first:
        _Heard.waiting = stopped
        return
    raise stopped
