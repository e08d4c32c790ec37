"""Bytes inflated in bounded steps, whatever they claim to hold."""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from typing import TYPE_CHECKING, Protocol

from countermark.readers.zip_parts import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INFLATING_ERRORS = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
"""What is raised for damaged data."""
_LZMA_HEAD = 9


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


def bunzipped(data: bytes) -> Iterator[bytes]:
    """Yield what bzip2 data inflate to."""
    return _steps(data, bz2.BZ2Decompressor)


def unxz(data: bytes) -> Iterator[bytes]:
    """Yield what xz data, or those of LZMA's own files, inflate to."""
    return _steps(data, lzma.LZMADecompressor)


def unlzma(data: bytes) -> Iterator[bytes]:
    """Yield what an LZMA entry of a ZIP archive inflates to (APPNOTE.TXT 5.8)."""
    if len(data) < _LZMA_HEAD:
        raise EOFError
    size = struct.unpack_from("<H", data, 2)[0]
    first, dictionary = struct.unpack_from("<BL", data, 4)
    chain = {
        "id": lzma.FILTER_LZMA1,
        "dict_size": dictionary,
        "lc": first % 9,
        "lp": first // 9 % 5,
        "pb": first // 45,
    }
    return _steps(
        data[4 + size :], lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[chain]), ends=False
    )


def gunzipped(data: bytes) -> Iterator[bytes]:
    """Yield what gzip data inflate to (RFC 1952)."""
    return _steps(data, _Gzip)


class _Gzip:
    """A member of a gzip file, by the protocol of the other decompressors."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int = CHUNK) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail or data, max_length)


def unzstd(data: bytes) -> Iterator[bytes]:
    """Yield what zstd data inflate to (RFC 8878). Raises ModuleNotFoundError where Python has it not."""
    try:
        from compression.zstd import ZstdDecompressor  # type: ignore[import-not-found,unused-ignore]
    except ModuleNotFoundError:
        from backports.zstd import ZstdDecompressor  # type: ignore[import-not-found,unused-ignore]
    return _steps(data, ZstdDecompressor)


def _steps(data: bytes, start: Callable[[], _Decompressor], *, ends: bool = True) -> Iterator[bytes]:
    """Inflate streams one after the other, as far as zeros; where `ends`, each says where it ends.

    Raises EOFError where the last breaks off.
    """
    position = 0
    while position < len(data) and (data[position] or not ends):
        stream = start()
        while not stream.eof:
            piece = b""
            if stream.needs_input:
                piece = data[position : position + CHUNK]
                position += len(piece)
                if not piece and ends:
                    raise EOFError
                if not piece:
                    return
            yield stream.decompress(piece, CHUNK)
        position -= len(stream.unused_data)
        if not ends:
            return
