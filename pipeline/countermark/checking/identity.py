"""By what a document can be found in a covering letter's list of enclosures, and its own such list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.model import Identity, Reason, Zone
from countermark.recognition.enclosure_rows import LONGEST, half_width, is_shown
from countermark.support.guarding import guarded

if TYPE_CHECKING:
    from countermark.rules.facts.rule_context import RuleContext

_LINES, _CHARACTERS = 24, 600


def identity_of(case: RuleContext) -> Identity | msgspec.UnsetType:
    """Return what the document calls itself, and the list of enclosures that it has as a covering letter.

    UNSET for what is no document itself, as an archive.
    """
    if not case.document.is_container:
        with guarded(Reason.failed_stage):
            return _identity(case)
    return msgspec.UNSET


def _identity(case: RuleContext) -> Identity:
    lists = case.recogniser.enclosures
    opening = _opening(case)
    subjects = tuple(
        line.text[:LONGEST] for page in case.live for line in page.lines if line.zone is Zone.subject
    )
    names = (item.value[:LONGEST] for item in case.document.properties if item.key == "title")
    return Identity(
        titles=(*names, *subjects),
        opening="\n".join(opening),
        references=tuple(dict.fromkeys(lists.references(opening))),
        copy=lists.copy_number(opening),
        is_letter=case.is_letter,
        enclosures=case.enclosures,
    )


def _opening(case: RuleContext) -> list[str]:
    """Return the first lines that a reader sees, so many characters of them."""
    found: list[str] = []
    left = _CHARACTERS
    for line in (line for page in case.live for line in page.lines if is_shown(line)):
        if left <= 0 or len(found) == _LINES:
            break
        found.append(half_width(line.text[:LONGEST])[:left])
        left -= len(found[-1])
    return found
