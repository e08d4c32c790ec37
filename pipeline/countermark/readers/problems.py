"""Problems that more than one reader tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Problem, ProblemKind, Reason
from countermark.support.guarding import stop_problem

if TYPE_CHECKING:
    from countermark.model import Location
    from countermark.support.limits import LimitReached


def limit_problem(error: LimitReached, locations: tuple[Location, ...] = ()) -> Problem:
    """Return the Problem of a limit that stopped reading.

    `locations` are those that were not read, none where that is not known.
    """
    return stop_problem(error, *locations)


def broken_problem(reason: Reason, error: Exception) -> Problem:
    """Return the Problem of a file whose reader failed.

    Of `error` only its type is told: its text may hold text of the document.
    """
    return Problem(kind=ProblemKind.unreadable, reason=reason, args={"error": type(error).__name__})
