"""XHTML: read as the XML that it is, so that an element without content ends where it says."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree

from countermark.support.safe_xml import DoctypeError, xml_root

if TYPE_CHECKING:
    from countermark.support.safe_xml import XmlElement

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml\b[^>]*\?>")
_PUBLIC_DOCTYPE = re.compile(r"<!DOCTYPE\s+html\b[^\[<>]*>", re.I)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")


def xhtml_root(text: str) -> XmlElement | None:
    """Return the root element of XHTML, its names without namespaces.

    None where it is no well-formed XML, or declares entities, and is to be read as HTML.
    """
    plain = _PUBLIC_DOCTYPE.sub("", _DECLARATION.sub("", text), count=1)
    plain = _ENTITY.sub(lambda match: escape(html5.get(match[1], match[0])), plain)
    try:
        root = xml_root(plain.encode("utf-8", "replace"), keep_comments=True)
    except (etree.XMLSyntaxError, DoctypeError):
        return None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname.lower()
    return root
