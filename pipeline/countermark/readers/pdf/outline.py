"""Bookmarks and page labels of a PDF (ISO 32000-1, 12.3.3 and 12.4.2), through pypdf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from countermark.model import Line, Zone
from countermark.readers.pdf.values import text_of, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdf


def bookmarks(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Yield the outline's items in reading order; one that it meets again is passed over."""
    waiting = [value(value(reader.root_object, "/Outlines"), "/First")]
    met: set[int] = set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict) or id(item) in met:
            continue
        met.add(id(item))
        yield item
        waiting += (value(item, "/Next"), value(item, "/First"))


def bookmark_lines(reader: pypdf.PdfReader) -> Iterator[Line]:
    """Yield the bookmarks' titles."""
    for item in bookmarks(reader):
        title = " ".join(text_of(value(item, "/Title")).split())
        if title:
            yield Line(text=title, zone=Zone.bookmark, number=1)


def page_label_lines(reader: pypdf.PdfReader) -> Iterator[Line]:
    """Yield the prefixes of the page labels, each once."""
    told: set[str] = set()
    waiting = [value(reader.root_object, "/PageLabels")]
    met: set[int] = set()
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, dict) or id(node) in met:
            continue
        met.add(id(node))
        waiting += [kid.get_object() for kid in value(node, "/Kids") or ()]
        for label in (value(node, "/Nums") or [])[1::2]:
            prefix = text_of(value(label.get_object(), "/P"))
            if prefix and prefix not in told:
                told.add(prefix)
                yield Line(text=prefix, zone=Zone.property, number=1, part="page labels")
