"""What was read of a document, line by line, and the markings found in it (`inspect`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from countermark.model import Location, Status, Zone
from countermark.reporting.banner import highest_of
from countermark.reporting.places import places
from countermark.reporting.terminal.markings import write_marking
from countermark.reporting.terminal.text import (
    document_lines,
    evidence_text,
    labelled,
    write_finding,
)
from countermark.reporting.unread import READ
from countermark.support.console import escape_controls, write_line
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from countermark.model import Inspection, Line, Marking, Page

_STEP = 4
_NUMBER = 6
"""Columns of the number of a line, with the space behind it."""
_MARKED = "bold reverse"


def write_inspection(inspection: Inspection, console: Console, lang: str) -> None:
    """Write the document and its attachments.

    What could not be read, every line with its number and zone below the place where it is, each
    candidate below its line, and last those that stand on none.
    """
    write_line(console, Text(escape_controls(inspection.path), style="bold"))
    for told in (*document_lines(inspection, lang), *_exchange_lines(inspection, lang)):
        write_line(console, told, _STEP)
    for finding in inspection.findings:
        if finding.code.startswith(READ):
            write_finding(finding, console, lang, _STEP)
    if not highest_of(inspection) and inspection.status in (Status.checked, Status.partly_read):
        write_line(console, Text(text(lang, "ui.no_markings")), _STEP)
    waiting = list(inspection.markings)
    for place, lines in _blocks(inspection, lang):
        write_line(console, Text(place, style="underline"), _STEP)
        for location, line in lines:
            here = [candidate for candidate in waiting if candidate.location == location]
            waiting = [candidate for candidate in waiting if candidate not in here]
            write_line(console, _row(line, here, lang), 2 * _STEP, hang=_NUMBER + _widest(lang) + 2)
            for marking in here:
                write_marking(marking, console, lang, 4 * _STEP)
    for marking in waiting:
        write_marking(marking, console, lang, _STEP)
    for child in inspection.children:
        write_inspection(child, console, lang)


def _exchange_lines(inspection: Inspection, lang: str) -> Iterator[Text]:
    """Yield what the exchange was inferred from, where it was."""
    if inspection.exchange.evidence:
        yield labelled("exchange", evidence_text(inspection.exchange.evidence, lang), lang)


def _blocks(inspection: Inspection, lang: str) -> Iterator[tuple[str, list[tuple[Location, Line]]]]:
    """Yield each page, and what stands on none: its name, and its lines with their places."""
    for page in inspection.content:
        yield _place(page, lang), [(page.locate(line), line) for line in page.lines]
    if inspection.lines:
        loose = [(_loose(line), line) for line in inspection.lines]
        yield text(lang, "ui.off_pages"), loose


def _loose(line: Line) -> Location:
    return Location(part=line.part, zone=line.zone, box=line.box, line=line.number)


def _place(page: Page, lang: str) -> str:
    name = places([page.place()], lang)
    if not page.live:
        return text(lang, "ui.switched_off", {"place": name})
    return name if page.readable else text(lang, "ui.not_readable", {"place": name})


def _widest(lang: str) -> int:
    """Columns of the longest name of a zone."""
    return max(cell_len(text(lang, f"ui.zones.{zone.value}")) for zone in Zone)


def _row(line: Line, markings: list[Marking], lang: str) -> Text:
    """Return number, zone, text, and what a reader would not guess from it."""
    zone = text(lang, f"ui.zones.{line.zone.value}")
    row = Text.assemble(
        f"{line.number:>{_NUMBER - 2}}  ", (zone + " " * (_widest(lang) - cell_len(zone)), "dim"), "  "
    )
    shown = Text(escape_controls(line.text))
    for marking in markings:
        shown.highlight_words([escape_controls(marking.text)], _MARKED)
    row.append_text(shown)
    notes = [text(lang, f"ui.unseen.{line.unseen.value}")] if line.unseen else []
    notes += [text(lang, f"ui.line_{name}") for name in ("tracked", "struck") if getattr(line, name)]
    notes += [escape_controls(line.part)] if line.part else []
    return row.append(f"  [{text(lang, 'ui.between_items').join(notes)}]", "dim") if notes else row
