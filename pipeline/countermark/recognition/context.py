"""Whether the text beside a marking reads as a sentence with it. spaCy is imported only when asked."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from countermark.recognition.normalise import CJK
from countermark.recognition.parsed import MARKING

if TYPE_CHECKING:
    from countermark.standards.standards import Standards

_JAPANESE = re.compile(f"[{CJK}]")
_GETA = "〓"


@lru_cache(maxsize=1024)
def reads_as_sentence(around: str, standards: Standards) -> bool:
    """True where `around`, the text of a line with `MARKING` in the places of its markings, is part of
    a sentence with them ("all UK SECRET papers are kept", but not "UK SECRET Project Skylark")."""
    if _JAPANESE.search(around):
        return bool(_japanese(standards).search(around.replace(MARKING, _GETA)))
    nlp, matcher = _english(standards)
    return bool(matcher(nlp.make_doc(" ".join(around.replace(MARKING, " MARKING ").split()))))


@cache
def _japanese(standards: Standards) -> re.Pattern[str]:
    return re.compile("|".join(standards.recognition.sentence.ja))


@cache
def _english(standards: Standards) -> tuple[Any, Any]:
    """A blank English pipeline and the matcher of its patterns."""
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("en")
    matcher = Matcher(nlp.vocab)
    matcher.add("sentence", list(standards.recognition.sentence.en))
    return nlp, matcher
