"""Many documents at once, results in order."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from countermark.execution.attempts import Attempt, Death, next_attempt
from countermark.execution.guard import Worker
from countermark.execution.worker import Checked, Job, check_file, check_file_until, inspect_file
from countermark.model import DocumentReport, Inspection, Problem
from countermark.support.errors import CountermarkError, system_term

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from countermark.config.policy import Policy
    from countermark.sources import Source

MAX_AHEAD = 1000
"""How many answers may wait for an earlier one that is not there yet."""
MAX_UNSTARTED = 2
"""With how many sources the run is tried before the first worker starts."""
MAX_WORKERS = 60 if sys.platform == "win32" else 1024
"""Windows waits for at most 63 things at once."""

S = TypeVar("S")
A = TypeVar("A")
S_contra = TypeVar("S_contra", contravariant=True)


class Memory(Protocol[S_contra, A]):
    """The answers of earlier runs."""

    def recall(self, source: S_contra) -> A | None:
        """Return the answer to a source; None where a worker must find out."""

    def keep(self, source: S_contra, answer: A) -> None:
        """Keep what a worker answered to a source, as soon as it did."""


def check_all(
    sources: Iterable[Source],
    policy: Policy,
    jobs: int | None = None,
    task: Callable[[Source, Policy], DocumentReport] = check_file,
) -> Generator[DocumentReport]:
    """One report for each source, in order, made by at most `jobs` worker processes (None or 0.

    As many as there are processors). What a report says does not depend on `jobs`.

    A source whose worker crashes, hangs or outgrows its limits is tried again without what it was at; its
    report says so. Closing the iterator ends all workers. Raises CountermarkError where none can start.
    """
    for source, outcome in run_all(sources, policy, Job(task, DocumentReport), jobs):
        yield outcome if isinstance(outcome, DocumentReport) else _problem_report(outcome, source, policy)


def check_new(
    sources: Iterable[Source], policy: Policy, memory: Memory[Source, Checked], jobs: int | None = None
) -> Generator[DocumentReport]:
    """As `check_all`, but takes from `memory` what earlier runs found."""
    for source, outcome in run_all(sources, policy, Job(check_file_until, Checked), jobs, memory):
        yield outcome.report if isinstance(outcome, Checked) else _problem_report(outcome, source, policy)


def _problem_report(problem: Problem, source: Source, policy: Policy) -> DocumentReport:
    from countermark.checking.check import check_problem

    return check_problem(problem, source.name, policy)


def inspect_all(sources: Iterable[Source], policy: Policy) -> Generator[Inspection]:
    """As `check_all` by one worker, with the lines that were read and all candidates."""
    for source, outcome in run_all(sources, policy, Job(inspect_file, Inspection), jobs=1):
        if isinstance(outcome, Inspection):
            yield outcome
        else:
            from countermark.checking.check import check_problem, without_lines

            yield without_lines(check_problem(outcome, source.name, policy))


def run_all(
    sources: Iterable[S],
    policy: Policy,
    job: Job[S, A],
    jobs: int | None = None,
    memory: Memory[S, A] | None = None,
) -> Generator[tuple[S, A | Problem]]:
    """Yield each source with what `job` answers to it, or with the Problem that kept it from answering.

    In order, by worker processes as in `check_all`. Sources are taken as workers become free; those that
    `memory` has an answer to go to no worker.
    """
    pool = _Pool(sources, policy, job, min(jobs or os.cpu_count() or 1, MAX_WORKERS), memory)
    try:
        while pool.work():
            yield from pool.due()
        if pool.done:
            raise CountermarkError("worker-not-started", code=pool.error)
    finally:
        pool.end()


class _Pool(Generic[S, A]):
    """The workers of a run.

    `done` holds what came of each source, by its number; `started` tells whether any worker has started
    yet, `error` how the last one ended that did not answer.
    """

    def __init__(
        self,
        sources: Iterable[S],
        policy: Policy,
        job: Job[S, A],
        most: int,
        memory: Memory[S, A] | None = None,
    ) -> None:
        self.done: dict[int, tuple[S, A | Problem]] = {}
        self.started = False
        self.error = ""
        self._due = 0
        self._recalled: set[int] = set()
        self._numbered = enumerate(sources)
        self._policy, self._job, self._most, self._memory = policy, job, most, memory
        self._busy: dict[Worker[S, A], int] = {}
        self._idle: list[Worker[S, A]] = []
        self._again: deque[tuple[int, Attempt[S]]] = deque()

    def work(self) -> bool:
        """Give work to the workers that are free, then wait until something comes of it.

        False where there is none left.
        """
        while len(self._busy) < self._most and (entry := self._next()):
            self._begin(*entry)
        if not self._busy:
            return self._is_due()
        for worker, outcome in _finished(self._busy):
            number = self._busy.pop(worker)
            self.started = self.started or worker.started
            if worker.usable:
                self._idle.append(worker)
            else:
                worker.end()
            self._settle(number, worker.attempt, outcome)
        self.started = self.started or any(worker.started for worker in self._busy)
        return True

    def due(self) -> Iterator[tuple[S, A | Problem]]:
        """Yield what has come of the sources that are next in order.

        What workers answered waits until one has started: where none can, there is nothing to tell.
        """
        while self._is_due():
            self._recalled.discard(self._due)
            yield self.done.pop(self._due)
            self._due += 1

    def _is_due(self) -> bool:
        return self._due in self.done and (self.started or self._due in self._recalled)

    def end(self) -> None:
        """End all workers."""
        for worker in (*self._busy, *self._idle):
            worker.end()

    def _next(self) -> tuple[int, Attempt[S]] | None:
        """Return the next source to work on.

        None where there is none now, and where no worker has started with any of the first ones.
        """
        if self._again:
            return self._again.popleft()
        while len(self.done) < MAX_AHEAD and (
            self.started or len(self.done) - len(self._recalled) < MAX_UNSTARTED
        ):
            entry = next(self._numbered, None)
            if entry is None:
                return None
            number, source = entry
            answer = self._memory.recall(source) if self._memory else None
            if answer is None:
                return number, Attempt(source)
            self.done[number] = source, answer
            self._recalled.add(number)
        return None

    def _begin(self, number: int, attempt: Attempt[S]) -> None:
        """Begin with a source in an idle worker, else in a new one."""
        if self._idle:
            worker = self._idle.pop()
            worker.take(attempt)
            self._busy[worker] = number
            return
        try:
            self._busy[Worker(self._policy, self._job, attempt)] = number
        except OSError as error:
            if self._busy:  # there are as many as the system allows
                self._most = len(self._busy)
                self._again.appendleft((number, attempt))
            else:
                self._settle(number, attempt, Death(system_term(error).words, begun=False, unit=0))

    def _settle(self, number: int, attempt: Attempt[S], outcome: A | Problem | Death) -> None:
        following: A | Problem | Attempt[S]
        if isinstance(outcome, Death):
            self.error = outcome.error
            following = next_attempt(attempt, outcome)
        else:
            following = outcome
        if isinstance(following, Attempt):
            self._again.append((number, following))
            return
        if self._memory and not isinstance(following, Problem):
            self._memory.keep(attempt.source, following)
        self.done[number] = attempt.source, following


def _finished(busy: Iterable[Worker[S, A]]) -> list[tuple[Worker[S, A], A | Problem | Death]]:
    """Wait until something happens, then collect the workers that have come to an end."""
    workers = list(busy)
    first = min(worker.next_look for worker in workers)
    wait([worker.pipe for worker in workers], max(0.0, first - time.monotonic()))
    outcomes = ((worker, worker.collect()) for worker in workers)
    return [(worker, outcome) for worker, outcome in outcomes if outcome is not None]
