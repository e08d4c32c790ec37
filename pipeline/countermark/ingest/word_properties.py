"""What a Word file says of itself: properties, custom XML, metadata labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.ingest.word_formats import OFF
from countermark.model import Label, Property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.ingest.word_package import Element

PROPERTIES = frozenset(("core-properties", "extended-properties", "extendedProperties"))
CUSTOM_PROPERTIES = frozenset(("custom-properties", "customProperties"))
LABEL_INFO = frozenset(("classificationlabels",))
"""Kinds of relationships; strict files spell some of them differently."""
SCHEMA = "{http://www.w3.org/2001/XMLSchema}schema"


def plain_properties(root: Element, part: str) -> Iterator[Property]:
    """Core and application properties by their element's name."""
    for element in root:
        value = "".join(element.itertext()).strip()
        if value and not len(element):
            yield Property(name=_local(element), value=value, source=part)


def custom_properties(root: Element, part: str) -> Iterator[Property]:
    """Properties by the names that users gave them."""
    for element in root:
        value = "".join(element.itertext()).strip()
        yield Property(name=element.get("name", ""), value=value, source=part)


def custom_xml(root: Element, part: str) -> Iterator[Property]:
    """The texts that a custom XML part keeps, by the names of their elements; a schema holds none."""
    for element in root.iter("*"):
        if element.tag == SCHEMA:
            return
        value = (element.text or "").strip()
        if value:
            yield Property(name=_local(element), value=value, source=part)


def label_info(root: Element, part: str) -> Iterator[Label]:
    """The sensitivity labels that Office keeps apart from the properties, by their GUID ([MS-OFFCRYPTO]
    2.6.4.2): `siteId` is the organisation, `contentBits` says what was put on the pages."""
    for element in root.iter("{*}label"):
        bits = element.get("contentBits", "")
        yield Label(
            name="LabelInfo",
            text=element.get("id", "").strip("{}"),
            source=part,
            enabled=element.get("enabled", "1") not in OFF and element.get("removed", "0") in OFF,
            content_bits=int(bits) if bits.isdecimal() else 0,
            site=element.get("siteId", "").strip("{}") or None,
        )


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
