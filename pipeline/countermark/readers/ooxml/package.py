"""The package of an Office file: its parts, and what they refer to.

A relationship's target is a key into the zip's own entries and nothing else.
"""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from lxml import etree

from countermark.readers.ooxml.compatibility import LeftOut, settle
from countermark.readers.ooxml.namespaces import UNDERSTOOD
from countermark.readers.zip_parts import ZipParts, in_utf_8, inflated, parsed, part_name
from countermark.support.limits import MIB
from countermark.support.safe_xml import DoctypeError, XmlElement, xml_root

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from countermark.support.limits import Limits

CONTENT_TYPES_AT_MOST = MIB
_CONTENT_TYPES_PART = "[content_types].xml"

MEDIA_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
    ),
    "application/vnd.ms-word.document.macroEnabled.main+xml": (
        "application/vnd.ms-word.document.macroEnabled.12"
    ),
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": (
        "application/vnd.ms-word.template.macroEnabled.12"
    ),
}
"""The content type of a Word main part -> the media type of the file."""
_BY_CONTENT_TYPE = {name.casefold(): media_type for name, media_type in MEDIA_TYPES.items()}

HEAD = 1024
"""Bytes of a part within which its root element begins."""
TEXT_ROOT = re.compile(
    rb"<(?:[\w.-]+:)?(?:document|glossaryDocument|hdr|ftr|footnotes|endnotes|comments)[\s/>]"
)
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


class Relationship(NamedTuple):
    """A link between parts.

    `kind` is the last step of its type (`header`, `footnotes`, ...), `target` a part name, None where the
    link leaves the package; then `address` says where to.
    """

    kind: str
    target: str | None
    address: str = ""


class Package(ZipParts):
    """The parts of an Office file, whose program understands these namespaces.

    `left_out` is what it does not show of the parts that were parsed.
    """

    def __init__(self, data: bytes, limits: Limits, understood: frozenset[str] = UNDERSTOOD) -> None:
        super().__init__(data, limits)
        self._understood = understood
        self.left_out: dict[str, LeftOut] = {}

    @property
    def text_parts(self) -> list[str]:
        """The names of the parts that have Word text, by the names of their root elements."""
        return [name for name in self.names if TEXT_ROOT.search(self.kept.get(name.casefold(), b"")[:HEAD])]

    def xml(self, part: str) -> XmlElement:
        """Return the root element of `part`, a strict part's namespaces turned into the transitional ones,
        and of its alternatives the ones that Word shows.

        Raises PartError.
        """
        data = self.transitional(part)
        root = parsed(data, part, self.limits)
        left_out = settle(root, data, self._understood)
        if left_out != LeftOut():
            self.left_out[part] = left_out
        return root

    def transitional(self, part: str) -> bytes:
        """Return the XML of a part, a strict one's namespaces turned into the transitional ones.

        Raises PartError.
        """
        data = self.blob(part)
        if b"purl.oclc.org/ooxml/" in data:
            return STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        return data

    def relationships(self, source: str = "") -> dict[str, Relationship]:
        """Return the relationships of the part `source`, or of the package, by their id.

        Empty where there are none. Raises PartError where they can't be read.
        """
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if part not in self:
            return {}
        root = parsed(self.blob(part), part, self.limits)
        return {rel.get("Id", ""): _relationship(rel, f"/{folder}") for rel in root.iter("{*}Relationship")}


def content_types(data: bytes) -> frozenset[str]:
    """Return the content types that a package gives its parts, in lower case; none of another zip.

    Raises one of ZIP_ERRORS where the data is no zip that can be read.
    """
    return frozenset(_content_types(data))


def word_media_type(data: bytes) -> str | None:
    """Return the media type of a Word package, None where the zip is of another kind.

    Raises as `content_types`.
    """
    return next((_BY_CONTENT_TYPE[name] for name in _content_types(data) if name in _BY_CONTENT_TYPE), None)


def _content_types(data: bytes) -> list[str]:
    with ZipFile(BytesIO(data)) as archive:
        named = (
            entry
            for entry in archive.infolist()
            if part_name(entry.filename).casefold() == _CONTENT_TYPES_PART
        )
        entry = next(named, None)
        if entry is None:
            return []
        content = next(inflated(archive, entry, CONTENT_TYPES_AT_MOST), b"")
    try:
        root = xml_root(in_utf_8(content))
    except (DoctypeError, etree.XMLSyntaxError):
        return []
    return [element.get("ContentType", "").strip().casefold() for element in root]


def rels_source(rels_part: str) -> str:
    """Return the part whose relationships `rels_part` holds: `word/_rels/a.xml.rels` -> `word/a.xml`."""
    folder, _, name = rels_part.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])


def targets(links: Mapping[str, Relationship], kinds: Container[str]) -> list[tuple[str, str]]:
    """Kind and part name of the relationships of these kinds that stay inside the package."""
    return [(link.kind, link.target) for link in links.values() if link.kind in kinds and link.target]


def _relationship(element: XmlElement, base: str) -> Relationship:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if not target or element.get("TargetMode") == "External":
        return Relationship(kind, None, target)
    return Relationship(kind, part_name(posixpath.join(base, target.replace("\\", "/"))))
