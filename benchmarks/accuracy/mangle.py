"""What happens to a marking on its way through typewriters, scanners, converters and people."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from accuracy.truth import Kind, Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Damage = Callable[[Written, Random], tuple[str, ...] | None]


def _width(written: Written, chance: Random) -> tuple[str, ...] | None:
    """Latin letters, digits and blanks full width."""
    del chance
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    lines = tuple(line.translate(wide) for line in written.lines)
    return lines if lines != written.lines else None


def _letter_spacing(written: Written, chance: Random) -> tuple[str, ...] | None:
    """The letters of the first line's words apart: S E C R E T, 極　秘."""
    first, *more = written.lines
    blank = " " if first.isascii() else chance.choice((" ", "　"))
    wide = (blank * 3).join(blank.join(word) for word in re.split(r"[ 　]+", first))
    return (wide, *more) if wide != first else None


_SHAPES = {
    "O": "0",
    "I": "1l|",
    "S": "5",
    "l": "1",
    "秘": "祕",
    "極": "极",
}


def _ocr(written: Written, chance: Random) -> tuple[str, ...] | None:
    """One or two letters of the tier as a scanner may take them."""
    first, *more = written.lines
    words = [word for word in re.findall(r"[A-Z]{5,}|[一-龠]{1,8}", first) if set(word) & set(_SHAPES)]
    if not words:
        return None
    word = words[0]
    places = [index for index, letter in enumerate(word) if letter in _SHAPES]
    letters = list(word)
    for index in chance.sample(places, min(len(places), chance.choice((1, 1, 2)))):
        letters[index] = chance.choice(_SHAPES[letters[index]])
    return (first.replace(word, "".join(letters), 1), *more)


def _hyphens(written: Written, chance: Random) -> tuple[str, ...] | None:
    hyphen = chance.choice("‐‑‒–—−－")
    lines = tuple(line.replace("-", hyphen) for line in written.lines)
    return lines if lines != written.lines else None


def _inside(written: Written, chance: Random, invisible: str) -> tuple[str, ...]:
    """An invisible character inside the longest word of the first line."""
    first, *more = written.lines
    word = max(re.split(r"[ 　/-]+", first), key=len)
    if len(word) < 2:
        return (invisible + first, *more)
    place = chance.randint(1, len(word) - 1)
    return (first.replace(word, word[:place] + invisible + word[place:], 1), *more)


def _soft_hyphen(written: Written, chance: Random) -> tuple[str, ...]:
    return _inside(written, chance, "\u00ad")


def _zero_width(written: Written, chance: Random) -> tuple[str, ...]:
    return _inside(written, chance, chance.choice("\u200b\u200c\u200d\u2060\ufeff"))


def _line_break(written: Written, chance: Random) -> tuple[str, ...] | None:
    """The first line cut at a blank, or behind the hyphen of OFFICIAL-SENSITIVE."""
    first, *more = written.lines
    cuts = [match.end() for match in re.finditer(r" - | / | |(?<=L)-(?=S)", first)]
    if more or not cuts:
        return None
    cut = chance.choice(cuts)
    return first[:cut].rstrip(), first[cut:].lstrip()


def _blanks(written: Written, chance: Random) -> tuple[str, ...] | None:
    blank = chance.choice(("  ", "\u00a0", "\u2003", "   "))
    lines = tuple(line.replace(" ", blank) for line in written.lines)
    return lines if lines != written.lines else None


def _case(written: Written, chance: Random) -> tuple[str, ...] | None:
    change = chance.choice((str.title, str.lower, str.capitalize))
    lines = tuple(change(line) for line in written.lines)
    return lines if written.language == "en" and lines != written.lines else None


def _brackets(written: Written, chance: Random) -> tuple[str, ...]:
    pair = chance.choice(
        ("[]", "()", "【】", "《》", "〔〕", "<>") if written.language == "ja" else ("[]", "()")
    )
    first, *more = written.lines
    return (pair[0] + first + pair[1], *more)


def _split_runs(written: Written, chance: Random) -> tuple[str, ...]:
    """Text unchanged: the layout sets it letter by letter."""
    del chance
    return written.lines


DAMAGES: dict[str, Damage] = {
    "width": _width,
    "letter spacing": _letter_spacing,
    "OCR": _ocr,
    "hyphens": _hyphens,
    "soft hyphen": _soft_hyphen,
    "zero width": _zero_width,
    "line break": _line_break,
    "blanks": _blanks,
    "case": _case,
    "brackets": _brackets,
    "split runs": _split_runs,
}


def mangled_marking(written: Written, chance: Random) -> Written:
    """`written` with one kind of damage that it can suffer."""
    for name in chance.sample(sorted(DAMAGES), len(DAMAGES)):
        lines = DAMAGES[name](written, chance)
        if lines:
            damaged = written.changed(Kind.mangled, name, *lines)
            return replace(damaged, split=name == "split runs")
    raise AssertionError(written)
