"""Which paragraphs of a document carry a portion mark, where it marks its portions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.rules.facts.paragraphs import FEWEST_MARKED
from countermark.rules.facts.views import PortionView, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.rules.facts.rule_context import RuleContext


def portion_subjects(context: RuleContext) -> Iterator[Subject]:
    """Yield the paragraphs of a document that marks its portions: at least two, and not fewer than half."""
    paragraphs = context.paragraphs
    marked = sum(paragraph.marked for paragraph in paragraphs)
    if marked < FEWEST_MARKED or 2 * marked < len(paragraphs):
        return
    for paragraph in paragraphs:
        yield Subject(PortionView(marked=paragraph.marked), (paragraph.location,))
