"""Problems of the pages of a PDF: nothing was read of them, or what was read may not be what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Line, Page, Problem, ProblemKind, Reason, Zone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countermark.readers.pdf.reading import Reading


def tell_unreadable_pages(reading: Reading) -> None:
    """Add the Problems of pages that are damaged, and of those that have no text."""
    unread = [page for page in reading.pages if not page.readable and page.number not in reading.lost]
    damaged = tuple(page.place() for page in unread if page.number in reading.damaged)
    silent = tuple(page.place() for page in unread if page.number not in reading.damaged)
    if damaged:
        reading.problems.append(
            Problem(kind=ProblemKind.unreadable, reason=Reason.pdf_pages, locations=damaged)
        )
    if silent:
        reading.problems.append(Problem(kind=ProblemKind.no_text, reason=Reason.no_text, locations=silent))


def tell_text_in_doubt(reading: Reading) -> None:
    """Say where what was read may not be what the page shows: text recognition's, unknown characters, or
    what a copy of the text replaces."""
    recognised, illegible, replaced = [], [], []
    for page in (page for page in reading.pages if page.readable):
        if page.number in reading.recognised:
            recognised += [page.place(zone) for zone in _edges(page.lines)] or [page.place()]
        lines = _lines_with(page, reading.illegible)
        if lines:
            is_most = 2 * len(lines) > len(page.lines) and not all(line.text.isascii() for line in lines)
            illegible += [page.place(zone) for zone in _edges(lines)] or ([page.place()] if is_most else [])
        replaced += [page.place(zone) for zone in _edges(_lines_with(page, reading.replaced))]
    for reason, places in (
        (Reason.text_over_image, recognised),
        (Reason.unknown_characters, illegible),
        (Reason.replaced_text, replaced),
    ):
        if places:
            kind = ProblemKind.text_disagrees
            reading.problems.append(Problem(kind=kind, reason=reason, locations=tuple(places)))


def _lines_with(page: Page, texts: Mapping[int, set[str]]) -> list[Line]:
    """Return the lines of a page that hold one of these texts, by the pages' numbers."""
    own = texts.get(page.number or 0, ())
    return [line for line in page.lines if own and any(text in line.text for text in own)]


def _edges(lines: Sequence[Line]) -> list[Zone]:
    """Return the zones of these lines among those in which a page bears its marking."""
    return [zone for zone in HEADER_FOOTER if any(line.zone is zone for line in lines)]
