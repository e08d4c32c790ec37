"""Third countries' and organisations' schemes, as `rules/standards/foreign.yaml` and packs state them."""

from __future__ import annotations

import msgspec

from countermark.standards.data import Data
from countermark.standards.standard import Classification


class MarkForm(Data, frozen=True):
    """A form of a scheme that is more than a nation and a tier.

    A regular expression over capitals in half width, or the `word` itself; the `word` of every match
    where it holds no tier's; the tier that it states, if any, by name or as the pattern's group `tier`.
    """

    word: str = ""
    pattern: str = ""
    tier: str = ""


class ForeignScheme(Data, frozen=True):
    """A third party's scheme.

    A tier in `own` is its own by itself, one in `shared` where something betrays the scheme: one of
    `names`, the `separator`, one of `letterheads` or `forms`. `controls` are the words that may follow
    the separator, `companions` such as only its markings have, `portion` its letters for portions,
    `marks` further forms.
    """

    country: str
    names: tuple[str, ...]
    separator: str | None = None
    letterheads: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    shared: tuple[Classification, ...] = ()
    own: tuple[Classification, ...] = ()
    controls: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    portion: dict[str, str] = msgspec.field(default_factory=dict)
    marks: tuple[MarkForm, ...] = ()

    def tier(self, name: str) -> Classification | None:
        """Return its classification of that name, or of one that is also written so."""
        tiers = (*self.own, *self.shared)
        return next((tier for tier in tiers if name == tier.name or name in tier.also), None)


class Foreign(Data, frozen=True):
    """The schemes of third countries and organisations.

    `unconfirmed` says what was not read, `shared_bodies` are those that several countries have.
    """

    schemes: tuple[ForeignScheme, ...]
    shared_bodies: tuple[str, ...] = ()
    unconfirmed: str | None = None

    def scheme(self, country: str | None) -> ForeignScheme | None:
        """Return the scheme of that country."""
        return next((scheme for scheme in self.schemes if scheme.country == country), None)
