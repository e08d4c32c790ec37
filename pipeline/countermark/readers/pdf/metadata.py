"""What a PDF says of itself: document information, XMP, labels."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from lxml import etree
from pypdf.generic import StreamObject

from countermark.model import Property
from countermark.readers.pdf.values import pages_of, text_of, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdf

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def information(reader: pypdf.PdfReader) -> Iterator[Property]:
    """Yield the document information dictionary (ISO 32000-1, 14.3.3)."""
    entries: dict[str, Any] = reader.metadata or {}
    for key in entries:
        content = text_of(value(entries, key))
        if content:
            yield Property(name=str(key).lstrip("/"), value=content, source="Info")


def xmp_streams(reader: pypdf.PdfReader) -> Iterator[StreamObject]:
    """Yield the streams of the XMP packets of the document and of its pages (14.3.2)."""
    for holder in chain([reader.root_object], pages_of(reader)):
        stream = value(holder, "/Metadata")
        if isinstance(stream, StreamObject):
            yield stream


def xmp_properties(root: Any) -> Iterator[Property]:
    """Yield the simple properties of an XMP packet.

    Attributes and elements of each rdf:Description, the items of lists joined.
    """
    for description in root.iter(f"{_RDF}Description"):
        for name, content in description.attrib.items():
            if not name.startswith(_RDF) and content.strip():
                yield Property(name=_prefixed(description, name), value=content.strip(), source="XMP")
        for element in description:
            if not isinstance(element.tag, str):
                continue
            text = " ".join(" ".join(element.itertext()).split())
            if text:
                yield Property(name=_prefixed(element, element.tag), value=text, source="XMP")


def _prefixed(element: Any, name: str) -> str:
    """Return a qualified name as `prefix:local`."""
    qualified = etree.QName(name)
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items()}
    prefix = prefixes.get(qualified.namespace)
    return f"{prefix}:{qualified.localname}" if prefix else str(qualified.localname)
