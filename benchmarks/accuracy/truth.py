"""What is known of a sample from its making; nothing here comes from the recogniser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

CURRENT = date(2026, 5, 12)
"""The day of documents of today's standards; date lines and metadata of the samples state it."""


class Kind(StrEnum):
    """How a marking is written: right, wrong in form (a defect that rules name), or damaged on its way."""

    clean = "clean"
    malformed = "malformed"
    mangled = "mangled"


@dataclass(frozen=True)
class Truth:
    """What one marking states. `country` is whose tier it is, `originator` whom it names as provider;
    nations are codes, communities with known members are spelt out; `companions` are the fields of a
    Japanese marking by name, as written; `defects` are those that must be named."""

    country: str
    tier: str | None
    sensitive: bool = False
    originator: str | None = None
    handling: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    codewords: tuple[str, ...] = ()
    caveats: tuple[tuple[str, ...], ...] = ()
    releasable_to: tuple[str, ...] = ()
    companions: tuple[tuple[str, str], ...] = ()
    defects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """A marking, or a dual one, as it stands in a document: its lines and what they state. `form` names
    the template or the damage, `day` is the day of documents that may bear it."""

    lines: tuple[str, ...]
    truths: tuple[Truth, ...]
    form: str
    language: str = "en"
    kind: Kind = Kind.clean
    day: date = CURRENT
    split: bool = False

    def changed(self, kind: Kind, form: str, *lines: str) -> Written:
        """The same statement, written otherwise."""
        return replace(self, lines=lines, kind=kind, form=form)

    @property
    def text(self) -> str:
        return " ⏎ ".join(self.lines)


PageKey = int | tuple[int, str] | None
"""A PDF page's number; a Word header's or footer's section and page kind; None elsewhere in Word."""


@dataclass(frozen=True)
class Placed:
    """A marking that stands in a sample. `zone` is where it was put; `zones` are all names of zones
    that a reader may rightly give that place. Whether an `optional` one is found isn't counted."""

    truth: Truth
    written: Written
    page: PageKey
    zone: str
    zones: frozenset[str]
    optional: bool = False


@dataclass(frozen=True)
class Sample:
    """A document with all the markings in it. `family` is its template family or source, `passage` the
    number of its prose passage. Where it has no pages of its own (`has_pages`), what is found again in the
    same zone counts once: programs repeat headers for their own ends."""

    name: str
    data: bytes
    family: str
    language: str
    kind: Kind
    placed: tuple[Placed, ...] = ()
    passage: int | None = None
    setting: str = ""
    has_pages: bool = True
