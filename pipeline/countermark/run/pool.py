"""Many documents at once, results in order."""

from __future__ import annotations

import os
import sys
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from countermark.model import DocumentReport, Problem
from countermark.run.guard import Worker
from countermark.run.worker import check_file

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from countermark.policy import Policy
    from countermark.run.worker import Task
    from countermark.sources import Source

MAX_AHEAD = 1000
"""How many reports may wait for an earlier one that is not there yet."""
MAX_WORKERS = 60 if sys.platform == "win32" else 1024
"""Windows waits for at most 63 things at once."""


def check_all(
    sources: Iterable[Source], policy: Policy, jobs: int | None = None, task: Task = check_file
) -> Generator[DocumentReport]:
    """One report for each source, in order, made by at most `jobs` worker processes (None or 0: as
    many as there are processors). What a report says does not depend on `jobs`.

    A source whose worker crashes, hangs or outgrows its limits gets a report that says so, and the
    worker is replaced. `task`, a module's function, makes one report. Sources are taken as workers
    become free. Closing the iterator ends all workers. Raises CountermarkError where none can start.
    """
    numbered = enumerate(sources)
    workers = min(jobs or os.cpu_count() or 1, MAX_WORKERS)
    busy: dict[Worker, int] = {}
    idle: list[Worker] = []
    done: dict[int, DocumentReport] = {}
    due = 0
    try:
        while True:
            while len(busy) < workers and len(done) < MAX_AHEAD and (entry := next(numbered, None)):
                busy[_begin(entry[1], idle, policy, task)] = entry[0]
            if not busy:
                return
            for worker, report in _finished(busy, policy):
                done[busy.pop(worker)] = report
                _release(worker, idle)
            while due in done:
                yield done.pop(due)
                due += 1
    finally:
        for worker in (*busy, *idle):
            worker.end()


def _begin(source: Source, idle: list[Worker], policy: Policy, task: Task) -> Worker:
    """An idle worker, else a new one, on `source`."""
    if not idle:
        return Worker(policy, task, source)
    worker = idle.pop()
    worker.take(source)
    return worker


def _release(worker: Worker, idle: list[Worker]) -> None:
    if worker.usable:
        idle.append(worker)
    else:
        worker.end()


def _finished(busy: Iterable[Worker], policy: Policy) -> list[tuple[Worker, DocumentReport]]:
    """Wait until something happens, then collect the workers that have come to an end."""
    workers = list(busy)
    first = min(worker.deadline for worker in workers)
    wait([worker.pipe for worker in workers], max(0.0, first - time.monotonic()))
    outcomes = ((worker, worker.collect()) for worker in workers)
    return [(worker, _report(worker, outcome, policy)) for worker, outcome in outcomes if outcome is not None]


def _report(worker: Worker, outcome: DocumentReport | Problem, policy: Policy) -> DocumentReport:
    if isinstance(outcome, DocumentReport):
        return outcome
    from countermark.check import check_problem

    return check_problem(outcome, worker.source.name, policy)
