"""Entries of a PDF's dictionaries, as pypdf holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pypdf.generic import NameObject, NullObject

if TYPE_CHECKING:
    import pypdf

    from countermark.readers.pdf.reading import Reading

PdfObject = Any
"""An object as pypdf reads it: of whatever kind the file makes it, not of the kind that it should be."""


def page_objects(reader: pypdf.PdfReader, reading: Reading) -> list[pypdf.PageObject]:
    """Return the pages as pypdf has them.

    Raises ValueError where it counts others than PDFium does: notes would go astray.
    """
    pages = pages_of(reader)
    if len(pages) != reading.count:
        raise ValueError("page count")
    return pages


def pages_of(reader: pypdf.PdfReader) -> list[pypdf.PageObject]:
    """Return the pages as pypdf has them; it counts them anew for each that is taken of `reader.pages`."""
    return [reader.get_page(index) for index in range(len(reader.pages))]


def value(dictionary: PdfObject, key: str) -> Any:
    """Return the entry of a dictionary, references followed; None where it is missing or null."""
    found = dictionary.get(key) if isinstance(dictionary, dict) else None
    found = found.get_object() if found is not None else None
    return None if isinstance(found, NullObject) else found


def text_of(value: Any) -> str:
    """Return a string object as text; empty for anything else."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip("\0 ")
    return str(value).strip("\0 ") if isinstance(value, str) and not isinstance(value, NameObject) else ""
