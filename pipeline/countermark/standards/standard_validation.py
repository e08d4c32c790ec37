"""What a standard or the Agreement says must hold together: names that it uses exist, days run forward."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from countermark.support.errors import CountermarkError
from countermark.support.yaml_files import compose_yaml, node_at, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set
    from pathlib import Path

    from countermark.standards.agreement import Agreement, Correspondence
    from countermark.standards.data import Dated
    from countermark.standards.foreign import ForeignScheme
    from countermark.standards.standard import Standard

_ELEMENTS = ("handling", "handling_marks", "descriptors", "fields")
_SINGLE = {
    "caveats": "applies_to",
    "codewords": "usual_on",
    "page_numbers": "applies_to",
    "copies": "applies_to",
}


def check_standard(standard: Standard, path: Path) -> None:
    """Raise CountermarkError with file and line where a standard names no word at all, one tier twice, a tier
    that it does not have, or days that run backwards.
    """
    _check_days(standard, path)
    names = [classification.name for classification in standard.classifications]
    if not (names or standard.handling or standard.handling_marks or standard.descriptors):
        raise CountermarkError("standard-empty", where=str(path), id=standard.id)
    for index, name in enumerate(names):
        if name in names[:index]:
            where = _at(path, "classifications", index)
            raise CountermarkError("standard-name-twice", where=where, name=name)
    for steps, tiers in _applied(standard):
        _check_names(tiers, names, path, *steps)


def _applied(standard: Standard) -> Iterator[tuple[tuple[str | int, ...], Iterable[str]]]:
    """Yield each list of tiers that something applies to, with the keys that lead to it."""
    for key in _ELEMENTS:
        for index, element in enumerate(getattr(standard, key)):
            yield (key, index, "applies_to"), element.applies_to
    for index, classification in enumerate(standard.classifications):
        if classification.modifier:
            yield ("classifications", index, "modifier"), (classification.modifier.of,)
    for key, named in _SINGLE.items():
        if owner := getattr(standard, key):
            yield (key, named), getattr(owner, named)


def check_agreement(agreement: Agreement, tiers: Mapping[str, Set[str]], path: Path) -> None:
    """Raise CountermarkError with file and line where the Agreement names a classification that no standard
    of its country has, or days that run backwards. `tiers` are the classifications known, by country.
    """
    _check_days(agreement, path)
    check_correspondence(agreement.correspondence, tiers, path)
    for index, classification in enumerate(agreement.uncorresponded):
        _check_names(
            classification.names,
            tiers.get(classification.country, ()),
            path,
            "uncorresponded",
            index,
            "names",
        )


def check_correspondence(rows: Iterable[Correspondence], tiers: Mapping[str, Set[str]], path: Path) -> None:
    """Hold the same of rows of correspondence, those under `correspondence` of the file `path`."""
    for index, row in enumerate(rows):
        _check_days(row, path, "correspondence", index)
        for country in ("GB", "JP"):
            _check_names(
                getattr(row, country), tiers.get(country, ()), path, "correspondence", index, country
            )


def check_schemes(schemes: Iterable[ForeignScheme], path: Path) -> None:
    """Raise CountermarkError with file and line where a scheme has a pattern that is none, a form without a
    word or of a tier that it does not have.
    """
    for index, scheme in enumerate(schemes):
        place = ("schemes", index)
        for key in ("letterheads", "forms"):
            for number, pattern in enumerate(getattr(scheme, key)):
                _check_pattern(pattern, path, *place, key, number)
        for number, mark in enumerate(scheme.marks):
            _check_pattern(mark.pattern, path, *place, "marks", number)
            if not (mark.word.strip() or mark.pattern):
                raise CountermarkError("scheme-mark-empty", where=_at(path, *place, "marks", number))
            tiers = [name for tier in (*scheme.own, *scheme.shared) for name in (tier.name, *tier.also)]
            _check_names([mark.tier] if mark.tier else [], tiers, path, *place, "marks", number)


def _check_pattern(pattern: str, path: Path, *steps: str | int) -> None:
    try:
        re.compile(pattern)
    except re.error:
        raise CountermarkError("pattern-invalid", where=_at(path, *steps), pattern=pattern) from None


def _check_days(dated: Dated, path: Path, *steps: str | int) -> None:
    if dated.from_ and dated.until and dated.until < dated.from_:
        raise CountermarkError("days-reversed", where=_at(path, *steps, "until"))


def _check_names(names: Iterable[str], known: Iterable[str], path: Path, *steps: str | int) -> None:
    for index, name in enumerate(names):
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            raise CountermarkError(
                "classification-unknown",
                where=_at(path, *steps, index),
                name=name,
                nearest=close[0] if close else "-",
            )


def _at(path: Path, *steps: str | int) -> str:
    """File and line of what keys and indices lead to."""
    node = compose_yaml(path)
    return str(path) if node is None else place_of(path, node_at(node, *steps))
