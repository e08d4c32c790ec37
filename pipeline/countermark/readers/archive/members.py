"""The files of an archive while it is read.

Named, measured while they are inflated, counted over all archives that lie in one another.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from countermark.model import Location, ProblemKind, Reason
from countermark.readers.kinds import is_left_by_system
from countermark.readers.member_names import MemberNames
from countermark.readers.problems import limit_problem
from countermark.readers.zip_parts import RATIO_FROM
from countermark.support.limits import MIB, LimitReached
from countermark.support.progress import checkpoint, heartbeat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.readers.builder import DocumentBuilder
    from countermark.support.limits import Limits

EXTRA = "archives"
"""The extra that has the libraries for what Python itself does not read."""
_OWN = ".countermark"
"""Begins the names of this program's own files, which have no use in an archive."""
LINE_ENDS = str.maketrans({"\r": " ", "\n": " ", "\\": "/"})


@dataclass
class Budget:
    """What all archives within one file may come to: so many members, so many bytes."""

    limits: Limits
    members: int = 0
    size: int = 0

    def add_member(self) -> None:
        """Count a member. Raises LimitReached."""
        self.members += 1
        if self.members > self.limits.parts:
            raise LimitReached("parts", self.limits.parts, str(self.members))

    def add_bytes(self, size: int) -> None:
        """Count inflated bytes. Raises LimitReached."""
        self.size += size
        if self.size > self.limits.expanded_mb * MIB:
            raise LimitReached("expanded_mb", self.limits.expanded_mb, str(self.size // MIB + 1))


_budget: ContextVar[Budget | None] = ContextVar("_budget", default=None)


@contextmanager
def _spending(limits: Limits) -> Iterator[Budget]:
    """Yield the budget of the outermost archive."""
    budget = _budget.get()
    if budget is not None:
        yield budget
        return
    token = _budget.set(budget := Budget(limits))
    try:
        yield budget
    finally:
        _budget.reset(token)


class Members:
    """The files of one archive, to be read as documents within the archive's."""

    def __init__(self, document: DocumentBuilder, budget: Budget) -> None:
        self._document, self._budget = document, budget
        self._names = MemberNames()

    def count(self) -> None:
        """Count a member that is listed. Raises LimitReached where there are too many."""
        checkpoint()
        self._budget.add_member()

    def name(self, written: str) -> str:
        """Return a member's name, as it is shown."""
        return self._names.unique(written.translate(LINE_ENDS).strip() or "?")

    def measured(self, chunks: Iterable[bytes], packed: int) -> bytes:
        """Return the bytes of a member whose packed size is known, counted while they are inflated.

        Raises LimitReached; for its ratio one that ends only the member.
        """
        pieces = []
        size = 0
        for chunk in chunks:
            heartbeat()
            size += len(chunk)
            self.add_bytes(len(chunk), size, packed)
            pieces.append(chunk)
        return b"".join(pieces)

    def add_bytes(self, more: int, size: int, packed: int) -> None:
        """Count `more` bytes of what is now `size` and was `packed`. Raises as `measured` does."""
        self._budget.add_bytes(more)
        if size > RATIO_FROM and size > (ratio := self._document.limits.ratio) * max(packed, 1):
            raise LimitReached("ratio", ratio, str(size // max(packed, 1)), ends=False)

    @property
    def takes_more(self) -> bool:
        """Whether one more member would be read; else it is only counted (`left_out`)."""
        return self._document.takes_children

    def left_out(self, name: str) -> None:
        """Count a member that is one too many to be read."""
        self._document.read_child(b"", name)

    def read(self, name: str, data: bytes) -> None:
        """Read a member as a document; what a system leaves in folders is none (`__MACOSX/._plan.docx`)."""
        last = PurePosixPath(name).name
        if last.startswith(_OWN) or not is_left_by_system(data, last):
            self._document.read_child(data, name)

    def add_unread(self, name: str, reason: Reason = Reason.archive_member) -> None:
        """Say that a member is damaged, or what else keeps it from being read."""
        where = Location(part=name)
        self._document.add_problem(ProblemKind.part_unreadable, reason, where, part=name)

    def add_missing_extra(self, name: str) -> None:
        """Say that a member needs a library that is not installed."""
        args = {"extra": EXTRA}
        where = Location(part=name)
        self._document.add_problem(ProblemKind.unsupported, Reason.extra_missing, where, **args)

    def add_encrypted(self, name: str, reason: Reason) -> None:
        """Say that a member is encrypted and no password opens it."""
        self._document.add_problem(ProblemKind.encrypted, reason, Location(part=name))

    def add_stopped(self, name: str, limit: LimitReached) -> None:
        """Say that a limit kept a member from being read. Raises it where it ends the archive too."""
        if limit.ends:
            raise limit
        self._document.problems.append(limit_problem(limit, (Location(part=name),)))


@contextmanager
def members_of(document: DocumentBuilder) -> Iterator[Members]:
    """Within it the files of an archive are read; archives within archives share one budget.

    One in which nothing is found is a Problem: its list of files may be what is lost.
    """
    document.is_container = True
    with _spending(document.limits) as budget:
        yield Members(document, budget)
        if not document.has_children and not document.problems:
            document.add_problem(ProblemKind.unreadable, Reason.archive_empty)
