"""What lines without a marking state of the markings beside them.

Notices (of cancellation, of what a document is or holds), whose words are in `rules/statements.yaml`, and the
fields that accompany markings.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Location, Zone
from countermark.recognition.accompanying_fields import WITHIN
from countermark.recognition.normalise import normalise
from countermark.standards.vocabulary import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.model import Document, Line, Page
    from countermark.recognition.accompanying_fields import FieldPatterns
    from countermark.standards.standards import StatementForm

_OPENING_LINES = 60
_LONGEST_NUMBER = 24
_BRACKETS = " ()[]【】「」〔〕<>（）［］"
_ENDS = frozenset("0123456789-頁ジ０１２３４５６７８９")


class Statement(NamedTuple):
    """One statement: its kind, the country that its words belong to, and the text that makes it.

    The kind is a key of `statements.yaml` or that of an accompanying field; the country is empty where the
    words are nobody's own; `value` is what it says without its label, where it says something.
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
    """Finds statements by the forms of notices and the patterns of accompanying fields."""

    def __init__(self, forms: Mapping[str, StatementForm], fields: FieldPatterns) -> None:
        self._fields = fields
        compiled = [
            _Form(kind, form.country, form.zones, re.compile("|".join(form.patterns)), form.whole)
            for kind, form in forms.items()
        ]
        self._forms = {
            reach: tuple(form for form in compiled if form.reach in wanted)
            for reach, wanted in WITHIN.items()
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
                for kind, country, text, value in self._found(line.text, reach):
                    yield Statement(kind, country, text, value, page.locate(line))

    def _in_text(self, text: str, reach: Reach) -> tuple[tuple[str, str, str, str], ...]:
        line = normalise(text).text.replace("\t", " ").strip()
        bare = line.strip(_BRACKETS)
        notices = (
            (form.kind, form.country, match[0], (match.groupdict().get("value") or "").strip(_BRACKETS))
            for form in self._forms[reach]
            for match in [form.pattern.fullmatch(bare) if form.whole else form.pattern.search(line)]
            if match
        )
        fields = ((field.kind, "", field.text, field.value) for field in self._fields.alone_in(line, reach))
        return (*notices, *fields)


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
