"""Read a ZIP archive (APPNOTE.TXT 6.3): its files are documents of their own."""

from __future__ import annotations

import re
import stat
import struct
import zlib
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from countermark.model import ProblemKind, Reason, Zone
from countermark.readers.archive.inflating import INFLATING_ERRORS, bunzipped, unlzma
from countermark.readers.archive.locked_zip import LockedError, unlocked
from countermark.readers.archive.members import members_of
from countermark.readers.charsets import decode
from countermark.readers.kinds import parts_of_kinds
from countermark.readers.signatures import ZIP_VOLUMES, is_zip
from countermark.readers.unnamed_charset import likely_encoding
from countermark.readers.zip_parts import ZIP_ERRORS, inflated
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.archive.members import Members
    from countermark.readers.builder import DocumentBuilder

ENCRYPTED, IN_UTF_8 = 0x1, 0x800
_UNICODE_NAME = 0x7075
_END = struct.Struct("<4s4H2LH")
_PARTS_OF_A_PACKAGE = frozenset(("[content_types].xml", "mimetype", "index/document.iwa", "index.zip"))
_VOLUME = re.compile(r"(?i)\.(z\d\d|zip\.\d{3}|\d{3})$")
_ENTRY, _LOCAL, _DIRECTORY_END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
_ENTRY_NAME, _LOCAL_NAME = (8, 28, 46), (6, 26, 30)
"""Where an entry's heads (4.3.12, 4.3.7) have their flags, the length of the name, and the name."""
_LOCAL_SIZE = 30
_FOLDER = 0x10
"""What marks a folder among the attributes of MS-DOS."""
_IN_ZIP64 = 0xFFFF
"""What the end of the directory says where the number is in ZIP64 fields."""
_MOST_LOOKED_AT = 10_000


def is_archive(data: bytes) -> bool:
    """Return whether a ZIP file is one that a person packed, not a document that is kept as one.

    Also where it is too damaged, or too large, to say.
    """
    if data.startswith(ZIP_VOLUMES) or _entries_listed(data) > _MOST_LOOKED_AT:
        return True
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {entry.filename.casefold() for entry in archive.infolist()}
    except ZIP_ERRORS:
        return is_zip(data)
    return not (names & _PARTS_OF_A_PACKAGE or any(name.startswith(parts_of_kinds()) for name in names))


def read_zip(data: bytes, document: DocumentBuilder) -> None:
    """Read a ZIP archive as a Reader does."""
    if (listed := _entries_listed(data)) > (most := document.limits.parts):
        raise LimitReached("parts", most, str(listed))
    try:
        data, archive = _opened(data)
    except ZIP_ERRORS:
        is_volume = data.startswith(ZIP_VOLUMES) or _VOLUME.search(document.name)
        document.add_problem(
            ProblemKind.unreadable, Reason.archive_spanned if is_volume else Reason.archive_broken
        )
        return
    end = _directory_end(data)
    if end and 0 < end.disk < _IN_ZIP64:
        archive.close()
        document.add_problem(ProblemKind.unreadable, Reason.archive_spanned)
        return
    with archive, members_of(document) as members:
        document.add_line(decode(archive.comment).text, Zone.comment, part="ZIP")
        entries = archive.infolist()
        in_no_utf_8 = (_written(entry) for entry in entries if not entry.flag_bits & IN_UTF_8)
        encoding = likely_encoding(in_no_utf_8, "cp437")
        overlapping = _overlapping(entries)
        reading = _Reading(data, archive, members, document)
        for entry in entries:
            reading.read(entry, _name(entry, encoding), is_overlapping=entry.header_offset in overlapping)
        is_miscounted = end and end.entries not in (len(entries), _IN_ZIP64)
        is_framed = end and _has_frame(data, entries, end)
        if is_miscounted or is_framed or _has_unlisted(data, entries, archive.start_dir):
            document.add_problem(ProblemKind.part_unreadable, Reason.archive_rest)


def _opened(data: bytes) -> tuple[bytes, ZipFile]:
    """Return the archive, and its bytes, with names of which those that say so are in UTF-8.

    Raises one of ZIP_ERRORS.
    """
    try:
        return data, ZipFile(BytesIO(data))
    except UnicodeDecodeError:
        data = _truthful(data)
        return data, ZipFile(BytesIO(data))


def _truthful(data: bytes) -> bytes:
    """Return the archive without the flag of UTF-8 on names that are in another charset."""
    end = _directory_end(data)
    if end is None:
        return data
    corrected = bytearray(data)
    start = end.place - end.size
    for found in re.finditer(re.escape(_ENTRY), data[max(start, 0) : end.place]):
        entry = max(start, 0) + found.start()
        local = int.from_bytes(data[entry + 42 : entry + 46], "little") + start - end.offset
        for place, (flags, length, name) in ((entry, _ENTRY_NAME), (local, _LOCAL_NAME)):
            size = int.from_bytes(data[place + length : place + length + 2], "little")
            if 0 <= place < end.place and not _is_utf_8(data[place + name : place + name + size]):
                corrected[place + flags + 1] &= ~(IN_UTF_8 >> 8)
    return bytes(corrected)


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


class _DirectoryEnd(NamedTuple):
    """What the end of the directory says (4.3.16).

    The number of its disk and of its entries, its size, where it begins, the size of the comment.
    """

    place: int
    disk: int
    entries: int
    size: int
    offset: int
    comment: int


