"""The words around markings.

Nations, labels, misspellings, accompanying fields, weights of evidence, as `rules/standards/` and
`rules/recognition.yaml` state them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from countermark.model import CompanionKind, Evidence
from countermark.standards.data import Data, Name


class Nation(Data, frozen=True):
    """A nation and the names that markings give it."""

    code: Name
    names: tuple[Name, ...]


class Community(Data, frozen=True):
    """A group of nations that caveats and release lists name as one."""

    name: str
    also: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


class Nations(Data, frozen=True):
    """All nations and communities known."""

    nations: tuple[Nation, ...]
    communities: tuple[Community, ...]

    def code_of(self, name: str) -> str | None:
        """Return the code of the nation of that name, in any case: UK and gbr are GB."""
        named = (
            nation.code for nation in self.nations if name.strip().upper() in (nation.code, *nation.names)
        )
        return next(named, None)


class Reach(StrEnum):
    """Where what stands beside markings is looked for, the narrowest first.

    At the head and foot of every page, on the first page too, or anywhere.
    """

    edges = "edges"
    opening = "opening"
    any = "any"


class AccompanyingField(Data, frozen=True):
    """How a field that accompanies a marking is written: a regular expression whose group is its value.

    `alone`: where a line without a marking states it too, none where nothing but a marking's line does;
    `to_end`: its value there is all that follows, which must hold a figure.
    """

    kind: CompanionKind | None
    pattern: str
    alone: Reach | None = None
    to_end: bool = False


class Sentence(Data, frozen=True):
    """How a sentence that belongs to a marking begins: a regular expression."""

    kind: CompanionKind
    pattern: str


class Vocabulary(Data, frozen=True):
    """Words around markings that belong to no single standard."""

    short_forms: dict[str, tuple[str, ...]]
    eyes_only: tuple[str, ...]
    release: tuple[str, ...]
    labels: tuple[str, ...]
    unknown: dict[str, tuple[str, ...]]
    names: tuple[str, ...]
    document_words: tuple[str, ...]
    stamps: dict[str, tuple[str, ...]]
    fuzzy: tuple[str, ...]
    other_words: tuple[tuple[str, ...], ...]
    misspelt: dict[str, tuple[str, ...]]
    digits: dict[str, str]
    titles_about_markings: tuple[str, ...]
    heading_words: tuple[str, ...]
    phrase_endings: tuple[str, ...]
    companies: tuple[str, ...]
    announcements: tuple[str, ...]
    message_fields: tuple[str, ...]
    organisations: dict[str, tuple[str, ...]]
    written_properties: tuple[str, ...]
    list_properties: tuple[str, ...]
    accompanying_fields: tuple[AccompanyingField, ...]
    companion_words: tuple[str, ...]
    sentences: tuple[Sentence, ...]


class SentencePatterns(Data, frozen=True):
    """When text beside a marking reads as a sentence with it.

    Token patterns of spaCy's Matcher for English, regular expressions for Japanese.
    """

    en: tuple[list[dict[str, Any]], ...]
    ja: tuple[str, ...]


class Thresholds(Data, frozen=True):
    """The confidence from which on a candidate counts as a marking, where something else bears it out or not,
    and from which on it is doubtful.
    """

    marking: float
    borne_out: float
    doubtful: float

    def moved_to(self, marking: float) -> Thresholds:
        """One line for all markings, as a user draws it."""
        return Thresholds(marking=marking, borne_out=marking, doubtful=min(self.doubtful, marking))


class UnknownScheme(Data, frozen=True):
    """How lines are told that look like markings of no known scheme.

    What speaks for one, weighed, from which sum on it counts; `forms` by the name of their evidence, and
    `ordinary` heads and feet that never are one (regular expressions over capitals, half width).
    """

    threshold: float
    weights: dict[Evidence, float]
    forms: dict[Evidence, tuple[str, ...]]
    ordinary: tuple[str, ...]


class Recognition(Data, frozen=True):
    """How evidence is weighed; one of `borne_out_by` bears a candidate out, but for a plain word alone."""

    thresholds: Thresholds
    borne_out_by: tuple[Evidence, ...]
    weights: dict[Evidence, float]
    schemes: dict[Evidence, float]
    sentence: SentencePatterns
    unknown: UnknownScheme


class EnclosureWords(Data, frozen=True):
    """How a covering letter lists what it covers, and what documents call their own number and copy.

    Regular expressions over a line in capitals, half width, single spaces; `columns` and `fields` by what
    they say of an entry.
    """

    headings: tuple[str, ...]
    letter_headings: tuple[str, ...]
    columns: dict[str, str]
    fields: dict[str, str]
    serial: str
    bullet: str
    copies: tuple[str, ...]
    copy: tuple[str, ...]
    reference: tuple[str, ...]
    listed_reference: str
    ends: str
