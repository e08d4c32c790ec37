"""The runs that a store holds: when they were, by which policy, and what they found."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from countermark.execution.store.packed import decoded, kept_report, unpacked
from countermark.model import Overview
from countermark.model.run import RunFacts, StoredRun
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from countermark.model import DocumentReport


def now() -> str:
    """Return the time, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def begin_run(connection: sqlite3.Connection, facts: RunFacts) -> int:
    """Write down that a run begins; return its number."""
    insert = "INSERT INTO run (started, about) VALUES (?, ?) RETURNING id"
    return int(connection.execute(insert, (now(), msgspec.msgpack.encode(facts))).fetchone()[0])


def add_document(connection: sqlite3.Connection, run: int, number: int, report: DocumentReport) -> None:
    """Write down what a run found on its document of that number."""
    values = (run, number, kept_report(connection, report))
    connection.execute("INSERT INTO document VALUES (?, ?, ?)", values)


def end_run(connection: sqlite3.Connection, run: int, overview: Overview) -> None:
    """Write down that a run came to its end, what it came to, and how long the register was then."""
    update = (
        "UPDATE run SET ended = ?, overview = ?, last_entry = (SELECT ifnull(max(number), 0) FROM entry)"
        " WHERE id = ?"
    )
    connection.execute(update, (now(), msgspec.msgpack.encode(overview), run))


def stored_runs(connection: sqlite3.Connection) -> list[StoredRun]:
    """Return the runs of the store, the oldest first."""
    rows = connection.execute(
        "SELECT id, started, ended, about, overview, (SELECT count(*) FROM document WHERE run = id)"
        " FROM run ORDER BY id"
    )
    return [
        StoredRun(
            id=number,
            started=started,
            ended=ended,
            facts=decoded(about, RunFacts),
            documents=documents,
            overview=decoded(overview, Overview) if overview else None,
        )
        for number, started, ended, about, overview, documents in rows
    ]


def find_run(connection: sqlite3.Connection, number: int | None) -> StoredRun:
    """Return the run of that number, or the latest. Raises CountermarkError where there is none."""
    runs = stored_runs(connection)
    found = next((run for run in reversed(runs) if number in (None, run.id)), None)
    if found is None:
        raise CountermarkError("no-such-run", runs=[str(run.id) for run in runs] or ["-"])
    return found


def stored_documents(connection: sqlite3.Connection, run: int) -> Iterator[DocumentReport]:
    """Yield the reports of a run, in the order of its sources."""
    rows = connection.execute(
        "SELECT packed FROM document JOIN report ON report.id = document.report"
        " WHERE run = ? ORDER BY number",
        (run,),
    )
    return (unpacked(packed) for (packed,) in rows)


def prune(connection: sqlite3.Connection, keep: int) -> int:
    """Remove all but the last `keep` runs, and what only they held; return how many were removed.

    The register stays whole, and so do the reports on unchanged files.
    """
    last = [run.id for run in stored_runs(connection)][:-keep]
    for run in last:
        connection.execute("DELETE FROM document WHERE run = ?", (run,))
        connection.execute("DELETE FROM run WHERE id = ?", (run,))
    connection.execute(
        "DELETE FROM report WHERE id NOT IN (SELECT report FROM document UNION SELECT report FROM result)"
    )
    return len(last)
