"""Where lines of English and Japanese may break.

Japanese has no spaces: a line breaks before or after any wide character, but not before what may not
begin a line (closing brackets, punctuation, small kana) and not after an opening bracket (JIS X 4051);
words of Latin letters stay whole.
"""

from __future__ import annotations

from rich.cells import cell_len

NOT_FIRST = frozenset(
    "、。，．・：；？！ー々…‥）」』】］〕〉》”’),.:;?!]%％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
)
NOT_LAST = frozenset("（「『【［〔〈《“‘([")


def breaks(line: str, width: int, hang: int = 0) -> list[int]:
    """Return the positions in `line` (counted in characters) at which it is broken, so that no piece is
    wider than `width` columns, wide characters counted as two; after the first break there are `hang`
    columns less. A word that is wider itself is cut.
    """
    found: list[int] = []
    start = last = used = 0
    for position, character in enumerate(line):
        if position > start and _may_break(line[position - 1], character):
            last = position
        used += cell_len(character)
        while used > width and character != " " and position > start:
            start = last if last > start else position
            found.append(start)
            used = hang + cell_len(line[start : position + 1])
    return found


def _may_break(before: str, behind: str) -> bool:
    if before == " " or behind == " ":
        return behind != " "
    wide = cell_len(before) == 2 or cell_len(behind) == 2
    return wide and behind not in NOT_FIRST and before not in NOT_LAST
