"""XML that nobody vouches for: parsed without document type definitions, entities, network or huge nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

XmlElement = Any
"""An lxml element; lxml ships no types."""

_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_SETTINGS = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_PARSER = etree.XMLParser(**_SETTINGS)
_RECOVERING = etree.XMLParser(**_SETTINGS, recover=True)
_WITH_COMMENTS = etree.XMLParser(**{**_SETTINGS, "remove_comments": False})


class DoctypeError(ValueError):
    """The XML holds a document type definition, which is refused."""


def xml_root(data: bytes, *, recover: bool = False, keep_comments: bool = False) -> XmlElement:
    """Return the root element of `data`, without processing instructions and, unless they are kept, comments.

    With `recover`, of what is well formed in it, None where nothing is.

    Raises etree.XMLSyntaxError where it is not XML, DoctypeError where it has a document type definition:
    before any parser sees it, and after, where its encoding hid it.
    """
    _refuse_doctype(data)
    parser = _RECOVERING if recover else _WITH_COMMENTS if keep_comments else _PARSER
    root = etree.fromstring(data, parser)
    refuse_internal_dtd(root)
    return root


def pull_parser(data: bytes, tags: Sequence[str]) -> etree.XMLPullParser:
    """Return a parser to be fed with `data` in pieces, which gives the elements with these tags as they end.

    Who has fed it asks `refuse_internal_dtd` about the root.

    Raises DoctypeError as `xml_root` does.
    """
    _refuse_doctype(data)
    return etree.XMLPullParser(events=("end",), tag=tuple(tags), **_SETTINGS)


def refuse_internal_dtd(root: XmlElement | None) -> None:
    """Raise DoctypeError where the parsed XML had a document type definition."""
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise DoctypeError


def _refuse_doctype(data: bytes) -> None:
    if any(doctype in data for doctype in _DOCTYPES):
        raise DoctypeError


def local_name(element: XmlElement) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)
