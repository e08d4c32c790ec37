"""Large XML parts, read element by element so that no tree of the whole is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from countermark.model import Reason
from countermark.readers.zip_parts import CHUNK, PartError, syntax_cause
from countermark.support.limits import LimitReached
from countermark.support.progress import checkpoint
from countermark.support.safe_xml import DoctypeError, pull_parser, refuse_internal_dtd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from countermark.readers.ooxml.package import Package
    from countermark.support.safe_xml import XmlElement


def elements(package: Package, part: str, tags: Sequence[str]) -> Iterator[XmlElement]:
    """Return the elements of a part with these tags, each complete, in the order in which they end.

    An element is gone once the next one is asked for.

    Raises PartError where the part can't be read from there on, LimitReached where it has more tags than the
    limits allow or no time is left.
    """
    data = package.transitional(part)
    count, allowed = 0, package.limits.xml_tags
    try:
        parser = pull_parser(data, tags)
        for start in range(0, len(data), CHUNK):
            checkpoint()
            chunk = data[start : start + CHUNK]
            count += chunk.count(b"<")
            if count > allowed:
                raise LimitReached("xml_tags", allowed, str(data.count(b"<")))
            parser.feed(chunk)
            yield from _ended(parser)
        refuse_internal_dtd(parser.close())
        yield from _ended(parser)
    except DoctypeError as error:
        raise PartError(part, Reason.package_dtd) from error
    except etree.XMLSyntaxError as error:
        raise PartError(part) from syntax_cause(error)


def _ended(parser: etree.XMLPullParser) -> Iterator[XmlElement]:
    for _, element in parser.read_events():
        yield element
        element.clear()
        above = element.getparent()
        while above is not None and element.getprevious() is not None:
            del above[0]
