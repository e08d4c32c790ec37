"""The Agreement between the two countries, as `rules/agreements/` states it: what corresponds to what."""

from __future__ import annotations

from datetime import date

import msgspec

from countermark.markings.data import Bilingual, Data, Name, holds


class Correspondence(Data, frozen=True):
    """Classifications of the parties that correspond, by country."""

    GB: tuple[str, ...]
    JP: tuple[str, ...]
    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    unconfirmed: bool = False


class Uncorresponded(Data, frozen=True):
    """Classifications of a party without a counterpart, and the key of what is advised for them."""

    country: str
    names: tuple[str, ...]
    advice: str


class Agreement(Data, frozen=True):
    """The Agreement's table of correspondence, its source, and from when to when it is in force;
    `unconfirmed` says which fact was not read."""

    id: Name
    title: Bilingual
    parties: tuple[str, str]
    source: Name
    correspondence: tuple[Correspondence, ...]
    uncorresponded: tuple[Uncorresponded, ...] = ()
    overrides: tuple[Correspondence, ...] = ()
    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    unconfirmed: str | None = None

    def advice(self, country: str, classification: str) -> str:
        """The key of what is advised for a classification without a counterpart."""
        named = (
            one.advice
            for one in self.uncorresponded
            if one.country == country and classification in one.names
        )
        return next(named, "other")

    def corresponding(self, country: str, classification: str, day: date) -> tuple[str, ...]:
        """The other party's classifications that answer to this one on that day; none, none.
        An organisation's `overrides` go before the table."""
        other = next(party for party in self.parties if party != country)
        chosen = [row for row in self.overrides if classification in getattr(row, country)]
        return tuple(
            answer
            for row in chosen or self.correspondence
            if holds(row, day) and classification in getattr(row, country)
            for answer in getattr(row, other)
        )
