"""Annotated copies of many documents, made by guarded workers in a folder of their own."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.execution.pool import run_all
from countermark.execution.worker import Job
from countermark.model import DocumentReport, Problem, Reason
from countermark.sources.content import content_of
from countermark.support.atomic_output import PARTIAL
from countermark.support.errors import CountermarkError, system_term
from countermark.support.messages import text
from countermark.writing.annotated import annotated, copy_name, has_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePosixPath

    from countermark.config.policy import Policy
    from countermark.sources import Source

_UNWRITTEN = Reason.not_written


class Copy(NamedTuple):
    """A copy to make: of `source`, with what its encoded report says, at `target`.

    `partial` is where it is until it is whole.
    """

    source: Source
    report: bytes
    target: Path
    partial: Path


class Written(msgspec.Struct, frozen=True):
    """What came of a copy: nothing, or the reason why there is none."""

    reason: Reason | None = None
    args: dict[str, str] = {}


class NoCopy(NamedTuple):
    """The document at `path` has no copy, and why, in words; `unwritten` where the system refused it."""

    path: str
    reason: str
    unwritten: bool


class Copies:
    """Copies to make in a folder, gathered while documents are checked.

    Raises CountermarkError where the folder lies in one that is checked: the next run would take the
    copies for documents.
    """

    def __init__(self, folder: Path, paths: Sequence[str]) -> None:
        self._folder = Path(os.path.realpath(folder))
        for path in paths:
            top = Path(os.path.realpath(path))
            if top.is_dir() and self._folder.is_relative_to(top):
                raise CountermarkError("annotate-inside", folder=folder, path=path)
        self._used: set[str] = set()
        self._copies: list[Copy] = []

    def add(self, source: Source, report: DocumentReport) -> None:
        """Add a copy of `source`, if its report has findings to show in it."""
        if has_notes(report):
            encoded = msgspec.msgpack.encode(msgspec.structs.replace(report, children=(), markings=()))
            target = self._folder / self._free(copy_name(source.name))
            self._copies.append(Copy(source, encoded, target, target))

    def write(self, policy: Policy, jobs: int) -> Iterator[NoCopy]:
        """Make all copies in guarded workers, in a folder of their own, out of which each is moved when it is
        whole; tell the documents that have none.

        Raises CountermarkError where the folder of copies can't be written into.
        """
        if not self._copies:
            return
        is_new = not self._folder.exists()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            held = TemporaryDirectory(prefix=PARTIAL, dir=self._folder, ignore_cleanup_errors=True)
        except OSError as error:
            raise CountermarkError("output-failed", path=self._folder, reason=system_term(error)) from error
        with held as folder:
            copies = [copy._replace(partial=Path(folder) / str(i)) for i, copy in enumerate(self._copies)]
            for copy, outcome in run_all(copies, policy, Job(annotate_file, Written), jobs):
                made = outcome if outcome.reason else _placed(copy)
                if made.reason:
                    reason = text(policy.lang, f"reasons.{made.reason}", made.args)
                    yield NoCopy(copy.source.name, reason, made.reason == _UNWRITTEN)
        if is_new:
            with suppress(OSError):
                self._folder.rmdir()  # where no copy could be made

    def _free(self, name: PurePosixPath) -> PurePosixPath:
        """Return the name, with a number where another document has it."""
        number, free = 1, name
        while str(free).casefold() in self._used:
            number += 1
            free = name.with_name(f"{name.stem} ({number}){name.suffix}")
        self._used.add(str(free).casefold())
        return free


def annotate_file(copy: Copy, policy: Policy) -> Written:
    """Make one copy; runs in a guarded worker."""
    report = msgspec.msgpack.decode(copy.report, type=DocumentReport)
    content = content_of(copy.source, policy.config.limits.file_mb)
    if isinstance(content, Problem):
        return Written(content.reason)
    if hashlib.sha256(content).hexdigest() != report.sha256:
        return Written(Reason.changed)
    made = annotated(content, report, policy.lang)
    if isinstance(made, Reason):
        return Written(made)
    try:
        copy.partial.write_bytes(made)
    except OSError as error:
        return _unwritten(error)
    return Written()


def _placed(copy: Copy) -> Written:
    """Move a copy that is whole to where it belongs."""
    try:
        copy.target.parent.mkdir(parents=True, exist_ok=True)
        copy.partial.replace(copy.target)
    except OSError as error:
        return _unwritten(error)
    return Written()


def _unwritten(error: OSError) -> Written:
    return Written(_UNWRITTEN, {"error": system_term(error).words})
