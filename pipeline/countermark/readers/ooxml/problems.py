"""What of an Office file could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Location, Problem, ProblemKind, Reason
from countermark.readers.problems import broken_problem, limit_problem
from countermark.readers.zip_parts import PartError
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.readers.ooxml.package import Package


def part_problem(error: PartError, *shown_at: Location) -> Problem:
    """Return the Problem of one part that can't be read; `shown_at` are the places where it would stand."""
    places = shown_at or (Location(part=error.part),)
    if isinstance(error.__cause__, LimitReached):
        return limit_problem(error.__cause__, places)
    return Problem(
        kind=ProblemKind.part_unreadable,
        reason=error.reason,
        args={"part": error.part},
        locations=places,
    )


def main_problem(error: PartError, broken: Reason = Reason.word_broken) -> Problem:
    """Return the Problem of a main part that can't be read: nothing can be said of the document.

    `broken` is the reason where it is damaged.
    """
    if error.reason == "package-dtd":
        return Problem(kind=ProblemKind.unreadable, reason=error.reason, args={"part": error.part})
    cause = error.__cause__
    if isinstance(cause, LimitReached):
        return limit_problem(cause)
    return broken_problem(broken, cause if isinstance(cause, Exception) else error)


def unread_entries(package: Package, told: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the damaged entries of the zip that none of the Problems `told` names, those that occur twice,
    and parts that Office refuses.
    """
    named = {problem.args.get("part") for problem in told}
    for part in package.broken:
        if part not in named:
            yield part_problem(PartError(part))
    for part in package.repeated:
        yield part_problem(PartError(part, Reason.package_part_repeated))
    for part, left_out in package.left_out.items():
        if left_out.refused:
            yield part_problem(PartError(part, Reason.package_must_understand))
