"""The package of a Word file: its parts, measured while they are inflated, and what they refer to.

Nothing here trusts a declared size, touches a path, opens a link or accepts a DTD. A relationship's
target is a key into the zip's own entries and nothing else. Names count as Word takes them: without regard
to case, with backslashes for slashes, with or without a leading slash, with percent signs for characters.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from lxml import etree

from countermark.readers.ooxml.compatibility import LeftOut, settle
from countermark.support.limits import XML_NESTING, XML_TEXT, LimitReached, Limits
from countermark.support.progress import heartbeat
from countermark.support.safe_xml import DoctypeError, XmlElement, xml_root

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

MIB = 1024 * 1024
CHUNK = MIB // 4
RATIO_FROM = MIB
"""Bytes from which an entry's ratio counts: a few kilobytes of repeated XML are no bomb."""
CONTENT_TYPES_AT_MOST = MIB

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

ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
"""What `zipfile` raises for a broken, truncated or password-protected archive or entry."""

HEAD = 1024
"""Bytes of a part within which its root element begins."""
TEXT_ROOT = re.compile(
    rb"<(?:[\w.-]+:)?(?:document|glossaryDocument|hdr|ftr|footnotes|endnotes|comments)[\s/>]"
)
UTF_16 = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""The first bytes of XML in UTF-16, with a byte order mark or without one."""
DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


class PartError(Exception):
    """A part is missing, damaged, not XML (`word-part`) or has a DTD (`word-dtd`)."""

    def __init__(self, part: str, reason: str = "word-part") -> None:
        super().__init__(part, reason)
        self.part = part
        self.reason = reason


class Relationship(NamedTuple):
    """A link between parts: `kind` is the last step of its type (`header`, `footnotes`, ...),
    `target` a part name, None where the link leaves the package; then `address` says where to."""

    kind: str
    target: str | None
    address: str = ""


class Package:
    """The parts of a zip. Names have no leading slash and compare without regard to case.

    Inflates every entry once, in chunks, and keeps those that are XML by their name, in UTF-8; `broken`
    names the entries that could not be inflated, `repeated` those whose name occurs more than once: the
    last of them is the part, the others have a number after their names. `left_out` is what Word does not
    show of the parts that were parsed. Raises LimitReached, and one of ZIP_ERRORS where the data is no zip.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._archive = ZipFile(BytesIO(data))
        self._limits = limits
        entries = [entry for entry in self._archive.infolist() if not entry.filename.endswith(("/", "\\"))]
        if len(entries) > limits.parts:
            raise LimitReached("parts", limits.parts, str(len(entries)))
        self._entries: dict[str, ZipInfo] = {}
        self._names: dict[str, str] = {}
        self._xml: dict[str, bytes] = {}
        self.broken: list[str] = []
        self.repeated: list[str] = []
        self.left_out: dict[str, LeftOut] = {}
        total = 0
        for entry in entries:
            name = part_name(entry.filename)
            key = name.casefold()
            if key in self._entries:
                self.repeated.append(name)
                self._set_aside(key)
            self._entries[key], self._names[key] = entry, name
            total += self._measure(entry, key, total, limits)

    def _set_aside(self, key: str) -> None:
        """Gives the part of that name another one: a second of its name follows."""
        other = f"{key} ({len(self.repeated)})"
        self._entries[other] = self._entries.pop(key)
        self._names[other] = other
        del self._names[key]
        if key in self._xml:
            self._xml[other] = self._xml.pop(key)

    def _measure(self, entry: ZipInfo, key: str, before: int, limits: Limits) -> int:
        """The inflated size of `entry` in bytes; `before` is that of the entries before it."""
        kept: list[bytes] | None = [] if key.endswith((".xml", ".rels")) else None
        size = 0
        try:
            for chunk in _inflate(self._archive, entry):
                size += len(chunk)
                _check(size, entry.compress_size, before, limits)
                if kept is not None:
                    kept.append(chunk)
        except ZIP_ERRORS:
            self.broken.append(self._names[key])
            return size
        if kept is not None:
            self._xml[key] = _in_utf_8(b"".join(kept))
        return size

    @property
    def names(self) -> tuple[str, ...]:
        """The part names, in the order of the zip."""
        return tuple(self._names.values())

    @property
    def text_parts(self) -> list[str]:
        """The names of the parts that have Word text, by the names of their root elements."""
        return [name for name in self.names if TEXT_ROOT.search(self._xml.get(name.casefold(), b"")[:HEAD])]

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._entries

    def blob(self, part: str) -> bytes:
        """The bytes of `part`. Raises PartError."""
        key = part.casefold()
        if key in self._xml:
            return self._xml[key]
        if key not in self._entries or self._names[key] in self.broken:
            raise PartError(part)
        return b"".join(_inflate(self._archive, self._entries[key]))

    def xml(self, part: str) -> XmlElement:
        """The root element of `part`, a strict part's namespaces turned into the transitional ones, and of
        its alternatives the ones that Word shows.

        Raises PartError.
        """
        data = self.blob(part)
        if b"purl.oclc.org/ooxml/" in data:
            data = STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        root = _parse(data, part, self._limits)
        left_out = settle(root, data)
        if left_out != LeftOut():
            self.left_out[part] = left_out
        return root

    def relationships(self, source: str = "") -> dict[str, Relationship]:
        """The relationships of the part `source`, or of the package, by their id.

        Empty where there are none. Raises PartError where they can't be read.
        """
        uri = PackURI(f"/{source}") if source else PACKAGE_URI
        part = uri.rels_uri.membername
        if part not in self:
            return {}
        root = _parse(self.blob(part), part, self._limits)
        return {rel.get("Id", ""): _relationship(rel, uri.baseURI) for rel in root.iter("{*}Relationship")}


