"""Word from the stages that a document makes progress, and word back that its reading has to end.

The stages know neither clock nor process: they call `step` between pages and parts, or `tell` where
they can't end early. In a guarded worker somebody listens; elsewhere nobody does.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.limits import LimitReached

    Listener = Callable[[], LimitReached | None]

_listener: ContextVar[Listener | None] = ContextVar("_listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Within it `listener` is called at every step; it gives the limit that ends the reading, if any."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell() -> LimitReached | None:
    """Say that the work goes on; the limit that is nearly reached, if any."""
    listener = _listener.get()
    return listener() if listener else None


def step() -> None:
    """Say that the work goes on, between two pages or parts of a document.

    Raises LimitReached where the document has used up its share of time or memory: what was read of it
    so far is kept, and is still to be judged within the limit.
    """
    reached = tell()
    if reached:
        raise reached
