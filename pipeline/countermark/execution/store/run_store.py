"""The store as one run uses it: what earlier runs found goes in, what it finds is kept at once."""

from __future__ import annotations

import getpass
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from countermark import __version__
from countermark.execution.store.register import add_entry
from countermark.execution.store.results import Results
from countermark.execution.store.runs import add_document, begin_run, end_run, now
from countermark.execution.store.schema import open_store, store_failed, writing
from countermark.model.run import RegisterEntry, RunFacts
from countermark.reporting.summary import RunTotals, policy_summary
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from countermark.config.policy import Policy
    from countermark.execution.worker import Checked
    from countermark.model import DocumentReport, Verdict
    from countermark.sources import Found, Source

MOST_WAITING = 200
"""How many documents wait to be written down together."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class StoreRequest:
    """Where results are kept; with `verify` the digest of each file decides whether it is unchanged, not its
    size and time. `operator` is who says that they run the check.
    """

    path: Path
    verify: bool = False
    operator: str | None = None


class _Outcome(NamedTuple):
    """What a run says of its document of that number, and the highest marking in it."""

    number: int
    source: Source
    report: DocumentReport
    marking: str | None


class RunStore:
    """What a run takes from its store and writes into it.

    Where the store can't be written, `failed` hears of it, once, and the run goes on without.

    Raises CountermarkError where the file is no store or is damaged.
    """

    def __init__(
        self, request: StoreRequest, policy: Policy, found: Found, failed: Callable[[CountermarkError], None]
    ) -> None:
        self._path, self._failed, self._is_lost = request.path, failed, False
        self._facts = RunFacts(
            tool=__version__,
            policy=policy_summary(policy),
            lang=policy.lang,
            fail_on=policy.config.fail_on,
            account=_account(),
            operator=request.operator,
            total=len(found.sources),
            skipped=len(found.skipped),
        )
        self._run = 0
        self._has_new = False
        self._waiting: list[_Outcome] = []
        self._totals = RunTotals(policy, len(found.skipped))
        try:
            self._connection = open_store(request.path, make=True)
        except CountermarkError as error:
            if error.key != "store-failed":
                raise
            self._is_lost = True
            failed(error)
            return
        self._results = Results(self._connection, policy, verify=request.verify)
        self._attempt(self._begin)

    def recall(self, source: Source) -> Checked | None:
        """Return the report on an unchanged file, where there is one."""
        return self._attempt(lambda: self._results.recall(source))

    def recalled(self, names: Iterable[str]) -> list[Source]:
        """Return those of the named sources whose reports are from earlier runs."""
        known = self._results.recalled if not self._is_lost else {}
        return [known[name] for name in names if name in known]

    def keep(self, source: Source, answer: Checked) -> None:
        """Keep what a worker found on a file."""
        self._attempt(lambda: self._results.keep(source, answer))
        self._has_new = True

    def add(self, source: Source, report: DocumentReport) -> None:
        """Write down what the run says of its next document, in the register too.

        At once where workers have found something, else with some more: it is in the store already.
        """
        if self._is_lost:
            return
        marking = self._totals.add(report)
        self._waiting.append(_Outcome(self._totals.documents, source, report, marking))
        if self._has_new or len(self._waiting) >= MOST_WAITING:
            self._attempt(self._write)

    def end(self) -> None:
        """Write down that the run came to its end."""
        self._attempt(self._end)

    def close(self) -> None:
        """Close the file."""
        if not self._is_lost:
            self._connection.close()

    def _begin(self) -> None:
        self._run = begin_run(self._connection, self._facts)

    def _write(self) -> None:
        with writing(self._connection):
            for outcome in self._waiting:
                self._add(outcome)
        self._waiting.clear()
        self._has_new = False

    def _add(self, outcome: _Outcome) -> None:
        report = outcome.report
        path = str(outcome.source.path.absolute()).encode("utf-8", "backslashreplace").decode()
        entry = self._entry(report.verdict, path=path, sha256=report.sha256 or None, marking=outcome.marking)
        add_document(self._connection, self._run, outcome.number, report)
        add_entry(self._connection, entry)

    def _end(self) -> None:
        self._write()
        overview = self._totals.overview()
        entry = self._entry(
            overview.verdict, marking=overview.highest_marking, documents=self._totals.documents
        )
        with writing(self._connection):
            add_entry(self._connection, entry)
            end_run(self._connection, self._run, overview)

    def _entry(
        self,
        verdict: Verdict,
        *,
        path: str | None = None,
        sha256: str | None = None,
        marking: str | None = None,
        documents: int = 1,
    ) -> RegisterEntry:
        facts = self._facts
        return RegisterEntry(
            number=0,
            at=now(),
            account=facts.account,
            operator=facts.operator,
            tool=facts.tool,
            policy=facts.policy.digest,
            run=self._run,
            path=path,
            sha256=sha256,
            marking=marking,
            verdict=verdict,
            documents=documents,
        )

    def _attempt(self, action: Callable[[], T]) -> T | None:
        """Do it; where the store fails, say so and do without it from then on."""
        if self._is_lost:
            return None
        try:
            return action()
        except sqlite3.Error as error:
            self._is_lost = True
            self._failed(store_failed(self._path, error))
            return None


def _account() -> str:
    """Return the name of the account that the run is under, as the system has it."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return getpass.getuser()
