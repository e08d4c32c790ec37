"""What guarded workers do with a source: read it and check it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from countermark.model import DocumentReport, Inspection, Problem
from countermark.sources.content import content_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.config.policy import Policy
    from countermark.sources import Source

S = TypeVar("S")
A = TypeVar("A")


class Job(NamedTuple, Generic[S, A]):
    """What workers do with each source: `task`, a module's function, makes one `answer` of it."""

    task: Callable[[S, Policy], A]
    answer: type[A]


def check_file(source: Source, policy: Policy) -> DocumentReport:
    """Return the report on one file; where it can't be read, the report says why."""
    from countermark.checking.check import check_document, check_problem

    content = content_of(source, policy.config.limits.file_mb)
    if isinstance(content, Problem):
        return check_problem(content, source.name, policy)
    return check_document(content, source.name, policy, is_given=source.given)


class Checked(NamedTuple):
    """A report, and the first day on which one on the unchanged file may be another."""

    report: DocumentReport
    until: date


def check_file_until(source: Source, policy: Policy) -> Checked:
    """As `check_file`, with the day until which the report holds."""
    from countermark.checking.check import check_problem
    from countermark.checking.validity import check_document_until

    content = content_of(source, policy.config.limits.file_mb)
    if isinstance(content, Problem):
        return Checked(check_problem(content, source.name, policy), policy.today)
    return Checked(*check_document_until(content, source.name, policy, is_given=source.given))


def inspect_file(source: Source, policy: Policy) -> Inspection:
    """As `check_file`, with the lines that were read and the candidates below the threshold."""
    from countermark.checking.check import check_problem, inspect_document, without_lines

    content = content_of(source, policy.config.limits.file_mb)
    if isinstance(content, Problem):
        return without_lines(check_problem(content, source.name, policy))
    return inspect_document(content, source.name, policy)
