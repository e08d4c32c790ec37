"""What the rules' expressions speak of: a document's facts, arranged by scope.

`rules/facts.yaml` says what each field means. Each view is a plain value. Equal views are asked once, with
all their places, so that two hundred pages in the same state cost one evaluation and give one finding.
Numbers that are not known are -1, texts that are not known are empty: expressions need no null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Defect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Location, Marking

UNKNOWN = -1


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the views: compared by value."""


class PageView(Facts, frozen=True):
    """`page`: what is in its header and footer."""

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
    expected: str = ""
    cause: str = "none"
    remark: str = "none"
    flowing: bool = False
    only_picture: str = ""
    hidden_text: str = ""
    conflict: str = ""
    field_text: str = ""
    numbered: bool = False
    number_due: bool = False


class DocumentView(Facts, frozen=True):
    """`document`: what holds for all of it."""

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
    only_country: str = ""
    overall_text: str = ""
    portion_grade: int = UNKNOWN
    label_required: bool = False
    labelled: bool = False
    open_changes: tuple[str, ...] = ()
    copy_due: bool = False
    copied: bool = False
    covering_letter: bool = False
    cites_agreement: bool = False
    japanese: bool = False
    file_marking: str = ""
    visible_marking: str = ""
    doubted: bool = False
    unknown_scheme: bool = False


class PortionView(Facts, frozen=True):
    """`portion`: a paragraph of a document that marks its portions; `marked` whether it is."""

    marked: bool


class HiddenView(Facts, frozen=True):
    """`hidden`: a marking that the file carries where a reader of the page does not see it; `zone` where,
    `above` whether it is higher than what is visible (`visible_text`), `same` whether it says the same."""

    zone: str
    text: str
    visible_text: str
    above: bool
    same: bool


class RedactionView(Facts, frozen=True):
    """`redaction`: text under something opaque, or black on black; `extractable` as it was read."""

    extractable: bool


class PropertyView(Facts, frozen=True):
    """`property`: a title, subject, comment or keyword property; `above` where it names a higher
    classification (`marking`), or a codeword, than the document's own (`visible`)."""

    name: str
    marking: str
    visible: str
    above: bool


class DoubtfulView(Facts, frozen=True):
    """`doubtful`: what is neither clearly a marking nor clearly a mention; `zone` where it stands, `seen`
    whether a reader meets it there; `speaks_for` and `speaks_against` are the evidence."""

    text: str
    zone: str
    seen: bool
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


class UnknownView(Facts, frozen=True):
    """`unknown`: a line that looks like a marking of no known scheme; `speaks_for` is the evidence."""

    text: str
    speaks_for: tuple[str, ...]


class ClassificationView(Facts, frozen=True):
    """`classification`: one that stands at the head or foot of pages; `counterparts` the other party's that
    correspond to it on the day of the check, `advice` what the standards advise where there is none;
    `fields_missing` the fields that its standard asks for and the document lacks, `notice_missing` those that
    it asks of the notice with which it is given to others; `highest` whether no other in the document is
    higher."""

    text: str
    country: str
    counterparts: tuple[str, ...]
    advice: str
    fields_missing: tuple[str, ...]
    notice_missing: tuple[str, ...]
    public: bool
    highest: bool


class StatementView(Facts, frozen=True):
    """`statement`: what lines state of the markings beside them, or a marking that is struck through.

    `kind` is that of an accompanying field, a key of statements.yaml, or `struck`; `expired` a period that
    ended before the day of the check, `too_long` one between two days that lie further apart than a
    designation may run; `still` the marking that stands although it was struck or cancelled; `well_formed`
    false for what is misformed; `low` a 機密性 grade below what the classification implies."""

    kind: str
    country: str
    text: str
    value: str
    expired: bool
    too_long: bool
    still: str
    well_formed: bool
    low: bool


class ReleaseView(Facts, frozen=True):
    """`release`: a portion or attachment that states to whom it may go, beside the page or document that it
    is in; `more` are the countries that these name and it does not."""

    name: str
    text: str
    around: str
    more: tuple[str, ...]


class QuotedView(Facts, frozen=True):
    """`quoted`: a sign that the document holds `country`'s classified information; `marked` whether that
    country's classification stands at the head or foot of a page."""

    country: str
    text: str
    marked: bool


class LabelView(Facts, frozen=True):
    """`label`: a metadata label beside what the pages state."""

    name: str
    text: str
    marking: str
    visible: str
    agrees: bool = True
    conflicts_with: str = ""
    unkept: tuple[str, ...] = ()
    is_sensitivity: bool = False
    tenant: str = ""
    kept_in: tuple[str, ...] = ()
    tool: str = "properties"


class ChildView(Facts, frozen=True):
    """`child`: an attachment; `stricter` where it shuts out a country that its parent does not."""

    name: str
    readable: bool
    marked: bool
    grade: int
    text: str
    stricter: bool


class PairView(Facts, frozen=True):
    """`pair`: the originator's and the recipient's classification that stand together; `lower` where
    the recipient's is below all that correspond; `remark` what is said of these."""

    provided: str
    recipient: str
    expected: str
    corresponds: bool
    lower: bool
    remark: str = "none"


class InactiveView(Facts, frozen=True):
    """`inactive`: a header or footer part of a Word file that is switched off."""

    text: str
    live_text: str
    differs: bool


class ProblemView(Facts, frozen=True):
    """`problem`: something that could not be read."""

    kind: str
    reason: str
    args: dict[str, str]


class Subject(NamedTuple):
    """A view and the places it stands for; `quote` is the text that bears it out."""

    view: Facts
    places: tuple[Location, ...]
    quote: str = ""


def is_mark(marking: Marking) -> bool:
    """Whether it stands for a classification, be it a wrong one: 取扱注意 does not."""
    return Defect.not_a_classification not in marking.defects


def number(value: int | None) -> int:
    return UNKNOWN if value is None else value


def top(markings: Iterable[Marking]) -> Marking | None:
    """Return the marking of the highest grade."""
    return max(markings, key=lambda marking: number(marking.grade), default=None)


def grade(markings: Iterable[Marking]) -> int:
    """Return the highest grade among markings."""
    return max((number(marking.grade) for marking in markings), default=UNKNOWN)
