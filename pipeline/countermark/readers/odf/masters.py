"""Which master page, with its headers and footers, serves which part of an OpenDocument text (ODF 1.3 part 3,
16.9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import PageKind, Zone
from countermark.readers.flow.pages import HeaderFooterPart, Parts, SectionContent, order_of_kinds
from countermark.readers.flow.placement import Paper
from countermark.readers.odf.namespaces import FO, OFFICE, STYLE, SVG
from countermark.readers.odf.styles import length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from countermark.readers.flow.lines import Text
    from countermark.readers.odf.text import Flow, Note
    from countermark.support.safe_xml import XmlElement

    ReadPart = Callable[[XmlElement, Zone], HeaderFooterPart]

ZONES = {"header": Zone.header, "footer": Zone.footer}
VARIANTS = {"": PageKind.default, "-left": PageKind.even, "-first": PageKind.first}
STANDARD = "Standard"
MOST_STEPS = 16
"""How many pages of kinds of their own may follow one another at the start of a section."""


class Master(NamedTuple):
    """A master page: what its headers and footers say by kind of page, which of these are switched on, the
    name of the one for the page after, and its paper in points and with its margins.
    """

    parts: Parts
    shown: frozenset[tuple[Zone, PageKind]]
    following: str
    paper: tuple[float | None, float | None]
    measures: Paper

    def on(self, kind: PageKind) -> Parts:
        """Return the header and footer of its pages of a kind, under the kind's name."""
        found: Parts = {}
        for zone in ZONES.values():
            wanted = kind if (zone, kind) in self.shown else PageKind.default
            if (zone, wanted) in self.shown:
                found[zone, kind] = self.parts[zone, wanted]
        return found

    def has(self, kind: PageKind) -> bool:
        """Return whether pages of a kind differ from the others."""
        return any((zone, kind) in self.shown for zone in ZONES.values())


def masters_of(root: XmlElement | None, read_part: ReadPart) -> dict[str, Master]:
    """Return the master pages in a part with styles, by their names."""
    if root is None:
        return {}
    papers = {layout.get(f"{STYLE}name", ""): layout for layout in root.iter(f"{STYLE}page-layout")}
    found: dict[str, Master] = {}
    for element in root.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
        parts: Parts = {}
        shown: set[tuple[Zone, PageKind]] = set()
        for child in element:
            place = _place(child)
            if place:
                parts[place] = read_part(child, place[0])
                if child.get(f"{STYLE}display", "true") != "false":
                    shown.add(place)
        paper, measures = _measured(papers.get(element.get(f"{STYLE}page-layout-name", "")))
        following = element.get(f"{STYLE}next-style-name", "")
        name = element.get(f"{STYLE}name", "")
        found[name] = Master(parts, frozenset(shown), following, paper, measures)
    return found


def _measured(layout: XmlElement | None) -> tuple[tuple[float | None, float | None], Paper]:
    """Return width and height of a page layout, and its measures."""
    properties = layout.find(f"{STYLE}page-layout-properties") if layout is not None else None
    if layout is None or properties is None:
        return (None, None), Paper()
    width, height = (length(properties.get(f"{FO}page-{name}")) for name in ("width", "height"))
    usual = Paper()
    whole = length(properties.get(f"{FO}margin"))
    header, footer = (
        length(properties.get(f"{FO}margin-{name}")) or whole or usual.top for name in ("top", "bottom")
    )
    top, bottom = (_part_height(layout, name) for name in ZONES)
    return (width, height), Paper(height or usual.height, header + top, footer + bottom, header, footer)


def _part_height(layout: XmlElement, name: str) -> float:
    """Return the height of the header or footer that a page layout makes room for."""
    found = layout.find(f"{STYLE}{name}-style/{STYLE}header-footer-properties")
    if found is None:
        return 0.0
    return length(found.get(f"{SVG}height")) or length(found.get(f"{FO}min-height")) or 0.0


