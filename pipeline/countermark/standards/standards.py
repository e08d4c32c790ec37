"""The marking standards and all that is known of marking, as `rules/` states them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import msgspec

from countermark.standards.agreement import Agreement
from countermark.standards.data import Bilingual, Data, Name, holds
from countermark.standards.standard_validation import check_agreement, check_standard
from countermark.standards.vocabulary import Nations, Recognition, Vocabulary
from countermark.support.yaml_files import load_struct, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Grade = Literal["NONE", "OFFICIAL", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"]
GRADES: tuple[str, ...] = get_args(Grade)
"""The one scale on which classifications of all countries compare, lowest first."""


class Classification(Data, frozen=True):
    """A tier. `level` is its rank in its own standard, `grade` its rank on the common scale (a word
    of GRADES; none where it has no place there). `plain_word` says that other people use the word
    too (CONFIDENTIAL), so that alone it is no marking; `romanised_with_country` counts only behind
    the country's name."""

    name: Name
    level: Annotated[int, msgspec.Meta(ge=0)]
    grade: Grade | None = None
    also: tuple[str, ...] = ()
    portion: tuple[str, ...] = ()
    romanised: tuple[str, ...] = ()
    romanised_with_country: tuple[str, ...] = ()
    plain_word: bool = False
    clause: str = ""

    @property
    def rank(self) -> int | None:
        """The grade as a number, 0 (NONE) to 5 (TOP SECRET)."""
        return None if self.grade is None else GRADES.index(self.grade)


class Element(Data, frozen=True):
    """A handling instruction, a descriptor or a handling mark. Empty `applies_to`: any tier.
    `replaces` names what earlier issues said instead; `excludes_foreign`: it keeps the document from any
    foreign reader; `suffix`: an organisation's name stands before it; `plain_word` as in `Classification`."""

    name: Name
    also: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    excludes_foreign: bool = False
    suffix: bool = False
    plain_word: bool = False
    clause: str = ""
    unconfirmed: bool = False


class Placement(Data, frozen=True):
    """Where the marking stands: `always`, or `in-exchange` where only an exchange asks for it."""

    head: Literal["always", "in-exchange"]
    foot: Literal["always", "in-exchange"]
    clause: Name | Bilingual
    unconfirmed: bool = False


class Prefix(Data, frozen=True):
    """The country prefix and the clause that asks for it."""

    word: str
    clause: str
    unconfirmed: bool = False


class CaveatRule(Data, frozen=True):
    """Which tiers may carry a national caveat."""

    applies_to: tuple[str, ...]
    clause: str = ""
    unconfirmed: bool = False


class CodewordRule(Data, frozen=True):
    """How a codeword is written."""

    clause: str


class Releasability(Data, frozen=True):
    """The forms of release to others that a standard prescribes."""

    forms: tuple[str, ...]
    clause: str


class Numbering(Data, frozen=True):
    """On which tiers pages or copies are numbered."""

    applies_to: tuple[str, ...]
    clause: str
    unconfirmed: bool = False


class Fields(Data, frozen=True):
    """The fields that a tier asks for: registration-number, copy-number, period. The document states them, or
    the notice with which it is given to others."""

    applies_to: tuple[str, ...]
    names: tuple[Literal["registration-number", "copy-number", "period"], ...]
    clause: str
    unconfirmed: bool = False
    stated_in: Literal["document", "notice"] = "document"


StandardId = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+/[a-z0-9-]+$", examples=["uk/gscp-2024"])]
Part = Literal["prefix", "classification", "handling", "descriptor", "codeword", "caveat"]


class Standard(Data, frozen=True):
    """One version of one country's marking standard. `from_`/`until` are the first and last day in
    force; none means without bound. `unconfirmed` says which fact was not read in a source. What people
    read is one text, or one for each language."""

    id: StandardId
    country: Name
    title: Bilingual
    source: Name | Bilingual
    placement: Placement
    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None
    unconfirmed: Name | Bilingual | None = None
    capitals: bool = False
    separator: str | None = None
    order: tuple[Part, ...] = ()
    order_clause: str | Bilingual = ""
    prefix: Prefix | None = None
    classifications: tuple[Classification, ...] = ()
    handling: tuple[Element, ...] = ()
    handling_marks: tuple[Element, ...] = ()
    descriptors: tuple[Element, ...] = ()
    codewords: CodewordRule | None = None
    releasability: Releasability | None = None
    caveats: CaveatRule | None = None
    page_numbers: Numbering | None = None
    copies: Numbering | None = None
    fields: tuple[Fields, ...] = ()

    def fields_of(self, tier: str, stated_in: str = "document") -> tuple[str, ...]:
        """The names of the fields that a tier asks for, in a `document` or in its `notice`."""
        return tuple(
            name
            for one in self.fields
            if one.stated_in == stated_in and tier in one.applies_to
            for name in one.names
        )

    def in_force(self, day: date) -> bool:
        """Whether the standard held on that day."""
        return holds(self, day)


