"""The pages of sections: one for each kind of page that shows a header and a footer of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Line, Page, PageKind, Problem, ProblemKind, Reason, Zone
from countermark.readers.flow.colour import AUTO
from countermark.readers.flow.placement import Paper
from countermark.readers.flow.settled import placed, settled

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from countermark.model import Location
    from countermark.readers.flow.lines import Text

FROM_FIRST = (PageKind.first, PageKind.even, PageKind.default)
FROM_FIRST_EVEN = (PageKind.first, PageKind.default, PageKind.even)
FROM_ODD = (PageKind.default, PageKind.even, PageKind.first)
FROM_EVEN = (PageKind.even, PageKind.default, PageKind.first)
"""The kinds of a section's pages in the order in which a reader meets them."""


def order_of_kinds(*, has_first: bool, opens_even: bool) -> tuple[PageKind, ...]:
    """Return the kinds of pages of a section as they follow one another.

    `opens_even`: its first page has an even number.
    """
    if has_first:
        return FROM_FIRST_EVEN if opens_even else FROM_FIRST
    return FROM_EVEN if opens_even else FROM_ODD


class HeaderFooterPart(NamedTuple):
    """What a header or footer says. `pictured`: it shows pictures; `failed`: it could not be read."""

    texts: Sequence[Text] = ()
    pictured: bool = False
    failed: bool = False


EMPTY = HeaderFooterPart()
Parts = dict[tuple[Zone, PageKind], HeaderFooterPart]
"""Header or footer, of which kind -> what it says."""


class SectionContent(NamedTuple):
    """What a section shows.

    Its body, whether that shows `pictured` content, its headers and footers, the kinds of its pages in
    the order in which a reader meets them and those that are switched on, its `paper` in points and with
    its margins, and at which texts of its body the file itself begins a page (`sheets`).
    """

    body: Sequence[Text]
    parts: Mapping[tuple[Zone, PageKind], HeaderFooterPart]
    kinds: Sequence[PageKind] = FROM_ODD
    live: Container[PageKind] = (PageKind.default,)
    pictured: bool = False
    paper: tuple[float | None, float | None] = (None, None)
    measures: Paper = Paper()
    sheets: Sequence[int] = ()


def pages_of(section: SectionContent, number: int) -> Iterator[Page]:
    """Return the pages of the section with this number, those that are switched on first.

    Of the others those that have something to say.
    """
    has_first = PageKind.first in section.live
    first, others = settled(section.body, section.sheets, section.measures, has_first=has_first)
    bodies = {
        PageKind.first: [text for text in first if text.zone in HEADER_FOOTER],
        PageKind.default: [*(text for text in first if text.zone not in HEADER_FOOTER), *others],
    }
    for kind in sorted(section.kinds, key=lambda kind: kind not in section.live):
        page = _page(section, bodies.get(kind, []), number, kind)
        if page.live or page.lines or not page.readable:
            yield page


def _page(section: SectionContent, body: Sequence[Text], number: int, kind: PageKind) -> Page:
    header, footer = (section.parts.get((zone, kind), EMPTY) for zone in HEADER_FOOTER)
    at_head, at_foot = ([text for text in body if text.zone is zone] for zone in HEADER_FOOTER)
    between = [text for text in body if text.zone not in HEADER_FOOTER] if at_head or at_foot else body
    in_header, in_footer = (
        [placed(text, section.measures) for text in part.texts] for part in (header, footer)
    )
    texts = (*in_header, *at_head, *between, *at_foot, *in_footer)
    is_live = kind in section.live
    pictured = section.pictured or header.pictured or footer.pictured
    is_silent = is_live and pictured and not any(map(_is_seen, (*texts, *section.body)))
    return Page(
        lines=numbered(texts),
        section=number,
        kind=kind,
        width=section.paper[0],
        height=section.paper[1],
        live=is_live,
        readable=not (is_silent or header.failed or footer.failed),
    )


def without_text(pages: Iterable[Page], failed: Container[Location]) -> Iterator[Problem]:
    """Return the Problem of pages that show something but gave no text, but for those that `failed`."""
    silent = [page.place() for page in pages if page.live and not page.readable]
    locations = tuple(place for place in silent if place not in failed)
    if locations:
        yield Problem(kind=ProblemKind.no_text, reason=Reason.no_text, locations=locations)


def _is_seen(text: Text) -> bool:
    """Return whether a reader of the page sees the text."""
    return text.unseen is None and text.zone not in (Zone.comment, Zone.deleted)


def numbered(texts: Iterable[Text]) -> tuple[Line, ...]:
    """Return the texts as lines, counted from 1."""
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
                block=block,
            )
            for number, (text, zone, part, look, centred, unseen, tracked, struck, block, _) in enumerate(
                texts, 1
            )
        ]
    )
