"""Rich text files (.rtf) to Documents."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from countermark.model import (
    HEADER_FOOTER,
    Location,
    Problem,
    ProblemKind,
    Reason,
    Zone,
)
from countermark.readers.flow.fields import active_codes, plain_value
from countermark.readers.ooxml.active import active_content
from countermark.readers.ooxml.embedded import NotRead
from countermark.readers.rtf.actions import ACTIONS
from countermark.readers.rtf.destinations import DESTINATIONS
from countermark.readers.rtf.objects import object_file
from countermark.readers.rtf.walker import Walker
from countermark.support.guarding import stop_problem
from countermark.support.limits import LimitReached, UnitFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Page
    from countermark.readers.builder import DocumentBuilder

PART = "document"
"""What a rich text file's main text is called where its place is told."""
UNSEEN = (*HEADER_FOOTER, Zone.deleted, Zone.hidden, Zone.comment, Zone.image)


def read_rtf(data: bytes, document: DocumentBuilder) -> None:
    """Read the rich text `data`: a page for each page kind of each section, properties, embedded objects."""
    walker, problems = _walked(data, posixpath.basename(document.name.replace("\\", "/")))
    pages, unread = walker.sections.pages()
    document.add_pages(pages)
    document.properties += walker.properties
    document.problems += [*problems, *unread, *_unknown_characters(pages)]
    _read_objects(walker, document)
    acting = {**active_codes(PART, walker.codes), **dict.fromkeys(walker.active, PART)}
    active = active_content({}, acting)
    if active:
        document.problems.append(active)


def shown_lines(data: bytes, file_name: str) -> tuple[list[str], bool]:
    """Return the lines of rich text that is inserted in another document, and whether that is all of it that
    a reader sees. `file_name` is that of the whole document.
    """
    walker, problems = _walked(data, file_name)
    pages, unread = walker.sections.pages()
    lines = [line for page in pages if page.live for line in page.lines]
    shown = [line.text for line in lines if line.zone not in UNSEEN]
    return shown, len(shown) == len(lines) and not (problems or unread or walker.objects)


def _walked(data: bytes, file_name: str) -> tuple[Walker, list[Problem]]:
    """Return the walker at the end of `data`, and what kept it from reading more."""
    problems: list[Problem] = []

    def value(walker: Walker, code: str) -> str | None:
        known = {found.name.casefold(): found.value for found in walker.properties}
        return plain_value(code, file_name, lambda: known)

    walker = Walker({**ACTIONS, **DESTINATIONS}, value)
    try:
        walker.walk(data)
    except (LimitReached, UnitFailed) as stop:
        problems.append(stop_problem(stop))
    else:
        if not walker.is_whole:
            problems.append(_part_problem(Reason.rtf_cut_off))
    if walker.has_rest:
        problems.append(_part_problem(Reason.rtf_rest))
    walker.finish()
    return walker, problems


def _part_problem(reason: Reason) -> Problem:
    return Problem(kind=ProblemKind.part_unreadable, reason=reason)


def _unknown_characters(pages: tuple[Page, ...]) -> Iterator[Problem]:
    """Report headers and footers with characters that their font's code page doesn't have."""
    places = tuple(
        page.place(zone)
        for page in pages
        for zone in HEADER_FOOTER
        if any("\ufffd" in line.text for line in page.lines if line.zone is zone)
    )
    if places:
        yield Problem(kind=ProblemKind.text_disagrees, reason=Reason.unknown_characters, locations=places)


def _read_objects(walker: Walker, document: DocumentBuilder) -> None:
    """Read the embedded files, and report what can't be read of them."""
    for number, digits in enumerate(walker.objects, 1):
        part = f"object {number}"
        try:
            found = object_file(digits, f"object-{number}.bin")
        except NotRead:
            kind, reason = ProblemKind.part_unreadable, Reason.package_embedded
            document.add_problem(kind, reason, Location(part=PART), part=part)
        else:
            if found is not None:
                document.read_child(found.data, found.name)
