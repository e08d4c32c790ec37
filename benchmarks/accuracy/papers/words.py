"""Words of papers, drawn by chance from wide lists: no two papers read alike."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from random import Random

_FIELD = re.compile(r"\{(\w+)\}")


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    lists: dict[str, dict[str, list[str]]] = yaml.safe_load(
        Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    )
    return lists


class Words:
    """Draws phrases in one language; the company and the document's title and number stay the same."""

    def __init__(self, language: str, chance: Random) -> None:
        self._lists, self._chance = _lists()[language], chance
        self.language = language
        self._fixed: dict[str, str] = {}
        self._fixed["company"] = self._company()
        for name in ("title", "number"):
            self._fixed[name] = self.draw(name)

    def __getitem__(self, name: str) -> str:
        return self._fixed[name]

    def draw(self, name: str) -> str:
        """Return an entry of the list of that name, its fields filled."""
        return self.filled(self._chance.choice(self._lists[name]))

    def filled(self, phrase: str) -> str:
        return _FIELD.sub(lambda field: self._field(field[1]), phrase)

    def _field(self, name: str) -> str:
        if name in self._fixed:
            return self._fixed[name]
        if name in "nd":
            return str(self._chance.randint(100, 999) if name == "n" else self._chance.randint(1, 9))
        return self.draw(name)

    def _company(self) -> str:
        first, second, form = (self._chance.choice(self._lists[name]) for name in ("first", "second", "form"))
        if self.language == "en":
            return f"{first} {second} {form}"
        return f"{form}{first}{second}" if self._chance.random() < 0.5 else f"{first}{second}{form}"

    def some(self, name: str, count: int) -> list[str]:
        """Return so many different entries of a list."""
        return [self.filled(phrase) for phrase in self._chance.sample(self._lists[name], count)]

    def sentence(self) -> str:
        """Return a plain sentence, or one that holds a word of markings."""
        if self._chance.random() < 0.18:
            return self.draw("trigger")
        parts = [self.draw(name) for name in ("thing", "doing", "when")]
        if self.language == "ja":
            return f"{parts[2]}{parts[0]}{parts[1]}。"
        return f"The {' '.join(parts)}."

    def paragraph(self) -> str:
        gap = " " if self.language == "en" else ""
        return gap.join(self.sentence() for _ in range(self._chance.randint(1, 6)))
