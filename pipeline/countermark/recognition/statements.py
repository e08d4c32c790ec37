"""What stands beside markings.

Page and copy numbers, registration numbers, periods of designation, notices of cancellation, stamps in place
of a marking. The words are data (`rules/statements.yaml`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Location, Zone
from countermark.recognition.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.model import Document, Line, Page
    from countermark.standards.standards import StatementForm

_OPENING_LINES = 60
_LONGEST_NUMBER = 24
_BRACKETS = " ()[]【】「」〔〕<>（）［］"
_ENDS = frozenset("0123456789-頁ジ０１２３４５６７８９")


class Reach(StrEnum):
    """Where a statement may stand."""

    edges = "edges"
    opening = "opening"
    any = "any"


_LOOKED_FOR = {
    Reach.edges: tuple(Reach),
    Reach.opening: (Reach.opening, Reach.any),
    Reach.any: (Reach.any,),
}
"""The reaches of the forms that are looked for in a line, by where it stands."""


class Statement(NamedTuple):
    """One statement: its kind (a key of `statements.yaml`), the country that its words belong to (empty.

    None), the text that makes it, what it says where the pattern names a value, and its place.
    """

    kind: str
    country: str
    text: str
    value: str
    location: Location


class _Form(NamedTuple):
    kind: str
    country: str
    reach: Reach
    pattern: re.Pattern[str]
    whole: bool


class Statements:
    """Finds statements by the forms that `rules/statements.yaml` gives them."""

    def __init__(self, forms: Mapping[str, StatementForm]) -> None:
        compiled = [
            _Form(kind, form.country, Reach(form.zones), re.compile("|".join(form.patterns)), form.whole)
            for kind, form in forms.items()
        ]
        self._forms = {
            reach: tuple(form for form in compiled if form.reach in wanted)
            for reach, wanted in _LOOKED_FOR.items()
        }
        self._found = lru_cache(maxsize=4096)(self._in_text)

    def of(self, document: Document) -> Iterator[Statement]:
        """Yield every statement in a document's live pages, in reading order."""
        first = next(iter(document.live_pages), None)
        for page in document.live_pages:
            opening = first is not None and (
                page is first or (page.section is not None and page.section == first.section)
            )
            for line, reach in _reached(page, opening):
                for form, text, value in self._found(line.text, reach):
                    yield Statement(form.kind, form.country, text, value, page.locate(line))

    def _in_text(self, text: str, reach: Reach) -> tuple[tuple[_Form, str, str], ...]:
        line = normalise(text).text.replace("\t", " ").strip()
        bare = line.strip(_BRACKETS)
        return tuple(
            (form, match[0], (match.groupdict().get("value") or "").strip(_BRACKETS))
            for form in self._forms[reach]
            for match in [form.pattern.fullmatch(bare) if form.whole else form.pattern.search(line)]
            if match
        )


def _reached(page: Page, opening: bool) -> Iterator[tuple[Line, Reach]]:
    """Yield the lines worth a look, with the widest reach of a form that looks at them."""
    seen = 0
    for line in page.lines:
        if line.struck or line.unseen:
            continue
        if line.zone in HEADER_FOOTER:
            yield line, Reach.edges
        elif opening and seen < _OPENING_LINES and line.zone not in (Zone.comment, Zone.deleted, Zone.hidden):
            seen += 1
            yield line, Reach.opening
        elif len(line.text) <= _LONGEST_NUMBER and line.text[-1:].strip()[-1:] in _ENDS:
            yield line, Reach.any
