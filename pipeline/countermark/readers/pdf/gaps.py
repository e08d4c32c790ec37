"""How far apart the characters of a printed line are: one word, one line, or columns beside one another."""

from __future__ import annotations

import re
import unicodedata
from statistics import median
from typing import TYPE_CHECKING

from countermark.readers.pdf import chars as pdf_chars
from countermark.readers.pdf.chars import char_index
from countermark.readers.pdf.glyphs import units
from countermark.readers.pdf.vertical_text import is_stacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.model import Box
    from countermark.readers.pdf.chars import Chars
    from countermark.readers.pdf.piece import Piece

SPREAD = re.compile(r"(?<!\S)[A-Za-z](?: [A-Za-z/-]){3,}(?!\S)")
"""A word whose letters are set apart."""
_LATIN_ADVANCE, _CJK_ADVANCE = 0.55, 1.0
_STRETCHED = 1.3
_FEW_SPACES = 4
_GAP_IN_SIZES = 1.5
_WORD_GAP = 1.5
_OVERLAP = 1.0


def closed_up(chars: Chars, start: int, printed: str) -> str:
    """Return the text without the blanks that PDFium reads into words whose letters are set apart.

    None was written there. The wider ones among them part words.
    """
    letters = list(printed)
    for match in SPREAD.finditer(printed):
        gaps: dict[int, float] = {}
        for at in range(match.start() + 1, match.end(), 2):
            before, blank, after = (
                char_index(chars, start + units(printed[:near])) for near in (at - 1, at, at + 1)
            )
            if pdf_chars.is_generated(chars, blank):
                gaps[at] = _distance(pdf_chars.box(chars, before, before), pdf_chars.box(chars, after, after))
        usual = median(gaps.values()) if gaps else 0.0
        for at, gap in gaps.items():
            if gap <= _WORD_GAP * usual:
                letters[at] = ""
    return "".join(letters)


def gaps_in(
    chars: Chars, start: int, printed: str, piece: Piece, rules: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """Yield the gaps of a printed line that are wide or hold a ruling line.

    The index of what ends it, as the first blank, and of what follows.
    """
    if piece.box is None or piece.size is None:
        return
    if is_stacked(piece):
        places = [at for at in range(1, len(printed)) if printed[at - 1] != " "]
    elif rules or may_have_gaps(printed, piece):
        places = [at for at in range(1, len(printed)) if printed[at] == " " != printed[at - 1]]
    else:
        return
    for at in places:
        behind = len(printed) - len(printed[at:].lstrip(" "))
        before = char_index(chars, start + units(printed[:at]) - 1)
        after = char_index(chars, start + units(printed[:behind]))
        ends, begins = pdf_chars.box(chars, before, before), pdf_chars.box(chars, after, after)
        is_ruled = any(ends.x1 - _OVERLAP <= rule <= begins.x0 + _OVERLAP for rule in rules)
        if is_ruled or _distance(ends, begins) > _GAP_IN_SIZES * piece.size:
            yield at, behind


def may_have_gaps(printed: str, piece: Piece) -> bool:
    """Whether a line is worth a closer look: it has few spaces, or is longer than its letters need."""
    spaces, box, size = printed.count(" "), piece.box, piece.size
    if not spaces or box is None or size is None:
        return False
    if spaces <= _FEW_SPACES:
        return True
    wide = 0 if printed.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in printed)
    needed = wide * _CJK_ADVANCE + (len(printed) - wide) * _LATIN_ADVANCE
    return max(box.x1 - box.x0, box.y1 - box.y0) > _STRETCHED * needed * size


def _distance(before: Box, after: Box) -> float:
    """Return the space between two characters of a line, along whichever direction it runs."""
    return max(after.x0 - before.x1, before.x0 - after.x1, after.y0 - before.y1, before.y0 - after.y1)
