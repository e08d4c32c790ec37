"""Whether the text beside a marking reads as a sentence with it.

English lines whose words are clear are answered without spaCy, which is imported when another is asked.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from countermark.recognition.normalise import CJK
from countermark.recognition.parsed import MARKING
from countermark.recognition.plain_sentences import PlainSentences

if TYPE_CHECKING:
    from countermark.standards.vocabulary import SentencePatterns

_JAPANESE = re.compile(f"[{CJK}]")
_GETA = "〓"


class SentenceCheck:
    """Answers whether text reads as a sentence."""

    def __init__(self, patterns: SentencePatterns) -> None:
        self._patterns = patterns
        self._japanese = re.compile("|".join(patterns.ja))
        self._plain = PlainSentences(patterns.en)
        self.reads_as_sentence = lru_cache(maxsize=1024)(self._reads_as_sentence)

    def _reads_as_sentence(self, around: str) -> bool:
        """Return whether `around`, the text of a line with `MARKING` in the places of its markings, is part
        of a sentence with them ("all UK SECRET papers are kept", but not "UK SECRET Project Skylark").
        """
        if _JAPANESE.search(around):
            return bool(self._japanese.search(around.replace(MARKING, _GETA)))
        text = " ".join(around.replace(MARKING, " MARKING ").split())
        answer = self._plain.reads_as_sentence(text)
        return self._asks_spacy(text) if answer is None else answer

    def _asks_spacy(self, text: str) -> bool:
        nlp, matcher = self._english
        return bool(matcher(nlp.make_doc(text)))

    @cached_property
    def _english(self) -> tuple[Any, Any]:
        """A blank English pipeline and the matcher of its patterns."""
        import spacy
        from spacy.matcher import Matcher

        nlp = spacy.blank("en")
        matcher = Matcher(nlp.vocab)
        matcher.add("sentence", list(self._patterns.en))
        return nlp, matcher
