"""What the grammar gives: markings and their elements, as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from countermark.recognition.words import Kind

if TYPE_CHECKING:
    from countermark.model import Caveat, Companion, Defect
    from countermark.recognition.normalise import NormalisedText
    from countermark.recognition.tokens import Token


class ParsedElement(NamedTuple):
    """One element behind the tier; `separator` is the original text before it."""

    kind: Kind
    value: str
    separator: str


@dataclass
class Parsed:
    """One marking as parsed.

    `start` and `end` bound it in the normalised line; `tier` is its tier token, None for elements that
    stand without one (a second line of a marking). `foreign` is the third country whose controls stand
    after it, `scheme` the country whose scheme it was found to be of, `beside` are those whose own words
    are on its line; `is_form`: it is one of a scheme's further forms.
    """

    line: NormalisedText
    tier: Token | None
    start: int
    end: int
    prefix: Token | None = None
    originator: str | None = None
    foreign: str | None = None
    scheme: str | None = None
    beside: frozenset[str] = frozenset()
    is_form: bool = False
    sensitive: bool = False
    elements: list[ParsedElement] = field(default_factory=list)
    caveats: list[Caveat] = field(default_factory=list)
    releasable_to: list[str] = field(default_factory=list)
    companions: tuple[Companion, ...] = ()
    defects: set[Defect] = field(default_factory=set)

    @property
    def country(self) -> str | None:
        """The country whose tier this is; a third country where its name is before the tier."""
        if self.tier is None or self.tier.term is None:
            return None
        if self.scheme:
            return self.scheme
        prefix = self.prefix.term if self.prefix else None
        named = self.foreign or (prefix.country if prefix and not prefix.party else None)
        return named if named and self.tier.term.shared else self.tier.term.country

    @property
    def name(self) -> str:
        """The classification as its standard calls it, with its modifier."""
        if self.tier is None:
            return ""
        modified = self.tier.term.modified if self.sensitive and self.tier.term else ""
        return modified or self.tier.value

    @property
    def is_common_word(self) -> bool:
        """Whether its classification is a word that begins many phrases, and is alone."""
        term = self.tier.term if self.tier else None
        return term is not None and term.common_word and not self.sensitive

    @property
    def text(self) -> str:
        """The marking as written."""
        return self.line.source(self.start, self.end)

    @property
    def is_stated(self) -> bool:
        """Whether it states a tier, be it an unknown one: not only a handling mark."""
        return self.tier is not None and self.tier.kind is not Kind.mark

    def values(self, *kinds: Kind) -> tuple[str, ...]:
        """Return the values of its elements of these kinds, in their order."""
        return tuple(element.value for element in self.elements if element.kind in kinds)


class ParsedLine(NamedTuple):
    """All markings of a line, its label if it has one ("Classification:"), what stands with them
    (page numbers, dates, registration numbers) and what text remains when all that is taken away;
    `around` is that text in its own case, each marking in it written as `MARKING`.
    """

    line: NormalisedText
    markings: tuple[Parsed, ...]
    labelled: bool
    companions: tuple[Companion, ...]
    rest: str
    around: str = ""


MARKING = "\x00"
"""Stands for a marking in the text around it."""
