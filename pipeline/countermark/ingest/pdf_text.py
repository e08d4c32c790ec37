"""The printed text of a PDF page and where it stands, through PDFium.

PDFium is not thread-safe: call these from one thread of a process.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

from countermark.ingest.pdf_objects import widen_text
from countermark.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.ingest.pdf_frame import Frame

_BREAK = "\ufffe"
"""PDFium's stand-in for a hyphen at the end of a printed line; the next line follows without a break."""
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127))
_LATIN_ADVANCE, _CJK_ADVANCE = 0.55, 1.0
_STRETCHED = 1.3
_FEW_SPACES = 4
_GAP_IN_SIZES = 1.5
EDGE = 0.2
"""The part of a page's height at head and foot within which looks and tags are asked for."""
_SHORT = 60
DISPLAY_SIZE = 24.0
"""Type of this size in points, and larger, is no running text."""


class Piece(NamedTuple):
    """A stretch of printed text without a gap wider than two characters.

    `line` counts PDFium's lines: pieces of one line share it. `box` is on the page as seen, None where
    PDFium knows no place; `size` in points; `weight` as in CSS; `angle` of its reading direction as
    seen, degrees counter-clockwise; `colour` as RRGGBB; `is_artifact` whether it is tagged as
    no part of the text proper. `weight`, `colour` and `is_artifact` are asked for only where a marking
    may stand: near head and foot, in short lines and in large type.
    """

    text: str
    line: int
    box: Box | None
    size: float | None = None
    weight: int | None = None
    angle: float = 0.0
    colour: str | None = None
    is_artifact: bool = False


class _Text(NamedTuple):
    """A PDFium text page. `is_plain`: its text and its characters have the same indices. The others are
    variables that PDFium writes its answers to, and references to them."""

    handle: Any
    frame: Frame
    size: tuple[float, float]
    is_plain: bool
    rectangle: Any
    to_rectangle: Any
    matrix: Any
    to_matrix: Any
    channels: tuple[Any, ...]
    to_channels: tuple[Any, ...]


def pieces_of(page: Any, frame: Frame) -> list[Piece]:
    """The text of a pypdfium2 page in PDFium's order; blank lines left out.

    Raises PdfiumError where PDFium can't read the page's text.
    """
    widen_text(page)
    textpage = page.get_textpage()
    try:
        content = textpage.get_text_range()
        text = _opened(textpage, frame, is_plain=textpage.count_chars() == _units(content))
        return [
            piece
            for line, (start, printed) in enumerate(_printed_lines(content))
            for piece in _pieces(text, start, printed, line)
        ]
    finally:
        textpage.close()


def _opened(textpage: Any, frame: Frame, *, is_plain: bool) -> _Text:
    rectangle, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    channels = tuple(ctypes.c_uint() for _ in range(4))
    return _Text(
        handle=textpage.raw,
        frame=frame,
        size=frame.size,
        is_plain=is_plain,
        rectangle=rectangle,
        to_rectangle=ctypes.byref(rectangle),
        matrix=matrix,
        to_matrix=ctypes.byref(matrix),
        channels=channels,
        to_channels=tuple(ctypes.byref(channel) for channel in channels),
    )


def _printed_lines(content: str) -> Iterator[tuple[int, str]]:
    """The lines of a page's text without surrounding blanks, each with the index at which it starts.

    PDFium's indices count UTF-16 units.
    """
    start = 0
    for row in content.replace(_BREAK, f"{_BREAK}\n").split("\n"):
        printed = row.strip()
        if printed:
            yield start + len(row) - len(row.lstrip()), printed
        start += _units(row) + (not row.endswith(_BREAK))


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _pieces(text: _Text, start: int, printed: str, line: int) -> Iterator[Piece]:
    """A printed line, cut at its wide gaps."""
    piece = _piece(text, start, printed, line)
    if piece is None or not piece.text:
        return
    if not _may_have_gaps(printed, piece):
        yield piece
        return
    begin = 0
    for at, behind in (*_gaps(text, start, printed, piece), (len(printed), 0)):
        part = _piece(text, start + _units(printed[:begin]), printed[begin:at], line)
        if part is not None and part.text:
            yield part
        begin = behind


def _piece(text: _Text, start: int, printed: str, line: int) -> Piece | None:
    """The piece that starts at text index `start`; None where PDFium does not know it."""
    handle = text.handle
    first, last = _char_index(text, start), _char_index(text, start + _units(printed) - 1)
    if first < 0:
        return None
    box = _box(text, first, max(first, last))
    angle, scale = _direction(text, first)
    size = round(pdfium.FPDFText_GetFontSize(handle, first) * scale, 2)
    written = printed if printed.isprintable() else _cleaned(printed)
    if len(printed) > _SHORT and size < DISPLAY_SIZE and not _is_near_edge(box, angle, text.size):
        return Piece(written, line, box, size, angle=angle)
    weight = pdfium.FPDFText_GetFontWeight(handle, first)
    return Piece(
        text=written,
        line=line,
        box=box,
        size=size,
        weight=weight if weight > 0 else None,
        angle=angle,
        colour=_colour(text, first),
        is_artifact=_is_artifact(handle, first),
    )


