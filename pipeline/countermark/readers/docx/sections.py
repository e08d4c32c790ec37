"""Which header and footer each page kind of each section of a Word file shows.

ECMA-376 17.10: a section's header or footer of a kind is its own, else that of the section before;
before the first there is none, and the page shows an empty one. `first` is live where the section
has titlePg, `even` where the settings have evenAndOddHeaders; else `default` is shown in their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Line, Page, PageKind, Problem, ProblemKind, Zone
from countermark.readers.docx.colour import AUTO
from countermark.readers.docx.notes import in_sections
from countermark.readers.docx.problems import part_problem
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.values import TWIPS, is_on, points, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from countermark.model import Location
    from countermark.readers.docx.lines import Text
    from countermark.readers.docx.notes import Name
    from countermark.readers.docx.text import PartText
    from countermark.readers.ooxml.package import PartError
    from countermark.support.safe_xml import XmlElement

RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FROM_FIRST = (PageKind.first, PageKind.even, PageKind.default)
FROM_ODD = (PageKind.default, PageKind.even, PageKind.first)
FROM_EVEN = (PageKind.even, PageKind.default, PageKind.first)
"""The kinds of a section's pages in the order in which a reader meets them."""
REFERENCES = {f"{W}headerReference": Zone.header, f"{W}footerReference": Zone.footer}

References = dict[tuple[Zone, PageKind], str]
"""Header or footer, of which kind -> id of the relationship to its part."""


class Section(NamedTuple):
    """A section's sectPr, None where the document has none, its body text, and whether its body shows
    pictures."""

    properties: XmlElement | None
    texts: Sequence[Text]
    pictured: bool


class HeaderFooterPart(NamedTuple):
    """What a header or footer part says; `error` is why it could not be read. `varies`: another section
    may show something else. `pictured`: it shows pictures."""

    texts: Sequence[Text] = ()
    error: PartError | None = None
    varies: bool = False
    pictured: bool = False


NO_BAND = HeaderFooterPart()


def sections_of(
    body: PartText, notes: Mapping[Name, list[Text]], settings: XmlElement | None
) -> list[Section]:
    """The body cut at its section ends, with the notes that each section shows; what follows the last
    end is a section without a sectPr."""
    starts = [0, *(end.at for end in body.breaks)]
    sections = [
        Section(end.properties, body.texts[start : end.at], number in body.pictured)
        for number, (start, end) in enumerate(zip(starts, body.breaks, strict=False))
    ]
    rest, pictured = body.texts[starts[-1] :], len(sections) in body.pictured
    if rest or pictured or not sections:
        sections.append(Section(None, rest, pictured))
    place = settings.find(f"{W}endnotePr/{W}pos") if settings is not None else None
    at_end = place is None or place.get(VAL) != "sectEnd"
    told = in_sections(notes, body.notes, len(sections), endnotes_at_end=at_end)
    return [one._replace(texts=[*one.texts, *more]) for one, more in zip(sections, told, strict=True)]


