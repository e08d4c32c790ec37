"""Read a 7z archive: its files are documents of their own."""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from countermark.model import ProblemKind, Reason
from countermark.readers.archive.members import members_of
from countermark.support.limits import MIB, LimitReached
from countermark.support.passwords import granted
from countermark.support.progress import heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from countermark.readers.archive.members import Members
    from countermark.readers.builder import DocumentBuilder
    from countermark.support.limits import Limits
    from countermark.support.passwords import Passwords

_VOLUME = re.compile(r"\.\d{3}$")
_LZMA, _LZMA2, _PPMD = b"\x03\x01\x01", b"\x21", b"\x03\x04\x01"
_MEMORY_SHARE = 2
_LARGEST_TRIED = 64 * MIB
"""Bytes of a file up to which a password is tried on it."""


def read_seven_zip(data: bytes, document: DocumentBuilder) -> None:
    """Read a 7z archive as a Reader does."""
    archive = _opened(data, document)
    if archive is None:
        return
    with archive, members_of(document) as members:
        reading = _Reading(data, members, document)
        streams = getattr(archive.header, "main_streams", None)
        for index in range(len(streams.unpackinfo.folders) if streams else 0):
            reading.read_folder(archive, index)
        for entry in archive.files:
            if entry.emptystream and not entry.is_directory:
                reading.read_entry(entry, bytes)


def _opened(data: bytes, document: DocumentBuilder) -> Any:
    """Return the archive; None where it can't be opened, which is a Problem.

    Its names may be encrypted too.
    """
    from py7zr import SevenZipFile
    from py7zr.exceptions import PasswordRequired

    try:
        return SevenZipFile(BytesIO(data))
    except PasswordRequired:
        for password in granted(document.passwords):
            try:
                return SevenZipFile(BytesIO(data), password=password)
            except Exception:  # noqa: S112  (whatever a wrong key makes of the names)
                continue
        document.add_problem(ProblemKind.encrypted, _locked(document.passwords))
    except Exception:  # the parser raises whatever damage makes of its types
        is_volume = _VOLUME.search(document.name)
        document.add_problem(
            ProblemKind.unreadable, Reason.archive_spanned if is_volume else Reason.archive_broken
        )
    return None


def _locked(passwords: Passwords) -> Reason:
    return Reason.no_password_fits if passwords else Reason.encrypted


class _Reading:
    """The folders of one archive while they are read: files that are packed as one stream."""

    def __init__(self, data: bytes, members: Members, document: DocumentBuilder) -> None:
        self._data, self._members, self._document = data, members, document
        self._password: str | None = None

    def read_folder(self, archive: Any, index: int) -> None:
        """Read the files of a folder."""
        from py7zr.compressor import SupportedMethods

        folder = archive.header.main_streams.unpackinfo.folders[index]
        _check_memory(folder.coders, self._document.limits)
        if not SupportedMethods.needs_password(folder.coders):
            self._read_stream(archive, index)
            return
        unlocked = self._unlocked(index)
        if unlocked:
            self._read_stream(unlocked, index)
            return
        for entry in folder.files:
            self._members.count()
            self._members.add_encrypted(self._members.name(entry.filename), _locked(self._document.passwords))

    def _unlocked(self, index: int) -> Any:
        """Return the archive opened with the first password by which the folder's first file is whole."""
        from py7zr import SevenZipFile

        passwords = self._document.passwords
        found = (self._password,) if self._password else ()
        for password in granted((*found, *passwords)):
            try:
                archive = SevenZipFile(BytesIO(self._data), password=password)
                stream = _Stream(archive, index)
                entry = stream.entries[0]
                if entry.uncompressed <= _LARGEST_TRIED and entry.crc32 in (None, stream.read(entry, [])):
                    self._password = password
                    return SevenZipFile(BytesIO(self._data), password=password)
            except LimitReached:
                raise
            except Exception:  # noqa: S112  (whatever a wrong key makes of the content)
                continue
        return None

    def _read_stream(self, archive: Any, index: int) -> None:
        stream = _Stream(archive, index)
        for entry in stream.entries:
            self.read_entry(entry, partial(self._content, stream, entry))

    def _content(self, stream: _Stream, entry: Any) -> bytes:
        """Return the content of a file.

        It is never longer than the archive says. Raises LimitReached, and ValueError where it is
        damaged.
        """
        if stream.is_lost:
            raise ValueError("place")
        try:
            self._members.add_bytes(entry.uncompressed, entry.uncompressed, stream.packed)
        except LimitReached:
            stream.is_lost = True
            raise
        pieces: list[bytes] = []
        crc = stream.read(entry, pieces)
        if entry.crc32 is not None and crc != entry.crc32:
            raise ValueError("crc")
        return b"".join(pieces)

    def read_entry(self, entry: Any, content: Callable[[], bytes]) -> None:
        """Read one file; what can't be read is a Problem."""
        self._members.count()
        name = self._members.name(entry.filename)
        if not self._members.takes_more:
            self._members.left_out(name)
            return
        try:
            data = content()
        except LimitReached as limit:
            self._members.add_stopped(name, limit)
        except MemoryError:
            raise
        except Exception:  # the parser raises whatever damage makes of its types
            self._members.add_unread(name)
        else:
            if entry.is_symlink or entry.is_junction:
                self._members.add_unread(name, Reason.archive_link)
            else:
                self._members.read(name, data)


class _Stream:
    """The packed stream of a folder, from which its files are read one after the other.

    `is_lost` where one was left out: those after it can't be reached.
    """

    def __init__(self, archive: Any, index: int) -> None:
        streams = archive.header.main_streams
        positions = streams.packinfo.packpositions
        start = archive.worker.src_start + positions[index]
        self._end = archive.worker.src_start + positions[index + 1]
        self._archive = archive
        self.is_lost = False
        self.packed = self._end - start
        self.entries = list(streams.unpackinfo.folders[index].files or ())
        archive.fp.seek(start)

    def read(self, entry: Any, pieces: list[bytes]) -> int:
        """Add the content of the next file to `pieces`; return its CRC-32."""
        heartbeat()
        sink = _Sink(pieces)
        worker = self._archive.worker
        crc: int = worker.decompress(
            self._archive.fp, entry.folder, sink, entry.uncompressed, entry.compressed, self._end
        )
        return crc


class _Sink:
    """Takes what is inflated."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def write(self, data: bytes) -> int:
        """Keep a piece."""
        heartbeat()
        self._pieces.append(bytes(data))
        return len(data)


def _check_memory(coders: Iterable[Mapping[str, Any]], limits: Limits) -> None:
    """Raise LimitReached where inflating would take too much memory, by what its methods ask for."""
    most = limits.memory_mb * MIB // _MEMORY_SHARE
    for coder in coders:
        asked = _memory(bytes(coder["method"]), bytes(coder.get("properties") or b""))
        if asked > most:
            raise LimitReached("memory_mb", limits.memory_mb, str(asked // MIB))


def _memory(method: bytes, properties: bytes) -> int:
    """Return the bytes of memory that a method asks for; 0 where it does not say."""
    if method in (_LZMA, _PPMD) and len(properties) >= 5:
        return int.from_bytes(properties[1:5], "little")
    if method == _LZMA2 and properties:
        size = properties[0]
        return (2 | size & 1) << (size // 2 + 11)
    return 0
