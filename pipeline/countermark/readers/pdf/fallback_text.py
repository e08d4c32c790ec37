"""Pages of which PDFium knew no character, read by pypdf."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import msgspec
from pypdf.generic import StreamObject

from countermark.model import Line, Zone
from countermark.readers.pdf.values import page_objects, value
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    import pypdf

    from countermark.readers.pdf.reading import Reading
    from countermark.readers.pdf.values import PdfObject

_LEGIBLE = 0.5
_GLYPH_NAMES = re.compile(r"(/[A-Za-z]\w*){2,}")
"""What pypdf gives where a font says of its glyphs no more than their names."""
_FLATE = ("/FlateDecode", "/Fl")
_INFLATED_AT_MOST = 1 << 20


def read_again(reader: pypdf.PdfReader, reading: Reading) -> None:
    """Pages of which PDFium knew no character, by the second engine: what it finds has no place there."""
    pages = page_objects(reader, reading)
    for index, page in enumerate(reading.pages):
        unread = reading.damaged | reading.lost
        if (page.readable and page.lines) or page.number is None or page.number in unread:
            continue
        checkpoint()
        content = pages[page.number - 1]
        texts = [] if page.number in reading.blank else legible_text(content)
        lines = tuple(Line(text=text, zone=Zone.body, number=number) for number, text in enumerate(texts, 1))
        if not lines and has_broken_content(content):
            reading.damaged.add(page.number)
        readable = bool(lines) or (page.readable and page.number not in reading.damaged)
        reading.pages[index] = msgspec.structs.replace(page, lines=lines or page.lines, readable=readable)


def legible_text(page: PdfObject) -> list[str]:
    """Return the lines of a page's text as pypdf reads it.

    Empty where it is not writing but glyph numbers or names.

    Raises whatever pypdf raises on a broken page.
    """
    return legible(page.extract_text())


def legible(text: str) -> list[str]:
    """Return the lines of a text that are not blank; none where it is not writing but glyph numbers."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    letters = "".join("".join(lines).split())
    read = sum(char.isalnum() for char in _GLYPH_NAMES.sub("", letters))
    return lines if read > _LEGIBLE * len(letters) and letters.isprintable() else []


def has_broken_content(page: PdfObject) -> bool:
    """Return whether a page names content that is missing or can't be inflated."""
    if "/Contents" not in page:
        return False
    contents = value(page, "/Contents")
    references = contents if isinstance(contents, list) else [contents]
    return any(_is_broken_stream(reference and reference.get_object()) for reference in references)


def _is_broken_stream(stream: PdfObject) -> bool:
    if not isinstance(stream, StreamObject):
        return True
    filters = value(stream, "/Filter")
    if (filters[0] if isinstance(filters, list) and filters else filters) not in _FLATE:
        return False
    try:
        zlib.decompressobj().decompress(StreamObject.get_data(stream), _INFLATED_AT_MOST)
    except zlib.error:
        return True
    return False
