"""The store's file: opened, made, brought up to date, refused where it is none or damaged."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION = 0x434D726B
"""What marks an SQLite file as a store of this program (`PRAGMA application_id`)."""
BUSY_SECONDS = 60
"""How long a run waits for another one that is writing."""
MIGRATIONS = (
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL, ended TEXT, about BLOB NOT NULL,
        overview BLOB
    );
    CREATE TABLE report (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, packed BLOB NOT NULL);
    CREATE TABLE result (
        key BLOB PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL,
        checked INTEGER NOT NULL, day TEXT NOT NULL, until TEXT NOT NULL, report INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE document (
        run INTEGER NOT NULL, number INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (run, number)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE entry (
        number INTEGER PRIMARY KEY, subject BLOB NOT NULL, content BLOB NOT NULL, hash BLOB NOT NULL
    );
    CREATE INDEX entry_subject ON entry (subject);
    ALTER TABLE run ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 0;
    """,
)
"""What brings a store from each version of its schema to the next; the last is of this version."""


def files_of(path: Path) -> tuple[Path, ...]:
    """Return a store's file and those that SQLite keeps beside it."""
    return (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")))


def open_store(path: Path, *, make: bool = False) -> sqlite3.Connection:
    """Return a connection to the store, its schema brought up to date; with `make`, make one where none is.

    Raises CountermarkError where the file is no store, is damaged, or is of a later version; such a file is
    left as it is.
    """
    if not make and not path.is_file():
        raise CountermarkError("store-missing", path=path)
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise store_failed(path, error) from error
    try:
        _check(connection, path)
        _bring_up_to_date(connection)
    except sqlite3.Error as error:
        connection.close()
        raise store_failed(path, error) from error
    except CountermarkError:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise CountermarkError where the file is no store, or one of a later version than this program's."""
    connection.execute("PRAGMA trusted_schema = OFF")
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    is_new = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION and not (is_new and application == version == 0):
        raise CountermarkError("no-store", path=path)
    if version > len(MIGRATIONS):
        raise CountermarkError("store-newer", path=path)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Bring the schema to this version, as one step that happens whole or not at all."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _version(connection) == len(MIGRATIONS):
        return
    with writing(connection):
        for version in range(_version(connection), len(MIGRATIONS)):
            for statement in MIGRATIONS[version].split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the store as its one writer; what is written is kept whole or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def store_failed(path: Path, error: sqlite3.Error) -> CountermarkError:
    """Return the error of a store that can't be read or written, by the name of SQLite's error code."""
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    damaged = name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "DatabaseError"))
    return CountermarkError("store-damaged" if damaged else "store-failed", path=path, error=name)
