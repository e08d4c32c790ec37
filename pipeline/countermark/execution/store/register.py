"""The register of checks: who checked what, when, by which policy, and what came of it; chained by hashes.

Each entry's hash covers its content and the hash of the entry before it, so that an entry that was altered
or removed breaks the chain. Entries cut off at the end are missing from the number that the last run wrote
down at its end.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

import msgspec

from countermark.model.run import RegisterEntry

if TYPE_CHECKING:
    from collections.abc import Iterator


def add_entry(connection: sqlite3.Connection, entry: RegisterEntry) -> None:
    """Add an entry at the end, with its number; one that repeats the last on its document is left out."""
    subject = hashlib.sha256((entry.path or f"run {entry.run}").encode("utf-8", "surrogatepass")).digest()
    latest = "SELECT content FROM entry WHERE subject = ? ORDER BY number DESC LIMIT 1"
    row = connection.execute(latest, (subject,)).fetchone()
    if row and _decoded(row[0]).says_as(entry):
        return
    last = connection.execute("SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1").fetchone()
    number, before = last or (0, b"")
    content = msgspec.json.encode(msgspec.structs.replace(entry, number=number + 1))
    values = (number + 1, subject, content, _chained(before, content))
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", values)


def entries(connection: sqlite3.Connection) -> Iterator[RegisterEntry]:
    """Yield the register's entries, the oldest first."""
    for (content,) in connection.execute("SELECT content FROM entry ORDER BY number"):
        yield _decoded(content)


def first_broken(connection: sqlite3.Connection) -> int | None:
    """Return the number of the first entry that was altered, or is missing; None where the chain is whole."""
    expected, before = 1, b""
    for number, content, written in connection.execute(
        "SELECT number, CAST(content AS BLOB), hash FROM entry ORDER BY number"
    ):
        if number != expected or written != _chained(before, content):
            return expected
        expected, before = number + 1, written
    (last,) = connection.execute("SELECT ifnull(max(last_entry), 0) FROM run").fetchone()
    return expected if expected <= last else None


def _decoded(content: bytes | str) -> RegisterEntry:
    try:
        return msgspec.json.decode(content, type=RegisterEntry)
    except msgspec.MsgspecError as error:
        raise sqlite3.DatabaseError from error


def _chained(before: bytes, content: bytes) -> bytes:
    return hashlib.sha256(before + content).digest()
