"""What stands with a marking and completes it.

Registration and copy numbers, periods of designation, authors, embargoes, conditions of release, page
numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Companion
from countermark.recognition.dates import ANY_DAY, last_day_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import CompanionKind
    from countermark.recognition.normalise import NormalisedText
    from countermark.standards.vocabulary import Vocabulary

Span = tuple[int, int]


class Companions(NamedTuple):
    """The companions of a line and all that they take of its normalised text."""

    found: tuple[Companion, ...]
    spans: tuple[Span, ...]


class _Patterns(NamedTuple):
    """One pattern for all; the kind of each of its named groups."""

    pattern: re.Pattern[str]
    kinds: dict[str, CompanionKind | None]


def _patterns(stated: Iterable[tuple[CompanionKind | None, str]], before: str = "") -> _Patterns:
    kinds = {f"c{number}": (kind, pattern) for number, (kind, pattern) in enumerate(stated)}
    either = "|".join(f"(?P<{name}>{pattern})" for name, (_, pattern) in kinds.items())
    return _Patterns(re.compile(f"{before}(?:{either})"), {name: kind for name, (kind, _) in kinds.items()})


class FieldPatterns:
    """How what stands with markings is written."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        day = f"(?:{ANY_DAY})"
        stated = [
            (companion.kind, companion.pattern.replace("{date}", day)) for companion in vocabulary.companions
        ]
        self._companions = _patterns(stated, before=r"(?<![^\W_])(?=\S)")
        self._sentences = _patterns((sentence.kind, sentence.pattern) for sentence in vocabulary.sentences)

    def sentence_in(self, line: NormalisedText) -> tuple[Companion, int] | None:
        """Return the sentence that ends a line and belongs to its marking, and where it begins.

        None where there is none.
        """
        patterns = self._sentences
        match = patterns.pattern.search(line.text)
        kind = patterns.kinds[match.lastgroup] if match and match.lastgroup else None
        if match is None or kind is None:
            return None
        written = line.source(match.start(), len(line.text)).strip()
        day = last_day_in(line.text[match.start() :])
        return Companion(kind=kind, text=written, date=day), match.start()

    def companions_in(self, line: NormalisedText, text: str) -> Companions:
        """Return the companions in `text`, which is `line.text` with what is no companion blanked out."""
        patterns = self._companions
        found, spans = [], []
        for match in patterns.pattern.finditer(text):
            if match.end() == match.start():
                continue
            spans.append(match.span())
            name = str(match.lastgroup)
            kind = patterns.kinds[name]
            inside = match.re.groupindex[name] + 1
            if kind and match[inside]:
                written = line.cased[slice(*match.span(inside))].strip()
                found.append(Companion(kind=kind, text=written, date=last_day_in(match[inside])))
        return Companions(tuple(found), tuple(spans))
