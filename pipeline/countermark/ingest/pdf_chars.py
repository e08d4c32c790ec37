"""The characters of a PDF page: where they stand and how they look, through PDFium.

PDFium is not thread-safe: call these from one thread of a process.
"""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

from countermark.ingest.pdf_unseen import address
from countermark.model import Box

if TYPE_CHECKING:
    from countermark.ingest.pdf_frame import Frame
    from countermark.ingest.pdf_objects import Rectangle


class Chars(NamedTuple):
    """The characters of a PDFium text page. `is_plain`: its text and its characters have the same
    indices. The others are variables that PDFium writes its answers to, and references to them."""

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
    sides: tuple[Any, ...]
    to_sides: tuple[Any, ...]


def opened(textpage: Any, frame: Frame, *, is_plain: bool) -> Chars:
    """The characters of a pypdfium2 text page."""
    rectangle, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    channels = tuple(ctypes.c_uint() for _ in range(4))
    sides = tuple(ctypes.c_double() for _ in range(4))
    return Chars(
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
        sides=sides,
        to_sides=tuple(ctypes.byref(side) for side in sides),
    )


def char_index(chars: Chars, index: int) -> int:
    """The index of a character by its index in the text; negative where it has none."""
    return index if chars.is_plain else int(pdfium.FPDFText_GetCharIndexFromTextIndex(chars.handle, index))


def box(chars: Chars, first: int, last: int) -> Box:
    """The box around two characters on the page as seen, as high as their font."""
    rectangle = chars.rectangle
    pdfium.FPDFText_GetLooseCharBox(chars.handle, first, chars.to_rectangle)
    left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
    if last != first:
        pdfium.FPDFText_GetLooseCharBox(chars.handle, last, chars.to_rectangle)
        other = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        left = other[0] if other[0] < left else left
        bottom = other[1] if other[1] < bottom else bottom
        right = other[2] if other[2] > right else right
        top = other[3] if other[3] > top else top
    return chars.frame.seen(left, bottom, right, top)


def ink_rectangle(chars: Chars, index: int) -> Rectangle:
    """The rectangle around a character's glyph in user space."""
    pdfium.FPDFText_GetCharBox(chars.handle, index, *chars.to_sides)
    left, right, bottom, top = chars.sides
    return (left.value, bottom.value, right.value, top.value)


def text_object(chars: Chars, index: int) -> int:
    """The address of the text object that a character belongs to; 0 where PDFium made it up."""
    return address(pdfium.FPDFText_GetTextObject(chars.handle, index))


def direction(chars: Chars, index: int) -> tuple[float, float]:
    """Where the character's writing runs, degrees counter-clockwise as seen, and how much its matrix
    enlarges the font's nominal size."""
    matrix = chars.matrix
    if not pdfium.FPDFText_GetMatrix(chars.handle, index, chars.to_matrix):
        return 0.0, 1.0
    turned = -chars.frame.rotation % 360
    if not matrix.b and not matrix.c and matrix.a > 0:
        return turned, abs(matrix.d) or 1.0
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    return (angle + turned) % 360, math.hypot(matrix.c, matrix.d) or 1.0


def colour(chars: Chars, index: int) -> str | None:
    """As RRGGBB."""
    if not pdfium.FPDFText_GetFillColor(chars.handle, index, *chars.to_channels):
        return None
    red, green, blue, _ = chars.channels
    return f"{red.value:02X}{green.value:02X}{blue.value:02X}"


def is_artifact(handle: Any, index: int) -> bool:
    """Whether the character is tagged as an artifact (ISO 32000-1, 14.8.2.2). Of which kind PDFium does
    not tell: it gives no parameter that is a name."""
    piece = pdfium.FPDFText_GetTextObject(handle, index)
    if not piece:
        return False
    marks = pdfium.FPDFPageObj_CountMarks(piece)
    return any(mark_name(pdfium.FPDFPageObj_GetMark(piece, number)) == "Artifact" for number in range(marks))


def mark_name(mark: Any) -> str:
    """The name of marked content; PDFium writes it as UTF-16."""
    buffer = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    target = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    if not pdfium.FPDFPageObjMark_GetName(mark, target, len(buffer), length):
        return ""
    return buffer.raw[: min(length.value, len(buffer))].decode("utf-16-le", "replace").rstrip("\0")
