"""HTML to Documents.

A page is one page. Its header is what `header` elements hold, what stays at the top when it is scrolled or
is printed at the top of each sheet, and the first lines of its text, as of a plain text; its footer likewise.
A page by a name of HTML is read as HTML, any other as XML where it is well formed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import ProblemKind, Reason, Zone
from countermark.readers.html.carried import acting_kinds, add_properties, embedded_files
from countermark.readers.html.encoding import decoded_page
from countermark.readers.html.text import parse_html, text_of
from countermark.readers.html.xhtml import xhtml_root
from countermark.readers.ooxml.active import active_content
from countermark.readers.problems import limit_problem
from countermark.readers.text.reader import zones_of
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.html.lines import TextLine

_NAMES_OF_HTML = (".html", ".htm", ".shtml")


def read_html(data: bytes, document: DocumentBuilder) -> None:
    """Read a page of HTML. Nothing it refers to is loaded."""
    tags = data.count(b"<")
    if tags > document.limits.xml_tags:
        raise LimitReached("xml_tags", document.limits.xml_tags, str(tags))
    decoded = decoded_page(data)
    if not decoded.is_whole:
        document.add_problem(ProblemKind.part_unreadable, Reason.text_damaged)
    is_html = document.name.casefold().endswith(_NAMES_OF_HTML)
    root = None if is_html else xhtml_root(decoded.text)
    page = text_of(*(parse_html(decoded.text) if root is None else (root, None)))
    if page.limit:
        document.problems.append(limit_problem(page.limit))
    _add_page(page.lines, document)
    if page.root is None:
        return
    add_properties(page.root, document)
    active = active_content({}, dict.fromkeys(sorted(acting_kinds(page.root)), ""))
    if active:
        document.problems.append(active)
    for file in embedded_files(page.root):
        document.read_child(file.data, file.name)


def _add_page(lines: Sequence[TextLine], document: DocumentBuilder) -> None:
    page = document.add_page()
    for line, zone in zip(lines, _zones(lines), strict=True):
        page.add_line(
            line.text,
            zone,
            unseen=line.unseen,
            weight=line.weight,
            colour=line.colour,
            centred=line.centred,
            struck=line.struck,
        )


def _zones(lines: Sequence[TextLine]) -> list[Zone]:
    """Return the zone of each line. First and last are those of what flows: seen, in no own zone."""
    flow = [index for index, line in enumerate(lines) if line.unseen is None and line.zone is None]
    spaced: list[str] = []
    places: list[int | None] = []
    for index in flow:
        if lines[index].gap:
            spaced.append("")
            places.append(None)
        spaced.append(lines[index].text)
        places.append(index)
    zones = [_own_zone(line) for line in lines]
    for place, zone in zip(places, zones_of(spaced), strict=True):
        if place is not None and zone is not Zone.body:
            zones[place] = zone
    return zones


def _own_zone(line: TextLine) -> Zone:
    if line.zone:
        return line.zone
    if line.unseen:
        return Zone.hidden
    return Zone.table if line.in_table else Zone.body
