"""The characters of a PDF page: where they stand and how they look, through PDFium.

PDFium is not thread-safe: call these from one thread of a process.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Box
from countermark.readers.pdf import pdfium
from countermark.readers.pdf.artifacts import artifact_marks
from countermark.readers.pdf.objects import addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.objects import Rectangle
    from countermark.readers.pdf.pdfium import PdfiumTextPage


class Chars(NamedTuple):
    """The characters of a PDFium text page.

    `size` is that of the page as seen, `turned` its rotation in degrees counter-clockwise. `places`: the
    character of each UTF-16 unit of its text, None where their indices are the same. The others are
    arrays that PDFium writes its answers to, and their addresses.
    """

    handle: int
    frame: Frame
    size: tuple[float, float]
    turned: int
    places: Sequence[int] | None
    rectangle: array[float]
    to_rectangle: int
    matrix: array[float]
    to_matrix: int
    channels: array[int]
    to_channels: tuple[int, ...]
    sides: array[float]
    to_sides: tuple[int, ...]


def opened(textpage: PdfiumTextPage, frame: Frame) -> Chars:
    """Return the characters of a pypdfium2 text page."""
    rectangle, matrix = array("f", bytes(16)), array("f", bytes(24))
    channels, sides = array("I", bytes(16)), array("d", bytes(32))
    return Chars(
        handle=ctypes.cast(textpage.raw, ctypes.c_void_p).value or 0,
        frame=frame,
        size=frame.size,
        turned=-frame.rotation % 360,
        places=None,
        rectangle=rectangle,
        to_rectangle=addresses(rectangle)[0],
        matrix=matrix,
        to_matrix=addresses(matrix)[0],
        channels=channels,
        to_channels=addresses(channels),
        sides=sides,
        to_sides=addresses(sides),
    )


def char_index(chars: Chars, index: int) -> int:
    """Return the index of a character by its index in the text; negative where it has none."""
    if chars.places is None:
        return index
    return chars.places[index] if index < len(chars.places) else -1


def box(chars: Chars, first: int, last: int) -> Box:
    """Return the box around two characters on the page as seen, as high as their font."""
    rectangle = chars.rectangle
    pdfium.FPDFText_GetLooseCharBox(chars.handle, first, chars.to_rectangle)
    left, top, right, bottom = rectangle
    if last != first:
        pdfium.FPDFText_GetLooseCharBox(chars.handle, last, chars.to_rectangle)
        other_left, other_top, other_right, other_bottom = rectangle
        left = other_left if other_left < left else left
        bottom = other_bottom if other_bottom < bottom else bottom
        right = other_right if other_right > right else right
        top = other_top if other_top > top else top
    return chars.frame.seen(left, bottom, right, top)


def ink_rectangle(chars: Chars, index: int) -> Rectangle:
    """Return the rectangle around a character's glyph in user space."""
    pdfium.FPDFText_GetCharBox(chars.handle, index, *chars.to_sides)
    left, right, bottom, top = chars.sides
    return (left, bottom, right, top)


def text_object(chars: Chars, index: int) -> int:
    """Return the address of the text object that a character belongs to; 0 where PDFium made it up."""
    return pdfium.FPDFText_GetTextObject(chars.handle, index) or 0


def is_generated(chars: Chars, index: int) -> bool:
    """Return whether a character is not in the file: PDFium made it up from a gap."""
    return int(pdfium.FPDFText_IsGenerated(chars.handle, index)) == 1


def direction(chars: Chars, index: int) -> tuple[float, float]:
    """Return where the character's writing runs, degrees counter-clockwise as seen, and how much its matrix
    enlarges the font's nominal size.
    """
    matrix = chars.matrix
    if not pdfium.FPDFText_GetMatrix(chars.handle, index, chars.to_matrix):
        return 0.0, 1.0
    turned = chars.turned
    a, b, c, d, _, _ = matrix
    if not b and not c and a > 0 and abs(d) < math.inf:
        return turned, abs(d) or 1.0
    angle, scale = math.degrees(math.atan2(b, a)), math.hypot(c, d)
    if not math.isfinite(angle + scale):
        return turned, 1.0
    return (angle + turned) % 360, scale or 1.0


def colour(chars: Chars, index: int) -> str | None:
    """As RRGGBB."""
    if not pdfium.FPDFText_GetFillColor(chars.handle, index, *chars.to_channels):
        return None
    red, green, blue, _ = chars.channels
    return f"{red << 16 | green << 8 | blue:06X}"


def artifact(chars: Chars, index: int) -> int:
    """Return the address of the mark that tags the character as an artifact (ISO 32000-1, 14.8.2.2).

    0 where none does.
    """
    return next(artifact_marks(text_object(chars, index)), 0)


def is_mapped(chars: Chars, first: int, last: int) -> bool:
    """Return whether the font's code map gives each of these characters."""
    handle, has_error = chars.handle, pdfium.FPDFText_HasUnicodeMapError
    for index in range(first, last + 1):  # noqa: SIM110  (a generator for each character takes twice as long)
        if has_error(handle, index) == 1:
            return False
    return True
