"""All that judging one document needs, and the questions that several rules ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, MARKED_ZONES, Reason, Zone
from countermark.rules.facts.paragraphs import paragraphs_of
from countermark.rules.facts.views import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from countermark.model import (
        CompanionKind,
        Document,
        DocumentReport,
        EnclosureList,
        Exchange,
        Line,
        Marking,
        Page,
        PageKey,
    )
    from countermark.recognition.recogniser import Recogniser
    from countermark.recognition.statements import Statement
    from countermark.recognition.unknown import UnknownMarking
    from countermark.rules.facts.paragraphs import Paragraph
    from countermark.standards.standards import Standards

UNSEEN = frozenset((Zone.hidden, Zone.deleted, Zone.comment, Zone.property, Zone.bookmark, Zone.revision))
"""Zones that a reader of the printed page does not see."""

_CARRIED = UNSEEN | {Zone.inserted, Zone.field}
_BRACKETS = " ()[]（）［］【】"

_NO_PAGE: PageKey = (None, None, None)


@dataclass(frozen=True)
class RuleContext:
    """All that judging one document needs.

    `identity` is its path from the configuration's folder, behind those of the documents that it is
    attached to; `markings` are the accepted ones, `doubtful` those that may be mentions; `children` the
    reports on its attachments; `labels` maps label names and identifiers to markings. `day` is the
    document's, `check_day` that of the check; `codewords` are the organisation's, none where it lists
    none.
    """

    document: Document
    identity: str
    markings: tuple[Marking, ...]
    children: tuple[DocumentReport, ...]
    exchange: Exchange
    named: frozenset[str]
    day: date
    recogniser: Recogniser
    labels: Mapping[str, str]
    is_child: bool = False
    allow_unmarked: bool = False
    label_required: bool = False
    codewords: frozenset[str] = frozenset()
    check_day: date | None = None
    doubtful: tuple[Marking, ...] = ()

    @property
    def standards(self) -> Standards:
        """The standards by which the document is judged."""
        return self.recogniser.standards

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What is beside the markings: numbers, periods, notices of cancellation ..."""
        return tuple(self.recogniser.statements.of(self.document))

    @cached_property
    def stated_kinds(self) -> frozenset[str]:
        """The kinds of all statements."""
        return frozenset(statement.kind for statement in self.statements)

    @cached_property
    def is_letter(self) -> bool:
        """Whether it goes with other documents: a covering letter, or a message."""
        has_subject = any(line.zone is Zone.subject for page in self.live for line in page.lines)
        return has_subject or "covering-letter" in self.stated_kinds

    @cached_property
    def enclosures(self) -> EnclosureList | None:
        """Its list of enclosures."""
        return self.recogniser.enclosures.find(self.document, self.day, is_letter=self.is_letter)

    @cached_property
    def companion_kinds(self) -> frozenset[CompanionKind]:
        """The kinds of all that accompanies visible markings."""
        return frozenset(companion.kind for marking in self.visible for companion in marking.companions)

    @cached_property
    def _pages(self) -> dict[PageKey, tuple[Line, ...]]:
        found: dict[PageKey, tuple[Line, ...]] = {_NO_PAGE: self.document.lines}
        for page in self.document.pages:
            key = page.key
            found[key] = (*found.get(key, ()), *page.lines)
        return found

    def line_of(self, marking: Marking) -> Line | None:
        """Return the line on which a marking is."""
        place = marking.location
        lines = self._pages.get(place.page_key, ())
        at = (place.line or 0) - 1
        if 0 <= at < len(lines) and (lines[at].number, lines[at].part) == (place.line, place.part):
            return lines[at]
        return next((line for line in lines if (line.number, line.part) == (place.line, place.part)), None)

    def lines_beside(self, marking: Marking) -> tuple[Line, ...]:
        """Return the lines of the marking's page that stand in its zone."""
        return tuple(
            line for line in self._pages.get(marking.location.page_key, ()) if line.zone is marking.zone
        )

    @cached_property
    def illegible(self) -> frozenset[PageKey]:
        """The pages of which characters could not be read where their markings stand.

        What is not found there may not be missing.
        """
        return frozenset(
            place.page_key
            for problem in self.document.problems
            if problem.reason == Reason.unknown_characters
            for place in problem.locations
        )

    def is_readable(self, page: Page) -> bool:
        """Return whether what is not found on a page is missing from it."""
        return page.readable and page.key not in self.illegible

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of a document in which portions are marked; none of any other."""
        return tuple(paragraphs_of(self.visible, self.live))

    def is_struck(self, marking: Marking) -> bool:
        """Return whether it is struck through: then it no longer states anything."""
        line = self.line_of(marking)
        return line is not None and line.struck

    def is_carried(self, marking: Marking) -> bool:
        """Return whether the file carries it beside what its pages state, as HIDE001 compares them.

        Unseen, as a field's value, or as an unresolved insertion that is a line of its own in the
        text.
        """
        if marking.zone in _CARRIED:
            return True
        line = self.line_of(marking) if marking.zone not in HEADER_FOOTER else None
        return (
            line is not None and line.tracked and line.text.strip(_BRACKETS) == marking.text.strip(_BRACKETS)
        )

    @cached_property
    def unknown(self) -> tuple[UnknownMarking, ...]:
        """What looks like markings of no known scheme, in a document that a reader meets none of a known one
        in.
        """
        if self.visible:
            return ()
        return self.recogniser.unknown.find(self.document, (*self.markings, *self.doubtful))

    @cached_property
    def standing(self) -> tuple[Marking, ...]:
        """The markings that are neither struck through nor part of a display of expiry or cancellation
        (特定秘密指定解除).
        """
        displays = {
            statement.location for statement in self.statements if statement.kind.startswith("cancellation")
        }
        return tuple(
            marking
            for marking in self.markings
            if not self.is_struck(marking) and marking.location not in displays
        )

    @cached_property
    def only_country(self) -> str:
        """The country whose markings alone a reader sees, or whose document it is where there are none.

        Empty where there are several.
        """
        countries = {marking.country for marking in self.visible if marking.country}
        if not countries:
            return self.exchange.originator or ""
        return countries.pop() if len(countries) == 1 else ""

    @cached_property
    def by_page(self) -> dict[PageKey, list[Marking]]:
        """The markings of each page."""
        found: dict[PageKey, list[Marking]] = {}
        for marking in self.standing:
            found.setdefault(marking.location.page_key, []).append(marking)
        return found

    def on_page_of(self, marking: Marking) -> Sequence[Marking]:
        """Return the markings of a marking's page, itself among them.

        Itself alone where it is struck through.
        """
        return self.by_page.get(marking.location.page_key) or (marking,)

    def of(self, page: Page, *zones: Zone) -> list[Marking]:
        """Return the page's classification markings in those zones."""
        found = self.by_page.get(page.key, ())
        return [marking for marking in found if marking.zone in zones and is_mark(marking)]

    def content(self, page: Page) -> list[Marking]:
        """Return the markings inside a page.

        In Word inside its section, whose body belongs to all its pages.
        """
        same = (
            [page]
            if page.section is None
            else [other for other in self.live if other.section == page.section]
        )
        zones = [zone for zone in Zone if zone not in MARKED_ZONES]
        return [
            marking for other in same for marking in self.of(other, *zones) if not self.is_carried(marking)
        ]

    @cached_property
    def live(self) -> tuple[Page, ...]:
        return tuple(self.document.live_pages)

    @cached_property
    def visible(self) -> tuple[Marking, ...]:
        """The classification markings that a reader meets.

        Not those of parts that are switched off, of hidden or deleted text, comments and properties.
        """
        return tuple(marking for marking in self.standing if is_mark(marking) and self.is_met(marking))

    def is_met(self, marking: Marking) -> bool:
        """Return whether a reader meets it.

        It is not hidden, deleted, a comment or a property, nor in a part that is switched off.
        """
        return marking.zone not in UNSEEN and marking.location.page_key not in self._switched_off

    @cached_property
    def _switched_off(self) -> set[PageKey]:
        dead = {page.key for page in self.document.pages if not page.live}
        return dead - {page.key for page in self.live}


def counterparts(case: RuleContext, marks: Iterable[Marking]) -> tuple[str, ...]:
    """Return the recipient's classifications that answer to the originator's marks under the Agreement."""
    return tuple(
        dict.fromkeys(
            answer
            for mark in marks
            if mark.country and mark.country == case.exchange.originator and mark.classification
            for answer in case.standards.agreement.corresponding(
                mark.country, mark.classification_text, case.day
            )
        )
    )
