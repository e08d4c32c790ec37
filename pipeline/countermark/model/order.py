"""The order in which findings are given everywhere: the gravest first, then as a reader comes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model.place import PageKind, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model.place import Location
    from countermark.model.report import Finding

_KINDS = [
    None,
    PageKind.first,
    *(kind for kind in PageKind if kind not in (PageKind.first, PageKind.even)),
    PageKind.even,
]
_ZONES = [None, Zone.header, *(zone for zone in Zone if zone not in (Zone.header, Zone.footer)), Zone.footer]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by severity, then by their first place, then by code."""
    return tuple(sorted(findings, key=_key))


def _key(finding: Finding) -> tuple[object, ...]:
    place = min(map(_place, finding.locations), default=(-1,))
    return -finding.severity.rank, place, finding.code


def _place(place: Location) -> tuple[float, ...]:
    """Return where a place comes in reading: what is about the document first, what no page shows last."""
    page = place.page or place.section
    return (
        float("inf") if page is None else page,
        _KINDS.index(place.kind),
        _ZONES.index(place.zone),
        place.line or 0,
    )