def _place(element: XmlElement) -> tuple[Zone, PageKind] | None:
    """Return which header or footer an element of a master page is."""
    for name, zone in ZONES.items():
        for variant, kind in VARIANTS.items():
            if element.tag == f"{STYLE}{name}{variant}":
                return zone, kind
    return None


class Used(NamedTuple):
    """The sections of a text, and the names of the master pages that they use."""

    sections: list[SectionContent]
    masters: frozenset[str]


def sections_of(flow: Flow, masters: Mapping[str, Master]) -> Used:
    """Return the text cut where pages of another master begin, with the notes of each section."""
    texts = flow.texts
    first = STANDARD if STANDARD in masters else next(iter(masters), "")
    cuts: list[tuple[int, str, int | None]] = []
    for at, master, number in flow.starts:
        if cuts and cuts[-1][0] == at:
            continue
        cuts.append((at, master, number))
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, first, None))
    ends = [at for at, _, _ in cuts[1:]]
    sections: list[SectionContent] = []
    used: set[str] = set()
    for (at, name, number), end in zip(cuts, [*ends, len(texts) + 1], strict=True):
        body = list(texts[at:end])
        is_last = end > len(texts)
        body += _noted(flow.notes, at, end, is_last)
        sheets = [place - at for place in flow.sheets if at < place < end]
        has_pictures = any(at <= place < end for place in flow.pictured)
        for section in _by_master(name, masters, used, opens_even=number is not None and number % 2 == 0):
            sections.append(section._replace(body=body, pictured=has_pictures, sheets=sheets))
            body, sheets, has_pictures = [], [], False
    return Used(sections, frozenset(used))


def _noted(notes: Sequence[Note], at: int, end: int, is_last: bool) -> Iterator[Text]:
    """Return what is noted in a section; endnotes come after the last."""
    for note in notes:
        if (at <= note.at < end) if note.zone is not Zone.endnote else is_last:
            yield from note.texts


def _by_master(
    name: str, masters: Mapping[str, Master], used: set[str], *, opens_even: bool
) -> Iterator[SectionContent]:
    """Return the kinds of pages that begin with a master.

    Its own, those of the master that follows it after one page, and so on.
    """
    master = masters.get(name)
    if master is None:
        yield SectionContent((), {})
        return
    met: list[str] = []
    while master is not None and name not in met and len(met) < MOST_STEPS:
        met.append(name)
        following = masters.get(master.following)
        if following is None or master.following == name:
            yield _section(master, None, opens_even=opens_even)
            break
        yield _section(following, master, opens_even=opens_even)
        met.append(master.following)
        name, master = following.following, masters.get(following.following)
    used.update(met)


def _section(master: Master, opening: Master | None, *, opens_even: bool) -> SectionContent:
    """Return the pages of a master; `opening` is that of the first page, where it is another."""
    parts: Parts = {}
    live = {PageKind.default}
    has_first = opening is not None or master.has(PageKind.first)
    parts.update(master.on(PageKind.default))
    if has_first:
        live.add(PageKind.first)
        parts.update((opening or master).on(PageKind.first))
    if master.has(PageKind.even):
        live.add(PageKind.even)
        parts.update(master.on(PageKind.even))
    for (zone, kind), part in master.parts.items():
        if (zone, kind) not in master.shown and kind not in live:
            parts[zone, kind] = part
    order = order_of_kinds(has_first=has_first, opens_even=opens_even)
    return SectionContent((), parts, order, frozenset(live), paper=master.paper, measures=master.measures)


def unshown(masters: Mapping[str, Master], used: frozenset[str]) -> Iterator[Text]:
    """Return the texts of headers and footers that no page shows.

    Of masters that nothing uses, and of those for all pages that are switched off.
    """
    for name, master in masters.items():
        for place, part in master.parts.items():
            is_off = place not in master.shown and place[1] is PageKind.default
            if name not in used or is_off:
                yield from part.texts
