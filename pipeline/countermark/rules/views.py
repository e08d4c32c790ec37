"""What the rules' expressions speak of: a document's facts, arranged by scope.

Each view is a plain value. Equal views are asked once, with all their places, so that two hundred
pages in the same state cost one evaluation and give one finding. Numbers that are not known are -1,
texts that are not known are empty: expressions need no null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Defect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.markings.standards import Standards
    from countermark.model import Exchange, Location, Marking

UNKNOWN = -1


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the views: compared by value."""


class MarkingView(View, frozen=True):
    """`marking`: as `Marking`; `shuts_out` are the words in it that keep the recipient from reading
    it, `caveat_allowed` whether its tier may carry a national caveat."""

    text: str
    zone: str
    country: str
    classification: str
    level: int
    grade: int
    originator: str
    sensitive: bool
    portion: bool
    canonical: str
    nearest: str
    standard: str
    caveats: tuple[str, ...]
    handling: tuple[str, ...]
    descriptors: tuple[str, ...]
    codewords: tuple[str, ...]
    releasable_to: tuple[str, ...]
    defects: tuple[str, ...]
    shuts_out: tuple[str, ...]
    caveat_allowed: bool


class PageView(View, frozen=True):
    """`page`: what stands at its head and foot. `agree` is false where head and foot state different
    classifications or caveats; `grade` is the higher of the two, `content_grade` that of its portions
    and boxes; `as_overall` whether it states what the document's first page states, `text` the
    classification that it states and `overall_text` the document's; `counterpart_due` whether the
    originator's classification has one under the Agreement, `due` which."""

    readable: bool
    head: tuple[str, ...]
    foot: tuple[str, ...]
    head_text: str
    foot_text: str
    agree: bool
    grade: int
    content_grade: int
    content_text: str
    countries: tuple[str, ...]
    foot_required: bool
    counterpart_due: bool
    due: str
    text: str
    overall_text: str
    as_overall: bool


class DocumentView(View, frozen=True):
    """`document`: what holds for all of it. `marked`: some marking stands in it, be it a wrong one;
    `classified`: some classification of a known standard; `overall_grade`: its first page's, or the
    highest where that is unmarked; `page_grade`: its highest page's; `named`: the countries that it
    names as the originator."""

    marked: bool
    classified: bool
    readable: bool
    is_child: bool
    allow_unmarked: bool
    overall_grade: int
    page_grade: int
    marks_by_page: bool
    named: tuple[str, ...]
    countries: tuple[str, ...]


class LabelView(View, frozen=True):
    """`label`: what it names, and the visible marking of the same country (empty: none)."""

    name: str
    text: str
    marking: str
    visible: str


class ChildView(View, frozen=True):
    """`child`: an attachment; `stricter` where it shuts out a country that its parent does not."""

    name: str
    readable: bool
    marked: bool
    grade: int
    text: str
    stricter: bool


class PairView(View, frozen=True):
    """`pair`: the originator's and the recipient's classification that stand together; `lower` where
    the recipient's is below all that correspond."""

    provided: str
    recipient: str
    expected: str
    corresponds: bool
    lower: bool


class InactiveView(View, frozen=True):
    """`inactive`: a header or footer part of a Word file that is switched off."""

    text: str
    live_text: str
    differs: bool


class ProblemView(View, frozen=True):
    """`problem`: something that could not be read."""

    kind: str
    reason: str
    args: dict[str, str]


class Subject(NamedTuple):
    """A view and the places it stands for; `quote` is the text that bears it out."""

    view: View
    places: tuple[Location, ...]
    quote: str = ""


def marking_view(marking: Marking, exchange: Exchange, standards: Standards) -> MarkingView:
    """The view of one marking as the exchange's recipient meets it."""
    standard = standards.find(marking.standard) if marking.standard else None
    caveats = standard.caveats if standard else None
    return MarkingView(
        text=marking.text,
        zone=marking.zone.value,
        country=marking.country or "",
        classification=marking.classification or "",
        level=_number(marking.level),
        grade=_number(marking.grade),
        originator=marking.originator or "",
        sensitive=marking.sensitive,
        portion=marking.portion,
        canonical=marking.canonical,
        nearest=marking.nearest or "",
        standard=marking.standard or "",
        caveats=tuple(caveat.text for caveat in marking.caveats),
        handling=marking.handling,
        descriptors=marking.descriptors,
        codewords=marking.codewords,
        releasable_to=marking.releasable_to,
        defects=tuple(defect.value for defect in marking.defects),
        shuts_out=tuple(shuts_out(marking, exchange.recipient, standards)),
        caveat_allowed=caveats is None or marking.classification_text in caveats.applies_to,
    )


def shuts_out(marking: Marking, country: str | None, standards: Standards) -> Iterator[str]:
    """The words of a marking that keep `country` from reading the document. A nation that no list
    knows decides nothing."""
    if not country:
        return
    for caveat in marking.caveats:
        if caveat.nations and country not in caveat.nations and _all_known(caveat.nations, standards):
            yield caveat.text
    listed = marking.releasable_to
    if listed and country not in listed and _all_known(listed, standards):
        yield marking.text
    excluding = {
        element.name
        for standard in standards.standards
        for element in standard.handling
        if element.excludes_foreign and standard.country != country
    }
    yield from (name for name in marking.handling if name in excluding)


def _all_known(nations: Iterable[str], standards: Standards) -> bool:
    known = {nation.code for nation in standards.nations.nations}
    known |= {community.name for community in standards.nations.communities}
    return all(nation in known for nation in nations)


def is_mark(marking: Marking) -> bool:
    """Whether it stands for a classification, be it a wrong one: 取扱注意 does not."""
    return Defect.not_a_classification not in marking.defects


def _number(value: int | None) -> int:
    return UNKNOWN if value is None else value


def top(markings: Iterable[Marking]) -> Marking | None:
    """The marking of the highest grade."""
    return max(markings, key=lambda one: _number(one.grade), default=None)


def grade(markings: Iterable[Marking]) -> int:
    """The highest grade among markings."""
    return max((_number(one.grade) for one in markings), default=UNKNOWN)
