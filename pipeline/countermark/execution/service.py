"""The service that runs a check over sources, for whoever asks: the command line, a watcher, a page.

A `RunRequest` says what to check and how; the `Run` of it gives the reports, says meanwhile to a `Listener`
how far it is and what goes wrong, and comes to an exit status.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from countermark.checking.cross_document import with_cross_document_findings
from countermark.config.baseline import load_baseline
from countermark.config.configuration import FROM_HERE, ConfigurationChoice
from countermark.config.policy import PolicyOptions
from countermark.config.resolve import resolve_policy
from countermark.execution.copies import Copies
from countermark.execution.known_findings import KnownFindings
from countermark.execution.outcome import exit_status
from countermark.execution.page_images import page_images
from countermark.execution.pool import check_all, check_new
from countermark.execution.store.run_store import RunStore
from countermark.rendering.asked import Images, check_pillow, has_pillow
from countermark.reporting.configuration import configuration_notes
from countermark.support.errors import Exit
from countermark.support.messages import error_text, text
from countermark.support.stops import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
    from pathlib import Path

    from countermark.execution.store.run_store import StoreRequest
    from countermark.model import DocumentReport
    from countermark.rendering.render import PageImages
    from countermark.sources import Found
    from countermark.support.errors import CountermarkError

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What to check and how.

    At most `jobs` workers check (0: one for each processor). `baseline` is a file of known findings,
    `copies` a folder for annotated copies, `images` says of which documents there are to be pictures:
    None for those with findings, where pictures can be made. What is found is kept in a `store`, without
    text of documents: then no report of the run has any.
    """

    found: Found
    configuration: ConfigurationChoice = FROM_HERE
    options: PolicyOptions = field(default_factory=PolicyOptions)
    jobs: int = 0
    baseline: Path | None = None
    copies: Path | None = None
    images: Images | None = None
    store: StoreRequest | None = None


class Listener(Protocol):
    """Who hears of a run. Lines and the names of stages are in the run's language."""

    def warn(self, line: str) -> None:
        """Hear what the user should know besides the reports."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """Hear how many of the stage's documents are done."""

    def end(self, stage: str) -> None:
        """Hear that the stage has ended, complete or not."""


class Run:
    """A request that is carried out, once.

    `checked` counts the documents reported so far.

    Raises CountermarkError where the request can't be carried out, before anything is checked.
    """

    def __init__(self, request: RunRequest, listener: Listener) -> None:
        found, baseline = request.found, request.baseline
        self.sources = found.sources
        self.checked = 0
        self._status, self._is_unwritten = Exit.clean, False
        self._listener, self._jobs = listener, request.jobs
        self._copies = Copies(request.copies, found.roots) if request.copies else None
        entries = load_baseline(baseline) if baseline else {}
        options = request.options
        if request.store:
            options = {**options, "redact": True}
        if baseline:
            options = {**options, "root": baseline.resolve().parent}
        paths = (source.path for source in found.sources)
        self.policy = resolve_policy(request.configuration, found.start, paths, **options)
        self._known = KnownFindings(baseline, entries, self.policy) if baseline else None
        for line in configuration_notes(self.policy):
            listener.warn(line)
        self._images = _possible(request.images, redact=self.policy.config.redact)
        self._store = RunStore(request.store, self.policy, found, self.fail) if request.store else None

    def carry_out(self, deliver: Callable[[Iterable[DocumentReport]], None]) -> Exit:
        """Give the reports to `deliver` as they come, in the order of the sources, then write the annotated
        copies. Return the exit status. Raises what `deliver` raises, and CountermarkError where no worker can
        start or the folder of copies can't be written into.
        """
        try:
            with closing(self._reports()) as reports:
                deliver(reports)
            self._write_copies()
        except Stopped:
            key = "stopped_all" if self.checked == len(self.sources) else "stopped"
            self._warn(f"ui.{key}", number=self.checked, total=len(self.sources))
            raise
        finally:
            if self._store:
                self._store.close()
        if self._known:
            for line in self._known.warnings({self.policy.relative(source.name) for source in self.sources}):
                self._listener.warn(line)
        return Exit.usage if self._is_unwritten else self._status

    def pictures(self, reports: Iterable[DocumentReport]) -> Mapping[str, PageImages]:
        """Return the pictures of pages that were asked for, by the names of their documents."""
        follow = partial(self._followed, "picturing")
        return page_images(self.sources, reports, self._images, self.policy, self._jobs, follow)

    def fail(self, error: CountermarkError) -> None:
        """Say that a report of this run could not be written; the others go on."""
        self._is_unwritten = True
        self._listener.warn(f"countermark: {error_text(self.policy.lang, error)}")

    def _reports(self) -> Generator[DocumentReport]:
        checked = (
            check_new(self.sources, self.policy, self._store, self._jobs)
            if self._store
            else check_all(self.sources, self.policy, self._jobs)
        )
        checked = self._followed("progress", checked, len(self.sources))
        reports = with_cross_document_findings(checked, self.policy, self._check_again)
        for source, report in zip(self.sources, reports, strict=True):
            judged = self._known.suppress(report) if self._known else report
            self._status = max(self._status, exit_status([(source, judged)], self.policy.config.fail_on))
            if self._copies:
                self._copies.add(source, judged)
            self.checked += 1
            if self._store:
                self._store.add(source, judged)
            yield judged
        if self._store:
            self._store.end()

    def _check_again(self, paths: Sequence[str]) -> Iterable[DocumentReport]:
        """Check documents whose reports are from the store: what else it says of them is in no store."""
        sources = self._store.recalled(paths) if self._store else []
        return check_all(sources, self.policy, self._jobs) if sources else ()

    def _write_copies(self) -> None:
        for copy in self._copies.write(self.policy, self._jobs) if self._copies else ():
            self._is_unwritten |= copy.unwritten
            self._warn("ui.no_copy", path=copy.path, reason=copy.reason)

    def _followed(self, stage: str, made: Generator[T], total: int) -> Generator[T]:
        """Yield what is made as it comes, and say so; `stage` is a key of the catalogue's `ui`."""
        name = text(self.policy.lang, f"ui.{stage}")
        try:
            with closing(made):
                self._listener.progress(name, 0, total)
                for done, thing in enumerate(made, 1):
                    yield thing
                    self._listener.progress(name, done, total)
        finally:
            self._listener.end(name)

    def _warn(self, key: str, **words: object) -> None:
        self._listener.warn(text(self.policy.lang, key, words))


def _possible(images: Images | None, *, redact: bool) -> Images:
    """Return of which documents pictures are made; of none in a redacted run.

    Raises CountermarkError where some are asked for that can't be made here.
    """
    if redact or images is Images.none:
        return Images.none
    if images:
        check_pillow()
    return images or (Images.findings if has_pillow() else Images.none)
