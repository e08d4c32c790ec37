"""How a word comes out when one letter goes wrong."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def variants(word: str) -> Iterator[str]:
    """Yield every form of an upper-case word with one letter missing, wrong, too many, or two neighbours
    swapped (Damerau-Levenshtein distance 1), not counting an S at its end (a plural).
    """
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_uppercase if letter != after[0])
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in ascii_uppercase if after or letter != "S")
