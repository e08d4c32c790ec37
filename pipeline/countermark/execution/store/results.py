"""The report on a file from an earlier run, as long as file, policy and day leave it as it was."""

from __future__ import annotations

import hashlib
import re
import stat
import time
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, NamedTuple

from countermark import __version__
from countermark.checking.consignment import has_list, without_identity
from countermark.checking.validity import as_of_today
from countermark.execution.store.packed import kept_report, unpacked
from countermark.execution.store.schema import writing
from countermark.execution.worker import Checked
from countermark.support.limits import MIB

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport
    from countermark.sources import Source

IN_DOUBT_NS = 2_000_000_000
"""A file changed so shortly before its check may have been changed again within a tick of its clock."""
TRIED_AGAIN = frozenset(("READ002", "READ004", "READ009"))
"""What may go better another time: other passwords, a machine less busy, a program that does not fail."""


class _Stamp(NamedTuple):
    """A file's size in bytes and the time of its last change, in nanoseconds."""

    size: int
    changed: int


class Results:
    """The results of earlier runs under one policy.

    With `verify` the digest of every file is compared, not just of those in doubt. `recalled` are the sources
    whose reports are from here, by name. Letters that list enclosures are never kept: their words are needed.
    """

    def __init__(self, connection: sqlite3.Connection, policy: Policy, *, verify: bool = False) -> None:
        self.recalled: dict[str, Source] = {}
        self._connection, self._policy, self._verify = connection, policy, verify
        self._stamps: dict[Source, tuple[_Stamp, int]] = {}
        self._common = (_programs(), policy.digest, policy.lang, str(policy.folder))

    def recall(self, source: Source) -> Checked | None:
        """Return the report on an unchanged file; None where it must be checked."""
        stamp = _stamp_of(source)
        if stamp is None:
            return None
        row = self._connection.execute(
            "SELECT size, changed, sha256, checked, day, until, packed FROM result JOIN report"
            " ON report.id = result.report WHERE key = ?",
            (self._key(source),),
        ).fetchone()
        self._stamps[source] = stamp, time.time_ns()
        if row is None:
            return None
        size, changed, sha256, checked, day, until, packed = row
        today = self._policy.today.isoformat()
        if size != stamp.size or not day <= today < until:
            return None
        in_doubt = self._verify or changed != stamp.changed or changed > checked - IN_DOUBT_NS
        if in_doubt and _sha256(source.path, self._policy.config.limits.file_mb) != sha256:
            return None
        report = as_of_today(unpacked(packed), self._policy.today)
        answer = Checked(report, date.fromisoformat(until))
        if in_doubt:
            self.keep(source, answer)
        self._stamps.pop(source, None)
        self.recalled[source.name] = source
        return answer

    def keep(self, source: Source, answer: Checked) -> None:
        """Keep what was found, where it will hold for the file as long as that is unchanged."""
        stamp, checked = self._stamps.pop(source, (None, 0))
        report = answer.report
        if stamp is None or not report.sha256 or _is_tried_again(report) or has_list(report):
            return
        with writing(self._connection):
            values = (
                self._key(source),
                *stamp,
                report.sha256,
                checked,
                self._policy.today.isoformat(),
                answer.until.isoformat(),
                kept_report(self._connection, without_identity(report)),
            )
            self._connection.execute("REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def _key(self, source: Source) -> bytes:
        """Return what a result is kept by: the file, how it was named, and the policy."""
        words = (self._common, source.path.absolute(), source.name, source.given)
        return hashlib.sha256(repr(words).encode("utf-8", "surrogatepass")).digest()


def _programs() -> tuple[str, ...]:
    """Return the versions of all that reads and judges: another library may read more."""
    needed = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requires("countermark") or ()}
    return __version__, *(f"{name} {_version(name)}" for name in sorted(needed))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _is_tried_again(report: DocumentReport) -> bool:
    return any(finding.code in TRIED_AGAIN for member in report.family() for finding in member.findings)


def _stamp_of(source: Source) -> _Stamp | None:
    """Return size and time of a file; None for what is no file to read, and for git's objects."""
    if source.problem or source.blob:
        return None
    try:
        status = source.path.stat()
    except OSError:
        return None
    return _Stamp(status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _sha256(path: Path, file_mb: int) -> str | None:
    try:
        if path.stat().st_size > file_mb * MIB:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
