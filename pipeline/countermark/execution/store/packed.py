"""Reports and other nouns as the store holds them."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from typing import TypeVar

import msgspec

from countermark.model import DocumentReport

T = TypeVar("T")


def kept_report(connection: sqlite3.Connection, report: DocumentReport) -> int:
    """Return the number of a report in the store, which holds equal ones once."""
    content = msgspec.msgpack.encode(report)
    digest = hashlib.sha256(content).digest()
    find = "SELECT id FROM report WHERE digest = ?"
    row = connection.execute(find, (digest,)).fetchone()
    if row is None:
        insert = "INSERT INTO report (digest, packed) VALUES (?, ?) RETURNING id"
        row = connection.execute(insert, (digest, zlib.compress(content, 1))).fetchone()
    return int(row[0])


def unpacked(packed: bytes) -> DocumentReport:
    """Return a report that the store holds. Raises sqlite3.DatabaseError where that is damaged."""
    try:
        return decoded(zlib.decompress(packed), DocumentReport)
    except zlib.error as error:
        raise sqlite3.DatabaseError from error


def decoded(content: bytes, kind: type[T]) -> T:
    """Return what was encoded as MessagePack. Raises sqlite3.DatabaseError where it is none of its kind."""
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise sqlite3.DatabaseError from error
