"""What accompanies a marking and completes it.

Registration and copy numbers, periods of designation, authors, embargoes, conditions of release, page
numbers.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from countermark.model import Companion
from countermark.recognition.dates import ANY_DAY, last_day_in
from countermark.standards.vocabulary import AccompanyingField, Reach, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.recognition.normalise import NormalisedText
    from countermark.standards.vocabulary import Vocabulary

Span = tuple[int, int]
Written = TypeVar("Written", AccompanyingField, Sentence)

WITHIN = {
    Reach.edges: (Reach.edges, Reach.opening, Reach.any),
    Reach.opening: (Reach.opening, Reach.any),
    Reach.any: (Reach.any,),
}
"""The reaches that a line lies in, by the narrowest of them."""
_BORDER = " -()[]【】「」〔〕<>（）［］"
_FIGURE = re.compile("[0-9元一二三四五六七八九十]")


class Companions(NamedTuple):
    """The companions of a line and all that they take of its normalised text."""

    found: tuple[Companion, ...]
    spans: tuple[Span, ...]


class StatedField(NamedTuple):
    """A field that a line without a marking states: as written, and its value without the label."""

    kind: str
    text: str
    value: str


class _Patterns(Generic[Written]):
    """One pattern for all, and what each of its named groups is."""

    def __init__(self, stated: Iterable[Written], before: str = "") -> None:
        self._stated: dict[str, Written] = {f"c{number}": written for number, written in enumerate(stated)}
        self._before = before

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, which takes longer to compile than most documents to read."""
        day = f"(?:{ANY_DAY})"
        either = "|".join(
            f"(?P<{name}>{written.pattern.replace('{date}', day)})" for name, written in self._stated.items()
        )
        return re.compile(f"{self._before}(?:{either})")

    def of(self, match: re.Match[str]) -> Written:
        """Return what matched."""
        return self._stated[str(match.lastgroup)]

    def value_span(self, match: re.Match[str]) -> Span:
        """Return where the value of what matched is; (-1, -1) where it has none."""
        return match.span(self.pattern.groupindex[str(match.lastgroup)] + 1)


class FieldPatterns:
    """How what accompanies markings is written."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        fields = vocabulary.accompanying_fields
        self._companions = _Patterns(fields, before=r"(?<![^\W_])(?=\S)")
        self._alone = _Patterns((field for field in fields if field.alone), before=r"(?<![A-Z\d])(?=\S)")
        self._sentences = _Patterns(vocabulary.sentences)

    def sentence_in(self, line: NormalisedText) -> tuple[Companion, int] | None:
        """Return the sentence that ends a line and belongs to its marking, and where it begins.

        None where there is none.
        """
        match = self._sentences.pattern.search(line.text)
        if match is None:
            return None
        written = line.source(match.start(), len(line.text)).strip()
        day = last_day_in(line.text[match.start() :])
        return Companion(kind=self._sentences.of(match).kind, text=written, date=day), match.start()

    def companions_in(self, line: NormalisedText, text: str) -> Companions:
        """Return the companions in `text`, which is `line.text` with what is no companion blanked out."""
        found, spans = [], []
        for match in self._companions.pattern.finditer(text):
            if match.end() == match.start():
                continue
            spans.append(match.span())
            kind = self._companions.of(match).kind
            start, end = self._companions.value_span(match)
            if kind and end > start:
                written = line.cased[start:end].strip()
                found.append(Companion(kind=kind, text=written, date=last_day_in(text[start:end])))
        return Companions(tuple(found), tuple(spans))

    def alone_in(self, line: str, reach: Reach) -> Iterator[StatedField]:
        """Yield the fields that a line without a marking states: normalised text, and where it is.

        Outside of where a field is looked for it must be all of the line.
        """
        whole = line.strip(_BORDER)
        for match in self._alone.pattern.finditer(line):
            field = self._alone.of(match)
            start, end = self._alone.value_span(match)
            if field.to_end:
                end = len(line) if _FIGURE.search(line, start) else start
            is_looked_for = field.alone in WITHIN[reach] or match[0].strip(_BORDER) == whole
            if field.kind and end > start >= 0 and is_looked_for:
                text = line[match.start() : max(end, match.end())]
                yield StatedField(field.kind.value, text.strip(_BORDER), line[start:end].strip(_BORDER))
