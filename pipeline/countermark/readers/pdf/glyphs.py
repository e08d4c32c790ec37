"""The text of a PDF page as it is drawn.

Where a font's code map gives no character, the glyph's ink tells a blank and a hyphen; what it can't tell is
U+FFFD.

PDFium is not thread-safe: call these from one thread of a process.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

from countermark.readers.pdf import chars as pdf_chars
from countermark.readers.pdf import pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.readers.pdf.chars import Chars
    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.pdfium import PdfiumTextPage

BREAK = "\ufffe"
"""PDFium's stand-in for a hyphen at the end of a printed line, which the next line follows without a
break."""
UNKNOWN = "\ufffd"
_SOFT_HYPHEN = "\u00ad"
_PRIVATE_USE = range(0xE000, 0xF900)
_CONTROLS = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_DOUBTFUL = re.compile(rf"[{_CONTROLS}{_SOFT_HYPHEN}\ue000-\uf8ff\ufff0-\uffff\ud800-\udfff]")
_NO_INK = 0.002
_NO_ADVANCE = 0.01
_FLAT = 0.2
_HYPHEN_WIDTH = (0.12, 0.7)
_HYPHEN_MIDDLE = (0.12, 0.5)
"""What a hyphen measures, from its line's base, as shares of the type's size: less than an em dash, so
that the kanji for one is none."""


def opened_text(textpage: PdfiumTextPage, frame: Frame) -> tuple[str, Chars]:
    """Return the text of a pypdfium2 text page, and its characters."""
    content = textpage.get_text_range()
    count = textpage.count_chars()
    chars = pdf_chars.opened(textpage, frame)
    is_aligned = count == units(content)
    if is_aligned and _is_plain(chars, content):
        return content, chars
    is_aligned = is_aligned and count == len(content)
    content, places = _from_characters(chars, content if is_aligned else _letters(chars, count))
    return content, chars._replace(places=places)


def units(text: str) -> int:
    """Return how many UTF-16 units a text has; PDFium's indices count them."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def letters_of(chars: Chars, content: str) -> Iterator[tuple[int, str]]:
    """Yield each letter of a page's text and the index of its character; none of what has no character."""
    unit = 0
    for letter in content:
        index = pdf_chars.char_index(chars, unit)
        unit += 2 if letter > "\uffff" else 1
        if index >= 0:
            yield index, letter


def _is_plain(chars: Chars, content: str) -> bool:
    """Return whether every character is known; each line's last hyphen is."""
    for found in _DOUBTFUL.finditer(content):
        at = units(content[: found.start()])
        if found[0] != BREAK or pdfium.FPDFText_IsHyphen(chars.handle, at) != 1:
            return False
    return True


def _letters(chars: Chars, count: int) -> list[str]:
    """Return so many characters, each as PDFium reads it."""
    return [chr(pdfium.FPDFText_GetUnicode(chars.handle, index)) for index in range(count)]


def _from_characters(chars: Chars, read: Sequence[str]) -> tuple[str, Sequence[int]]:
    """Return the text of characters, the doubtful ones as they are drawn, and for each of its UTF-16 units
    the character's index.
    """
    letters = list(read)
    for found in _DOUBTFUL.finditer("".join(read)):
        index = found.start()
        letter = chr(pdfium.FPDFText_GetUnicode(chars.handle, index))
        is_doubtful = _DOUBTFUL.match(letter) and not "\ud800" <= letter <= "\udfff"
        letters[index] = _drawn(chars, index, letter) if is_doubtful else letter
    if all(map(len, letters)) and max(letters) < "\U00010000":
        places: Sequence[int] = range(len(letters))
    else:
        places = [index for index, letter in enumerate(letters) for _ in range(units(letter))]
    text = "".join(letters)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), places


def _drawn(chars: Chars, index: int, letter: str) -> str:
    """Return what a character without meaning is drawn as; empty where it takes no room."""
    if pdfium.FPDFText_IsHyphen(chars.handle, index) == 1:
        return BREAK
    size = pdf_chars.direction(chars, index)[1] * pdfium.FPDFText_GetFontSize(chars.handle, index)
    width, height, middle, advance = _measures(chars, index)
    if min(width, height) <= _NO_INK * size:
        return "" if advance <= _NO_ADVANCE * size or letter == _SOFT_HYPHEN else " "
    least, most = (share * size for share in _HYPHEN_WIDTH)
    low, high = (share * size for share in _HYPHEN_MIDDLE)
    if letter == _SOFT_HYPHEN or (
        height <= _FLAT * size and 2 * height < width and least <= width <= most and low <= middle <= high
    ):
        return "-"
    return letter if ord(letter) in _PRIVATE_USE else UNKNOWN


def _measures(chars: Chars, index: int) -> tuple[float, float, float, float]:
    """Return a glyph's ink along and across its line, how far its middle lies above the base of the line, and
    how far the glyph advances.
    """
    left, bottom, right, top = pdf_chars.ink_rectangle(chars, index)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(chars.handle, index, ctypes.byref(x), ctypes.byref(y))
    pdfium.FPDFText_GetLooseCharBox(chars.handle, index, chars.to_rectangle)
    outer_left, outer_top, outer_right, outer_bottom = chars.rectangle
    pdfium.FPDFText_GetMatrix(chars.handle, index, chars.to_matrix)
    across, along = chars.matrix[0], chars.matrix[1]
    if abs(along) > abs(across):
        return top - bottom, right - left, abs((left + right) / 2 - x.value), abs(outer_top - outer_bottom)
    return right - left, top - bottom, abs((bottom + top) / 2 - y.value), abs(outer_right - outer_left)
