"""What the grammar gives: markings and their elements, as written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from countermark.markings.lexicon import Kind, Token
    from countermark.markings.normalise import Normal
    from countermark.model import Caveat, Defect


class Element(NamedTuple):
    """One element behind the tier; `separator` is the original text before it."""

    kind: Kind
    value: str
    separator: str


@dataclass
class Parsed:
    """One marking as parsed. `start` and `end` bound it in the normalised line; `tier` is its tier
    token, None for elements that stand without one (a second line of a marking)."""

    line: Normal
    tier: Token | None
    start: int
    end: int
    prefix: Token | None = None
    originator: str | None = None
    foreign: str | None = None
    sensitive: bool = False
    elements: list[Element] = field(default_factory=list)
    caveats: list[Caveat] = field(default_factory=list)
    releasable_to: list[str] = field(default_factory=list)
    defects: set[Defect] = field(default_factory=set)

    @property
    def country(self) -> str | None:
        """The country whose tier this is; a third country where its name stands before the tier."""
        if self.tier is None or self.tier.term is None:
            return None
        own = self.tier.term.country
        named = self.foreign or (self.prefix.term.country if self.prefix and self.prefix.term else None)
        return named if own == "GB" and named not in (None, "GB", "JP") else own

    @property
    def text(self) -> str:
        """The marking as written."""
        return self.line.source(self.start, self.end)

    def values(self, kind: Kind) -> tuple[str, ...]:
        """The values of its elements of that kind."""
        return tuple(element.value for element in self.elements if element.kind is kind)


class ParsedLine(NamedTuple):
    """All markings of a line, its label if it has one ("Classification:"), and what text remains when
    they and their usual companions (page numbers, dates, registration numbers) are taken away."""

    line: Normal
    markings: tuple[Parsed, ...]
    labelled: bool
    rest: str
