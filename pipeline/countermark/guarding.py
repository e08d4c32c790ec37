"""A failure of Countermark's own: it costs what was being worked on, and is told as ours (READ009)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from countermark.errors import place_of_failure
from countermark.limits import LimitReached
from countermark.model import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Location


@contextmanager
def guarded(
    problems: list[Problem], reason: str, locations: tuple[Location, ...] = (), **args: str
) -> Iterator[None]:
    """Let an exception within it cost no more than what is done in it: it becomes one of `problems`, with
    the `reason` that says what was lost. A limit that is reached, and lack of memory, pass through."""
    try:
        yield
    except (LimitReached, MemoryError):
        raise
    except Exception as error:
        problems.append(internal_problem(reason, error, locations, **args))


def internal_problem(
    reason: str, error: Exception, locations: tuple[Location, ...] = (), **args: str
) -> Problem:
    """Return the Problem of a failure of Countermark's own. Of `error` it holds only type and place: its text
    may hold text of the document."""
    return failure(reason, place_of_failure(error), locations, **args)


def failure(reason: str, what: str, locations: tuple[Location, ...] = (), **args: str) -> Problem:
    """As `internal_problem`, where no exception but `what` says how it failed."""
    return Problem(
        kind=ProblemKind.internal, reason=reason, args={"error": what, **args}, locations=locations
    )