def section_pages(
    sections: Iterable[Section], *, alternating: bool, read_band: Callable[[str, Zone, int], HeaderFooterPart]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The pages of all sections, each section's live ones first, and what could not be read of them.

    `alternating`: odd and even pages differ. `read_band` gives what the part that a relationship id names
    says as a header or footer of a section.
    Kinds that are switched off are told as pages that are not live, where they have something to tell.
    """
    pages: list[Page] = []
    unread: dict[str, tuple[PartError, list[Location]]] = {}
    silent: list[Location] = []
    references: References = {}
    known: dict[tuple[str, Zone], HeaderFooterPart] = {}

    def band(kind: PageKind, zone: Zone, section: int) -> HeaderFooterPart:
        link = references.get((zone, kind))
        if link is None:
            return NO_BAND
        if (link, zone) not in known or known[link, zone].varies:
            known[link, zone] = read_band(link, zone, section)
        return known[link, zone]

    for number, section in enumerate(sections, start=1):
        references = {**references, **_own_references(section.properties)}
        live = _live_kinds(section.properties, alternating)
        for kind in sorted(_order(section.properties, live), key=lambda kind: kind not in live):
            bands = {zone: band(kind, zone, number) for zone in REFERENCES.values()}
            page = _page(section, number, kind, bands, kind in live)
            if page.live or page.lines or not page.readable:
                pages.append(page)
            failed = {zone: shown.error for zone, shown in bands.items() if shown.error}
            for zone, error in failed.items():
                unread.setdefault(error.part, (error, []))[1].append(page.place(zone))
            if page.live and not page.readable and not failed:
                silent.append(page.place())
    problems = [part_problem(error, *places) for error, places in unread.values()]
    if silent:
        problems.append(Problem(kind=ProblemKind.no_text, reason="no-text", locations=tuple(silent)))
    return tuple(pages), tuple(problems)


def _live_kinds(properties: XmlElement | None, alternating: bool) -> frozenset[PageKind]:
    has_first = properties is not None and is_on(properties.find(f"{W}titlePg"))
    shown = {PageKind.first: has_first, PageKind.even: alternating, PageKind.default: True}
    return frozenset(kind for kind, is_shown in shown.items() if is_shown)


def _order(properties: XmlElement | None, live: frozenset[PageKind]) -> tuple[PageKind, ...]:
    """The kinds as pages show them: the first page is odd, unless the section says otherwise (ECMA-376
    17.6.12, 17.18.77)."""
    if PageKind.first in live:
        return FROM_FIRST
    start = properties.find(f"{W}pgNumType") if properties is not None else None
    kind = properties.find(f"{W}type") if properties is not None else None
    number = whole_number(start.get(f"{W}start")) if start is not None else None
    if number is not None:
        return FROM_ODD if number % 2 else FROM_EVEN
    return FROM_EVEN if kind is not None and kind.get(VAL) == "evenPage" else FROM_ODD


def _own_references(properties: XmlElement | None) -> References:
    found: References = {}
    for element in properties if properties is not None else ():
        if element.tag in REFERENCES:
            kind = element.get(f"{W}type", "default")
            if kind in PageKind.__members__:
                found[REFERENCES[element.tag], PageKind(kind)] = element.get(RELATIONSHIP_ID, "")
    return found


def _page(
    section: Section, number: int, kind: PageKind, bands: dict[Zone, HeaderFooterPart], live: bool
) -> Page:
    body = section.texts if kind is PageKind.default else ()
    texts = (*bands[Zone.header].texts, *body, *bands[Zone.footer].texts)
    width, height = _size(section.properties)
    pictured = section.pictured or any(band.pictured for band in bands.values())
    is_silent = live and pictured and not any(map(_is_seen, (*texts, *section.texts)))
    return Page(
        lines=numbered(texts),
        section=number,
        kind=kind,
        width=width,
        height=height,
        live=live,
        readable=not is_silent and not any(band.error for band in bands.values()),
    )


def _is_seen(text: Text) -> bool:
    """Whether a reader of the page sees the text."""
    return text.unseen is None and text.zone not in (Zone.comment, Zone.deleted)


def numbered(texts: Iterable[Text]) -> tuple[Line, ...]:
    """The texts as lines, counted from 1."""
    return tuple(
        [
            Line(
                text=text,
                zone=zone,
                number=number,
                part=part,
                size=look.size,
                weight=look.weight,
                colour=None if look.colour == AUTO else look.colour,
                centred=centred,
                unseen=unseen,
                tracked=tracked,
                struck=struck,
            )
            for number, (text, zone, part, look, centred, unseen, tracked, struck) in enumerate(texts, 1)
        ]
    )


def _size(properties: XmlElement | None) -> tuple[float | None, float | None]:
    """Width and height of the paper in points."""
    size = properties.find(f"{W}pgSz") if properties is not None else None
    if size is None:
        return None, None
    return points(size.get(f"{W}w"), TWIPS), points(size.get(f"{W}h"), TWIPS)
