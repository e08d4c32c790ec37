"""Fonts that PDFium sets in place of those a PDF names but does not hold: the same on every machine.

PDFium asks the operating system for such fonts, and the text that it gives depends on the answer: it
drops what has no width, such as a lone 秘 where no Japanese font is installed. Here it is told that no
font is installed; what its own fonts lack, it sets in a last-resort font whose one glyph is a box.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

_FACE = 1
_EAST_ASIAN = frozenset((128, 129, 130, 134, 136))
"""Windows' numbers of the Japanese, Korean and Chinese character sets."""
_EM, _ASCENT, _DESCENT = 1000, 880, -120
_LEFT, _RIGHT = 60, 940


@cache
def use_own_fonts() -> None:
    """Tell PDFium, for the rest of this process, that its own fonts and the last-resort font are all
    there are.
    """
    pdfium.FPDF_SetSystemFontInfo(_font_info())


@cache
def _font_info() -> Any:
    """Return what PDFium asks for fonts; it must live as long as PDFium does."""
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    face = last_resort_font()

    def map_font(_this: Any, _weight: int, _italic: int, charset: int, *_: Any) -> int | None:
        return _FACE if charset in _EAST_ASIAN else None

    def get_data(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(face):
            ctypes.memmove(buffer, face, len(face))
        return len(face)

    return pdfium.FPDF_SYSFONTINFO(
        version=1, MapFont=kinds["MapFont"](map_font), GetFontData=kinds["GetFontData"](get_data)
    )


@cache
def last_resort_font() -> bytes:
    """Return a TrueType font (ISO/IEC 14496-22) that maps every code point to one box, as wide as the em."""
    glyph = _glyph()
    tables = {
        b"cmap": _every_code_point(),
        b"glyf": glyph * 2,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0),
            *(_LEFT, _DESCENT, _RIGHT, _ASCENT, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhh10xhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _RIGHT, 1, 0, 0, 1
        ),
        b"hmtx": struct.pack(">Hhh", _EM, _LEFT, _LEFT),
        b"loca": struct.pack(">III", 0, len(glyph), 2 * len(glyph)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    return font_file(tables)


def _glyph() -> bytes:
    """Return a filled box: one contour of four points, each as its distance from the one before."""
    bounds = struct.pack(">hhhhh", 1, _LEFT, _DESCENT, _RIGHT, _ASCENT)
    width, height = _RIGHT - _LEFT, _ASCENT - _DESCENT
    across, up = (_LEFT, width, 0, -width), (_DESCENT, 0, height, 0)
    return bounds + struct.pack(">HH4B4h4h", 3, 0, 1, 1, 1, 1, *across, *up) + b"\0\0"


def _every_code_point() -> bytes:
    """Return a cmap table of format 13, many code points to one glyph."""
    return struct.pack(">HHHHI HHIIIIII", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 0, 0x10FFFF, 1)


def font_file(tables: dict[bytes, bytes]) -> bytes:
    """Return the TrueType file of these tables, by their tags."""
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    start, body = len(directory) + 16 * len(tables), b""
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, checksum, start + len(body), len(table))
        body += padded
    return directory + body
