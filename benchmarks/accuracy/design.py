"""How pages of a PDF look: paper, fonts, distances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4, landscape, letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

if TYPE_CHECKING:
    from random import Random

LATIN = ("Helvetica", "Times-Roman", "Courier", "Helvetica-Bold", "Times-Bold")
JAPANESE = ("HeiseiMin-W3", "HeiseiKakuGo-W5")
for _name in JAPANESE:
    pdfmetrics.registerFont(UnicodeCIDFont(_name))


def drawable(text: str) -> bool:
    """Whether the fonts at hand have all its characters; a soft hyphen would be drawn as a hyphen."""
    return "\u00ad" not in text and (encodes(text, "cp1252") or encodes(text, "shift_jis"))


def encodes(text: str, codec: str) -> bool:
    """Whether the codec has all characters of `text`."""
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True)
class Design:
    """How the pages look; sizes and distances in points."""

    paper: tuple[float, float]
    latin: str
    japanese: str
    body: str
    size: int
    body_size: float
    head: float
    foot: float
    gap: float
    margin: float
    align: str
    rule: bool
    marked_last: bool
    framed: bool
    tracking: float
    downwards: bool

    @classmethod
    def drawn(cls, chance: Random) -> Design:
        return cls(
            paper=chance.choice((A4, A4, A4, letter, landscape(A4))),
            latin=chance.choice(LATIN),
            japanese=chance.choice(JAPANESE),
            body=chance.choice(LATIN[:3]),
            size=chance.choice((9, 10, 11, 12, 12, 14, 16, 20)),
            body_size=chance.choice((9, 10, 10.5, 11, 12)),
            head=chance.uniform(18, 48),
            foot=chance.uniform(16, 42),
            gap=chance.choice((18, 24, 30, 42)),
            margin=chance.choice((48, 60, 72)),
            align=chance.choice(("centre", "centre", "centre", "centre", "left", "right")),
            rule=chance.random() < 0.3,
            marked_last=chance.random() < 0.4,
            framed=chance.random() < 0.15,
            tracking=chance.choice((1.5, 3.0)) if chance.random() < 0.08 else 0.0,
            downwards=chance.random() < 0.2,
        )
