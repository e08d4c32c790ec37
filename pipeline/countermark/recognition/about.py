"""What a document's candidates say of it as a whole.

Whether it is about markings, whether it marks its portions.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, Evidence, Inference
from countermark.recognition.candidates import TITLES
from countermark.recognition.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from countermark.model import Document, Marking
    from countermark.recognition.candidates import Candidate, Key

_TIERS_OF_A_POLICY = 3
_LINES_OF_A_TITLE = 12
_MOST_OF_A_TITLE = 120


def about_markings(
    document: Document, found: Sequence[Candidate], mentioned: Sequence[set[Key]], titles: re.Pattern[str]
) -> Inference:
    """Return whether the document is a text about markings (a policy, a guide, a form that lists them).

    Its text names many tiers of one country, and its title (`titles` are those of such texts) or the
    number of places speaks for it.
    """
    at_edges = {candidate.key for candidate in found if candidate.line.zone in HEADER_FOOTER}
    tiers: dict[str | None, set[Key]] = {}
    for key in set().union(*mentioned) - at_edges if mentioned else set():
        tiers.setdefault(key[0], set()).add(key)
    evidence = []
    if any(len(keys) >= _TIERS_OF_A_POLICY for keys in tiers.values()):
        evidence.append("many-tiers")
    if _titled(document, titles, {id(candidate.line) for candidate in found if candidate.labelled}):
        evidence.append("title-about-markings")
    return Inference(holds=bool(evidence), evidence=tuple(map(Evidence, evidence)))


def _titled(document: Document, titles: re.Pattern[str], labelled: Collection[int]) -> bool:
    """Return whether a title of the document says so: one of its first lines, or a property.

    A line is no title where the marking that it labels follows (`labelled`: the identities of such).
    """
    first = next(iter(document.live_pages), None)
    opening = first.lines[: _LINES_OF_A_TITLE + 1] if first else ()
    lines = [line for line, following in pairwise(opening) if id(following) not in labelled]
    lines += opening[-1:] if len(opening) <= _LINES_OF_A_TITLE else ()
    lines += [line for line in document.lines if line.zone in TITLES]
    texts = [line.text for line in lines] + [
        item.value for item in document.properties if item.key == "title"
    ]
    return any(titles.search(normalise(text).text) for text in texts if len(text) <= _MOST_OF_A_TITLE)


def marks_portions(markings: Iterable[Marking]) -> Inference:
    """Return whether a document marks its paragraphs, by its accepted markings."""
    portions = [marking for marking in markings if marking.portion]
    evidence = ["portions-marked"] if portions else []
    if any("abbreviated" in portion.evidence for portion in portions):
        evidence.append("portions-by-letters")
    return Inference(holds=bool(portions), evidence=tuple(map(Evidence, evidence)))
