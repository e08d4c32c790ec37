"""The parts of a zip that is a document: measured while they are inflated, their XML parsed within limits.

Nothing here trusts a declared size, touches a path, opens a link or accepts a DTD. Names count as Word takes
them: without regard to case, with backslashes for slashes, with or without a leading slash, with percent
signs for characters.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from countermark.model import Reason
from countermark.support.library_messages import libxml2_limit
from countermark.support.limits import MIB, XML_NESTING, XML_TEXT, LimitReached, Limits
from countermark.support.progress import heartbeat
from countermark.support.safe_xml import DoctypeError, XmlElement, xml_root

CHUNK = MIB // 4
MOST_OF_A_TYPE = 256
RATIO_FROM = MIB
"""Bytes from which an entry's ratio counts: a few kilobytes of repeated XML are no bomb."""

ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
"""What `zipfile` raises for a broken, truncated or password-protected archive or entry."""

UTF_16 = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""The first bytes of XML in UTF-16, with a byte order mark or without one."""
DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


class PartError(Exception):
    """A part is missing, damaged, not XML (`package-part`) or has a DTD (`package-dtd`)."""

    def __init__(self, part: str, reason: Reason = Reason.package_part) -> None:
        super().__init__(part, reason)
        self.part = part
        self.reason = reason


class ZipParts:
    """The parts of a zip.

    Names have no leading slash and compare without regard to case.

    Inflates every entry once, in chunks, and keeps those that are XML by their name, in UTF-8; `broken`
    names the entries that could not be inflated, `repeated` those whose name occurs more than once: the
    last of them is the part, the others have a number after their names.

    Raises LimitReached, and one of ZIP_ERRORS where the data is no zip.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._archive = ZipFile(BytesIO(data))
        self.limits = limits
        entries = [entry for entry in self._archive.infolist() if not entry.filename.endswith(("/", "\\"))]
        if len(entries) > limits.parts:
            raise LimitReached("parts", limits.parts, str(len(entries)))
        self._entries: dict[str, ZipInfo] = {}
        self._names: dict[str, str] = {}
        self.kept: dict[str, bytes] = {}
        self.broken: list[str] = []
        self.repeated: list[str] = []
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
        """Give the part of that name another one: a second of its name follows."""
        other = f"{key} ({len(self.repeated)})"
        self._entries[other] = self._entries.pop(key)
        self._names[other] = other
        del self._names[key]
        if key in self.kept:
            self.kept[other] = self.kept.pop(key)

    def _measure(self, entry: ZipInfo, key: str, before: int, limits: Limits) -> int:
        """Return the inflated size of `entry` in bytes; `before` is that of the entries before it."""
        kept: list[bytes] | None = [] if key.endswith((".xml", ".rels")) else None
        size = 0
        try:
            for chunk in inflated(self._archive, entry):
                size += len(chunk)
                _check(size, entry.compress_size, before, limits)
                if kept is not None:
                    kept.append(chunk)
        except ZIP_ERRORS:
            self.broken.append(self._names[key])
            return size
        if kept is not None:
            self.kept[key] = in_utf_8(b"".join(kept))
        return size

    @property
    def names(self) -> tuple[str, ...]:
        """The part names, in the order of the zip."""
        return tuple(self._names.values())

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._entries

    def blob(self, part: str) -> bytes:
        """Return the bytes of `part`. Raises PartError."""
        key = part.casefold()
        if key in self.kept:
            return self.kept[key]
        if key not in self._entries or self._names[key] in self.broken:
            raise PartError(part)
        return b"".join(inflated(self._archive, self._entries[key]))


def stated_type(data: bytes) -> str:
    """Return what the entry `mimetype` of a zip says; nothing where it has none. Raises one of ZIP_ERRORS."""
    with ZipFile(BytesIO(data)) as archive:
        entry = next((entry for entry in archive.infolist() if entry.filename == "mimetype"), None)
        content = b"" if entry is None else next(inflated(archive, entry, MOST_OF_A_TYPE), b"")
    return content.decode("ascii", "replace").strip()


def part_name(written: str) -> str:
    """Return the name of a part as it is compared, but for its case."""
    return posixpath.normpath("/" + unquote(written.replace("\\", "/"))).lstrip("/")


def in_utf_8(data: bytes) -> bytes:
    """XML in UTF-8, whatever it is in; as it is where that can't be told."""
    encoding = next((name for start, name in UTF_16 if data.startswith(start)), None)
    if encoding is None:
        return data
    try:
        return DECLARATION.sub("", data.decode(encoding)).encode()
    except UnicodeError:
        return data


def inflated(archive: ZipFile, entry: ZipInfo, size: int = CHUNK) -> Any:
    """Return the content of `entry` in chunks of at most `size` bytes.

    Only the two methods that packages use: `zipfile` can't bound what the others give at once.
    """
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile("compression method")
    with archive.open(entry) as stream:
        while chunk := stream.read(size):
            yield chunk


def _check(size: int, packed: int, before: int, limits: Limits) -> None:
    """Raise LimitReached where `size` bytes of an entry, `packed` in the zip, are too many."""
    if before + size > limits.expanded_mb * MIB:
        raise LimitReached("expanded_mb", limits.expanded_mb, str((before + size) // MIB + 1))
    if size > RATIO_FROM and size > limits.ratio * max(packed, 1):
        raise LimitReached("ratio", limits.ratio, str(size // max(packed, 1)))


def parsed(data: bytes, part: str, limits: Limits) -> XmlElement:
    """Return the root element of a part.

    Raises PartError, its cause LimitReached where the part is too much.
    """
    heartbeat()
    tags = data.count(b"<")
    if tags > limits.xml_tags:
        raise PartError(part) from LimitReached("xml_tags", limits.xml_tags, str(tags))
    try:
        return xml_root(data)
    except DoctypeError as error:
        raise PartError(part, Reason.package_dtd) from error
    except etree.XMLSyntaxError as error:
        raise PartError(part) from syntax_cause(error)


def syntax_cause(error: etree.XMLSyntaxError) -> Exception:
    """Return why XML can't be parsed: a limit of the parser, else the error itself."""
    limit = libxml2_limit(error)
    if limit is None:
        cause: Exception = error
        return cause
    allowed = XML_NESTING if limit == "xml_nesting" else XML_TEXT
    return LimitReached(limit, allowed, str(allowed + 1))
