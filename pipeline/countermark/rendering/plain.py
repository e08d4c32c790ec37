"""Pages as they look, as small pictures for reports."""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from countermark.execution.pool import run_all
from countermark.execution.worker import Job, content_of
from countermark.model import Location, Status
from countermark.readers.ooxml.package import MEDIA_TYPES
from countermark.readers.pdf.reader import MEDIA_TYPE as PDF
from countermark.readers.signatures import is_zip
from countermark.rendering.asked import Images
from countermark.rendering.office import Print, find_office
from countermark.rendering.render import PageImages, Wanted, Why, render

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport, Problem
    from countermark.sources import Source

    Made = Generator[tuple[Wanted, PageImages | Problem]]
    Follow = Callable[[Made, int], Iterator[tuple[Wanted, PageImages | Problem]]]

WORD = frozenset(MEDIA_TYPES.values())
MOST_BYTES = 13_000_000
"""What the pictures of one report may come to; documents beyond it go without."""


def page_images(
    sources: Iterable[Source],
    reports: Iterable[DocumentReport],
    which: Images,
    policy: Policy,
    jobs: int | None = None,
    follow: Follow = lambda made, _: made,
) -> dict[str, PageImages]:
    """Pictures of the pages that markings or findings stand on, by the name of their document: of those with
    findings, or of all. Pages of PDF files are rendered; Word files are printed by LibreOffice first, at most
    `jobs` at once. A document of which no picture can be made has the reason in its place. `follow` is given
    what is made, one document after the other, and how many there are."""
    wanted = list(_wanted(sources, reports, which))
    office = find_office()
    possible = [one for one in wanted if office or one.media_type == PDF]
    pictures = {one.source.name: PageImages(why=Why.no_office) for one in wanted}
    pictures.update({one.source.name: PageImages(why=Why.full) for one in possible})
    room = MOST_BYTES
    made = run_all(_printed(possible, policy, jobs), policy, Job(render, PageImages), jobs)
    for one, outcome in follow(made, len(possible)):
        images = outcome if isinstance(outcome, PageImages) else PageImages(why=Why.failed)
        room -= sum(len(page.image) for page in images.pages)
        if room < 0:
            break
        pictures[one.source.name] = images
    return pictures


def _wanted(sources: Iterable[Source], reports: Iterable[DocumentReport], which: Images) -> Iterator[Wanted]:
    by_name = {source.name: source for source in sources}
    for report in reports if which is not Images.none else ():
        found = any(not one.suppressed for one in report.findings)
        if report.path in by_name and report.media_type in {PDF, *WORD} and (found or which is Images.all):
            places = tuple(_places(report))
            if places and report.status is not Status.unreadable:
                yield Wanted(by_name[report.path], report.sha256, report.media_type, places)


def _places(report: DocumentReport) -> Iterator[tuple[Location, str]]:
    """The places of findings, then of markings, each with the words of a marking there; in a PDF with none
    the first page."""
    words = {one.location: one.text for one in reversed(report.markings)}
    found = [place for one in report.findings for place in one.locations]
    yield from ((place, words.get(place, "")) for place in found)
    yield from words.items()
    if report.media_type == PDF and not (found or words):
        yield Location(page=1), ""


def _printed(wanted: Iterable[Wanted], policy: Policy, jobs: int | None) -> Iterator[Wanted]:
    """What is wanted, in order, Word files with the PDF that they were printed to."""
    at_once = jobs or os.cpu_count() or 1
    waiting: deque[tuple[Wanted, Print | None]] = deque()
    try:
        for one in wanted:
            waiting.append((one, _print_of(one, policy) if one.media_type in WORD else None))
            while waiting and (
                waiting[0][1] is None or sum(each is not None for _, each in waiting) >= at_once
            ):
                yield _finished(*waiting.popleft())
        while waiting:
            yield _finished(*waiting.popleft())
    finally:
        for _, printing in waiting:
            if printing:
                printing.close()


def _print_of(wanted: Wanted, policy: Policy) -> Print | None:
    program, limits = find_office(), policy.config.limits
    content = content_of(wanted.source, limits.file_mb)
    if program and isinstance(content, bytes) and is_zip(content):
        with suppress(OSError):
            return Print(program, content, limits)
    return None


def _finished(wanted: Wanted, printing: Print | None) -> Wanted:
    if printing is None:
        return wanted
    try:
        paper = printing.result()
    finally:
        printing.close()
    return wanted._replace(paper=paper)
