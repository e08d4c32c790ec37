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
    """Yield the portions and attachments that state to whom they may go, each beside its page or document.

    What states nothing is not asked: British portions carry no list.
    """
    for page in context.live:
        around = context.of(page, *HEADER_FOOTER)
        for marking in context.content(page):
            yield from _beside(marking, around, marking.location, "")
    whole = [marking for page in context.live for marking in context.of(page, *HEADER_FOOTER)]
    for child in context.children:
        for marking in child.markings:
            if marking.zone in HEADER_FOOTER:
                yield from _beside(marking, whole, Location(part=child.path), child.path)


def _beside(inner: Marking, around: Iterable[Marking], place: Location, name: str) -> Iterator[Subject]:
    readers = _readers(inner)
    if readers is None:
        return
    for marking in around:
        more = (_readers(marking) or readers) - readers
        if marking.country == inner.country and more:
            view = ReleaseView(name=name, text=inner.text, around=marking.text, more=tuple(sorted(more)))
            yield Subject(view, (place,), inner.text)


def _readers(marking: Marking) -> set[str] | None:
    """Return the countries that a marking may go to.

    The lists of one marking intersect; None where it has none.
    """
    lists = [set(caveat.nations) for caveat in marking.caveats if caveat.nations]
    if marking.releasable_to:
        lists.append(set(marking.releasable_to))
    own = {country for country in (marking.country, marking.originator) if country}
    return set.intersection(*lists) | own if lists else None