def word_media_type(data: bytes) -> str | None:
    """The media type of a Word package, None where the zip is of another kind.

    Raises one of ZIP_ERRORS where the data is no zip that can be read.
    """
    part = CONTENT_TYPES_URI.membername.casefold()
    with ZipFile(BytesIO(data)) as archive:
        named = (entry for entry in archive.infolist() if part_name(entry.filename).casefold() == part)
        entry = next(named, None)
        if entry is None:
            return None
        content = next(_inflate(archive, entry, CONTENT_TYPES_AT_MOST), b"")
    try:
        root = xml_root(_in_utf_8(content))
    except (DoctypeError, etree.XMLSyntaxError):
        return None
    types = (element.get("ContentType", "").strip().casefold() for element in root)
    return next((_BY_CONTENT_TYPE[name] for name in types if name in _BY_CONTENT_TYPE), None)


def part_name(written: str) -> str:
    """The name of a part as it is compared, but for its case."""
    return posixpath.normpath("/" + unquote(written.replace("\\", "/"))).lstrip("/")


def rels_source(rels_part: str) -> str:
    """The part whose relationships `rels_part` holds: `word/_rels/a.xml.rels` -> `word/a.xml`."""
    folder, _, name = rels_part.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def targets(links: Mapping[str, Relationship], kinds: Container[str]) -> list[tuple[str, str]]:
    """Kind and part name of the relationships of these kinds that stay inside the package."""
    return [(link.kind, link.target) for link in links.values() if link.kind in kinds and link.target]


def _relationship(element: XmlElement, base: str) -> Relationship:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if not target or element.get("TargetMode") == "External":
        return Relationship(kind, None, target)
    return Relationship(kind, part_name(posixpath.join(base, target.replace("\\", "/"))))


def _in_utf_8(data: bytes) -> bytes:
    """XML in UTF-8, whatever it is in; as it is where that can't be told."""
    encoding = next((name for start, name in UTF_16 if data.startswith(start)), None)
    if encoding is None:
        return data
    try:
        return DECLARATION.sub("", data.decode(encoding)).encode()
    except UnicodeError:
        return data


def _inflate(archive: ZipFile, entry: ZipInfo, size: int = CHUNK) -> Any:
    """The content of `entry` in chunks of at most `size` bytes.

    Only the two methods that packages use: `zipfile` can't bound what the others give at once.
    """
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile("compression method")
    with archive.open(entry) as stream:
        while chunk := stream.read(size):
            yield chunk


def _check(size: int, packed: int, before: int, limits: Limits) -> None:
    """Raises LimitReached where `size` bytes of an entry, `packed` in the zip, are too many."""
    if before + size > limits.expanded_mb * MIB:
        raise LimitReached("expanded_mb", limits.expanded_mb, str((before + size) // MIB + 1))
    if size > RATIO_FROM and size > limits.ratio * max(packed, 1):
        raise LimitReached("ratio", limits.ratio, str(size // max(packed, 1)))


def _parse(data: bytes, part: str, limits: Limits) -> XmlElement:
    """The root element of a part. Raises PartError, its cause LimitReached where the part is too much."""
    heartbeat()
    tags = data.count(b"<")
    if tags > limits.xml_tags:
        raise PartError(part) from LimitReached("xml_tags", limits.xml_tags, str(tags))
    try:
        return xml_root(data)
    except DoctypeError as error:
        raise PartError(part, "word-dtd") from error
    except etree.XMLSyntaxError as error:
        if "XML_PARSE_HUGE" not in str(error):
            raise PartError(part) from error
        limit = ("xml_nesting", XML_NESTING) if "depth" in str(error) else ("xml_text", XML_TEXT)
        raise PartError(part) from LimitReached(*limit, str(limit[1] + 1))
