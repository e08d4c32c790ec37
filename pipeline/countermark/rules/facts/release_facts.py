"""To whom the parts of a document may go, beside to whom it says that it may go as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Location
from countermark.rules.facts.views import ReleaseView, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Marking
    from countermark.rules.facts.rule_context import RuleContext


def release_subjects(context: RuleContext) -> Iterator[Subject]:
    """Yield the portions and attachments that may go to fewer countries than their page or document.

    One without a list may go to its originator only, where a national caveat could name others: each
    attachment, and a portion among portions that have lists (British portions seldom do).
    """
    portions = [marking for page in context.live for marking in context.content(page) if marking.portion]
    are_listed = any(_lists(marking) for marking in portions)
    for page in context.live:
        around = context.of(page, *HEADER_FOOTER)
        for marking in context.content(page):
            readers = _readers(marking, alone=are_listed and marking.portion and _may_name(marking, context))
            yield from _beside(marking, readers, around, marking.location, "")
    whole = [marking for page in context.live for marking in context.of(page, *HEADER_FOOTER)]
    for child in context.children:
        for marking in child.markings:
            if marking.zone in HEADER_FOOTER:
                readers = _readers(marking, alone=_may_name(marking, context))
                yield from _beside(marking, readers, whole, Location(part=child.path), child.path)


def _beside(
    inner: Marking, readers: set[str] | None, around: Iterable[Marking], place: Location, name: str
) -> Iterator[Subject]:
    if readers is None:
        return
    for marking in around:
        more = (_readers(marking) or readers) - readers
        if marking.country == inner.country and more:
            view = ReleaseView(name=name, text=inner.text, around=marking.text, more=tuple(sorted(more)))
            yield Subject(view, (place,), inner.text)


def _lists(marking: Marking) -> list[set[str]]:
    """Return the countries that each caveat and release list of a marking names."""
    lists = [set(caveat.nations) for caveat in marking.caveats if caveat.nations]
    return [*lists, set(marking.releasable_to)] if marking.releasable_to else lists


def _readers(marking: Marking, *, alone: bool = False) -> set[str] | None:
    """Return the countries that a marking may go to: its lists intersect.

    None where it has none, or its own where that means its originator `alone`.
    """
    lists = _lists(marking)
    own = {country for country in (marking.country, marking.originator) if country}
    if not lists:
        return own if alone else None
    return set.intersection(*lists) | own


def _may_name(marking: Marking, context: RuleContext) -> bool:
    """Return whether a national caveat may stand on its classification."""
    standard = context.standards.find(marking.standard) if marking.standard else None
    caveats = standard.caveats if standard else None
    return caveats is not None and marking.classification_text in caveats.applies_to
