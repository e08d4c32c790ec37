"""What all data that YAML states have in common: strict keys, texts in both languages, days in force."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Protocol

import msgspec

from countermark.model import Source

Name = Annotated[str, msgspec.Meta(min_length=1)]


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what YAML states: immutable, and an unknown key is an error."""


class Bilingual(Data, frozen=True):
    """A text in both languages."""

    en: Name
    ja: Name

    def said(self, lang: str) -> str:
        """Return the text in `lang` (en or ja)."""
        return self.ja if lang == "ja" else self.en


def in_language(words: str | Bilingual, lang: str) -> str:
    """Return what data say in one text for all languages, or in one for each."""
    return words if isinstance(words, str) else words.said(lang)


class Basis(Data, frozen=True, omit_defaults=True):
    """What a rule or a duty rests on: a standard and its clause, as one text or one for each language.

    `unconfirmed` is kept from the standards' own notes; `practice`: it rests on common practice too, or
    on the common form of Japan's agreements. A rule that rests on what is unconfirmed alone is a note,
    whatever its severity for other days.
    """

    standard: Name
    clause: Name | Bilingual
    unconfirmed: bool = False
    practice: bool = False

    @property
    def is_unconfirmed_alone(self) -> bool:
        """Whether nothing but what was not read in a source bears it."""
        return self.unconfirmed and not self.practice

    def source(self, lang: str) -> Source:
        """Return the same as a finding in that language names it."""
        clause = in_language(self.clause, lang)
        return Source(standard=self.standard, clause=clause, unconfirmed=self.unconfirmed)


class Dated(Protocol):
    """Something with a first and a last day; none means without bound."""

    @property
    def from_(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


def has_ended(until: date | None, day: date) -> bool:
    """Return whether `day` is after the last day; none means without end."""
    return until is not None and day > until


def holds(dated: Dated, day: date) -> bool:
    """Return whether `day` lies within its days."""
    return (dated.from_ is None or dated.from_ <= day) and not has_ended(dated.until, day)
