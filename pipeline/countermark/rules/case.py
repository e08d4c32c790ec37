"""All that judging one document needs, and the questions that several rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from countermark.model import Zone
from countermark.rules.views import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from countermark.markings.standards import Standards
    from countermark.model import Document, DocumentReport, Exchange, Location, Marking, Page

UNSEEN = frozenset((Zone.hidden, Zone.deleted, Zone.comment, Zone.property, Zone.bookmark, Zone.revision))
"""Zones that a reader of the printed page does not see."""

PageKey = tuple[int | None, int | None, str | None]


@dataclass(frozen=True)
class Case:
    """All that judging one document needs. `identity` is its path from the configuration's folder,
    behind those of the documents that it is attached to; `markings` are the accepted ones; `children`
    the reports on its attachments; `labels` maps label names and identifiers to markings."""

    document: Document
    identity: str
    markings: tuple[Marking, ...]
    children: tuple[DocumentReport, ...]
    exchange: Exchange
    named: frozenset[str]
    day: date
    standards: Standards
    labels: Mapping[str, str]
    is_child: bool = False
    allow_unmarked: bool = False

    @cached_property
    def by_page(self) -> dict[PageKey, list[Marking]]:
        """The markings of each page."""
        found: dict[PageKey, list[Marking]] = {}
        for marking in self.markings:
            found.setdefault(_page_key(marking.location), []).append(marking)
        return found

    def of(self, page: Page, *zones: Zone) -> list[Marking]:
        """The page's classification markings in those zones."""
        found = self.by_page.get(_page_key(page.place()), ())
        return [marking for marking in found if marking.zone in zones and is_mark(marking)]

    @cached_property
    def live(self) -> tuple[Page, ...]:
        return tuple(self.document.live_pages)

    @cached_property
    def visible(self) -> tuple[Marking, ...]:
        """The classification markings that a reader meets: not those of parts that are switched off,
        of hidden or deleted text, comments and properties."""
        dead = {_page_key(page.place()) for page in self.document.pages if not page.live}
        dead -= {_page_key(page.place()) for page in self.live}
        return tuple(
            marking
            for marking in self.markings
            if is_mark(marking) and marking.zone not in UNSEEN and _page_key(marking.location) not in dead
        )


def _page_key(place: Location) -> PageKey:
    """What tells the page of a place from other pages."""
    return place.page, place.section, place.kind


def counterparts(case: Case, marks: Iterable[Marking]) -> tuple[str, ...]:
    """The recipient's classifications that answer to the originator's marks under the Agreement."""
    return tuple(
        dict.fromkeys(
            answer
            for one in marks
            if one.country and one.country == case.exchange.originator and one.classification
            for answer in case.standards.agreement.corresponding(
                one.country, one.classification_text, case.day
            )
        )
    )
