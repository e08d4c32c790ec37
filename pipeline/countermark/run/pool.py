"""Many documents at once, results in order."""

from __future__ import annotations

import os
import sys
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, TypeVar

from countermark.model import DocumentReport, Inspection, Problem
from countermark.run.guard import Worker
from countermark.run.worker import Job, check_file, inspect_file

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from countermark.policy import Policy
    from countermark.sources import Source

MAX_AHEAD = 1000
"""How many answers may wait for an earlier one that is not there yet."""
MAX_WORKERS = 60 if sys.platform == "win32" else 1024
"""Windows waits for at most 63 things at once."""

S = TypeVar("S")
A = TypeVar("A")


def check_all(
    sources: Iterable[Source],
    policy: Policy,
    jobs: int | None = None,
    task: Callable[[Source, Policy], DocumentReport] = check_file,
) -> Generator[DocumentReport]:
    """One report for each source, in order, made by at most `jobs` worker processes (None or 0: as
    many as there are processors). What a report says does not depend on `jobs`.

    A source whose worker crashes, hangs or outgrows its limits gets a report that says so, and the
    worker is replaced. Closing the iterator ends all workers. Raises CountermarkError where none can
    start.
    """
    for source, outcome in run_all(sources, policy, Job(task, DocumentReport), jobs):
        if isinstance(outcome, DocumentReport):
            yield outcome
        else:
            from countermark.check import check_problem

            yield check_problem(outcome, source.name, policy)


def inspect_all(sources: Iterable[Source], policy: Policy) -> Generator[Inspection]:
    """As `check_all` by one worker, with the lines that were read and all candidates."""
    for source, outcome in run_all(sources, policy, Job(inspect_file, Inspection), jobs=1):
        if isinstance(outcome, Inspection):
            yield outcome
        else:
            from countermark.check import check_problem, without_lines

            yield without_lines(check_problem(outcome, source.name, policy))


def run_all(
    sources: Iterable[S], policy: Policy, job: Job[S, A], jobs: int | None = None
) -> Generator[tuple[S, A | Problem]]:
    """Each source with what `job` answers to it, or with the Problem that kept it from answering; in
    order, by worker processes as in `check_all`. Sources are taken as workers become free."""
    numbered = enumerate(sources)
    workers = min(jobs or os.cpu_count() or 1, MAX_WORKERS)
    busy: dict[Worker[S, A], int] = {}
    idle: list[Worker[S, A]] = []
    done: dict[int, tuple[S, A | Problem]] = {}
    due = 0
    try:
        while True:
            while len(busy) < workers and len(done) < MAX_AHEAD and (entry := next(numbered, None)):
                busy[_begin(entry[1], idle, policy, job)] = entry[0]
            if not busy:
                return
            for worker, outcome in _finished(busy):
                done[busy.pop(worker)] = worker.source, outcome
                _release(worker, idle)
            while due in done:
                yield done.pop(due)
                due += 1
    finally:
        for worker in (*busy, *idle):
            worker.end()


def _begin(source: S, idle: list[Worker[S, A]], policy: Policy, job: Job[S, A]) -> Worker[S, A]:
    """An idle worker, else a new one, on `source`."""
    if not idle:
        return Worker(policy, job, source)
    worker = idle.pop()
    worker.take(source)
    return worker


def _release(worker: Worker[S, A], idle: list[Worker[S, A]]) -> None:
    if worker.usable:
        idle.append(worker)
    else:
        worker.end()


def _finished(busy: Iterable[Worker[S, A]]) -> list[tuple[Worker[S, A], A | Problem]]:
    """Wait until something happens, then collect the workers that have come to an end."""
    workers = list(busy)
    first = min(worker.deadline for worker in workers)
    wait([worker.pipe for worker in workers], max(0.0, first - time.monotonic()))
    outcomes = ((worker, worker.collect()) for worker in workers)
    return [(worker, outcome) for worker, outcome in outcomes if outcome is not None]
