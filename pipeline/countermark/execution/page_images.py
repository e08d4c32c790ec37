"""Pictures of the pages of many documents, made by guarded workers for reports."""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from countermark.execution.pool import run_all
from countermark.execution.worker import Job
from countermark.readers.content import Content
from countermark.readers.formats import Pictures, pictures_of
from countermark.rendering.asked import Images
from countermark.rendering.office import Print, find_office
from countermark.rendering.render import PageImages, Why, render
from countermark.rendering.wanted import Wanted, wanted_of
from countermark.sources.content import content_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport, Problem
    from countermark.sources import Source

    Made = Generator[tuple["PictureTask", PageImages | Problem]]
    Follow = Callable[[Made, int], Iterator[tuple["PictureTask", PageImages | Problem]]]

MOST_BYTES = 13_000_000
"""What the pictures of one report may come to; documents beyond it go without."""


class PictureTask(NamedTuple):
    """A document with the pictures to make of it; `paper` is the PDF that a Word file was printed to."""

    source: Source
    wanted: Wanted
    paper: bytes | None = None


def page_images(
    sources: Iterable[Source],
    reports: Iterable[DocumentReport],
    which: Images,
    policy: Policy,
    jobs: int | None = None,
    follow: Follow = lambda made, _: made,
) -> dict[str, PageImages]:
    """Return pictures of the pages that markings or findings are on, by the name of their document.

    Of those with findings, or of all. Pages of PDF files are rendered; Word files are printed by
    LibreOffice first, at most `jobs` at once. A document of which no picture can be made has the reason
    in its place. `follow` is given what is made, one document after the other, and how many there are.
    """
    tasks = list(_tasks(sources, reports, which))
    office = find_office()
    possible = [task for task in tasks if office or not _is_printed(task)]
    pictures = {task.source.name: PageImages(why=Why.no_office) for task in tasks}
    pictures.update({task.source.name: PageImages(why=Why.full) for task in possible})
    room = MOST_BYTES
    made = run_all(_printed(possible, policy, jobs), policy, Job(render_file, PageImages), jobs)
    for task, outcome in follow(made, len(possible)):
        images = outcome if isinstance(outcome, PageImages) else PageImages(why=Why.failed)
        room -= sum(len(page.image) for page in images.pages)
        if room < 0:
            break
        pictures[task.source.name] = images
    return pictures


def render_file(task: PictureTask, policy: Policy) -> PageImages:
    """Make the pictures of one document; runs in a guarded worker."""
    content = content_of(task.source, policy.config.limits.file_mb)
    if not isinstance(content, bytes):
        return PageImages(why=Why.failed)
    return render(content, task.wanted, task.paper, policy)


def _tasks(
    sources: Iterable[Source], reports: Iterable[DocumentReport], which: Images
) -> Iterator[PictureTask]:
    by_name = {source.name: source for source in sources}
    for report in reports if which is not Images.none else ():
        wanted = wanted_of(report, which)
        if wanted and report.path in by_name:
            yield PictureTask(by_name[report.path], wanted)


def _printed(tasks: Iterable[PictureTask], policy: Policy, jobs: int | None) -> Iterator[PictureTask]:
    """Yield the tasks in order, those of Word files with the PDF that they were printed to."""
    at_once = jobs or os.cpu_count() or 1
    waiting: deque[tuple[PictureTask, Print | None]] = deque()
    try:
        for task in tasks:
            waiting.append((task, _print_of(task, policy)))
            while waiting and (
                waiting[0][1] is None or sum(printing is not None for _, printing in waiting) >= at_once
            ):
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())
    finally:
        for _, printing in waiting:
            if printing:
                printing.close()


def _is_printed(task: PictureTask) -> bool:
    return pictures_of(task.wanted.media_type) is Pictures.office


def _print_of(task: PictureTask, policy: Policy) -> Print | None:
    """Begin to print a Word file; None for all else, and where it can't be printed."""
    program, limits = find_office(), policy.config.limits
    if program is None or not _is_printed(task):
        return None
    content = content_of(task.source, limits.file_mb)
    if isinstance(content, bytes) and not Content(content, "").is_encrypted_package:
        with suppress(OSError):
            return Print(program, content, limits)
    return None


def _finished(task: PictureTask, printing: Print | None) -> PictureTask:
    if printing is None:
        return task
    try:
        paper = printing.result()
    finally:
        printing.close()
    return task._replace(paper=paper)
