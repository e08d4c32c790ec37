"""One marking, explained: what it says, what is wrong with it, what the other country would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.markings.grammar import parse_line
from countermark.markings.resolve import resolve
from countermark.model import Location, Noun, Zone

if TYPE_CHECKING:
    from datetime import date

    from countermark.markings.standards import Standards
    from countermark.model import Marking


class Explanation(Noun, frozen=True):
    """A marking and the other party's classifications that correspond to it under the Agreement on
    that day (empty: the Agreement's table has no counterpart; None: none was asked for). `rest` is text
    beside the markings."""

    marking: Marking
    counterparts: tuple[str, ...] | None
    rest: str


def explain(text: str, standards: Standards, day: date, to: str | None = None) -> tuple[Explanation, ...]:
    """Every marking in `text`, as the standards of `day` read it; none where there is none. `to` is
    the recipient: its own markings need no counterpart."""
    parsed = parse_line(text, standards)
    return tuple(
        Explanation(
            marking=marking,
            counterparts=None if marking.country == to else counterparts(marking, standards, day),
            rest=parsed.rest,
        )
        for one in parsed.markings
        for marking in [resolve(one, Zone.body, Location(zone=Zone.body), standards, day)]
    )


def counterparts(marking: Marking, standards: Standards, day: date) -> tuple[str, ...]:
    """The other party's classifications that answer to a marking on that day."""
    if marking.country not in standards.agreement.parties or not marking.classification:
        return ()
    return standards.agreement.corresponding(marking.country, marking.classification_text, day)
