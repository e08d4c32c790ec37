"""A run's reports put where they belong, in all forms asked for."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.signatures import is_ole, is_pdf, is_zip
from countermark.reporting.formats.jsonl import document_line, summary_line
from countermark.reporting.formats.registry import ReportFormat, renderer
from countermark.reporting.summary import ReportInput, ReportSpool, RunTotals, no_pictures
from countermark.support.atomic_output import output_to
from countermark.support.errors import CountermarkError, place_of_failure
from countermark.support.stops import held, released
from countermark.support.streams import ReaderGone, out_failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport
    from countermark.rendering.render import PageImages
    from countermark.reporting.summary import Pictures
    from countermark.sources import Found
    from countermark.support.atomic_output import Output


class Target(NamedTuple):
    """A report to write: its form, and its file or, where it has none, standard output."""

    form: ReportFormat
    path: Path | None


def parse_target(given: str) -> Target:
    """Return the target that `FORM=FILE` names. Raises CountermarkError where it does not."""
    name, equals, path = given.partition("=")
    if name not in set(ReportFormat) or not equals or not path:
        raise CountermarkError("bad-report", forms="|".join(ReportFormat))
    return Target(ReportFormat(name), Path(path))


def without_earlier_reports(targets: Iterable[Target], found: Found) -> Found:
    """Return what was found without the files that reports of this run replace, where these were found in a
    folder and are no documents that are read: they are reports of an earlier run, and count as left out.

    Raises CountermarkError where nothing else was found.
    """
    replaced = {os.path.realpath(target.path) for target in targets if target.path}
    own = {
        source.path
        for source in found.sources
        if not source.given and os.path.realpath(source.path) in replaced and not _is_read(source.path)
    }
    kept = tuple(source for source in found.sources if source.path not in own)
    if own and not kept:
        raise CountermarkError("no-document", paths=[source.name for source in found.sources])
    return replace(found, sources=kept, skipped=(*found.skipped, *sorted(own)))


def _is_read(path: Path) -> bool:
    """Return whether a file is of a kind that is read, or can't be told."""
    from countermark.readers.ooxml.package import word_media_type
    from countermark.readers.zip_parts import ZIP_ERRORS

    try:
        content = path.read_bytes()
        return is_pdf(content) or is_ole(content) or (is_zip(content) and bool(word_media_type(content)))
    except (OSError, *ZIP_ERRORS):
        return True


def check_targets(targets: Iterable[Target], sources: Iterable[Path]) -> None:
    """Raise CountermarkError where two reports go to one file, one would replace a document that is
    checked, or one is not for the terminal that it goes to.
    """
    documents = {os.path.realpath(path) for path in sources}
    used: set[str] = set()
    for target in targets:
        if target == Target(ReportFormat.xlsx, None) and sys.stdout.isatty():
            raise CountermarkError("needs-output", form=target.form.value)
        real = os.path.realpath(target.path) if target.path else ""
        if real in documents:
            raise CountermarkError("output-is-document", path=target.path)
        if real in used and not Path(real or os.devnull).is_char_device():
            raise CountermarkError("output-twice", path=target.path)
        used.add(real)


def _fail(error: CountermarkError) -> None:
    raise error


def deliver(
    documents: Iterable[DocumentReport],
    targets: Sequence[Target],
    policy: Policy,
    pictures: Pictures = no_pictures,
    expected: int | None = None,
    skipped: int = 0,
    failed: Callable[[CountermarkError], None] = _fail,
) -> None:
    """Go through the documents once and write all reports.

    JSON Lines are written as the documents come; the other forms, which begin with the totals, when all
    are there. Each file appears complete or not at all. `pictures` makes the pictures that the HTML
    report shows.

    The error of a report that can't be written is given to `failed`, and the others go on; without any
    left no further document is read. Where the documents break off, by a signal or an error, what was checked
    is reported as incomplete: of how many, says `expected`. `skipped` system files are counted.

    Raises what the documents broke off with, and ReaderGone where nobody reads the only report.
    """
    tally, kept, reports = RunTotals(policy, skipped), ReportSpool(), _Reports(failed)
    ended: BaseException | None = None
    try:
        with held():
            reports.open(targets)
        try:
            for document in documents if reports.left else ():
                with held():
                    tally.add(document)
                    reports.add_line(document)
                    if reports.need_all:
                        kept.add(document)
                if not reports.left:
                    break
        except BaseException as error:
            ended = error
        if tally.documents or not isinstance(ended, Exception):
            with held():
                overview = tally.overview(expected, complete=ended is None)
                shown = no_pictures if ended else partial(_until_stopped, pictures)
                run = ReportInput(overview, kept, policy.lang, policy.config.fail_on, policy.rules, shown)
                reports.finish(run)
    finally:
        reports.discard()
    if ended:
        raise ended
    if reports.unread:
        raise ReaderGone


class _Reports:
    """The reports of a run that can still be written. `unread` is set where nobody reads the last one."""

    def __init__(self, failed: Callable[[CountermarkError], None]) -> None:
        self.left: dict[Target, Output] = {}
        self.unread = False
        self._failed = failed

    def open(self, targets: Iterable[Target]) -> None:
        for target in targets:
            self._attempt(target, partial(self._open, target))

    @property
    def need_all(self) -> bool:
        """Whether there is one that is written when all documents are there."""
        return any(target.form is not ReportFormat.jsonl for target in self.left)

    def add_line(self, document: DocumentReport) -> None:
        """Write a document's line to the JSON Lines."""
        for target, output in list(self.left.items()):
            if target.form is ReportFormat.jsonl:
                self._attempt(target, partial(output.write, document_line(document)))

    def finish(self, run: ReportInput) -> None:
        """Write all other forms, and the totals of the JSON Lines."""
        for target, output in list(self.left.items()):
            self._attempt(target, partial(_finish, run, target, output))

    def discard(self) -> None:
        """Leave nothing of what was not finished."""
        for output in self.left.values():
            output.discard()

    def _open(self, target: Target) -> None:
        self.left[target] = output_to(target.path)

    def _attempt(self, target: Target, action: Callable[[], object]) -> None:
        """Do it; where that fails go on without the report."""
        try:
            action()
        except ReaderGone:
            self._drop(target)
            self.unread = not self.left
        except CountermarkError as error:
            self._drop(target)
            self._failed(error)
        except Exception as error:  # whatever a renderer raises costs its own report only
            self._drop(target)
            self._failed(
                CountermarkError("report-failed", form=target.form.value, error=place_of_failure(error))
            )

    def _drop(self, target: Target) -> None:
        output = self.left.pop(target, None)
        if output:
            output.discard()


def _finish(run: ReportInput, target: Target, output: Output) -> None:
    if target.form is ReportFormat.jsonl:
        output.write(summary_line(run.overview))
    elif target == (ReportFormat.text, None) and sys.stdout.isatty():
        _show(run)
    else:
        for piece in renderer(target.form)(run):
            output.write(piece)
    output.commit()


def _show(run: ReportInput) -> None:
    """Write the report to the terminal."""
    from countermark.reporting.escaping import escaped_run
    from countermark.reporting.terminal.text import write_text
    from countermark.support.console import console_on

    try:
        write_text(escaped_run(run), console_on(sys.stdout))
    except OSError as error:
        raise out_failed(error) from error


def _until_stopped(pictures: Pictures, documents: Iterable[DocumentReport]) -> Mapping[str, PageImages]:
    """Return the pictures; none where a signal ends their making, which can take long."""
    with released():
        return pictures(documents)
    return {}
