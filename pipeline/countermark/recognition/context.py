"""Whether the text beside a marking reads as a sentence with it. spaCy is imported only when asked."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from countermark.recognition.normalise import CJK
from countermark.recognition.parsed import MARKING

if TYPE_CHECKING:
    from countermark.standards.vocabulary import SentencePatterns

_JAPANESE = re.compile(f"[{CJK}]")
_GETA = "〓"


class SentenceCheck:
    """Asks whether text reads as a sentence; spaCy is imported when English is asked first."""

    def __init__(self, patterns: SentencePatterns) -> None:
        self._patterns = patterns
        self._japanese = re.compile("|".join(patterns.ja))
        self.reads_as_sentence = lru_cache(maxsize=1024)(self._reads_as_sentence)

    def _reads_as_sentence(self, around: str) -> bool:
        """True where `around`, the text of a line with `MARKING` in the places of its markings, is part of
        a sentence with them ("all UK SECRET papers are kept", but not "UK SECRET Project Skylark").
        """
        if _JAPANESE.search(around):
            return bool(self._japanese.search(around.replace(MARKING, _GETA)))
        nlp, matcher = self._english
        return bool(matcher(nlp.make_doc(" ".join(around.replace(MARKING, " MARKING ").split()))))

    @cached_property
    def _english(self) -> tuple[Any, Any]:
        """A blank English pipeline and the matcher of its patterns."""
        import spacy
        from spacy.matcher import Matcher

        nlp = spacy.blank("en")
        matcher = Matcher(nlp.vocab)
        matcher.add("sentence", list(self._patterns.en))
        return nlp, matcher
