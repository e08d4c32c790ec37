"""The lines of a PDF page and where they stand, through PDFium.

PDFium is not thread-safe: call these from one thread of a process.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from countermark.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKERS = str.maketrans("", "", "\u0002\ufffe\ufffd\x00")
_LATIN_ADVANCE, _CJK_ADVANCE = 0.55, 1.0
_STRETCHED = 1.3
_GAP_IN_SIZES = 1.5
_ARTIFACTS = {"Header", "Footer", "Watermark"}


@dataclass(frozen=True)
class Frame:
    """The page as seen: the visible part of its user space (`left`, `bottom`, `right`, `top`, points)
    and its rotation in degrees clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space on the page as seen, from its top left corner."""
        return {
            0: (x - self.left, self.top - y),
            90: (y - self.bottom, x - self.left),
            180: (self.right - x, y - self.bottom),
            270: (self.top - y, self.right - x),
        }[self.rotation]


@dataclass(frozen=True)
class TextLine:
    """A printed line: `box` on the page as seen, `size` in points, `weight` as in CSS or None, `angle`
    of its reading direction as seen in degrees counter-clockwise, `colour` as RRGGBB, `artifact` the
    subtype of the pagination artifact that it is tagged as."""

    text: str
    box: Box
    size: float
    weight: int | None
    angle: float
    colour: str | None
    artifact: str | None


def frame_of(page: Any) -> Frame:
    """The frame of a pypdfium2 page."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() % 360)


def lines_of(page: Any, frame: Frame) -> list[TextLine]:
    """The lines of text of a pypdfium2 page in PDFium's order; blank ones left out."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        handle = textpage.raw
        return [
            line
            for start, piece in _split(text)
            for line in [_line(handle, start, piece, frame)]
            if line is not None
        ]
    finally:
        textpage.close()


def _split(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a page's text, each with the index at which it starts (in UTF-16 units)."""
    start = 0
    for piece in text.split("\n"):
        line = piece.rstrip("\r")
        if line.strip():
            yield start, line
        start += _units(piece) + 1


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _line(handle: Any, start: int, piece: str, frame: Frame) -> TextLine | None:
    lead = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    first = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, start + lead)
    last = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, start + lead + _units(stripped) - 1)
    if first < 0:
        return None
    box = _union(_char_box(handle, first, frame), _char_box(handle, max(first, last), frame))
    size = pdfium.FPDFText_GetFontSize(handle, first) * _scale(handle, first)
    weight = pdfium.FPDFText_GetFontWeight(handle, first)
    clockwise = math.degrees(pdfium.FPDFText_GetCharAngle(handle, first)) + frame.rotation
    text = _with_gaps(handle, start + lead, stripped, size, box, frame)
    return TextLine(
        text=text.translate(_MARKERS).strip(),
        box=box,
        size=round(size, 2),
        weight=weight if weight > 0 else None,
        angle=-clockwise % 360,
        colour=_colour(handle, first),
        artifact=_artifact(handle, first),
    )


def _char_box(handle: Any, index: int, frame: Frame) -> Box:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(handle, index, rectangle)
    x0, y0 = frame.seen(rectangle.left, rectangle.bottom)
    x1, y1 = frame.seen(rectangle.right, rectangle.top)
    return Box(round(min(x0, x1), 2), round(min(y0, y1), 2), round(max(x0, x1), 2), round(max(y0, y1), 2))


def _union(first: Box, second: Box) -> Box:
    return Box(
        min(first.x0, second.x0), min(first.y0, second.y0), max(first.x1, second.x1), max(first.y1, second.y1)
    )


def _scale(handle: Any, index: int) -> float:
    """How much the text matrix enlarges the font's nominal size."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(handle, index, matrix):
        return 1.0
    return math.hypot(matrix.c, matrix.d) or 1.0


def _with_gaps(handle: Any, start: int, text: str, size: float, box: Box, frame: Frame) -> str:
    """`text` with a tab for each gap that is wider than two characters. Only a line that is longer
    than its letters need is looked at closely."""
    expected = sum(
        _CJK_ADVANCE if unicodedata.east_asian_width(char) in "WF" else _LATIN_ADVANCE for char in text
    )
    if " " not in text or max(box.width, box.height) < _STRETCHED * expected * size:
        return text
    pieces, position = [], 0
    for index, char in enumerate(text):
        if char != " " or index == 0 or text[index - 1] == " ":
            continue
        behind = index
        while text[behind] == " ":
            behind += 1
        gap = _gap(
            _char_box(handle, _char(handle, start + _units(text[:index]) - 1), frame),
            _char_box(handle, _char(handle, start + _units(text[:behind])), frame),
        )
        if gap > _GAP_IN_SIZES * size:
            pieces.append(text[position:index])
            position = behind
    return "\t".join([*pieces, text[position:]])


def _char(handle: Any, index: int) -> int:
    found: int = pdfium.FPDFText_GetCharIndexFromTextIndex(handle, index)
    return max(0, found)


def _gap(before: Box, behind: Box) -> float:
    """The space between two characters of a line, along whichever direction it runs."""
    across = max(behind.x0 - before.x1, before.x0 - behind.x1)
    down = max(behind.y0 - before.y1, before.y0 - behind.y1)
    return max(across, down)


def _colour(handle: Any, index: int) -> str | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(handle, index, red, green, blue, alpha):
        return None
    return f"{red.value:02X}{green.value:02X}{blue.value:02X}"


def _artifact(handle: Any, index: int) -> str | None:
    """The subtype of the pagination artifact that the character belongs to (ISO 32000-1, 14.8.2.2)."""
    piece = pdfium.FPDFText_GetTextObject(handle, index)
    if not piece:
        return None
    for number in range(pdfium.FPDFPageObj_CountMarks(piece)):
        mark = pdfium.FPDFPageObj_GetMark(piece, number)
        if _string(pdfium.FPDFPageObjMark_GetName, mark) == "Artifact":
            subtype = _string(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Subtype")
            return subtype if subtype in _ARTIFACTS else None
    return None


def _string(function: Any, mark: Any, *key: bytes) -> str:
    """A string that PDFium writes into a buffer as UTF-16."""
    buffer = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    target = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    if not function(mark, *key, target, len(buffer), length):
        return ""
    return buffer.raw[: min(length.value, len(buffer))].decode("utf-16-le", "replace").rstrip("\0")
