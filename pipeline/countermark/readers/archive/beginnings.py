"""How archives begin, told without loading what reads them: every file is looked at."""

from __future__ import annotations

import re

GZIP = b"\x1f\x8b"
BZIP2 = b"BZh"
XZ = b"\xfd7zXZ\x00"
LZMA = b"\x5d\x00\x00\x80\x00"
ZSTD = b"\x28\xb5\x2f\xfd"
SKIPPED = tuple(bytes((nibble, 0x2A, 0x4D, 0x18)) for nibble in range(0x50, 0x60))
"""Frames of zstd that hold no data (RFC 8878, 3.1.2), with which parallel writers begin."""
LZH = re.compile(rb"..-l[hz][0-9a-z]-", re.S)
_BLOCK = 512
_MAGIC = slice(257, 262)
_CHECKSUM = slice(148, 156)


def is_tar(data: bytes) -> bool:
    """Return whether a file begins with the header of a tar archive, old ones too."""
    header = data[:_BLOCK]
    if len(header) < _BLOCK or not header.strip(b"\0"):
        return False
    if header[_MAGIC] == b"ustar":
        return True
    try:
        stated = int(header[_CHECKSUM].strip(b" \0") or b"-1", 8)
    except ValueError:
        return False
    return stated == sum(header) - sum(header[_CHECKSUM]) + 8 * ord(" ")


def is_packed(data: bytes) -> bool:
    """Return whether a file is packed by one of the programs that pack a single file."""
    return data.startswith((GZIP, BZIP2, XZ, LZMA, ZSTD, *SKIPPED))


def is_lzh(data: bytes) -> bool:
    """Return whether a file begins as an LZH archive does."""
    return LZH.match(data) is not None
