"""What all data that YAML states have in common: strict keys, texts in both languages, days in force."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Protocol

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1)]


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what YAML states: immutable, and an unknown key is an error."""


class Bilingual(Data, frozen=True):
    """A text in both languages."""

    en: Name
    ja: Name

    def said(self, lang: str) -> str:
        """The text in `lang` (en or ja)."""
        return self.ja if lang == "ja" else self.en


class Dated(Protocol):
    """Something with a first and a last day; none means without bound."""

    @property
    def from_(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


def holds(dated: Dated, day: date) -> bool:
    """Whether `day` lies within its days."""
    return (dated.from_ is None or dated.from_ <= day) and (dated.until is None or day <= dated.until)
