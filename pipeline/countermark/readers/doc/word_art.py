"""What drawn letters and pictures of a .doc file say ([MS-ODRAW])."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTAINER, PROPERTIES = 0xF, 0xF00B
DRAWING = 0xF002
HEADERS = 1
LETTERS, DESCRIPTION = 0x00C0, 0x0381
"""Properties `gtextUNICODE` (2.3.22.1) and `wzDescription` (2.3.4.8)."""
IS_COMPLEX = 0x8000
_HEAD, _PROPERTY = struct.Struct("<HHI"), struct.Struct("<HI")


class Drawn(NamedTuple):
    """A text, whether letters draw it or it describes a picture, and whether it is drawn with the headers."""

    text: str
    is_description: bool
    in_headers: bool


def drawn_texts(art: bytes) -> Iterator[Drawn]:
    """Return the texts of the drawings in an OfficeArtContent ([MS-DOC] 2.9.172), each once."""
    at, in_headers = 0, False
    told: set[Drawn] = set()
    while at + _HEAD.size <= len(art):
        if _is_drawing(art, at + 1):
            in_headers = art[at] == HEADERS
            at += 1
        version, kind, length = _HEAD.unpack_from(art, at)
        at += _HEAD.size
        if kind == PROPERTIES:
            for identifier, text in _texts(art[at : at + length], version >> 4):
                drawn = Drawn(text, identifier == DESCRIPTION, in_headers)
                if drawn not in told:
                    told.add(drawn)
                    yield drawn
        if version & CONTAINER != CONTAINER:
            at += length


def _is_drawing(art: bytes, at: int) -> bool:
    """Return whether a drawing begins there, after the byte that says of what."""
    return at + _HEAD.size <= len(art) and _HEAD.unpack_from(art, at)[:2] == (CONTAINER, DRAWING)


def _texts(table: bytes, count: int) -> Iterator[tuple[int, str]]:
    """Return the texts of a table of properties: their values come after its rows, in their order."""
    value_at = count * _PROPERTY.size
    for row in range(min(count, len(table) // _PROPERTY.size)):
        identifier, value = _PROPERTY.unpack_from(table, row * _PROPERTY.size)
        if identifier & IS_COMPLEX:
            if identifier & 0x3FFF in (LETTERS, DESCRIPTION):
                text = table[value_at : value_at + value].decode("utf-16-le", "replace").rstrip("\0")
                if text.strip():
                    yield identifier & 0x3FFF, text
            value_at += value