class ForeignScheme(Data, frozen=True):
    """A third party's scheme. A tier in `shared` is its own behind one of `names`, or before
    `separator`, or in a document that one of its `letterheads` heads, or on a line that has one of its
    `forms`; one in `own` by itself. `controls` are the words that may follow the separator, `portion` its
    letters for portions."""

    country: str
    names: tuple[str, ...]
    separator: str | None = None
    letterheads: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    shared: tuple[Classification, ...] = ()
    own: tuple[Classification, ...] = ()
    controls: tuple[str, ...] = ()
    portion: dict[str, str] = msgspec.field(default_factory=dict)

    def tier(self, name: str) -> Classification | None:
        """Its classification of that name."""
        return next((one for one in (*self.own, *self.shared) if one.name == name), None)


class Foreign(Data, frozen=True):
    """The schemes of third countries and organisations; `unconfirmed` says what was not read, `shared_bodies`
    are those that several countries have."""

    schemes: tuple[ForeignScheme, ...]
    shared_bodies: tuple[str, ...] = ()
    unconfirmed: str | None = None

    def scheme(self, country: str | None) -> ForeignScheme | None:
        """The scheme of that country."""
        return next((one for one in self.schemes if one.country == country), None)


class StatementForm(Data, frozen=True):
    """How something that stands beside markings is written: regular expressions over a line in capitals
    and half width, in which zones (edges, opening, any), whether all of the line."""

    patterns: tuple[str, ...]
    zones: Literal["edges", "opening", "any"] = "edges"
    whole: bool = False
    country: str = ""


class Standards(Data, frozen=True, eq=False):
    """Everything known of marking: what the two countries and the Agreement say. Compared by identity,
    so that what is made from it can be cached by it."""

    standards: tuple[Standard, ...]
    agreement: Agreement
    nations: Nations
    foreign: Foreign
    vocabulary: Vocabulary
    recognition: Recognition
    statements: dict[str, StatementForm] = msgspec.field(default_factory=dict)

    def find(self, standard_id: str) -> Standard | None:
        """The standard of that id, if known."""
        return next((standard for standard in self.standards if standard.id == standard_id), None)

    def tiers(self) -> dict[str, set[str]]:
        """The classifications of all standards by country, whenever they held."""
        found: dict[str, set[str]] = {}
        for standard in self.standards:
            found.setdefault(standard.country, set()).update(one.name for one in standard.classifications)
        return found

    def in_force(self, day: date) -> tuple[Standard, ...]:
        """The standards that held on that day."""
        return tuple(standard for standard in self.standards if standard.in_force(day))


def load_standards(folder: Path, extra: Iterable[Path] = ()) -> Standards:
    """Read `standards/` and `agreements/` below `folder`, and the standards of further files.

    Raises CountermarkError naming file, line and reason where one is ill-formed.
    """
    files = sorted((folder / "standards").glob("*/*.yaml"))
    treaty = folder / "agreements" / "gb-jp-2013.yaml"
    found = Standards(
        standards=tuple(load_standard(path) for path in (*files, *extra)),
        agreement=load_struct(treaty, Agreement),
        nations=load_struct(folder / "standards" / "nations.yaml", Nations),
        foreign=load_struct(folder / "standards" / "foreign.yaml", Foreign),
        vocabulary=load_struct(folder / "standards" / "vocabulary.yaml", Vocabulary),
        recognition=load_struct(folder / "recognition.yaml", Recognition),
        statements=msgspec.convert(load_yaml(folder / "statements.yaml"), dict[str, StatementForm]),
    )
    check_agreement(found.agreement, found.tiers(), treaty)
    return found


def load_standard(path: Path) -> Standard:
    """The standard of one file. Raises CountermarkError naming file, line and reason where it is ill-formed
    or contradicts itself."""
    standard = load_struct(path, Standard)
    check_standard(standard, path)
    return standard
