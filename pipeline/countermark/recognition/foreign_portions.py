"""Portion marks of third parties' schemes by their letters: `(S//NF)`, `(//DEU S)`, `(NR)`, `(U)`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.recognition.grammar import Grammar
    from countermark.recognition.parsed import Parsed
    from countermark.standards.foreign import ForeignScheme

_SLASHES = "[/／∕⁄] ?[/／∕⁄]"
_LETTERS = re.compile(
    rf"(?P<owner>(?:{_SLASHES} ?)?(?P<nations>JOINT|[A-Z]{{3}}) )?"
    rf"(?P<letters>[A-Z]{{1,4}})(?P<nations_after>(?: [A-Z]{{3}}){{2,10}})?"
    rf"(?P<controls> ?{_SLASHES} ?[A-Z][-A-Z0-9 ,/／∕⁄]{{0,80}})?"
)
_OWNED = {"TS": "TOP SECRET", "S": "SECRET", "C": "CONFIDENTIAL", "R": "RESTRICTED", "U": "UNCLASSIFIED"}
"""Letters after the country that owns the information, whoever writes it."""


class ForeignPortion(NamedTuple):
    """A portion mark as the marking that it stands for; whether its letters alone say whose it is."""

    parsed: Parsed
    abbreviated: bool


class ForeignPortions:
    """Reads portion marks by the letters that some schemes have."""

    def __init__(self, schemes: Iterable[ForeignScheme], grammar: Grammar) -> None:
        self._grammar = grammar
        self._separated: dict[str, tuple[str, str]] = {}
        self._alone: dict[str, tuple[str, str]] = {}
        for scheme in schemes:
            for letters, tier in scheme.portion.items():
                self._alone.setdefault(letters, (tier, scheme.country))
                if scheme.separator:
                    self._separated.setdefault(letters, (tier, scheme.country))

    def read(self, inside: str) -> ForeignPortion | None:
        """Return what is in the brackets of a portion mark, read as a third party's.

        None where it is no such thing.
        """
        match = _LETTERS.fullmatch(inside)
        if match is None:
            return None
        letters, controls = match["letters"], match["controls"] or ""
        if match["owner"]:
            is_slashed = controls or not match["owner"][0].isalnum()
            tier, after = _OWNED.get(letters), match["nations_after"] or ""
            return self._parsed(f"{match['owner']}{tier}{after}{controls}") if tier and is_slashed else None
        if match["nations_after"]:
            return None
        tier, country = (self._separated if controls else self._alone).get(letters, (None, None))
        if tier is None:
            return None
        return self._parsed(f"{tier}{controls}", country, abbreviated=not controls)

    def _parsed(
        self, words: str, country: str | None = None, *, abbreviated: bool = False
    ) -> ForeignPortion | None:
        markings = self._grammar.line(words).markings
        if len(markings) != 1:
            return None
        parsed = replace(markings[0], scheme=None if markings[0].prefix else country)
        return ForeignPortion(replace(parsed, is_form=not abbreviated or parsed.is_form), abbreviated)
