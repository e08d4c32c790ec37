"""The pages of a document for the HTML report.

Its picture where there is one, boxes around markings and findings, and the heads and feet that lack a
marking.
"""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from countermark.model import HEADER_FOOTER, Location, PageKind
from countermark.readers.formats import Pictures, pictures_of
from countermark.reporting.places import places
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from countermark.model import Box, DocumentReport, Finding
    from countermark.rendering.render import PageImage, PageImages

    Add = Callable[[Callable[[str], str]], int]
    Key = tuple[int | None, int | None, PageKind | None]

MOST_PAGES = 60
"""How many pages of one document are shown."""
UNMARKED = "DOC001"
A4 = (595.0, 842.0)
"""Width and height, in points, of a page of which no picture tells them."""


def page_data(report: DocumentReport, add: Add, pictures: PageImages) -> tuple[list[Any], int]:
    """Return the pages that have something to show, at most `MOST_PAGES`, pages with findings first in
    their order; and how many are left out.
    """
    found: dict[Key, dict[str, Any]] = {}
    for finding in report.findings:
        for location in _on_pictures(_places_of(finding, report), pictures):
            _note_finding(_page(found, location), location, finding.severity.value, finding.code)
    with_findings = set(found)
    for marking in report.markings:
        for location in _on_pictures([marking.location], pictures):
            _note_marking(_page(found, location), location, escape_controls(marking.text))
    known = {picture.page: picture for picture in pictures.pages}
    keys = [key for key in found if key[0] is not None or key[1] is not None]
    chosen = sorted(keys, key=lambda key: (key not in with_findings, *_order(key)))[:MOST_PAGES]
    pages = [_finished(key, found[key], add, known.get(key[0] or 0)) for key in sorted(chosen, key=_order)]
    return pages, len(keys) - len(chosen)


def _places_of(finding: Finding, report: DocumentReport) -> tuple[Location, ...]:
    """Return a finding's places; of a document that lacks any marking the head and foot of its first page."""
    if finding.locations or finding.code != UNMARKED:
        return finding.locations
    first = (
        Location(page=1)
        if pictures_of(report.media_type) is Pictures.direct
        else Location(section=1, kind=PageKind.default)
    )
    return tuple(replace(first, zone=zone) for zone in HEADER_FOOTER)


def _on_pictures(locations: Iterable[Location], pictures: PageImages) -> Iterator[Location]:
    """Yield the places; of a Word file that was printed, where they stand on the pictured pages of the
    print.
    """
    kinds = {page.page: (page.section, page.kind) for page in pictures.pages if page.section}
    for location in locations:
        placed = {
            placement.page: placement.box
            for placement in pictures.placements
            if placement.location == location
        }
        pages = placed or [page for page in kinds if kinds[page] == (location.section, location.kind)]
        for page in pages:
            section, kind = kinds[page]
            yield replace(location, page=page, section=section, kind=kind, box=placed.get(page))
        if not pages:
            yield location


def _order(key: Key) -> tuple[bool, int, int, str]:
    """By page; what no page shows comes last."""
    return key[0] is None, key[0] or 0, key[1] or 0, key[2] or ""


def _page(found: dict[Key, dict[str, Any]], location: Location) -> dict[str, Any]:
    key = location.page_key
    return found.setdefault(key, {"boxes": [], "edges": {}, "missing": []})


def _note_finding(page: dict[str, Any], location: Location, kind: str, code: str) -> None:
    """Show a finding with a box there; one about a header or footer where nothing is, is a ghost."""
    if location.box:
        page["boxes"].append([kind, _corners(location.box), code])
    elif (
        location.zone in HEADER_FOOTER
        and location.line is None
        and location.zone.value not in page["missing"]
    ):
        page["missing"].append(location.zone.value)


def _corners(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def _note_marking(page: dict[str, Any], location: Location, written: str) -> None:
    if location.box:
        page["boxes"].append(["mark", _corners(location.box), written])
    elif location.zone in HEADER_FOOTER:
        edge = page["edges"].setdefault(location.zone.value, [])
        if written not in edge:
            edge.append(written)


def _finished(key: Key, page: dict[str, Any], add: Add, picture: PageImage | None) -> dict[str, Any]:
    width, height = (picture.width, picture.height) if picture else _size(page["boxes"])
    marked = {at for at in ("header", "footer") if page["edges"].get(at)}
    return {
        **page,
        "missing": [at for at in page["missing"] if at not in marked],
        "label": add(partial(_label, key)),
        "width": width,
        "height": height,
        "image": base64.b64encode(picture.image).decode() if picture else None,
    }


def _label(key: Key, lang: str) -> str:
    number, section, kind = key
    if number is None or section is None:
        return places([Location(page=number, section=section, kind=kind)], lang)
    shown = places([Location(section=section, kind=kind)], lang)
    return text(lang, "html.printed_page", {"number": number, "place": shown})


def _size(boxes: Iterable[tuple[str, list[float], str]]) -> tuple[float, float]:
    """Return a page that holds all boxes."""
    corners = [box for _, box, _ in boxes]
    return (
        max([A4[0], *(box[2] for box in corners)]),
        max([A4[1], *(box[3] for box in corners)]),
    )
