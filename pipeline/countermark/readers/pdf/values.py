"""Entries of a PDF's dictionaries, as pypdf holds them."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING, Any

from pypdf.generic import NameObject, NullObject, encode_pdfdocencoding

if TYPE_CHECKING:
    import pypdf

    from countermark.readers.pdf.reading import Reading

_LANGUAGE = re.compile("\x1b[A-Za-z]{2,8}(?:-?[A-Za-z]{2})?\x1b")
PdfObject = Any
"""An object as pypdf reads it: of whatever kind the file makes it, not of the kind that it should be."""


def page_objects(reader: pypdf.PdfReader, reading: Reading) -> list[pypdf.PageObject]:
    """Return the pages as pypdf has them.

    Raises ValueError where it counts others than PDFium does: notes would go astray.
    """
    _check_count(reader, reading)
    return pages_of(reader)


def page_object(reader: pypdf.PdfReader, reading: Reading, index: int) -> pypdf.PageObject:
    """Return one page as pypdf has it; raise as `page_objects` does."""
    _check_count(reader, reading)
    return reader.get_page(index)


def _check_count(reader: pypdf.PdfReader, reading: Reading) -> None:
    if len(reader.pages) != reading.count:
        raise ValueError("page count")


def pages_of(reader: pypdf.PdfReader) -> list[pypdf.PageObject]:
    """Return the pages as pypdf has them; it counts them anew for each that is taken of `reader.pages`."""
    return [reader.get_page(index) for index in range(len(reader.pages))]


def value(dictionary: PdfObject, key: str) -> Any:
    """Return the entry of a dictionary, references followed; None where it is missing or null."""
    found = dictionary.get(key) if isinstance(dictionary, dict) else None
    found = found.get_object() if found is not None else None
    return None if isinstance(found, NullObject) else found


def text_of(value: Any) -> str:
    """Return a string object as text; empty for anything else.

    A text string (ISO 32000-2, 7.9.2.2) is in UTF-16 or UTF-8 with a byte order mark, else in
    PDFDocEncoding; what has no mark and is UTF-8 all the same, as some programs write it, is read as that.
    Marks of its language (14.9.2.3) are left out.
    """
    if isinstance(value, bytes):
        text = _decoded(value)
    elif isinstance(value, str) and not isinstance(value, NameObject):
        text = _unmarked_utf8(value) or str(value)
    else:
        return ""
    return _LANGUAGE.sub("", text).strip("\0 ")


def _decoded(data: bytes) -> str:
    """Return what pypdf leaves as bytes, since it is damaged or in no encoding of text strings."""
    if data.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def _unmarked_utf8(value: str) -> str:
    """Return a string that was read in PDFDocEncoding as UTF-8 where it is that; else nothing."""
    if value.isascii() or not getattr(value, "autodetect_pdfdocencoding", False):
        return ""
    try:
        return encode_pdfdocencoding(value).decode("utf-8")
    except (UnicodeError, KeyError):
        return ""
