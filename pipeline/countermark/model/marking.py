"""A marking as recognition finds it, with what is wrong with its form."""

from __future__ import annotations

from enum import StrEnum

from countermark.model.evidence import Evidence
from countermark.model.place import Location, Noun, Zone


class Defect(StrEnum):
    """What is wrong with the form of a marking; rules name them by these words."""

    unknown_classification = "unknown-classification"
    retired_classification = "retired-classification"
    not_a_classification = "not-a-classification"
    sensitive_form = "sensitive-form"
    sensitive_above_official = "sensitive-above-official"
    not_capitals = "not-capitals"
    element_order = "element-order"
    separator_form = "separator-form"
    spelling = "spelling"
    caveat_no_nation = "caveat-no-nation"
    caveat_unknown_nation = "caveat-unknown-nation"
    caveat_not_alphabetical = "caveat-not-alphabetical"
    caveat_no_eyes_only = "caveat-no-eyes-only"
    release_no_country = "release-no-country"
    release_unknown_country = "release-unknown-country"
    homoglyph = "homoglyph"
    """Letters of another script stand in for look-alike Latin ones."""
    romanised = "romanised"
    """A Japanese classification in Latin letters only (GOKUHI)."""
    stamp_form = "stamp-form"
    """The stamp's sign or its name (㊙, マル秘) in place of the word."""
    codeword_form = "codeword-form"
    """What stands as a codeword is not one word in capitals."""


class CompanionKind(StrEnum):
    """What a companion of a marking says."""

    registration = "registration"
    copy = "copy"
    page = "page"
    designated = "designated"
    period = "period"
    author = "author"
    embargo = "embargo"
    condition = "condition"
    cancelled = "cancelled"
    completed = "completed"
    exercise = "exercise"
    draft = "draft"


class Companion(Noun, frozen=True):
    """Something that accompanies a marking and completes it.

    A registration or copy number, the period of designation, an embargo, a condition of release. `text`
    is as written but in half width, without its label; `date` the day that it names (ISO 8601), of a
    period its last one.
    """

    kind: CompanionKind
    text: str
    date: str | None = None


class Outcome(StrEnum):
    """What a candidate is taken for: a marking, which is judged; a mention; or neither clearly."""

    marking = "marking"
    doubtful = "doubtful"
    mention = "mention"


class Caveat(Noun, frozen=True):
    """A restriction to nations, as `UK EYES ONLY`.

    `nations` are country codes, several for a community such as FIVE EYES; a nation that no list knows is
    kept as written.
    """

    text: str
    nations: tuple[str, ...]


SENSITIVE = "-SENSITIVE"
"""What a report's field `sensitive` says of a marking."""


class Marking(Noun, frozen=True):
    """A marking: one country's classification with all that accompanies it.

    `classification` is the canonical word of its own standard, `level` its rank there (1 lowest),
    `grade` its rank on one scale for all countries (see `rules/agreements`), by which markings of
    two countries compare. `originator` is the country that the marking itself names as the provider
    (the prefix UK, 日本国, 英国 ...), null where it names none.
    `canonical` is the right form of the same marking; `confidence` runs from 0 to 1, and `outcome` is
    what the candidate is taken for by it.
    """

    text: str
    zone: Zone
    location: Location
    country: str | None
    classification: str | None
    level: int | None
    grade: int | None
    canonical: str
    standard: str | None = None
    originator: str | None = None
    sensitive: bool = False
    portion: bool = False
    handling: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    codewords: tuple[str, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    releasable_to: tuple[str, ...] = ()
    companions: tuple[Companion, ...] = ()
    nearest: str | None = None
    well_formed: bool = True
    defects: tuple[Defect, ...] = ()
    confidence: float = 1.0
    outcome: Outcome = Outcome.marking
    evidence: tuple[Evidence, ...] = ()

    @property
    def classification_text(self) -> str:
        """The classification alone, as OFFICIAL-SENSITIVE or 極秘; as written where no standard has it."""
        if not self.classification:
            return self.text
        is_modified = self.sensitive and Defect.sensitive_above_official not in self.defects
        return f"{self.classification}{SENSITIVE}" if is_modified else self.classification
