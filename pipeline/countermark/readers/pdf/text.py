"""The printed text of a PDF page and where it stands, through PDFium.

PDFium is not thread-safe: call these from one thread of a process.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from countermark.model import Unseen
from countermark.readers.pdf import chars as pdf_chars
from countermark.readers.pdf import pdfium
from countermark.readers.pdf.chars import char_index as _index
from countermark.readers.pdf.gaps import SPREAD, closed_up, gaps_in, may_have_gaps
from countermark.readers.pdf.glyphs import BREAK, UNKNOWN, opened_text, units
from countermark.readers.pdf.piece import Piece, struck_by
from countermark.readers.pdf.replaced import (
    Given,
    compare,
    give_back,
    given_by_marks,
    given_by_structure,
    take_away,
)
from countermark.readers.pdf.unseen import sight_of
from countermark.readers.pdf.vertical_text import in_reading_order, is_stacked, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.model import Box
    from countermark.readers.pdf.chars import Chars
    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.pdfium import PdfiumPage
    from countermark.readers.pdf.ruling import Ruling
    from countermark.readers.pdf.unseen import IsOff, Sight

_HYPHEN = re.compile(rf"(?<=\w){BREAK}")
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127))
_WORD = re.compile(r"[^\s\u2e80-\uffff]+")
"""Letters that are read together; each East Asian character stands for itself."""
EDGE = 0.2
"""The part of a page's height at head and foot within which looks and tags are asked for."""
_SHORT = 60
_AS_SCANNED = (Unseen.invisible, Unseen.covered)
DISPLAY_SIZE = 24.0
"""Type of this size in points, and larger, is no running text."""


def pieces_of(page: PdfiumPage, frame: Frame, is_off: IsOff | None = None) -> Readings:
    """Return the text of a pypdfium2 page.

    `is_off` says whether an object belongs to a layer that is switched off.

    Raises PdfiumError where PDFium can't read the page's text.
    """
    sight = sight_of(page, frame, is_off)
    by_marks, by_structure = given_by_marks(page), given_by_structure(page)
    take_away(by_marks)
    with _opened(page, frame) as (content, chars):
        pieces = _pieces(chars, content, sight)
        compare([*by_marks, *by_structure], chars, content)
    best = [given for given in by_marks if given.is_read and given.is_best]
    if best:
        give_back(page, best)
        with _opened(page, frame) as (content, chars):
            pieces = [_in_doubt(piece, best) for piece in _pieces(chars, content, sight)]
    is_recognised = False
    if sight.is_scan:
        seen = [
            msgspec.structs.replace(piece, unseen=None) if piece.unseen in _AS_SCANNED else piece
            for piece in pieces
        ]
        pieces, is_recognised = seen, seen != pieces
    others = [given for given in (*by_marks, *by_structure) if given not in best and not given.is_same]
    return Readings(
        pieces,
        is_recognised,
        copied=_copied(page, frame, [given for given in others if given.is_read], pieces),
        given=others,
        ruling=sight.ruling,
    )


class Readings(NamedTuple):
    """The text of a page: its pieces in PDFium's order, blank lines left out; whether some of it lies
    unseen over or under a picture of the whole page, as text recognition leaves it (such text counts as
    seen); the lines that a copy of the text has in place of those drawn; and the texts that are given
    in place of others; and its ruling lines."""

    pieces: list[Piece]
    is_recognised: bool
    copied: list[str]
    given: list[Given]
    ruling: Ruling


@contextmanager
def _opened(page: PdfiumPage, frame: Frame) -> Iterator[tuple[str, Chars]]:
    textpage = page.get_textpage()
    try:
        yield opened_text(textpage, frame)
    finally:
        textpage.close()


def _pieces(chars: Chars, content: str, sight: Sight) -> list[Piece]:
    pieces: list[Piece] = []
    for line, (start, printed) in enumerate(_printed_lines(content)):
        piece = _piece(chars, start, printed, line)
        if piece is None or not piece.text:
            continue
        rules = sight.ruling.crossings(piece.box) if piece.box and " " in printed else []
        if piece.box and not piece.is_sideways and (strikes := sight.ruling.strikes(piece.box)):
            ends = [*rules, *chain.from_iterable(strikes)]
            parts = _between_gaps(chars, start, printed, line, piece, ends)
            pieces += [struck_by(strikes, part) for part in parts]
            continue
        if sight.boxes and _is_doubtful(piece, sight):
            pieces += _by_sight(chars, start, printed, line, sight)
        elif rules or is_stacked(piece) or may_have_gaps(printed, piece):
            pieces += _between_gaps(chars, start, printed, line, piece, rules)
        else:
            pieces.append(piece)
    if any(len(piece.text) == 1 for piece in pieces):
        pieces = joined(pieces)
    if any((piece.angle and piece.is_sideways) or is_stacked(piece) for piece in pieces):
        pieces = in_reading_order(pieces)
    return pieces


def _in_doubt(piece: Piece, best: Sequence[Given]) -> Piece:
    """Return the piece, marked where it rests on what is given for glyphs that can't be read."""
    rests = any(given.text in piece.text or piece.text in given.text for given in best)
    return msgspec.structs.replace(piece, is_mapped=False) if rests else piece


def _copied(page: PdfiumPage, frame: Frame, texts: list[Given], pieces: Sequence[Piece]) -> list[str]:
    """Return the lines that PDFium gives in place of what is drawn, where it reads these texts."""
    if not texts:
        return []
    give_back(page, texts)
    with _opened(page, frame) as (content, _):
        lines = [_cleaned(printed) for _, printed in _printed_lines(content)]
    drawn = {piece.text for piece in pieces}
    return [line for line in lines if line not in drawn]


