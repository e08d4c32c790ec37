"""Pieces of Word text to lines: what is deleted, hidden, unseen or struck out is apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Unseen, Zone
from countermark.readers.flow.colour import WHITE
from countermark.readers.flow.run_format import RunFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.readers.flow.placement import Placement
    from countermark.readers.flow.run_format import Items


class TextContext(NamedTuple):
    """What surrounds a piece of text.

    Its zone, whether a tracked change put it there, the colour behind it (RRGGBB, or
    `word_colour.UNKNOWN`), whether all of it is hidden, how characters look there (`characters`) that set
    nothing by themselves, and the number of its `block` in its part and where that is placed, if it
    floats.
    """

    zone: Zone
    tracked: bool = False
    ground: str = WHITE
    hidden: bool = False
    characters: Items = ()
    block: int = 0
    placement: Placement | None = None


class Text(NamedTuple):
    """A line before it has its number on a page."""

    text: str
    zone: Zone
    part: str
    format: RunFormat = RunFormat()
    centred: bool = False
    unseen: Unseen | None = None
    tracked: bool = False
    struck: bool = False
    block: int = 0
    placement: Placement | None = None


RunText = tuple[str, TextContext, RunFormat]
"""Text that looks the same throughout, and where it is."""


def lines_of(pieces: list[RunText], part: str, *, centred: bool) -> Iterable[Text]:
    """Return the lines that the pieces between two breaks give.

    What a reader reads on, then what is taken out of it (deletions, hidden text, text struck through),
    each in a line of its own. Blank ones are left out; a line looks as its first text does.
    """
    _, where, look = pieces[0]
    for piece in pieces:
        if piece[2] is not look or piece[1] is not where:
            return _parted(pieces, part, centred=centred)
    text = _as_shown("".join([piece[0] for piece in pieces]), look)
    if not text or text.isspace():
        return ()
    is_tracked = where.tracked or look.changed
    return (_line(text, where, _standing(where, look), part, look, centred=centred, tracked=is_tracked),)


_Standing = tuple[Zone, Unseen | None, bool]
"""The zone of text, why it is not seen, and whether it is struck through."""
_DELETED: _Standing = (Zone.deleted, None, False)
_INSERTED: _Standing = (Zone.inserted, None, False)
_WITH_PORTIONS = frozenset((Zone.body, Zone.table, Zone.textbox, Zone.footnote, Zone.endnote))
_OPENING = frozenset("([【〔〈<（［")
_OPENS_WITHIN = 40
"""How a portion mark begins, and within how many characters."""
LONGEST_MARKING = 120
"""Characters beyond which a line is a sentence: there a deletion says what it says by itself."""


def _parted(pieces: list[RunText], part: str, *, centred: bool) -> Iterator[Text]:
    """Yield the lines of pieces that differ in look or place.

    Of what is deleted, a line for each stretch, and the whole as it read before; of what is inserted
    after other text, a line for each stretch that a portion mark may open.
    """
    parted: dict[tuple[_Standing, int], list[RunText]] = {}
    inserted: dict[int, list[RunText]] = {}
    earlier: list[RunText] = []
    kept = 0
    for piece in pieces:
        text, where, look = piece
        standing = _standing(where, look)
        if standing == _DELETED:
            earlier.append(piece)
        elif not (where.tracked or standing[1] or look.struck):
            earlier.append(piece)
            kept += not _is_blank(text)
        elif kept and where.tracked and standing[0] in _WITH_PORTIONS:
            inserted.setdefault(kept, []).append(piece)
        parted.setdefault((standing, kept if standing == _DELETED else 0), []).append(piece)
    for (standing, _), own in parted.items():
        yield from _joined(own, standing, part, centred=centred)
    if kept and any(standing == _DELETED for standing, _ in parted):
        length = sum(len(text) for text, _, _ in earlier)
        yield from _joined(earlier if length <= LONGEST_MARKING else [], _DELETED, part, centred=centred)
    for own in inserted.values():
        if not _OPENING.isdisjoint("".join(text for text, _, _ in own)[:_OPENS_WITHIN]):
            yield from _joined(own, _INSERTED, part, centred=centred)


def _joined(pieces: list[RunText], standing: _Standing, part: str, *, centred: bool) -> Iterator[Text]:
    """Yield the one line of pieces, if there is anything but blanks."""
    shown = [(where, look) for text, where, look in pieces if not _is_blank(text)]
    if shown:
        text = "".join([_as_shown(text, look) for text, _, look in pieces])
        tracked = any(where.tracked or look.changed for _, where, look in pieces)
        where, look = shown[0]
        yield _line(text, where, standing, part, look, centred=centred, tracked=tracked)


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def _standing(where: TextContext, look: RunFormat) -> _Standing:
    if where.zone is Zone.deleted:
        return _DELETED
    unseen = Unseen.hidden if where.hidden else look.unseen(where.ground)
    if unseen and where.zone is not Zone.image:
        return Zone.hidden, unseen, False
    return where.zone, unseen, look.struck


def _as_shown(text: str, look: RunFormat) -> str:
    return text.upper() if look.caps or look.small_caps else text


def _line(
    text: str,
    where: TextContext,
    standing: _Standing,
    part: str,
    look: RunFormat,
    *,
    centred: bool,
    tracked: bool,
) -> Text:
    zone, unseen, struck = standing
    shown = text.replace("\n", " ")
    return Text(shown, zone, part, look, centred, unseen, tracked, struck, where.block, where.placement)


def is_after_tab(text: str) -> bool:
    """Return whether a line is one tab and then text without tabs, as most headers are."""
    return text.startswith("\t") and "\t" not in text[1:].rstrip("\t")
