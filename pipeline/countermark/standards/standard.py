"""A marking standard: its classifications and all that may appear with them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

import msgspec

from countermark.standards.data import Bilingual, Data, Name, holds

Grade = Literal["NONE", "OFFICIAL", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"]
GRADES: tuple[str, ...] = get_args(Grade)
"""The one scale on which classifications of all countries compare, lowest first."""


class Modifier(Data, frozen=True):
    """A word that is joined to a classification `of` the same standard and makes it another one."""

    word: Name
    of: Name


class Classification(Data, frozen=True):
    """A tier.

    `level` is its rank in its own standard, `grade` its rank on the common scale (a word of GRADES; none
    where it has no place there). `plain_word` says that other people use the word too (CONFIDENTIAL), so
    that alone it is no marking; `common_word`, that it begins many phrases (OFFICIAL RECEIVER);
    `romanised_with_country` counts only behind the country's name. One with a `modifier` is written as
    another with that word.
    """

    name: Name
    level: Annotated[int, msgspec.Meta(ge=0)]
    grade: Grade | None = None
    modifier: Modifier | None = None
    also: tuple[str, ...] = ()
    portion: tuple[str, ...] = ()
    romanised: tuple[str, ...] = ()
    romanised_with_country: tuple[str, ...] = ()
    plain_word: bool = False
    common_word: bool = False
    clause: str = ""

    @property
    def rank(self) -> int | None:
        """The grade as a number, 0 (NONE) to 5 (TOP SECRET)."""
        return None if self.grade is None else GRADES.index(self.grade)


class Element(Data, frozen=True):
    """A handling instruction, a descriptor or a handling mark.

    Empty `applies_to`: any tier. `excludes_foreign`: it keeps the document from any foreign reader;
    `suffix`: an organisation's name stands before it; `after_sign`: a word of
    everyday language, which is one after a sign only; `number` is that of a 機密性 grade, `of_secrets`
    whether it is the one that secret documents have.
    """

    name: Name
    also: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    excludes_foreign: bool = False
    suffix: bool = False
    after_sign: bool = False
    number: str = ""
    of_secrets: bool = False
    clause: str = ""
    unconfirmed: bool = False


class Placement(Data, frozen=True, kw_only=True):
    """Where the marking is: at the foot too `always`, or `in-exchange` where only an exchange asks for it."""

    foot: Literal["always", "in-exchange"] = "always"
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
    """On which tiers codewords are usual: there a word in capitals is one without a sign before it too."""

    usual_on: tuple[str, ...]
    clause: str


class Numbering(Data, frozen=True):
    """On which tiers pages or copies are numbered."""

    applies_to: tuple[str, ...]
    clause: str
    unconfirmed: bool = False


class Fields(Data, frozen=True):
    """The fields that a tier asks for: registration-number, copy-number, period.

    The document states them, or the notice with which it is given to others.
    """

    applies_to: tuple[str, ...]
    names: tuple[Literal["registration-number", "copy-number", "period"], ...]
    clause: str
    unconfirmed: bool = False
    stated_in: Literal["document", "notice"] = "document"


class Designation(Data, frozen=True):
    """How long a designation runs at a time."""

    longest_years: int
    clause: str


StandardId = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+/[a-z0-9-]+$", examples=["uk/gscp-2024"])]
Part = Literal["handling", "descriptor", "codeword", "caveat"]
"""An element after the classification."""


class Standard(Data, frozen=True):
    """One version of one country's marking standard.

    `from_`/`until` are the first and last day in force; none means without bound. `unconfirmed` says
    which fact was not read in a source. What people read is one text, or one for each language.
    """

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
    caveats: CaveatRule | None = None
    page_numbers: Numbering | None = None
    copies: Numbering | None = None
    designation: Designation | None = None
    fields: tuple[Fields, ...] = ()

    def fields_of(self, tier: str, stated_in: str = "document") -> tuple[str, ...]:
        """Return the names of the fields that a tier asks for, in a `document` or in its `notice`."""
        return tuple(
            name
            for field in self.fields
            if field.stated_in == stated_in and tier in field.applies_to
            for name in field.names
        )

    def in_force(self, day: date) -> bool:
        """Return whether the standard held on that day."""
        return holds(self, day)
