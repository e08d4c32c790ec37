"""Who may read what a marking stands on: what of it keeps a country from the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Marking
    from countermark.standards.standards import Standards

PUBLIC_RELEASE = "FOR PUBLIC RELEASE"
"""The instruction that frees a document for everybody."""

BarKind = Literal["national-caveat", "release-list", "handling"]


class ReleaseRestriction(NamedTuple):
    """Words of a marking that keep a country from reading the document."""

    kind: BarKind
    words: str


def release_restrictions(
    marking: Marking, country: str | None, standards: Standards
) -> Iterator[ReleaseRestriction]:
    """Yield what of a marking keeps `country` from reading the document.

    A nation that no list knows decides nothing.
    """
    if not country:
        return
    for caveat in marking.caveats:
        if caveat.nations and country not in caveat.nations and _all_known(caveat.nations, standards):
            yield ReleaseRestriction("national-caveat", caveat.text)
    listed = marking.releasable_to
    if listed and country not in listed and _all_known(listed, standards):
        yield ReleaseRestriction("release-list", marking.text)
    excluding = {
        element.name
        for standard in standards.standards
        for element in standard.handling
        if element.excludes_foreign and standard.country != country
    }
    yield from (ReleaseRestriction("handling", name) for name in marking.handling if name in excluding)


def _all_known(nations: Iterable[str], standards: Standards) -> bool:
    known = {nation.code for nation in standards.nations.nations}
    known |= {community.name for community in standards.nations.communities}
    return all(nation in known for nation in nations)
