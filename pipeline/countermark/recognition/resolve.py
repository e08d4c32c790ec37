"""A parsed marking -> a Marking, judged by the standards in force on the document's day."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from countermark.model import Caveat, Defect, Marking
from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from datetime import date

    from countermark.model import Location, Zone
    from countermark.recognition.parsed import Parsed, ParsedElement
    from countermark.standards.standard import Classification, Standard
    from countermark.standards.standards import Standards

_ORDER = {
    Kind.handling: "handling",
    Kind.descriptor: "descriptor",
    Kind.name: "descriptor",
    Kind.word: "codeword",
    Kind.eyes_only: "caveat",
}


class Resolver:
    """Judges parsed markings by some standards."""

    def __init__(self, standards: Standards) -> None:
        self._standards = standards
        self._holders = lru_cache(maxsize=256)(self._having)
        self._after_sign = frozenset(
            element.name
            for standard in standards.standards
            for element in standard.descriptors
            if element.after_sign
        )

    def resolve(self, parsed: Parsed, zone: Zone, location: Location, day: date) -> Marking:
        """Return the marking that `parsed` states, as of `day`; confidence and evidence are the caller's."""
        parsed = replace(parsed, elements=[self._described(element) for element in parsed.elements])
        written = parsed.tier.value if parsed.tier else ""
        country = parsed.country
        name = parsed.name
        is_foreign = country not in self._standards.agreement.parties
        defects = set(parsed.defects)
        if is_foreign:
            standard, tier, _ = self._tier(country, name, day)
            tier = tier or self._foreign_tier(country, name)
            defects -= {Defect.not_capitals, Defect.sensitive_form, Defect.unknown_classification}
        else:
            standard, tier, in_force = self._tier(country, name, day)
            defects |= _form_defects(parsed, standard) if standard else set()
            defects -= set() if standard is None or standard.capitals else {Defect.not_capitals}
            if tier and not in_force:
                begun = any(
                    holder.from_ is None or holder.from_ <= day
                    for holder, _ in self._holders(country, tier.name)
                )
                defects.add(Defect.retired_classification if begun else Defect.unknown_classification)
        is_named = not parsed.is_form or tier is not None
        stated = is_named and not defects & {Defect.unknown_classification, Defect.not_a_classification}
        return Marking(
            text=parsed.text,
            zone=zone,
            location=location,
            country=country,
            classification=written if stated else None,
            level=tier.level if tier else None,
            grade=tier.rank if tier else None,
            canonical=_as_written(parsed) if is_foreign and not parsed.prefix else render(parsed, standard),
            standard=standard.id if standard else None,
            originator=parsed.originator,
            sensitive=parsed.sensitive,
            handling=parsed.values(Kind.handling),
            descriptors=parsed.values(Kind.descriptor, Kind.name),
            codewords=parsed.values(Kind.word),
            caveats=tuple(self._with_members(caveat) for caveat in parsed.caveats),
            releasable_to=self._members(parsed.releasable_to),
            companions=parsed.companions,
            nearest=None
            if Defect.unknown_classification not in defects
            else self._nearest(written, country, day),
            well_formed=not defects,
            defects=tuple(sorted(defects)),
        )

    def _described(self, element: ParsedElement) -> ParsedElement:
        """Return a word that is a descriptor where it follows a sign as one."""
        is_descriptor = element.kind is Kind.word and element.value in self._after_sign
        return element._replace(kind=Kind.descriptor) if is_descriptor else element

    def _foreign_tier(self, country: str | None, name: str) -> Classification | None:
        """Return a third party's tier.

        That of a country whose scheme is not known is looked up among the parties', whose words it
        shares.
        """
        scheme = self._standards.foreign.scheme(country)
        known = scheme.tier(name) if scheme else None
        parties = self._standards.agreement.parties
        shared = (tier for party in parties for _, tier in self._holders(party, name) if name.isascii())
        return known or next(shared, None)

    def _having(self, country: str | None, name: str) -> tuple[tuple[Standard, Classification], ...]:
        """Return the standards of `country` that have a tier of that name, each with the tier."""
        return tuple(
            (standard, tier)
            for standard in self._standards.standards
            if standard.country == country
            for tier in standard.classifications
            if tier.name == name
        )

    def _tier(
        self, country: str | None, name: str, day: date
    ) -> tuple[Standard | None, Classification | None, bool]:
        """Return the standard of `country` that has this tier, the tier, and whether it is in force on `day`.

        Of a name that is no tier, the one that has it as a handling mark, else the country's first.
        """
        holders = self._holders(country, name)
        for standard, tier in holders:
            if standard.in_force(day):
                return standard, tier, True
        if holders:
            return (*holders[-1], False)
        current = [standard for standard in self._standards.in_force(day) if standard.country == country]
        marking = (
            standard for standard in current if name in (mark.name for mark in standard.handling_marks)
        )
        ranking = (standard for standard in current if standard.classifications)
        return next(marking, None) or next(ranking, None), None, True

    def _with_members(self, caveat: Caveat) -> Caveat:
        return Caveat(text=caveat.text, nations=self._members(caveat.nations))

    def _members(self, codes: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        """Country codes with communities replaced by their members, where these are known."""
        communities = {community.name: community.members for community in self._standards.nations.communities}
        return tuple(member for code in codes for member in (communities.get(code) or (code,)))

    def _nearest(self, written: str, country: str | None, day: date) -> str | None:
        names = [
            tier.name
            for standard in self._standards.in_force(day)
            if standard.country == country
            for tier in standard.classifications
        ]
        close = difflib.get_close_matches(written, names, n=1, cutoff=0.0)
        return close[0] if close else None


def _form_defects(parsed: Parsed, standard: Standard) -> set[Defect]:
    defects = set()
    ranks = [
        standard.order.index(_ORDER[element.kind])
        for element in parsed.elements
        if _ORDER.get(element.kind) in standard.order
    ]
    if ranks != sorted(ranks):
        defects.add(Defect.element_order)
    judged = [element for element in parsed.elements if element.kind is not Kind.release]
    if standard.separator and any(not _separated(element, standard.separator) for element in judged):
        defects.add(Defect.separator_form)
    return defects


def _separated(element: ParsedElement, separator: str) -> bool:
    """Return an element on a line of its own (no text before it) needs no separator."""
    return element.separator in (separator, "") or re.sub(r"\s+", " ", element.separator) == separator


def _as_written(parsed: Parsed) -> str:
    return " ".join(parsed.text.split())


def render(parsed: Parsed, standard: Standard | None) -> str:
    """Return the right form of a parsed marking.

    Capitals, the classification with its modifier, elements in order, space hyphen space.
    """
    prefix = _prefix(parsed, standard)
    head = f"{prefix} {parsed.name}" if prefix else parsed.name
    order = standard.order if standard else ()

    def rank(element: ParsedElement) -> int:
        name = _ORDER.get(element.kind, "")
        return order.index(name) if name in order else len(order)

    ordered = sorted(parsed.elements, key=rank)
    separator = standard.separator if standard else None
    return head + "".join(f"{separator or _written(element)}{element.value}" for element in ordered)


def _written(element: ParsedElement) -> str:
    """Return the separator as written, for a standard that prescribes none."""
    return element.separator if element.separator.strip() else " "


def _prefix(parsed: Parsed, standard: Standard | None) -> str:
    """Return the prefix as written; in the standard's own word where it names the standard's country."""
    prefix = parsed.prefix
    if prefix is None or prefix.term is None:
        return ""
    if standard and standard.prefix and prefix.term.country == standard.country:
        return standard.prefix.word
    return prefix.value
