"""The Agreement between the two countries, as `rules/agreements/` states it: what corresponds to what."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from countermark.standards.data import Basis, Bilingual, Data, Name, holds


class Correspondence(Data, frozen=True):
    """Classifications of the parties that correspond, by country.

    `remark` is the key of what is to be said of them.
    """

    GB: tuple[str, ...]
    JP: tuple[str, ...]
    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    remark: str = "none"
    unconfirmed: bool = False


ObstacleKind = Literal[
    "not-in-force",
    "unknown-classification",
    "not-a-classification",
    "third-party",
    "no-counterpart",
    "public-release",
    "national-caveat",
    "release-list",
    "handling",
]
"""What keeps information from the recipient, or leaves it without a marking of the recipient's."""


class Obstacles(Data, frozen=True, kw_only=True, rename="kebab"):
    """What each kind of obstacle rests on."""

    not_in_force: Basis
    unknown_classification: Basis
    not_a_classification: Basis
    third_party: Basis
    no_counterpart: Basis
    public_release: Basis
    national_caveat: Basis
    release_list: Basis
    handling: Basis

    def of(self, kind: ObstacleKind) -> Basis:
        """Return what that kind rests on."""
        basis: Basis = getattr(self, kind.replace("-", "_"))
        return basis


class Uncorresponded(Data, frozen=True):
    """Classifications of a party without a counterpart, and the key of what is advised for them."""

    country: str
    names: tuple[str, ...]
    advice: str


class Agreement(Data, frozen=True):
    """The Agreement's table of correspondence, its source, and from when to when it is in force.

    `unconfirmed` says which fact was not read. `originators` are the parties as they stand before their
    own markings, `recipient` is what the recipient's duty to mark rests on, `obstacles` what stands in
    the way of it.
    """

    id: Name
    title: Bilingual
    source: Name
    originators: dict[str, Name]
    recipient: Basis
    obstacles: Obstacles
    correspondence: tuple[Correspondence, ...]
    uncorresponded: tuple[Uncorresponded, ...] = ()
    overrides: tuple[Correspondence, ...] = ()
    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    unconfirmed: str | None = None

    @property
    def parties(self) -> tuple[str, str]:
        """The countries that it is between: its table has a column of each."""
        return "GB", "JP"

    def advice(self, country: str, classification: str) -> str:
        """Return the key of what is advised for a classification without a counterpart."""
        named = (
            row.advice
            for row in self.uncorresponded
            if row.country == country and classification in row.names
        )
        return next(named, "other")

    def corresponding(self, country: str, classification: str, day: date) -> tuple[str, ...]:
        """Return the other party's classifications that answer to this one on that day; none, none.

        An organisation's `overrides` go before the table.
        """
        other = next(party for party in self.parties if party != country)
        rows = self._rows(country, classification, day)
        return tuple(answer for row in rows for answer in getattr(row, other))

    def remark(self, country: str, classification: str, day: date) -> str:
        """Return the key of what is to be said of the classifications that answer to this one."""
        said = (row.remark for row in self._rows(country, classification, day))
        return next((word for word in said if word != "none"), "none")

    def _rows(self, country: str, classification: str, day: date) -> list[Correspondence]:
        chosen = [row for row in self.overrides if classification in getattr(row, country)]
        return [
            row
            for row in chosen or self.correspondence
            if holds(row, day) and classification in getattr(row, country)
        ]
