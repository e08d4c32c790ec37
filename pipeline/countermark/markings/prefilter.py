"""Which lines could hold a marking at all: one pass over a page's text for all words of the standards."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from countermark.markings.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.markings.standards import Standards

_SILENT = re.compile("[-\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]")


@cache
def _matcher(standards: Standards) -> AhoCorasick:
    return AhoCorasick([_closed(trigger) for trigger in lexicon(standards).triggers])


def _closed(text: str) -> str:
    """Text in capitals and half width without blanks and hyphens, so that `S E C R E T`, `ＳＥＣＲＥＴ`
    and `極　秘` read like the words."""
    closed = "".join(text.split()).upper()
    if closed.isascii():
        return closed.replace("-", "")
    return _SILENT.sub("", unicodedata.normalize("NFKC", closed)).replace("祕", "秘")


def candidates(lines: Sequence[str], standards: Standards) -> list[int]:
    """The indices of the lines that hold a word of the standards, or the second half of one that a
    line break cuts."""
    closed = [_closed(line) for line in lines]
    starts, total = [], 0
    for line in closed:
        starts.append(total)
        total += len(line)
    hits = _matcher(standards).find_matches_as_indexes("".join(closed), overlapping=False)
    found: dict[int, None] = {}
    for _, start, end in hits:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        found.update(dict.fromkeys(range(first, last + 1)))
    return list(found)
