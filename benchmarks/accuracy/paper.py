"""A document before it is set in a format: bands at head and foot, blocks of text, and what is marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accuracy.truth import Placed

if TYPE_CHECKING:
    from random import Random

    from accuracy.truth import PageKey, Written

ZONES = {
    "header": ("header",),
    "footer": ("footer",),
    "body edge": ("body", "header", "footer"),
    "table": ("table", "body"),
    "text box": ("textbox", "table", "body"),
    "footnote": ("footnote", "endnote", "footer", "body"),
    "comment": ("comment", "annotation"),
    "annotation": ("annotation", "comment"),
    "watermark": ("watermark", "body", "header"),
    "field": ("field", "annotation"),
    "portion": ("body", "table"),
    "property": ("property",),
}
"""Where a marking is put, and the zones by which a reader of a PDF may rightly name that place; in Word
only the first is right, for there it is written down."""


@dataclass(frozen=True)
class Band:
    """A head or a foot: the marking with what stands left and right of it and above or below it."""

    written: Written | None = None
    left: str = ""
    right: str = ""
    extra: str = ""


@dataclass(frozen=True)
class Block:
    """A piece of the body. `kind` is `paragraph` or a key of ZONES; for a table `text` is the label of
    the marked cell."""

    kind: str
    text: str = ""
    written: Written | None = None


@dataclass(frozen=True)
class Paper:
    """All that a layout sets. `pages` holds each page's blocks; `edge` is a marking that opens and ends
    the text of each page; `date` a date line; `named` a marking among the properties."""

    language: str
    title: str
    letterhead: str
    date: str
    head: Band
    foot: Band
    pages: tuple[tuple[Block, ...], ...]
    edge: Written | None = None
    named: Written | None = None
    stamp: Written | None = None
    seed: int = 0


@dataclass
class Places:
    """Collects what was placed while a layout sets it; `strict`: every place has one name."""

    strict: bool = False
    placed: list[Placed] = field(default_factory=list)

    def put(self, written: Written, page: PageKey, zone: str) -> None:
        """Note `written` at that place: one entry for each marking that it states."""
        zones = frozenset(ZONES[zone][:1] if self.strict else ZONES[zone])
        truths = written.truths[:1] if zone == "property" else written.truths  # a label is read as one text
        self.placed += [Placed(truth, written, page, zone, zones) for truth in truths]


def pick(chance: Random, *weighted: tuple[str, float]) -> str:
    """One of the words, by weight."""
    return chance.choices([word for word, _ in weighted], [weight for _, weight in weighted])[0]
