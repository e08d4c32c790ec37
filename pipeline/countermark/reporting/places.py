"""Locations as a person names them: `pages 3, 7-9, header`; `section 2 first page, footer`; `sheet Costs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import PageKind, Zone
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Location

_EDGES = (Zone.header, Zone.footer)
_SLIDES = frozenset((PageKind.slide, PageKind.hidden_slide))
_SHEET = "sheet"


class _Unit(NamedTuple):
    """What numbers count: pages, slides, sections or a page kind of sections.

    Sheets have names in their place; none for the whole file.
    """

    name: str
    numbers: tuple[int | str, ...] = ()


def places(locations: Iterable[Location], lang: str) -> str:
    """Return all locations in one line.

    Equal numbers and equal zones are told once, runs of numbers as ranges. Empty where there are none.
    """
    given = list(locations)
    numbers: dict[tuple[str, str], dict[int | str, None]] = {}
    for location in given:
        unit, number = _unit(location)
        found = numbers.setdefault((unit, _zone(location, lang)), {})
        found.update({} if number is None else {number: None})
    zones: dict[_Unit, list[str]] = {}
    for (unit, zone), found in numbers.items():
        in_order = sorted(number for number in found if isinstance(number, int))
        zones.setdefault(_Unit(unit, tuple(in_order or found)), []).append(zone)
    told = [_told(unit, [zone for zone in names if zone], lang) for unit, names in zones.items()]
    line = given[0].line if len(given) == 1 and given[0].zone not in _EDGES else None
    if line is not None:
        told.append(text(lang, "ui.line", {"number": line}))
    return text(lang, "ui.between_zones" if line else "ui.between_places").join(
        place for place in told if place
    )


def _unit(location: Location) -> tuple[str, int | str | None]:
    kind = location.kind or PageKind.default
    if location.page is not None:
        return kind.value if kind in _SLIDES else "page", location.page
    if location.name is not None:
        return f"{_SHEET}_{kind.value}", escape_controls(location.name)
    if location.section is not None:
        return f"section_{kind.value}", location.section
    return "", None


def _zone(location: Location, lang: str) -> str:
    """Return the zone's name; a part's name too where neither page nor section tells the place."""
    name = text(lang, f"ui.zones.{location.zone.value}") if location.zone else ""
    if location.part and location.page is None and location.section is None:
        part = escape_controls(location.part)
        return text(lang, "ui.zone_of_part", {"zone": name, "part": part}) if name else part
    return name


def _told(unit: _Unit, zones: list[str], lang: str) -> str:
    named = text(lang, "ui.between_zones").join(zones)
    if not unit.name:
        return named
    form = "one" if len(unit.numbers) == 1 else "many"
    where = text(lang, f"ui.units.{unit.name}.{form}", {"numbers": ranges(unit.numbers, lang)})
    return text(lang, "ui.unit_and_zones", {"unit": where, "zones": named}) if named else where


def ranges(numbers: Iterable[int | str], lang: str) -> str:
    """Ascending numbers with runs of three or more shortened: `3, 7-9`. Names are told as they are."""
    between = text(lang, "ui.between_items")
    runs: list[list[int | str]] = []
    for number in numbers:
        before = runs[-1][-1] if runs else None
        if isinstance(number, int) and isinstance(before, int) and number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return between.join(
        text(lang, "ui.range", {"first": run[0], "last": run[-1]})
        if len(run) > 2
        else between.join(map(str, run))
        for run in runs
    )
