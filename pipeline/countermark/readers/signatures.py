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
