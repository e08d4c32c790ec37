"""A failure of Countermark's own: it costs what was being worked on, and is told as ours (READ009).

The stages say with `guarded` what a failure may cost. Whoever answers for a document collects the failures;
where nobody does, as in a test, an exception goes on as any other.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePath
from typing import TYPE_CHECKING

from countermark.model import Problem, ProblemKind, Reason
from countermark.support.errors import PACKAGE, place_of_failure
from countermark.support.limits import LimitReached, UnitFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Location

_collected: ContextVar[list[Problem] | None] = ContextVar("_collected", default=None)


@contextmanager
def collecting() -> Iterator[list[Problem]]:
    """Collect the failures of what is `guarded` within it."""
    problems: list[Problem] = []
    token = _collected.set(problems)
    try:
        yield problems
    finally:
        _collected.reset(token)


@contextmanager
def guarded(reason: Reason, *locations: Location, **args: str) -> Iterator[None]:
    """Let an exception within it cost no more than what is done in it.

    `reason` says in the message catalogue's words what that is. A limit that is reached, and lack of
    memory, pass through.
    """
    try:
        yield
    except (LimitReached, UnitFailed, MemoryError):
        raise
    except Exception as error:
        problems = _collected.get()
        if problems is None:
            raise
        problems.append(internal_problem(reason, error, *locations, **args))


@contextmanager
def stoppable(*locations: Location) -> Iterator[None]:
    """Leave out what is done within it where a limit, or a failure of an earlier attempt, says so.

    The work goes on with what follows.
    """
    try:
        yield
    except (LimitReached, UnitFailed) as stop:
        problems = _collected.get()
        if problems is None:
            raise
        problems.append(stop_problem(stop, *locations))


def stop_problem(stop: LimitReached | UnitFailed, *locations: Location) -> Problem:
    """Return the Problem of what a limit stopped, or on which an earlier attempt failed.

    `locations` are those that were left out, none where that is not known.
    """
    if isinstance(stop, UnitFailed):
        return failure(Reason.crashed, stop.error, *locations)
    args = {"limit": stop.limit, "allowed": f"{stop.allowed:g}", "reached": stop.reached}
    return Problem(kind=ProblemKind.limit, reason=Reason.limit, args=args, locations=locations)


def is_own(error: Exception) -> bool:
    """Return whether Countermark's own code raised it: what a parser raises, the file is to blame for."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    return last is not None and PACKAGE in PurePath(last.tb_frame.f_code.co_filename).parents


def internal_problem(reason: Reason, error: Exception, *locations: Location, **args: str) -> Problem:
    """Return the Problem of a failure of Countermark's own.

    Of `error` it holds only type and place: its text may hold text of the document.
    """
    return failure(reason, place_of_failure(error), *locations, **args)


def failure(reason: Reason, what: str, *locations: Location, **args: str) -> Problem:
    """As `internal_problem`, where no exception but `what` says how it failed."""
    return Problem(
        kind=ProblemKind.internal, reason=reason, args={"error": what, **args}, locations=locations
    )
