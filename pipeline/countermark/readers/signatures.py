"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

PDF_HEADER_WITHIN = 1024
"""Bytes within which readers accept a PDF's header (ISO 32000-1, annex H.3.4.1)."""

FLAT_ROOT_WITHIN = 16_384
"""Bytes within which the root element of a flat OpenDocument ends, its namespaces being many."""
_FLAT_TYPE = re.compile(rb"""mimetype=["'](application/vnd\.oasis\.opendocument\.[a-z-]{1,40})["']""")
RTF_HEADER_WITHIN = 64
"""Bytes within which Word accepts the beginning of rich text, after blanks."""
ZIP_VOLUMES = (b"PK\x07\x08", b"PK00PK")
"""What the first of several volumes of a ZIP archive begins with (APPNOTE.TXT 8.5)."""
GZIP = b"\x1f\x8b"
BZIP2 = b"BZh"
XZ = b"\xfd7zXZ\x00"
LZMA = b"\x5d\x00\x00\x80\x00"
ZSTD = b"\x28\xb5\x2f\xfd"
ZSTD_SKIPPED = tuple(bytes((nibble, 0x2A, 0x4D, 0x18)) for nibble in range(0x50, 0x60))
"""Frames of zstd that hold no data (RFC 8878, 3.1.2), with which parallel writers begin."""
LZH = re.compile(rb"..-l[hz][0-9a-z]-", re.S)
_TAR_BLOCK = 512
_TAR_MAGIC = slice(257, 262)
_TAR_CHECKSUM = slice(148, 156)
_CMS = re.compile(
    rb"\x30(?:\x80|\x81.|\x82..|\x83...|\x84....)\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02\x03\x06]", re.S
)
"""The identifiers of signed, enveloped and encrypted data (RFC 5652)."""
CMS_PEM = re.compile(rb"\A\s*-----BEGIN (PKCS7|CMS)-----([^-]*)-----END")


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:PDF_HEADER_WITHIN]


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_ole(data: bytes) -> bool:
    """Return a compound file: legacy Office files, encrypted Office files, embedded objects."""
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def is_rtf(data: bytes) -> bool:
    return data[:RTF_HEADER_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt")


def flat_opendocument_type(data: bytes) -> str:
    """Return the media type of an OpenDocument that is one XML file, by the attributes of its root element.

    Empty for another file.
    """
    head = data[:FLAT_ROOT_WITHIN]
    found = _FLAT_TYPE.search(head) if b"office:document" in head else None
    return found[1].decode("ascii") if found else ""


def is_lfs_pointer(data: bytes) -> bool:
    """Return a Git LFS pointer: a few lines of text in the place of a file that was not fetched."""
    return len(data) <= 1024 and data.startswith(b"version https://git-lfs.github.com/spec/")


def is_tar(data: bytes) -> bool:
    """Return whether a file begins with the header of a tar archive, old ones too."""
    header = data[:_TAR_BLOCK]
    if len(header) < _TAR_BLOCK or not header.strip(b"\0"):
        return False
    if header[_TAR_MAGIC] == b"ustar":
        return True
    try:
        stated = int(header[_TAR_CHECKSUM].strip(b" \0") or b"-1", 8)
    except ValueError:
        return False
    return stated == sum(header) - sum(header[_TAR_CHECKSUM]) + 8 * ord(" ")


def is_packed(data: bytes) -> bool:
    """Return whether a file is packed by one of the programs that pack a single file."""
    return data.startswith((GZIP, BZIP2, XZ, LZMA, ZSTD, *ZSTD_SKIPPED))


def is_lzh(data: bytes) -> bool:
    """Return whether a file begins as an LZH archive does."""
    return LZH.match(data) is not None


def is_smime(data: bytes) -> bool:
    """Return whether a file is signed or encrypted by CMS."""
    return _CMS.match(data) is not None or CMS_PEM.match(data) is not None
