"""XML to Documents: what its elements and attributes say, in the order of the file.

Nobody sees such a file laid out: it is read as whoever opens it in an editor reads it. Document type
definitions and entities are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from countermark.model import ProblemKind, Reason, Unseen, Zone
from countermark.readers.labels import stanag_labels, stanag_properties
from countermark.readers.text.reader import zones_of
from countermark.support.library_messages import libxml2_limit
from countermark.support.limits import XML_NESTING, XML_TEXT, LimitReached
from countermark.support.progress import checkpoint
from countermark.support.safe_xml import DoctypeError, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.builder import DocumentBuilder
    from countermark.support.safe_xml import XmlElement

_SOURCE = "XML"
_STEPS_A_CHECKPOINT = 10_000


def read_xml(data: bytes, document: DocumentBuilder) -> None:
    """Read an XML file. What is not well formed is read as far as it goes, and is a Problem."""
    tags = data.count(b"<")
    if tags > document.limits.xml_tags:
        raise LimitReached("xml_tags", document.limits.xml_tags, str(tags))
    try:
        root = xml_root(data, keep_comments=True)
    except DoctypeError:
        document.add_problem(ProblemKind.unreadable, Reason.xml_dtd)
        return
    except etree.XMLSyntaxError as error:
        root = _damaged(data, error, document)
    if root is None:
        return
    lines = list(_lines(root))
    seen = [text for text, zone in lines if zone is Zone.body]
    zones = iter(zones_of(seen))
    page = document.add_page()
    for text, zone in lines:
        if zone is Zone.body:
            page.add_line(text, next(zones))
        else:
            page.add_line(text, zone, unseen=Unseen.hidden)
    document.properties += stanag_properties(root, _SOURCE)
    document.add_labels(stanag_labels(root, _SOURCE))


def _damaged(data: bytes, error: etree.XMLSyntaxError, document: DocumentBuilder) -> XmlElement | None:
    """Say what is wrong with a file, and return the root element of what is well formed in it."""
    limit = libxml2_limit(error)
    if limit:
        allowed = XML_NESTING if limit == "xml_nesting" else XML_TEXT
        raise LimitReached(limit, allowed, str(allowed + 1)) from error
    document.add_problem(ProblemKind.part_unreadable, Reason.xml_broken)
    return xml_root(data, recover=True)


def _lines(root: XmlElement) -> Iterator[tuple[str, Zone]]:
    """Yield the lines of all texts, attributes and comments, in the order of the file."""
    for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end", "comment")), 1):
        if not number % _STEPS_A_CHECKPOINT:
            checkpoint()
        if event == "start":
            yield from ((value, Zone.body) for value in element.attrib.values())
        if event != "end":
            zone = Zone.comment if event == "comment" else Zone.body
            yield from ((line, zone) for line in (element.text or "").splitlines() if line.strip())
        if event != "start":
            yield from ((line, Zone.body) for line in (element.tail or "").splitlines() if line.strip())
