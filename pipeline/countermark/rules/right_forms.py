"""Markings by themselves with the right form that findings on them ask to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.model import Document, Exchange
from countermark.rules.facts.marking_facts import marking_view
from countermark.rules.facts.rule_context import RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from countermark.model import Marking
    from countermark.recognition.explain import Explanation
    from countermark.recognition.recogniser import Recogniser


def with_right_forms(
    found: Iterable[Explanation], recogniser: Recogniser, day: date, codewords: Iterable[str] = ()
) -> tuple[Explanation, ...]:
    """Return the explanations with the right form of each marking, as on a document about to be sent.

    Empty where the marking alone doesn't tell it.
    """
    known = frozenset(codewords)
    return tuple(
        msgspec.structs.replace(
            explanation,
            right_form=_right_form(explanation.marking, explanation.recipient, recogniser, day, known),
        )
        for explanation in found
    )


def _right_form(
    marking: Marking, recipient: str | None, recogniser: Recogniser, day: date, codewords: frozenset[str]
) -> str:
    is_provided = marking.country in recogniser.standards.agreement.parties and marking.country != recipient
    case = RuleContext(
        document=Document(name="", media_type="", sha256=""),
        identity="",
        markings=(marking,),
        children=(),
        exchange=Exchange(originator=marking.country if is_provided else None, recipient=recipient),
        named=frozenset({marking.originator} if marking.originator else ()),
        day=day,
        recogniser=recogniser,
        labels={},
        codewords=codewords,
    )
    return marking_view(marking, case).right_form
