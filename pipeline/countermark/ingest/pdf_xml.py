"""XML inside a PDF: XMP, rich text, XFA forms."""

from __future__ import annotations

from typing import Any

from lxml import etree


def xml_root(packet: bytes, *, recover: bool = False) -> Any:
    """The root element of an XML packet, without comments; with `recover`, of what is well formed in
    it, None where nothing is.

    Raises XMLSyntaxError where it is not XML, ValueError where it holds a document type definition,
    which is refused.
    """
    if b"<!DOCTYPE" in packet.replace(b"\0", b""):
        raise ValueError("document type definition")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
    )
    return etree.fromstring(packet, parser)


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for a processing instruction."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""
