"""The one right form of a marking: what all findings on it ask to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Defect, Stage
from countermark.recognition.release_restrictions import PUBLIC_RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from countermark.model import Marking
    from countermark.rules.facts.rule_context import RuleContext
    from countermark.standards.standard import Element, Standard

_ONLY_THE_ORIGINATOR_KNOWS = frozenset(
    (
        Defect.retired_classification,
        Defect.not_a_classification,
        Defect.caveat_no_nation,
        Defect.caveat_unknown_nation,
        Defect.release_no_country,
        Defect.release_unknown_country,
    )
)


def right_form(
    marking: Marking, standard: Standard | None, meant: Mapping[str, str], case: RuleContext
) -> str:
    """Return the marking as it must be written on this document.

    Prefix, spelling, order, separators and elements at once; empty where the marking alone does not tell
    it. `meant` gives for each element that the standard does not know the one that is meant (empty:
    none). Where a release to the public contradicts a restriction, the restriction is kept.
    """
    defects = set(marking.defects)
    is_open = Defect.codeword_form in defects and not all(map(_is_codeword, marking.codewords))
    if is_open or defects & _ONLY_THE_ORIGINATOR_KNOWS:
        return ""
    separator = standard.separator if standard else None
    if standard is None or marking.portion or marking.country not in case.standards.agreement.parties:
        return marking.canonical
    head, *elements = marking.canonical.split(separator) if separator else [marking.canonical]
    if Defect.unknown_classification in defects:
        if not marking.nearest:
            return ""
        word = _prefix(marking, case) if marking.originator else ""
        head = " ".join(part for part in (word, marking.nearest) if part)
    if _is_prefix_due(marking, standard, case):
        head = f"{_prefix(marking, case)} {head}"
    kept = list(dict.fromkeys(_amended(elements, marking, standard, meant)))
    if len(kept) > 1 and PUBLIC_RELEASE in kept:
        kept.remove(PUBLIC_RELEASE)
    kept.sort(key=lambda element: _rank(element, marking, standard))
    return (separator or " ").join((head, *kept))


def _is_codeword(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _prefix(marking: Marking, case: RuleContext) -> str:
    country = marking.originator or marking.country or ""
    return case.standards.agreement.originators.get(country, country)


def _is_prefix_due(marking: Marking, standard: Standard, case: RuleContext) -> bool:
    """Return whether the provider must be named and this marking does not.

    In every marking where the standard has a prefix, once in the document where it has none.
    """
    exchange = case.exchange
    is_provided = exchange.originator == marking.country and exchange.stage is not Stage.internal
    is_missing = not marking.originator and (standard.prefix or marking.country not in case.named)
    return is_provided and bool(is_missing)


def _amended(
    elements: Iterable[str], marking: Marking, standard: Standard, meant: Mapping[str, str]
) -> Iterator[str]:
    """Yield the elements that the classification may have, each as the standard knows it."""
    tier = marking.nearest or marking.classification_text
    for element in elements:
        name = meant.get(element, element)
        if _kind(element, marking, standard) == "caveat":
            allowed = standard.caveats.applies_to if standard.caveats else ()
        else:
            allowed = tiers_of(name, (*standard.handling, *standard.descriptors))
        if name and (not allowed or tier in allowed):
            yield name


def tiers_of(name: str, known: Iterable[Element]) -> tuple[str, ...]:
    """Return the classifications that an element may be applied to; none: any."""
    return next((element.applies_to for element in known if element.name == name), ())


def _rank(element: str, marking: Marking, standard: Standard) -> int:
    kind = _kind(element, marking, standard)
    return standard.order.index(kind) if kind in standard.order else len(standard.order)


def _kind(element: str, marking: Marking, standard: Standard) -> str:
    """Return which part of the standard's order an element of the right form is.

    A release has no place there.
    """
    if element in marking.handling or any(element == known.name for known in standard.handling):
        return "handling"
    if element in marking.codewords:
        return "codeword"
    if element in marking.descriptors or any(element == known.name for known in standard.descriptors):
        return "descriptor"
    return "caveat" if any(element == caveat.text for caveat in marking.caveats) else "release"
