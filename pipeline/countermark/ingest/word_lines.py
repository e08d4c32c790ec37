"""Pieces of Word text to lines: what is deleted, hidden, unseen or struck out stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.ingest.word_colour import WHITE
from countermark.ingest.word_formats import Format
from countermark.model import Unseen, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable


class Where(NamedTuple):
    """What surrounds a piece of text: its zone, whether a tracked change put it there, the colour
    behind it (RRGGBB, or `word_colour.UNKNOWN`), and whether all of it is hidden."""

    zone: Zone
    tracked: bool = False
    ground: str = WHITE
    hidden: bool = False


class Text(NamedTuple):
    """A line before it has its number on a page."""

    text: str
    zone: Zone
    part: str
    format: Format = Format()
    centred: bool = False
    unseen: Unseen | None = None
    tracked: bool = False
    struck: bool = False


Piece = tuple[str, Where, Format]
"""Text that looks the same throughout, and where it stands."""


def lines_of(pieces: list[Piece], part: str, *, centred: bool) -> Iterable[Text]:
    """The lines that the pieces between two breaks give: what a reader reads on, then what is taken
    out of it (deletions, hidden text, text struck through), each in a line of its own. Blank ones are
    left out; a line looks as its first text does."""
    _, where, look = pieces[0]
    for piece in pieces:
        if piece[2] is not look or piece[1] is not where:
            break
    else:
        return _line(pieces, _standing(where, look), part, centred)
    parted: dict[_Standing, list[Piece]] = {}
    for piece in pieces:
        parted.setdefault(_standing(piece[1], piece[2]), []).append(piece)
    return [text for standing, own in parted.items() for text in _line(own, standing, part, centred)]


_Standing = tuple[Zone, Unseen | None, bool]
"""The zone of text, why it is not seen, and whether it is struck through."""


def _standing(where: Where, look: Format) -> _Standing:
    if where.zone is Zone.deleted:
        return Zone.deleted, None, False
    unseen = Unseen.hidden if where.hidden else look.unseen(where.ground)
    if unseen and where.zone is not Zone.image:
        return Zone.hidden, unseen, False
    return where.zone, unseen, look.struck


def _line(pieces: list[Piece], standing: _Standing, part: str, centred: bool) -> tuple[Text, ...]:
    text = "".join([text.upper() if look.caps or look.small_caps else text for text, _, look in pieces])
    if not text or text.isspace():
        return ()
    if "\n" in text:
        text = text.replace("\n", " ")
    tracked = False
    shown = None
    for piece, where, look in pieces:
        tracked = tracked or where.tracked or look.changed
        if shown is None and not piece.isspace():
            shown = look
    zone, unseen, struck = standing
    return (Text(text, zone, part, shown or Format(), centred, unseen, tracked, struck),)
