"""The marking that a file's name states, as `UK SECRET - plan.pdf`, `報告書【極秘】.docx`."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from countermark.model import Location, Zone
from countermark.rules.facts.views import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from countermark.model import Marking
    from countermark.recognition.recogniser import Recogniser

_PARTS = re.compile(r"[_()\[\]【】（）［］]+|\s+[-–—]\s+|\s{2,}|[　]+")
_LONGEST = 4


def marking_of_name(name: str, recogniser: Recogniser, day: date) -> Marking | None:
    """Return the classification that a whole part of the name states, in capitals or in Japanese.

    None where there is none, or its word is one that stands in names for other reasons.
    """
    for piece in _pieces(PurePath(name).stem):
        parsed = recogniser.grammar.line(piece)
        if len(parsed.markings) != 1 or parsed.rest:
            continue
        only = parsed.markings[0]
        term = only.tier.term if only.tier else None
        if (
            term is None
            or (term.plain_word and not only.prefix)
            or not (piece.isupper() or not piece.isascii())
        ):
            continue
        marking = recogniser.resolver.resolve(only, Zone.filename, Location(zone=Zone.filename), day)
        if is_mark(marking) and marking.classification:
            return marking
    return None


def _pieces(stem: str) -> Iterator[str]:
    """Yield the parts of a name between separators, and its first and last words between hyphens."""
    for part in _PARTS.split(stem):
        if not part.strip():
            continue
        yield part.strip()
        words = part.strip().split("-")
        for count in range(min(_LONGEST, len(words) - 1), 0, -1):
            yield " ".join(words[-count:])
            yield " ".join(words[:count])
