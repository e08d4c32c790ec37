"""Read an LZH archive, as Japanese programs write it: its files are documents of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from countermark.model import ProblemKind, Reason
from countermark.readers.archive.members import members_of
from countermark.readers.signatures import LZH
from countermark.readers.unnamed_charset import likely_encoding
from countermark.readers.zip_parts import CHUNK
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.archive.members import Members
    from countermark.readers.builder import DocumentBuilder

_POLYNOMIAL = 0xA001
_SEPARATOR = b"\xff"


def read_lzh(data: bytes, document: DocumentBuilder) -> None:
    """Read an LZH archive as a Reader does."""
    import pylhasa

    try:
        archive = pylhasa.open_bytes(data)
    except (pylhasa.PylhasaError, ValueError, OSError):
        document.add_problem(ProblemKind.unreadable, Reason.archive_broken)
        return
    with archive, members_of(document) as members:
        entries = list(archive)
        encoding = likely_encoding((entry.raw_path_bytes for entry in entries), "cp932")
        for entry in entries:
            members.count()
            written = (
                entry.raw_path_bytes.replace(_SEPARATOR, b"/")
                if encoding == "ascii"
                else entry.raw_path_bytes
            )
            _read_entry(entry, written.decode(encoding, "replace"), members)
        if not entries:
            document.add_problem(ProblemKind.unreadable, Reason.archive_broken)
        elif _has_rest(data, entries):
            document.add_problem(ProblemKind.part_unreadable, Reason.archive_rest)


def _read_entry(entry: Any, written: str, members: Members) -> None:
    if entry.is_dir and not entry.is_symlink:
        return
    name = members.name(written)
    if not members.takes_more:
        members.left_out(name)
    elif entry.is_symlink:
        members.add_unread(name, Reason.archive_link)
    else:
        try:
            content = members.measured(_chunks(entry), entry.compressed_size)
        except LimitReached as limit:
            members.add_stopped(name, limit)
        except (ValueError, OSError, EOFError, RuntimeError):
            members.add_unread(name)
        else:
            if entry.crc not in (None, _crc(content)):
                members.add_unread(name)
            members.read(name, content)


def _chunks(entry: Any) -> Iterator[bytes]:
    """Yield the content of an entry. Raises EOFError where it breaks off."""
    size = 0
    with entry.open() as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            yield chunk
    if size < entry.size:
        raise EOFError


def _crc_table() -> tuple[int, ...]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return tuple(table)


_CRC_TABLE = _crc_table()


def _crc(data: bytes) -> int:
    """Return the CRC-16 that an archive keeps of each file."""
    crc = 0
    table = _CRC_TABLE
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc


def _has_rest(data: bytes, entries: list[Any]) -> bool:
    """Return whether what follows the last entry is not the end of the archive, a zero."""
    start = LZH.search(data)
    sizes = [len(entry.raw_header_bytes or b"") + entry.compressed_size for entry in entries]
    end = (start.start() if start else 0) + sum(sizes)
    return data[end : end + 1] != b"\0"
