"""What one marking says, judged element by element against the standard of its country and day."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from countermark.model import CompanionKind, Defect, Stage
from countermark.recognition.dates import days_in
from countermark.recognition.normalise import normalise
from countermark.recognition.release_restrictions import PUBLIC_RELEASE, release_restrictions
from countermark.rules.facts.agreement_facts import missing_fields
from countermark.rules.facts.right_form import right_form, tiers_of
from countermark.rules.facts.views import Facts, number
from countermark.standards.data import has_ended

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.model import Marking
    from countermark.rules.facts.rule_context import RuleContext
    from countermark.standards.standard import Element, Standard

_EMBARGOED = "EMBARGOED"
_NEAR = 0.75
_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\b\d{4} ?(HRS?|HOURS|Z|UTC|GMT|BST|JST)\b|\b\d{1,2} ?[AP]M\b|\d+ ?時")
_AFTERWARDS = re.compile(
    r"AFTER WHICH|THEREAFTER|AFTER THAT|IT WILL (THEN )?BE|THEN (BECOMES|IS|TO BE)|以後|以降|その後"
)
_LINES_NEAR = 3


class MarkingView(Facts, frozen=True):
    """`marking`: as `Marking`, with what the standard and the exchange make of it."""

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
    misplaced_handling: tuple[str, ...] = ()
    misplaced_descriptors: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    nearest_element: str = ""
    public: bool = False
    restrictions: tuple[str, ...] = ()
    embargoed: bool = False
    embargo_missing: tuple[str, ...] = ()
    foreign: bool = False
    fields_missing: tuple[str, ...] = ()
    released: bool = False
    right_form: str = ""


def marking_view(marking: Marking, context: RuleContext) -> MarkingView:
    """Return the view of one marking as the exchange's recipient meets it."""
    standard = context.standards.find(marking.standard) if marking.standard else None
    caveats = standard.caveats if standard else None
    unknown, retired = _strange(marking, standard, context)
    meant = {name: _nearest((name,), standard) for name in (*unknown, *retired)}
    public = PUBLIC_RELEASE in marking.handling
    embargoed = _EMBARGOED in marking.handling
    return MarkingView(
        text=marking.text,
        zone=marking.zone.value,
        country=marking.country or "",
        classification=marking.classification or "",
        level=number(marking.level),
        grade=number(marking.grade),
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
        shuts_out=tuple(
            bar.words for bar in release_restrictions(marking, context.exchange.recipient, context.standards)
        ),
        caveat_allowed=caveats is None or marking.classification_text in caveats.applies_to,
        misplaced_handling=_misplaced(marking, marking.handling, standard.handling if standard else ()),
        misplaced_descriptors=_misplaced(
            marking, marking.descriptors, standard.descriptors if standard else ()
        ),
        unknown=unknown,
        retired=retired,
        nearest_element=_nearest((*unknown, *retired), standard),
        public=public,
        restrictions=_restrictions(marking) if public else (),
        embargoed=embargoed,
        embargo_missing=tuple(_embargo_missing(marking, context)) if embargoed else (),
        foreign=marking.country is not None and marking.country not in context.standards.agreement.parties,
        fields_missing=missing_fields(context, marking),
        released=_readers(context) <= set(marking.releasable_to),
        right_form=right_form(marking, standard, meant, context),
    )


def _readers(context: RuleContext) -> set[str]:
    """Return the countries that read the document.

    The recipient, or of an internal one its originator; where that is not known it may be any party.
    """
    exchange = context.exchange
    reader = exchange.originator if exchange.stage is Stage.internal else exchange.recipient
    return {reader} if reader else set(context.standards.agreement.parties)


def _misplaced(marking: Marking, names: Iterable[str], known: Sequence[Element]) -> tuple[str, ...]:
    """Return the elements that a standard allows on other tiers only.

    A wrong or retired tier is a matter of its own: then no element is misplaced.
    """
    if {Defect.retired_classification, Defect.unknown_classification} & set(marking.defects):
        return ()
    allowed = {name: tiers_of(name, known) for name in names}
    return tuple(name for name in names if allowed[name] and marking.classification_text not in allowed[name])


def _strange(
    marking: Marking, standard: Standard | None, context: RuleContext
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the elements that the standard in force does not know, and those that an earlier one did.

    A standard that lists none of a kind judges none of it.
    """
    if standard is None or Defect.retired_classification in marking.defects:
        return (), ()
    now = _names(standard)
    before = {
        name
        for other in context.standards.standards
        if other.country == standard.country and other.id != standard.id
        for element in other.descriptors
        if has_ended(other.until, context.day)
        for name in (element.name,)
    }
    asked = [*marking.descriptors] if standard.descriptors else []
    open_ended = tuple(element.name for element in standard.handling if element.suffix)
    asked += [name for name in marking.handling if standard.handling and not name.endswith(open_ended)]
    retired = tuple(name for name in asked if name not in now and name in before)
    unknown = [name for name in asked if name not in now and name not in before]
    unknown += [word for word in marking.codewords if _is_strange_codeword(word, standard, context)]
    return tuple(unknown), retired


def _is_strange_codeword(word: str, standard: Standard, context: RuleContext) -> bool:
    """Return a codeword that the organisation's list lacks, or, where it keeps none, that is a misspelt
    descriptor or instruction.
    """
    if context.codewords:
        return word not in context.codewords
    return bool(standard.descriptors and difflib.get_close_matches(word, _names(standard), n=1, cutoff=0.8))


def _names(standard: Standard) -> set[str]:
    return {element.name for element in (*standard.descriptors, *standard.handling)}


def _nearest(names: Iterable[str], standard: Standard | None) -> str:
    """Return the element of the standard that is nearest to the first of `names`; empty where none is."""
    if standard is None:
        return ""
    known = sorted(_names(standard))
    for name in names:
        close = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
        return close[0] if close else ""
    return ""


def _restrictions(marking: Marking) -> tuple[str, ...]:
    """Return all that contradicts a release to the public."""
    others = [name for name in marking.handling if name != PUBLIC_RELEASE]
    caveats = [caveat.text for caveat in marking.caveats]
    return (*others, *marking.descriptors, *marking.codewords, *caveats)


def _embargo_missing(marking: Marking, context: RuleContext) -> Iterator[str]:
    """Yield which of time, date and following instruction do not stand near an embargoed marking."""
    near = " ".join(normalise(text).text for text in _near(marking, context))
    if not days_in(near):
        yield "date"
    if not _TIME.search(near):
        yield "time"
    if not _AFTERWARDS.search(near):
        yield "instruction"


def _near(marking: Marking, context: RuleContext) -> Iterator[str]:
    """Yield the text of the lines of the page's embargoed markings and of the lines next to them, and their
    embargo companions: what the head says need not be said again at the foot.
    """
    for other in context.on_page_of(marking):
        if _EMBARGOED not in other.handling:
            continue
        yield from (
            companion.text for companion in other.companions if companion.kind is CompanionKind.embargo
        )
        lines = context.lines_beside(other)
        own = next((index for index, line in enumerate(lines) if line.number == other.location.line), 0)
        yield from (line.text for line in lines[max(0, own - _LINES_NEAR) : own + _LINES_NEAR + 1])
