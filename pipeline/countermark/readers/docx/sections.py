"""Which header and footer each page kind of each section of a Word file shows.

ECMA-376 17.10: a section's header or footer of a kind is its own, else that of the section before;
before the first there is none, and the page shows an empty one. `first` is live where the section
has titlePg, `even` where the settings have evenAndOddHeaders; else `default` is shown in their place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from countermark.model import HEADER_FOOTER, PageKind, Zone
from countermark.readers.docx.notes import in_sections
from countermark.readers.flow.pages import (
    EMPTY,
    HeaderFooterPart,
    SectionContent,
    order_of_kinds,
    pages_of,
    without_text,
)
from countermark.readers.flow.placement import Paper
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.problems import part_problem
from countermark.readers.ooxml.values import TWIPS, is_on, points, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from countermark.model import Location, Page, Problem
    from countermark.readers.docx.notes import Name
    from countermark.readers.docx.text import PartText
    from countermark.readers.flow.lines import Text
    from countermark.readers.zip_parts import PartError
    from countermark.support.safe_xml import XmlElement

RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
REFERENCES = {f"{W}headerReference": Zone.header, f"{W}footerReference": Zone.footer}

References = dict[tuple[Zone, PageKind], str]
"""Header or footer, of which kind -> id of the relationship to its part."""


class Section(NamedTuple):
    """A section's sectPr, None where the document has none, its body text, whether its body shows pictures,
    and at which of its texts the file itself begins a page.
    """

    properties: XmlElement | None
    texts: Sequence[Text]
    pictured: bool
    sheets: Sequence[int] = ()


class WordPart(NamedTuple):
    """What a header or footer part shows; `error` is why it could not be read.

    `varies`: another section may show something else.
    """

    shown: HeaderFooterPart = EMPTY
    error: PartError | None = None
    varies: bool = False


def sections_of(
    body: PartText, notes: Mapping[Name, list[Text]], settings: XmlElement | None
) -> list[Section]:
    """Return the body cut at its section ends, with the notes that each section shows.

    What follows the last end is a section without a sectPr.
    """
    starts = [0, *(end.at for end in body.breaks)]
    sections = [
        Section(
            end.properties, body.texts[start : end.at], number in body.pictured, _sheets(body, start, end.at)
        )
        for number, (start, end) in enumerate(zip(starts, body.breaks, strict=False))
    ]
    rest, pictured = body.texts[starts[-1] :], len(sections) in body.pictured
    if rest or pictured or not sections:
        sections.append(Section(None, rest, pictured, _sheets(body, starts[-1], len(body.texts))))
    place = settings.find(f"{W}endnotePr/{W}pos") if settings is not None else None
    at_end = place is None or place.get(VAL) != "sectEnd"
    told = in_sections(notes, body.notes, len(sections), endnotes_at_end=at_end)
    return [
        section._replace(texts=[*section.texts, *more]) for section, more in zip(sections, told, strict=True)
    ]


def _sheets(body: PartText, start: int, end: int) -> list[int]:
    """At which of the texts from `start` to `end` the file itself begins a page."""
    starts = body.found.page_starts
    return [at - start for at in starts[bisect_right(starts, start) : bisect_left(starts, end)]]


def section_pages(
    sections: Iterable[Section], *, alternating: bool, read_part: Callable[[str, Zone, int], WordPart]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Return the pages of all sections, each section's live ones first, and what could not be read of them.

    `alternating`: odd and even pages differ. `read_part` gives what the part that a relationship id names
    says as a header or footer of a section.
    """
    pages: list[Page] = []
    unread: dict[str, tuple[PartError, list[Location]]] = {}
    references: References = {}
    known: dict[tuple[str, Zone], WordPart] = {}
    for number, section in enumerate(sections, start=1):
        references = {**references, **_own_references(section.properties)}
        live = _live_kinds(section.properties, alternating)
        kinds = _order(section.properties, live)
        shown: dict[tuple[Zone, PageKind], WordPart] = {}
        for zone, kind in _in_order(kinds, live):
            link = references.get((zone, kind))
            if link is not None:
                if (link, zone) not in known or known[link, zone].varies:
                    known[link, zone] = read_part(link, zone, number)
                shown[zone, kind] = known[link, zone]
        parts = {place: part.shown for place, part in shown.items()}
        paper, measures = _size(section.properties), _measures(section.properties)
        content = SectionContent(
            section.texts, parts, kinds, live, section.pictured, paper, measures, section.sheets
        )
        for page in pages_of(content, number):
            pages.append(page)
            failed = {zone: part.error for (zone, kind), part in shown.items() if kind is page.kind}
            for zone, error in failed.items():
                if error:
                    unread.setdefault(error.part, (error, []))[1].append(page.place(zone))
    failed_pages = [replace(place, zone=None) for _, places in unread.values() for place in places]
    problems = [part_problem(error, *places) for error, places in unread.values()]
    return tuple(pages), (*problems, *without_text(pages, failed_pages))


def _in_order(kinds: Iterable[PageKind], live: Container[PageKind]) -> Iterator[tuple[Zone, PageKind]]:
    """Yield the headers and footers of kinds of pages, those that are switched on first."""
    for kind in sorted(kinds, key=lambda kind: kind not in live):
        for zone in HEADER_FOOTER:
            yield zone, kind


def _live_kinds(properties: XmlElement | None, alternating: bool) -> frozenset[PageKind]:
    has_first = properties is not None and is_on(properties.find(f"{W}titlePg"))
    shown = {PageKind.first: has_first, PageKind.even: alternating, PageKind.default: True}
    return frozenset(kind for kind, is_shown in shown.items() if is_shown)


def _order(properties: XmlElement | None, live: frozenset[PageKind]) -> tuple[PageKind, ...]:
    """Return the kinds as pages show them.

    The first page is odd, unless the section says otherwise (ECMA-376 17.6.12, 17.18.77).
    """
    start = properties.find(f"{W}pgNumType") if properties is not None else None
    kind = properties.find(f"{W}type") if properties is not None else None
    number = whole_number(start.get(f"{W}start")) if start is not None else None
    opens_even = kind is not None and kind.get(VAL) == "evenPage" if number is None else number % 2 == 0
    return order_of_kinds(has_first=PageKind.first in live, opens_even=opens_even)


def _own_references(properties: XmlElement | None) -> References:
    found: References = {}
    for element in properties if properties is not None else ():
        if element.tag in REFERENCES:
            kind = element.get(f"{W}type", "default")
            if kind in PageKind.__members__:
                found[REFERENCES[element.tag], PageKind(kind)] = element.get(RELATIONSHIP_ID, "")
    return found


def _size(properties: XmlElement | None) -> tuple[float | None, float | None]:
    """Width and height of the paper in points."""
    size = properties.find(f"{W}pgSz") if properties is not None else None
    if size is None:
        return None, None
    return points(size.get(f"{W}w"), TWIPS), points(size.get(f"{W}h"), TWIPS)


def _measures(properties: XmlElement | None) -> Paper:
    """Height and margins of the paper; what is not stated as usual."""
    margins = properties.find(f"{W}pgMar") if properties is not None else None
    stated = {
        name: points(margins.get(f"{W}{name}"), TWIPS)
        for name in ("top", "bottom", "header", "footer")
        if margins is not None
    }
    stated["height"] = _size(properties)[1]
    return Paper()._replace(**{name: abs(value) for name, value in stated.items() if value is not None})
