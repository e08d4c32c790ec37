"""Which document is which entry of a list of enclosures."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import PurePath
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import MARKED_ZONES, Status
from countermark.recognition.normalise import normalise
from countermark.rules.facts.views import is_mark, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.model import DocumentReport, Enclosure, Identity

SURE = 0.8
"""The likeness from which on a further document is another copy of an entry that one is found for."""
_ALIKE = 0.85
_SERIAL = 0.6
_MOST_COMPARED = 200
_FEW_PAIRS = 2
_LONG_ENOUGH = {True: 8, False: 4}
"""Characters of a title, in ASCII or not, that may be part of a longer text."""
_NAMED_SERIAL = re.compile(r"[^\W\d]{2,}\.? ?(?:\d{1,3}|[A-Z])$")


class Mark(NamedTuple):
    """The highest classification at a document's header and footer of one country."""

    country: str
    classification: str
    rank: int


class Part(NamedTuple):
    """What is kept of a document that may be an enclosure: the path of its file, and its own name in that."""

    path: str
    name: str
    is_read: bool
    is_document: bool
    marks: tuple[Mark, ...]
    identity: Identity


def parts_of(report: DocumentReport, path: str, name: str = "") -> Iterator[Part]:
    """Yield the documents that a file is: of an archive those in it."""
    if not report.identity:
        for member in report.children:
            yield from parts_of(member, path, member.path)
        return
    yield Part(
        path=path,
        name=PurePath(name or path).name,
        is_read=report.status is Status.checked,
        is_document=report.status is not Status.unsupported,
        marks=tuple(_marks(report)),
        identity=report.identity,
    )


def _marks(report: DocumentReport) -> Iterator[Mark]:
    highest: dict[str, Mark] = {}
    for mark in report.markings:
        if mark.zone in MARKED_ZONES and mark.classification and is_mark(mark):
            found = Mark(intern(mark.country or ""), intern(mark.classification_text), number(mark.grade))
            highest[found.country] = max(
                found, highest.get(found.country, found), key=lambda classification: classification.rank
            )
    yield from highest.values()


class Keys:
    """A part by what it is called, as texts are compared."""

    def __init__(self, part: Part) -> None:
        self.part = part
        lines = part.identity.opening.splitlines()
        self.stem = key(PurePath(part.name).stem)
        """Of its file's name."""
        self.titles = tuple(found for text in (*part.identity.titles, *lines) if (found := key(text)))
        """Of its properties, and of the lines that open it."""
        self.text = key("".join((*part.identity.titles, *lines)))
        """Of all that opens it."""


class Pair(NamedTuple):
    """An entry with the documents that it is found to be, the likeliest first, and how alike that is."""

    entry: Enclosure
    parts: tuple[Keys, ...]
    likeness: float


def key(text: str) -> str:
    """Return the letters and digits of a text, by which texts are compared."""
    return "".join(filter(str.isalnum, normalise(text).text)).casefold()


def _is_long_enough(found: str) -> bool:
    """Return whether a key is no chance where it is part of a longer one."""
    return len(found) >= _LONG_ENOUGH[found.isascii()]


def paired(entries: Sequence[Enclosure], parts: Sequence[Keys], *, is_closed: bool) -> list[Pair]:
    """Return each entry with its documents, none where none is found.

    A document is one entry at most: the likeliest pairs go first. In a consignment that `is_closed`, where
    one entry and one document remain, they are each other's.
    """
    scored = sorted(
        (
            (likeness(entry, part), -row, -column)
            for row, entry in enumerate(entries)
            for column, part in enumerate(parts)
        ),
        reverse=True,
    )
    found: dict[int, tuple[int, float]] = {}
    taken: dict[int, int] = {}
    for score, row, column in scored:
        if score and -row not in found and -column not in taken:
            found[-row], taken[-column] = (-column, score), -row
    for score, row, column in scored:
        if score >= SURE and -column not in taken:
            taken[-column] = -row
    left = [row for row in range(len(entries)) if row not in found]
    free = [column for column in range(len(parts)) if column not in taken]
    if is_closed and len(left) == len(free) == 1 and entries[left[0]].is_certain:
        found[left[0]], taken[free[0]] = (free[0], 0.0), left[0]
    return [_pair(row, entry, parts, found, taken) for row, entry in enumerate(entries)]


def _pair(
    row: int,
    entry: Enclosure,
    parts: Sequence[Keys],
    found: dict[int, tuple[int, float]],
    taken: dict[int, int],
) -> Pair:
    if row not in found:
        return Pair(entry, (), 0.0)
    first, score = found[row]
    others = (parts[column] for column, owner in taken.items() if owner == row and column != first)
    return Pair(entry, (parts[first], *others), score)


def likeness(entry: Enclosure, part: Keys) -> float:
    """Return how likely a document is an entry: 1 for the same number or title, 0 for nothing in common."""
    return max(_by_reference(entry, part), _by_title(entry, part), _by_serial(entry, part))


def _by_reference(entry: Enclosure, part: Keys) -> float:
    number = key(entry.reference)
    if len(number) < len("a01") and number not in map(key, part.part.identity.references):
        return 0.0
    return 1.0 if number and (number in part.text or number in part.stem) else 0.0


def _by_title(entry: Enclosure, part: Keys) -> float:
    title = key(entry.title)
    if not title:
        return 0.0
    if title in (part.stem, *part.titles):
        return 1.0
    if _is_long_enough(title) and (title in part.text or title in part.stem):
        return 0.9
    if _is_long_enough(part.stem) and part.stem in title:
        return SURE
    return max((_alike(title, other) for other in (part.stem, *part.titles)), default=0.0) * 0.9


def _alike(title: str, other: str) -> float:
    longest = max(len(title), len(other))
    if not other or longest > _MOST_COMPARED or min(len(title), len(other)) < longest * 0.7:
        return 0.0
    matcher = SequenceMatcher(None, title, other, autojunk=False)
    found = matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
    return found if found >= _ALIKE else 0.0


def _by_serial(entry: Enclosure, part: Keys) -> float:
    """Return whether a document calls itself what the list calls it: Enclosure 1, 別添2."""
    named = _NAMED_SERIAL.search(entry.serial.strip("().: "))
    serial = key(named[0]) if named else ""
    return _SERIAL if serial and (serial in part.titles or part.stem == serial) else 0.0


def has_title(part: Keys, entry: Enclosure, likeness: float) -> bool:
    """Return whether a document bears the listed title, or something like it; one that says nothing may."""
    title = key(entry.title)
    if not _is_long_enough(title) or not part.text or title == key(entry.reference):
        return True
    texts = (part.text, part.stem)
    if any(title in text or (_is_long_enough(text) and text in title) for text in texts):
        return True
    return likeness > 0 and any(_shares_half(title, other) for other in (part.stem, *part.titles))


def _shares_half(title: str, other: str) -> bool:
    """Return whether two titles have half of their pairs of letters in common."""
    mine, theirs = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (title, other))
    return len(mine & theirs) * 2 >= min(len(mine), len(theirs)) > _FEW_PAIRS
