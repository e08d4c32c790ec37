"""A document is tried again where its worker ended: what ends workers is left out, all else is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from countermark.execution.pulse import Loss
from countermark.model import Problem, ProblemKind, Reason
from countermark.support.guarding import failure
from countermark.support.limits import LimitReached, UnitFailed

MOST_STARTS = 3
"""How many workers may end before they begin with a document."""
MOST_LOSSES = 2
"""How many units of a document are left out; at the second its reading ends."""

S = TypeVar("S")


class Death(NamedTuple):
    """How a worker ended: `error` names its exit or signal, `limit` the limit for which it was ended, with
    what that allows; `begun` tells whether it had begun with its source, `unit` how far it was;
    `from_outside` that it was killed by the system or by somebody.
    """

    error: str
    begun: bool
    unit: int
    limit: str | None = None
    allowed: float = 0.0
    from_outside: bool = False


@dataclass(frozen=True)
class Attempt(Generic[S]):
    """A source, the units of it that are left out, and how many workers ended before they began with it or
    were ended from outside.
    """

    source: S
    losses: tuple[Loss, ...] = ()
    starts: int = 0
    kills: int = 0


def next_attempt(attempt: Attempt[S], death: Death) -> Attempt[S] | Problem:
    """Return the attempt that follows the one whose worker ended, or the Problem where there is none more."""
    if not death.begun:
        again = replace(attempt, starts=attempt.starts + 1)
        return again if again.starts < MOST_STARTS else failure(Reason.not_started, death.error)
    if death.from_outside and not attempt.kills:
        return replace(attempt, kills=1)
    if death.unit <= 1 or len(attempt.losses) == MOST_LOSSES:
        return whole_problem(death)
    loss = Loss(death.unit, _stop(death, ends=bool(attempt.losses)))
    return replace(attempt, losses=(*attempt.losses, loss))


def _stop(death: Death, *, ends: bool) -> LimitReached | UnitFailed:
    if death.limit is None:
        return UnitFailed(death.error)
    ends = ends or death.limit == "seconds"
    return LimitReached(death.limit, death.allowed, f"{death.allowed:g}", ends)


def whole_problem(death: Death) -> Problem:
    """Return the Problem of a whole document that a limit or a crash stopped.

    How far it came differs from run to run, so the report says no more than that the limit was reached.
    """
    if death.limit is None:
        return failure(Reason.crashed, death.error)
    shown = f"{death.allowed:g}"
    args = {"limit": death.limit, "allowed": shown, "reached": shown}
    return Problem(kind=ProblemKind.limit, reason=Reason.limit, args=args)