def _directory_end(data: bytes) -> _DirectoryEnd | None:
    """Return the end of the directory; None where it is lost or cut."""
    place = data.rfind(_DIRECTORY_END)
    if place < 0 or len(data) - place < _END.size:
        return None
    _, disk, _, _, entries, size, offset, comment = _END.unpack_from(data, place)
    return _DirectoryEnd(place, disk, entries, size, offset, comment)


def _has_frame(data: bytes, entries: list[ZipInfo], end: _DirectoryEnd) -> bool:
    """Return whether something is before the first entry or after the archive's end, other than zeros."""
    first = min((entry.header_offset for entry in entries), default=0)
    after = end.place + _END.size + end.comment
    return bool(data[after:].strip(b"\0") or (entries and data[:first].strip(b"\0")))


def _entries_listed(data: bytes) -> int:
    """Return how many entries the directory lists, which `zipfile` reads at once, whatever its end says."""
    end = _directory_end(data)
    return data.count(_ENTRY, max(0, end.place - end.size), end.place) if end else 0


def _written(entry: ZipInfo) -> bytes:
    """Return the bytes of a name, which `zipfile` reads as UTF-8 or as code page 437."""
    encoding = "utf-8" if entry.flag_bits & IN_UTF_8 else "cp437"
    return entry.orig_filename.encode(encoding, "replace")


def _name(entry: ZipInfo, encoding: str) -> str:
    """Return the name of an entry.

    From its Unicode field (4.6.9), in UTF-8, else in the archive's encoding.
    """
    written = _written(entry)
    extra, place = entry.extra, 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + size]
        if kind == _UNICODE_NAME and size > 5 and field[:5] == struct.pack("<BL", 1, zlib.crc32(written)):
            return field[5:].decode("utf-8", "replace")
        place += 4 + size
    in_utf_8 = entry.flag_bits & IN_UTF_8
    return written.partition(b"\0")[0].decode("utf-8" if in_utf_8 else encoding, "replace")


def _overlapping(entries: list[ZipInfo]) -> set[int]:
    """Return the places of entries whose data reach into the next one's.

    One stretch of data that is many files.
    """
    spans = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    return {
        start for (start, end), (following, _) in pairwise(spans) if end > following or start == following
    }


def _has_unlisted(data: bytes, entries: list[ZipInfo], directory: int) -> bool:
    """Return whether a file lies between those that the directory lists, or between them and it."""
    listed = {entry.header_offset for entry in entries}
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        found = data.find(_LOCAL, end, entry.header_offset)
        if found >= 0 and found not in listed:
            return True
        end = max(end, entry.header_offset + _LOCAL_SIZE + entry.compress_size)
    return data.find(_LOCAL, end, directory) >= 0


class _Reading:
    """The entries of one archive while they are read."""

    def __init__(self, data: bytes, archive: ZipFile, members: Members, document: DocumentBuilder) -> None:
        self._data, self._archive, self._members, self._document = data, archive, members, document

    def read(self, entry: ZipInfo, written: str, *, is_overlapping: bool) -> None:
        """Read one entry; what can't be is a Problem."""
        is_folder = written.endswith(("/", "\\")) or entry.external_attr & _FOLDER
        if is_folder and not entry.file_size:
            return
        self._members.count()
        name = self._members.name(written)
        if not self._members.takes_more:
            self._members.left_out(name)
        elif stat.S_ISLNK(entry.external_attr >> 16):
            self._members.add_unread(name, Reason.archive_link)
        elif is_overlapping:
            self._members.add_unread(name, Reason.archive_overlap)
        else:
            try:
                self._read_content(entry, name)
            except LimitReached as limit:
                self._members.add_stopped(name, limit)
            except NotImplementedError:
                self._members.add_unread(name, Reason.archive_method)
            except (*ZIP_ERRORS, *INFLATING_ERRORS):
                self._members.add_unread(name)

    def _read_content(self, entry: ZipInfo, name: str) -> None:
        if not entry.flag_bits & ENCRYPTED:
            content = self._members.measured(self._chunks(entry), entry.compress_size)
            self._members.read(name, content)
            return
        try:
            content = unlocked(self._data, entry, self._document.passwords, self._members.measured)
            self._members.read(name, content)
        except ModuleNotFoundError:
            self._members.add_missing_extra(name)
        except LockedError as locked:
            self._members.add_encrypted(name, locked.reason)

    def _chunks(self, entry: ZipInfo) -> Iterator[bytes]:
        """Yield the content of an entry, inflated here where `zipfile` does so without a bound."""
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
            raise NotImplementedError
        if entry.compress_type not in (ZIP_BZIP2, ZIP_LZMA):
            yield from inflated(self._archive, entry)
            return
        packed = self._packed(entry)
        crc = 0
        for chunk in bunzipped(packed) if entry.compress_type == ZIP_BZIP2 else unlzma(packed):
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if crc != entry.CRC:
            raise BadZipFile("crc")

    def _packed(self, entry: ZipInfo) -> bytes:
        """Return the packed bytes of an entry, after its local header."""
        start = entry.header_offset
        header = self._data[start : start + _LOCAL_SIZE]
        if len(header) < _LOCAL_SIZE or not header.startswith(_LOCAL):
            raise BadZipFile("header")
        name, extra = struct.unpack_from("<HH", header, 26)
        start += _LOCAL_SIZE + name + extra
        return self._data[start : start + entry.compress_size]
