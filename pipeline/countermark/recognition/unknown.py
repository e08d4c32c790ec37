"""Lines that stand where markings stand and look like one, of no scheme that is known."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Evidence, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Document, Line, Location, Marking, Page
    from countermark.standards.vocabulary import UnknownScheme

_LONGEST = 64
_MOST_WORDS = 8
_LETTERS = re.compile(r"[^\W\d_]")


class UnknownMarking(NamedTuple):
    """A line as it is written first, with all its places and what speaks for it."""

    text: str
    places: tuple[Location, ...]
    evidence: tuple[Evidence, ...]


class _Seen(NamedTuple):
    text: str
    page: Page
    line: Line
    is_whole: bool


class UnknownMarkings:
    """Finds what looks like markings of no known scheme."""

    def __init__(self, scheme: UnknownScheme, companies: Iterable[str]) -> None:
        self._scheme = scheme
        self._ordinary = re.compile("|".join((*scheme.ordinary, *companies)))
        self._forms = {name: re.compile("|".join(patterns)) for name, patterns in scheme.forms.items()}

    def find(self, document: Document, candidates: Iterable[Marking]) -> tuple[UnknownMarking, ...]:
        """Return the lines at heads and feet of pages that look like markings, but for those that hold one of
        the `candidates`.
        """
        scheme = self._scheme
        known = {candidate.location for candidate in candidates}
        seen: dict[str, list[_Seen]] = defaultdict(list)
        for page in document.live_pages:
            for line in page.lines:
                if line.zone in HEADER_FOOTER and not line.struck and page.locate(line) not in known:
                    for key, piece in self._pieces(page, line):
                        seen[key].append(piece)
        found = (
            (members, tuple(map(Evidence, self._evidence(key, members)))) for key, members in seen.items()
        )
        return tuple(
            UnknownMarking(
                members[0].text,
                tuple(dict.fromkeys(member.page.locate(member.line) for member in members)),
                evidence,
            )
            for members, evidence in found
            if round(sum(scheme.weights[reason] for reason in evidence), 2) >= scheme.threshold
        )

    def _pieces(self, page: Page, line: Line) -> Iterator[tuple[str, _Seen]]:
        """Yield the short texts between the line's tabs that are no ordinary head or foot."""
        texts = [text.strip() for text in line.text.split("\t") if text.strip()]
        for text in texts:
            if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or not _LETTERS.search(text):
                continue
            key = " ".join(unicodedata.normalize("NFKC", text).upper().split())
            if not self._ordinary.search(key):
                yield key, _Seen(text, page, line, len(texts) == 1)

    def _evidence(self, key: str, members: list[_Seen]) -> Iterator[str]:
        zones: dict[int, set[Zone]] = defaultdict(set)
        for member in members:
            zones[id(member.page)].add(member.line.zone)
        if any(len(zone) == len(HEADER_FOOTER) for zone in zones.values()):
            yield "head-and-foot"
        if len(zones) > 1 or members[0].page.section is not None:
            yield "repeated"
        if members[0].text.isupper():
            yield "capitals"
        elif members[0].text != members[0].text.upper():
            yield "not-capitals"
        if members[0].is_whole and members[0].line.centred:
            yield "centred"
        for name, pattern in self._forms.items():
            if pattern.search(key):
                yield name
