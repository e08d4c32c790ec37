"""Whether the text beside a tier's word reads as a sentence. spaCy is imported only when asked."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_KANA = re.compile("[\u3041-\u3096]")


@cache
def _english() -> Any:
    import spacy

    return spacy.blank("en")


def reads_as_sentence(text: str) -> bool:
    """True where `text` holds a function word: in Japanese any hiragana, in English a stop word that
    is not in capitals ("kept secret by the owner", but not "SECRET PROJECT SKYLARK")."""
    if _KANA.search(text):
        return True
    return any(token.is_stop and not token.is_upper for token in _english()(text))