def _printed_lines(content: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page's text without surrounding blanks, each with the index at which it starts.

    PDFium's indices count UTF-16 units.
    """
    start = 0
    has_breaks = BREAK in content
    for row in (_HYPHEN.sub(f"{BREAK}\n", content) if has_breaks else content).split("\n"):
        printed = row.strip()
        if printed:
            yield start + len(row) - len(row.lstrip()), printed
        is_hyphened = has_breaks and row.endswith(BREAK) and _HYPHEN.search(row, len(row) - 1)
        start += units(row) + (not is_hyphened)


def _by_sight(chars: Chars, start: int, printed: str, line: int, sight: Sight) -> Iterator[Piece]:
    """Yield a printed line, cut where what is seen begins and ends, and at its wide gaps."""
    for begin, end, unseen in _parts_by_sight(chars, start, printed, sight):
        part = start + units(printed[:begin])
        for piece in _between_gaps(chars, part, printed[begin:end].rstrip(), line):
            yield msgspec.structs.replace(piece, unseen=unseen) if unseen else piece


def _between_gaps(
    chars: Chars,
    start: int,
    printed: str,
    line: int,
    piece: Piece | None = None,
    rules: Sequence[float] = (),
) -> Iterator[Piece]:
    """Yield the pieces of a printed line, which is one `piece` as a whole.

    `rules` are where upright lines cross it.
    """
    piece = piece or _piece(chars, start, printed, line)
    if piece is None or not piece.text:
        return
    gaps = list(gaps_in(chars, start, printed, piece, rules))
    if not gaps:
        yield piece
        return
    begin = 0
    for at, behind in (*gaps, (len(printed), 0)):
        part = _piece(chars, start + units(printed[:begin]), printed[begin:at], line)
        if part is not None and part.text:
            yield part
        begin = behind


def _piece(chars: Chars, start: int, printed: str, line: int) -> Piece | None:
    """Return the piece that starts at text index `start`; None where PDFium does not know it."""
    handle = chars.handle
    last = start + units(printed) - 1
    first, last = _index(chars, start), _index(chars, last)
    if first < 0:
        return None
    box = pdf_chars.box(chars, first, max(first, last))
    angle, scale = pdf_chars.direction(chars, first)
    size = round(100 * scale * pdfium.FPDFText_GetFontSize(handle, first)) / 100
    close = SPREAD.search(printed) and _cleaned(closed_up(chars, start, printed))
    written = close or (printed if printed.isprintable() else _cleaned(printed))
    if len(printed) > _SHORT and size < DISPLAY_SIZE and not _is_near_edge(box, angle, chars.size):
        is_mapped = pdfium.FPDFText_HasUnicodeMapError(handle, first) != 1
        return Piece(written, line, box, size, angle=angle, is_mapped=is_mapped)
    weight = pdfium.FPDFText_GetFontWeight(handle, first)
    return Piece(
        text=written,
        line=line,
        box=box,
        size=size,
        weight=weight if weight > 0 else None,
        angle=angle,
        colour=pdf_chars.colour(chars, first),
        artifact=pdf_chars.artifact(chars, first),
        is_mapped=pdf_chars.is_mapped(chars, first, max(first, last)),
    )


def _is_doubtful(piece: Piece, sight: Sight) -> bool:
    """Whether a piece touches text that may be unseen."""
    box = piece.box
    return box is not None and any(
        box.x0 <= other.x1 and box.x1 >= other.x0 and box.y0 <= other.y1 and box.y1 >= other.y0
        for other in sight.boxes
    )


def _parts_by_sight(
    chars: Chars, start: int, printed: str, sight: Sight
) -> Iterator[tuple[int, int, Unseen | None]]:
    """Yield the parts of a printed line that are seen or unseen for one reason: begin, end, reason.

    A blank is as what is before it; a word of which something is seen is seen.
    """
    reasons = _reasons(chars, start, printed, sight)
    for word in _WORD.finditer(printed):
        if len(set(reasons[slice(*word.span())])) > 1:
            reasons[slice(*word.span())] = [None] * len(word[0])
    begin = 0
    for end in range(1, len(printed) + 1):
        if end == len(printed) or reasons[end] != reasons[begin]:
            yield begin, end, reasons[begin]
            begin = end


def _reasons(chars: Chars, start: int, printed: str, sight: Sight) -> list[Unseen | None]:
    reasons: list[Unseen | None] = []
    unit = start
    for char in printed:
        index = _index(chars, unit)
        unit += units(char)
        if char == " " or index < 0:
            reasons.append(reasons[-1] if reasons else None)
            continue
        text = sight.doubtful.get(pdf_chars.text_object(chars, index))
        if text is None:
            reasons.append(None)
        elif text.is_told:
            reasons.append(text.unseen)
        else:
            reasons.append(text.reason(pdf_chars.ink_rectangle(chars, index)))
    return reasons


def _cleaned(printed: str) -> str:
    """Return the text without control characters, the hyphen at its end restored."""
    return _HYPHEN.sub("-", printed).replace(BREAK, UNKNOWN).translate(_CONTROLS).strip()


def _is_near_edge(box: Box, angle: float, size: tuple[float, float]) -> bool:
    """Whether a box lies near the head or foot of a page of this size, in the direction its text
    reads."""
    if round(angle / 90) % 2:
        return box.x0 < EDGE * size[0] or box.x1 > (1 - EDGE) * size[0]
    return box.y0 < EDGE * size[1] or box.y1 > (1 - EDGE) * size[1]
