"""The marking standards and all that is known of marking, as `rules/` states them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from countermark.standards.agreement import Agreement
from countermark.standards.data import Data
from countermark.standards.foreign import Foreign
from countermark.standards.standard import Standard
from countermark.standards.vocabulary import EnclosureWords, Nations, Reach, Recognition, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class StatementForm(Data, frozen=True):
    """How a notice that stands beside markings is written.

    Regular expressions over a line in capitals and half width, where it is looked for, whether it must be
    all of the line, and the country that its words belong to.
    """

    patterns: tuple[str, ...]
    zones: Reach = Reach.edges
    whole: bool = False
    country: str = ""


class Standards(Data, frozen=True):
    """Everything known of marking: what the two countries and the Agreement say."""

    standards: tuple[Standard, ...]
    agreement: Agreement
    nations: Nations
    foreign: Foreign
    vocabulary: Vocabulary
    recognition: Recognition
    enclosures: EnclosureWords
    statements: dict[str, StatementForm] = msgspec.field(default_factory=dict)

    def find(self, standard_id: str) -> Standard | None:
        """Return the standard of that id, if known."""
        return next((standard for standard in self.standards if standard.id == standard_id), None)

    def tiers(self) -> dict[str, set[str]]:
        """Return the classifications of all standards by country, whenever they held."""
        found: dict[str, set[str]] = {}
        for standard in self.standards:
            found.setdefault(standard.country, set()).update(
                classification.name for classification in standard.classifications
            )
        return found

    def prefixes(self) -> dict[str, str]:
        """Return the word that a country's markings begin with when they go abroad, by country."""
        return {standard.country: standard.prefix.word for standard in self.standards if standard.prefix}

    def in_force(self, day: date) -> tuple[Standard, ...]:
        """Return the standards that held on that day."""
        return tuple(standard for standard in self.standards if standard.in_force(day))


def load_standards(folder: Path, extra: Iterable[Path] = ()) -> Standards:
    """Read `standards/` and `agreements/` below `folder`, and the standards of further files.

    Raises CountermarkError naming file, line and reason where one is ill-formed.
    """
    from countermark.standards.standard_validation import check_agreement, check_schemes
    from countermark.support.yaml_files import load_struct, load_yaml

    files = sorted((folder / "standards").glob("*/*.yaml"))
    treaty = folder / "agreements" / "gb-jp-2013.yaml"
    found = Standards(
        standards=tuple(load_standard(path) for path in (*files, *extra)),
        agreement=load_struct(treaty, Agreement),
        nations=load_struct(folder / "standards" / "nations.yaml", Nations),
        foreign=load_struct(folder / "standards" / "foreign.yaml", Foreign),
        vocabulary=load_struct(folder / "standards" / "vocabulary.yaml", Vocabulary),
        recognition=load_struct(folder / "recognition.yaml", Recognition),
        enclosures=load_struct(folder / "enclosures.yaml", EnclosureWords),
        statements=msgspec.convert(load_yaml(folder / "statements.yaml"), dict[str, StatementForm]),
    )
    check_agreement(found.agreement, found.tiers(), treaty)
    check_schemes(found.foreign.schemes, folder / "standards" / "foreign.yaml")
    return found


def load_standard(path: Path) -> Standard:
    """Return the standard of one file.

    Raises CountermarkError naming file, line and reason where it is ill-formed or contradicts itself.
    """
    from countermark.standards.coded_files import load_coded
    from countermark.standards.standard_validation import check_standard

    standard = load_coded(path, Standard)
    check_standard(standard, path)
    return standard
