"""Read a tar archive, packed or not, and single files that are packed by gzip, bzip2, xz or zstd."""

from __future__ import annotations

import re
import tarfile
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from countermark.model import ProblemKind, Reason
from countermark.readers.archive.inflating import INFLATING_ERRORS, bunzipped, gunzipped, unxz, unzstd
from countermark.readers.archive.members import members_of
from countermark.readers.charsets import decode
from countermark.readers.signatures import BZIP2, GZIP, LZMA, XZ, ZSTD, ZSTD_SKIPPED, is_tar
from countermark.readers.unnamed_charset import likely_encoding
from countermark.readers.zip_parts import CHUNK
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.readers.archive.members import Members
    from countermark.readers.builder import DocumentBuilder

_PACKED: tuple[tuple[bytes, Callable[[bytes], Iterator[bytes]]], ...] = (
    (GZIP, gunzipped),
    (BZIP2, bunzipped),
    (XZ, unxz),
    (LZMA, unxz),
    (ZSTD, unzstd),
    *((frame, unzstd) for frame in ZSTD_SKIPPED),
)
_SUFFIX = re.compile(r"(?i)\.(gz|gzip|bz2?|xz|lzma|zst|tgz|tbz2?|txz|tzst)$")
_TAR_SUFFIX = re.compile(r"(?i)\.t(gz|bz2?|xz|zst)$")
TAR_ERRORS = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError, IndexError, KeyError)
"""What `tarfile` raises for damaged archives."""
_NAME_FLAG = 8
_NAME_WITHIN = 300


def read_tar(data: bytes, document: DocumentBuilder) -> None:
    """Read a tar archive as a Reader does."""
    with members_of(document) as members:
        _read_tar(data, document, members)


def read_packed(data: bytes, document: DocumentBuilder) -> None:
    """Read a packed tar archive, or the one file that is packed, as a Reader does."""
    inflate = next(inflate for start, inflate in _PACKED if data.startswith(start))
    with members_of(document) as members:
        pieces: list[bytes] = []

        def kept() -> Iterator[bytes]:
            for chunk in inflate(data):
                pieces.append(chunk)
                yield chunk

        try:
            content = members.measured(kept(), len(data))
        except INFLATING_ERRORS:
            document.add_problem(ProblemKind.part_unreadable, Reason.archive_truncated)
            content = b"".join(pieces)
        except ModuleNotFoundError:
            members.add_missing_extra(document.name)
            return
        pieces.clear()
        if is_tar(content):
            _read_tar(content, document, members)
        elif content or not document.problems:
            members.read(members.name(_inner_name(data, document.name)), content)


def _inner_name(data: bytes, name: str) -> str:
    """Return the name of the one file: that which gzip keeps, else the archive's without its suffix."""
    if data.startswith(b"\x1f\x8b") and data[3:4] and data[3] == _NAME_FLAG:
        kept, end, _ = data[10 : 10 + _NAME_WITHIN].partition(b"\0")
        if end and kept:
            return decode(kept).text
    last = name.replace("\\", "/").rpartition("/")[2]
    return _SUFFIX.sub("", _TAR_SUFFIX.sub(".tar", last)) or "content"


def _read_tar(data: bytes, document: DocumentBuilder, members: Members) -> None:
    listed: list[tarfile.TarInfo] = []
    stop: LimitReached | None = None
    reason: Reason | None = None
    try:
        opened = tarfile.TarFile(fileobj=BytesIO(data), encoding="utf-8", errors="surrogateescape")
    except TAR_ERRORS:
        document.add_problem(ProblemKind.unreadable, Reason.archive_broken)
        return
    with opened as tar:
        try:
            for member in tar:
                members.count()
                listed.append(member)
        except LimitReached as limit:
            stop = limit
        except TAR_ERRORS:
            reason = Reason.archive_truncated
        encoding = likely_encoding((_written(member) for member in listed), "cp1252")
        for member in listed:
            _read_member(tar, member, members, _written(member).decode(encoding, "replace"))
        if stop:
            raise stop
        rest = data[max(tar.offset, 0) :]
    if reason or rest.strip(b"\0"):
        document.add_problem(ProblemKind.part_unreadable, reason or Reason.archive_rest)


def _written(member: tarfile.TarInfo) -> bytes:
    """Return the bytes of a name."""
    return member.name.encode("utf-8", "surrogateescape")


def _read_member(tar: tarfile.TarFile, member: tarfile.TarInfo, members: Members, written: str) -> None:
    if member.isdir():
        return
    name = members.name(written)
    if not members.takes_more:
        members.left_out(name)
    elif not (source := _source(tar, member)).isreg():
        members.add_unread(name, Reason.archive_link)
    else:
        try:
            members.read(name, members.measured(_chunks(tar, source), source.size))
        except LimitReached as limit:
            members.add_stopped(name, limit)
        except TAR_ERRORS:
            members.add_unread(name)


def _source(tar: tarfile.TarFile, member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the member with the content: of a hard link the one before it that it names."""
    if not member.islnk():
        return member
    with suppress(KeyError):
        named = tar.getmember(member.linkname)
        return named if named.offset < member.offset else member
    return member


def _chunks(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    """Yield the content of a member. Raises EOFError where it breaks off."""
    stream = tar.extractfile(member)
    size = 0
    while stream and (chunk := stream.read(CHUNK)):
        size += len(chunk)
        yield chunk
    if size < member.size:
        raise EOFError
