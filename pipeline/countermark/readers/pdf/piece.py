"""A piece of printed text on a PDF page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import msgspec

from countermark.readers.pdf.glyphs import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Box, Unseen

_UNKNOWN = ("Co", "Cn", "Cs")
_FEWEST_UNKNOWN = 2
_MOSTLY = 0.75
"""The share of a text's width from which on a line over it strikes it through."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of printed text without a gap wider than two characters.

    `line` counts PDFium's lines: pieces of one line share it. `box` is on the page as seen, None where
    PDFium knows no place; `size` in points; `weight` as in CSS; `angle` of its reading direction as
    seen, degrees counter-clockwise; `colour` as RRGGBB; `artifact` the address of the mark that tags it
    as no part of the text proper, 0 for none. `weight`, `colour` and `artifact` are asked for only where
    a marking may stand: near head and foot, in short lines and in large type. `unseen` as in the model;
    `is_mapped` is false where PDFium took glyph numbers for characters, for want of better;
    `struck` where a drawn line strikes it through.
    """

    text: str
    line: int
    box: Box | None
    size: float | None = None
    weight: int | None = None
    angle: float = 0.0
    colour: str | None = None
    artifact: int = 0
    unseen: Unseen | None = None
    is_mapped: bool = True
    struck: bool = False

    @property
    def is_legible(self) -> bool:
        """Whether its characters are known.

        No more than one is a replacement, nor are most of private use, as bullets are.
        """
        if not self.is_mapped or self.text.count(UNKNOWN) >= _FEWEST_UNKNOWN:
            return False
        if self.text.isprintable() and UNKNOWN not in self.text:
            return True
        unknown = sum(unicodedata.category(char) in _UNKNOWN or char == UNKNOWN for char in self.text)
        return unknown < _FEWEST_UNKNOWN or 2 * unknown <= len(self.text)

    @property
    def is_sideways(self) -> bool:
        """Whether it reads upwards or downwards as seen."""
        return bool(self.angle and round(self.angle / 90) % 2)


def struck_by(strikes: Iterable[tuple[float, float]], piece: Piece) -> Piece:
    """Return the piece as struck through where lines cover most of its width."""
    box = piece.box
    if box is None:
        return piece
    covered, reached = 0.0, box.x0
    for start, end in sorted(strikes):
        covered += max(0.0, min(end, box.x1) - max(start, reached))
        reached = max(reached, end)
    return msgspec.structs.replace(piece, struck=True) if covered >= _MOSTLY * box.width else piece