def _cleaned(printed: str) -> str:
    """The text without control characters, the hyphen at its end restored."""
    return printed.replace(_BREAK, "-").translate(_CONTROLS).strip()


def _char_index(text: _Text, index: int) -> int:
    """The index of a character by its index in the text; negative where it has none."""
    return index if text.is_plain else int(pdfium.FPDFText_GetCharIndexFromTextIndex(text.handle, index))


def _box(text: _Text, first: int, last: int) -> Box:
    """The box around two characters on the page as seen."""
    rectangle = text.rectangle
    pdfium.FPDFText_GetLooseCharBox(text.handle, first, text.to_rectangle)
    left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
    if last != first:
        pdfium.FPDFText_GetLooseCharBox(text.handle, last, text.to_rectangle)
        left, right = min(left, rectangle.left), max(right, rectangle.right)
        bottom, top = min(bottom, rectangle.bottom), max(top, rectangle.top)
    return text.frame.seen(left, bottom, right, top)


def _direction(text: _Text, index: int) -> tuple[float, float]:
    """Where the character's writing runs, degrees counter-clockwise as seen, and how much its matrix
    enlarges the font's nominal size."""
    matrix = text.matrix
    if not pdfium.FPDFText_GetMatrix(text.handle, index, text.to_matrix):
        return 0.0, 1.0
    turned = -text.frame.rotation % 360
    if not matrix.b and not matrix.c and matrix.a > 0:
        return turned, abs(matrix.d) or 1.0
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return (angle + turned) % 360, math.hypot(matrix.c, matrix.d) or 1.0


def _is_near_edge(box: Box, angle: float, size: tuple[float, float]) -> bool:
    """Whether a box lies near the head or foot of a page of this size, in the direction its text
    reads."""
    if round(angle / 90) % 2:
        return box.x0 < EDGE * size[0] or box.x1 > (1 - EDGE) * size[0]
    return box.y0 < EDGE * size[1] or box.y1 > (1 - EDGE) * size[1]


def _may_have_gaps(printed: str, piece: Piece) -> bool:
    """Whether a line is worth a closer look: it has few spaces, or is longer than its letters need."""
    spaces, box = printed.count(" "), piece.box
    if not spaces or box is None or piece.size is None:
        return False
    if spaces <= _FEW_SPACES:
        return True
    wide = 0 if printed.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in printed)
    needed = wide * _CJK_ADVANCE + (len(printed) - wide) * _LATIN_ADVANCE
    return max(box.x1 - box.x0, box.y1 - box.y0) > _STRETCHED * needed * piece.size


def _gaps(text: _Text, start: int, printed: str, piece: Piece) -> Iterator[tuple[int, int]]:
    """The wide gaps of a printed line: index of the first blank and of what follows."""
    at = printed.find(" ")
    while at > 0:
        behind = at
        while printed[behind] == " ":
            behind += 1
        before = _char_index(text, start + _units(printed[:at]) - 1)
        after = _char_index(text, start + _units(printed[:behind]))
        if _distance(_box(text, before, before), _box(text, after, after)) > _GAP_IN_SIZES * (
            piece.size or 0
        ):
            yield at, behind
        at = printed.find(" ", behind)


def _distance(before: Box, after: Box) -> float:
    """The space between two characters of a line, along whichever direction it runs."""
    return max(after.x0 - before.x1, before.x0 - after.x1, after.y0 - before.y1, before.y0 - after.y1)


def _colour(text: _Text, index: int) -> str | None:
    if not pdfium.FPDFText_GetFillColor(text.handle, index, *text.to_channels):
        return None
    red, green, blue, _ = text.channels
    return f"{red.value:02X}{green.value:02X}{blue.value:02X}"


def _is_artifact(handle: Any, index: int) -> bool:
    """Whether the character is tagged as an artifact (ISO 32000-1, 14.8.2.2). Of which kind PDFium does
    not tell: it gives no parameter that is a name."""
    piece = pdfium.FPDFText_GetTextObject(handle, index)
    if not piece:
        return False
    marks = pdfium.FPDFPageObj_CountMarks(piece)
    return any(_name(pdfium.FPDFPageObj_GetMark(piece, number)) == "Artifact" for number in range(marks))


def _name(mark: Any) -> str:
    """The name of marked content; PDFium writes it as UTF-16."""
    buffer = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    target = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    if not pdfium.FPDFPageObjMark_GetName(mark, target, len(buffer), length):
        return ""
    return buffer.raw[: min(length.value, len(buffer))].decode("utf-16-le", "replace").rstrip("\0")
