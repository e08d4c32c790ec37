"""Word from the stages that a document makes progress, and word back that its reading has to end.

The stages know neither clock nor process: they call `step` where a unit of their work begins, as a page or
a part, `tell` in between, and `grant` where there is more to do than the file's size shows. In a guarded
worker somebody listens; elsewhere nobody does.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from countermark.support.limits import READING_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator


class Listener(Protocol):
    """What hears of a document's progress."""

    def heartbeat(self) -> None:
        """Hear that the work goes on."""

    def unit(self, share: float) -> None:
        """Hear that the next unit begins. Raises what `step` raises."""

    def grant(self, seconds: float) -> None:
        """Allow that much more processor time."""


_listener: ContextVar[Listener | None] = ContextVar("_listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Within it `listener` hears of every step."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def heartbeat() -> None:
    """Say that the work goes on."""
    listener = _listener.get()
    if listener:
        listener.heartbeat()


def checkpoint(share: float = READING_SHARE) -> None:
    """Say that the next unit of work begins, which can be left out without the others.

    Raises LimitReached where the document has used up more than `share` of its time or memory, so that what
    was read of it so far can still be judged within the limit; and LimitReached or UnitFailed where the
    document is tried again and this unit is the one that ended the worker before.
    """
    listener = _listener.get()
    if listener:
        listener.unit(share)


def grant(seconds: float) -> None:
    """Allow the document that much more processor time, for work that the user asked for."""
    listener = _listener.get()
    if listener:
        listener.grant(seconds)
