"""The print header and footer of a sheet: codes to lines (ECMA-376 18.3.1.46, [MS-OI29500] 2.1.638).

`&L`, `&C` and `&R` begin the left, middle and right part; `&"Arial,Bold"`, `&14`, `&K` and single letters set
how characters look; `&P`, `&N`, `&A`, `&F` and others are fields; `&&` is an ampersand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.model import Zone
from countermark.readers.flow.lines import TextContext, lines_of
from countermark.readers.flow.run_format import RunFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from countermark.readers.flow.lines import RunText, Text

CODE = re.compile(r'&(?:"([^"]*)"?|(\d{1,3})|K([0-9A-Fa-f]{6}|\d\d[+-]\d{3})|(.)|$)|([^&]+)', re.DOTALL)
PARTS = "LCR"
TOGGLED: Mapping[str, Callable[[RunFormat], RunFormat]] = {
    "B": lambda look: look._replace(bold=not look.bold),
    "S": lambda look: look._replace(struck=not look.struck),
}
BOLD = ("bold", "太字")
PICTURE = "&G"
"""There is a picture."""


def print_lines(written: str, zone: Zone, part: str, fields: Mapping[str, str]) -> Iterator[Text]:
    """Return the lines of a header or footer as written, those of the left part first.

    `fields` are what fields show, by the letter of their code.
    """
    parts: dict[str, list[RunText]] = {name: [] for name in PARTS}
    context = TextContext(zone)
    at, look = "C", RunFormat()
    for font, size, colour, letter, text in CODE.findall(written):
        if letter.upper() in PARTS and letter:
            at, look = letter.upper(), RunFormat()
        elif font:
            look = look._replace(bold=any(name in font.casefold() for name in BOLD))
        elif size:
            look = look._replace(size=float(size))
        elif colour:
            look = look._replace(colour=colour.upper() if len(colour) == 6 and colour.isalnum() else None)
        elif letter in TOGGLED:
            look = TOGGLED[letter](look)
        else:
            shown = "&" if letter == "&" else fields.get(letter.upper(), "") if letter else text
            parts[at].append((shown, context, look))
    for name, pieces in parts.items():
        for line in _between_breaks(pieces):
            yield from lines_of(line, part, centred=name == "C")


def _between_breaks(pieces: list[RunText]) -> Iterator[list[RunText]]:
    line: list[RunText] = []
    for text, context, look in pieces:
        first, *others = text.splitlines() or [""]
        line.append((first, context, look))
        for other in others:
            yield line
            line = [(other, context, look)]
        if text.endswith(("\n", "\r")):
            yield line
            line = []
    if line:
        yield line
