"""What a Word file says of itself: properties, custom XML, metadata labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from countermark.model import Label, Property
from countermark.readers.labels import CONFIDENTIALITY, stanag_labels, stanag_properties
from countermark.readers.ooxml.package import targets
from countermark.readers.ooxml.values import OFF, whole_number
from countermark.support.safe_xml import local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from countermark.readers.ooxml.package import Relationship
    from countermark.support.safe_xml import XmlElement

    Relationships = Mapping[str, Relationship]
    Read = Callable[[str], XmlElement | None]

T = TypeVar("T")

PROPERTIES = frozenset(("core-properties", "extended-properties", "extendedProperties"))
CUSTOM_PROPERTIES = frozenset(("custom-properties", "customProperties"))
LABEL_INFO = frozenset(("classificationlabels",))
"""Kinds of relationships; strict files spell some of them differently."""
SISL = "{http://www.boldonjames.com/2008/01/sie/internal/label}"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}schema"


def all_properties(
    root: Relationships, custom_xml: Mapping[str, XmlElement], read: Read
) -> Iterator[Property]:
    """Yield all properties of a package.

    `root` are its relationships, `custom_xml` the root elements of its parts with custom XML, `read`
    gives the root element of another part, None where it can't be read.
    """
    yield from _of_parts(plain_properties, root, PROPERTIES, read)
    yield from _of_parts(custom_properties, root, CUSTOM_PROPERTIES, read)
    for part, element in custom_xml.items():
        yield from kept_texts(element, part)


def labels_in_parts(root: Relationships, custom_xml: Mapping[str, XmlElement], read: Read) -> Iterator[Label]:
    """Yield the labels that parts of their own hold.

    Office's; those of STANAG 4774 and Boldon James in custom XML.
    """
    yield from _of_parts(label_info, root, LABEL_INFO, read)
    for part, element in custom_xml.items():
        yield from stanag_labels(element, part)
        yield from boldon_james_label(element, part)


def _of_parts(
    tell: Callable[[XmlElement, str], Iterator[T]], root: Relationships, kinds: Container[str], read: Read
) -> Iterator[T]:
    for _, part in targets(root, kinds):
        element = read(part)
        if element is not None:
            yield from tell(element, part)


def plain_properties(root: XmlElement, part: str) -> Iterator[Property]:
    """Core and application properties by their element's name."""
    for element in root:
        value = "".join(element.itertext()).strip()
        if value and not len(element):
            yield Property(name=local_name(element), value=value, source=part)


def custom_properties(root: XmlElement, part: str) -> Iterator[Property]:
    """Properties by the names that users gave them."""
    for element in root:
        value = "".join(element.itertext()).strip()
        yield Property(name=element.get("name", ""), value=value, source=part)


def kept_texts(root: XmlElement, part: str) -> Iterator[Property]:
    """Yield the texts that a custom XML part keeps, by the names of their elements; a schema holds none.

    A label of STANAG 4774 is told as such, since its `Classification` says nothing without its policy.
    """
    yield from stanag_properties(root, part)
    for element in root.iter("*"):
        if element.tag == SCHEMA:
            return
        value = (element.text or "").strip()
        if value and next(element.iterancestors(CONFIDENTIALITY), None) is None:
            yield Property(name=local_name(element), value=value, source=part)


def label_info(root: XmlElement, part: str) -> Iterator[Label]:
    """Yield the sensitivity labels that Office keeps apart from the properties, by their GUID ([MS-OFFCRYPTO]
    2.6.4.2): `siteId` is the organisation, `contentBits` says what was put on the pages.
    """
    for element in root.iter("{*}label"):
        yield Label(
            name="LabelInfo",
            text=element.get("id", "").strip("{}"),
            source=part,
            enabled=element.get("enabled", "1") not in OFF and element.get("removed", "0") in OFF,
            content_bits=whole_number(element.get("contentBits")) or 0,
            site=element.get("siteId", "").strip("{}") or None,
            tool="sensitivity",
        )


def boldon_james_label(root: XmlElement, part: str) -> Iterator[Label]:
    """Yield the label that Boldon James keeps as a custom XML part, by the identifiers of its elements."""
    identifiers = [uid for element in root.iter(f"{SISL}element") if (uid := element.get("uid"))]
    if root.tag == f"{SISL}sisl" and identifiers:
        text = " ".join(identifiers)
        yield Label(name="bjDocumentLabelXML", text=text, source=part, tool="boldon-james")
