"""Entries of ZIP archives that open with a password: PKWARE's first method, and AES (WinZip AE-1, AE-2)."""

from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from countermark.model import Reason
from countermark.readers.zip_parts import CHUNK, ZIP_ERRORS
from countermark.support.passwords import granted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any
    from zipfile import ZipInfo

    from countermark.support.passwords import Passwords

STRONG = 0x40
AES = 99
_AES_FIELD = 0x9901


class LockedError(Exception):
    """No password opens an entry; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def unlocked(
    data: bytes,
    entry: ZipInfo,
    passwords: Passwords,
    measured: Callable[[Iterable[bytes], int], bytes],
) -> bytes:
    """Return an entry's content with the first password that fits; `measured` puts its chunks together.

    Raises LockedError, LimitReached, and ModuleNotFoundError where the library for it is not installed.
    """
    if entry.flag_bits & STRONG or _method(entry) not in (ZIP_STORED, ZIP_DEFLATED):
        raise LockedError(Reason.unknown_encryption)
    archive, own = _archive(data, entry)
    with archive:
        for password in granted(passwords):
            for key in _keys(password):
                with suppress(*ZIP_ERRORS):
                    return measured(_chunks(archive, own, key), entry.compress_size)
    raise LockedError(Reason.no_password_fits if passwords else Reason.encrypted)


def _method(entry: ZipInfo) -> int:
    """Return the compression method; of an entry in AES the one that its field names."""
    extra, place = entry.extra, 0
    while entry.compress_type == AES and place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind == _AES_FIELD and size >= 7 and place + 11 <= len(extra):
            method: int = struct.unpack_from("<H", extra, place + 9)[0]
            return method
        place += 4 + size
    return entry.compress_type


def _archive(data: bytes, entry: ZipInfo) -> tuple[Any, Any]:
    """Return the archive by the library that reads this encryption, and the entry in it.

    Raises ModuleNotFoundError where that is not installed.
    """
    if entry.compress_type != AES:
        archive = ZipFile(BytesIO(data))
        return archive, entry
    from pyzipper import AESZipFile

    archive = AESZipFile(BytesIO(data))
    same = (other for other in archive.infolist() if other.header_offset == entry.header_offset)
    return archive, next(same)


def _keys(password: str) -> Iterator[bytes]:
    """Yield a password as programs turn it into bytes: in UTF-8, or in Japanese Windows."""
    yield password.encode("utf-8", "replace")
    if not password.isascii():
        yield password.encode("cp932", "replace")


def _chunks(archive: Any, entry: Any, key: bytes) -> Iterator[bytes]:
    with archive.open(entry, pwd=key) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
