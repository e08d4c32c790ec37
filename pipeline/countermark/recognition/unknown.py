"""Lines that stand where markings stand and look like one, of no scheme that is known."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Evidence, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Document, Line, Location, Marking, Page
    from countermark.standards.standards import Standards
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


def unknown_markings(
    document: Document, candidates: Iterable[Marking], standards: Standards
) -> tuple[UnknownMarking, ...]:
    """The lines at heads and feet of pages that look like markings, but for those that hold one of the
    `candidates`."""
    scheme = standards.recognition.unknown
    known = {one.location for one in candidates}
    seen: dict[str, list[_Seen]] = defaultdict(list)
    for page in document.live_pages:
        for line in page.lines:
            if line.zone in HEADER_FOOTER and not line.struck and page.locate(line) not in known:
                for key, one in _pieces(page, line, standards):
                    seen[key].append(one)
    found = (
        (members, tuple(map(Evidence, _evidence(key, members, standards)))) for key, members in seen.items()
    )
    return tuple(
        UnknownMarking(
            members[0].text,
            tuple(dict.fromkeys(one.page.locate(one.line) for one in members)),
            evidence,
        )
        for members, evidence in found
        if round(sum(scheme.weights[one] for one in evidence), 2) >= scheme.threshold
    )


def _pieces(page: Page, line: Line, standards: Standards) -> Iterator[tuple[str, _Seen]]:
    """The short texts between the line's tabs that are no ordinary head or foot."""
    texts = [text.strip() for text in line.text.split("\t") if text.strip()]
    ordinary = (*standards.recognition.unknown.ordinary, *standards.vocabulary.companies)
    for text in texts:
        if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or not _LETTERS.search(text):
            continue
        key = " ".join(unicodedata.normalize("NFKC", text).upper().split())
        if not _pattern(ordinary).search(key):
            yield key, _Seen(text, page, line, len(texts) == 1)


def _evidence(key: str, members: list[_Seen], standards: Standards) -> Iterator[str]:
    scheme: UnknownScheme = standards.recognition.unknown
    zones: dict[int, set[Zone]] = defaultdict(set)
    for one in members:
        zones[id(one.page)].add(one.line.zone)
    if any(len(each) == len(HEADER_FOOTER) for each in zones.values()):
        yield "head-and-foot"
    if len(zones) > 1 or members[0].page.section is not None:
        yield "repeated"
    if members[0].text.isupper():
        yield "capitals"
    elif members[0].text != members[0].text.upper():
        yield "not-capitals"
    if members[0].is_whole and members[0].line.centred:
        yield "centred"
    for name, patterns in scheme.forms.items():
        if _pattern(patterns).search(key):
            yield name


@cache
def _pattern(sources: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sources))
