"""Files inside rich text: objects as OLE 1.0 keeps them ([MS-OLEDS] 2.2.5), in hexadecimal digits."""

from __future__ import annotations

import re
import struct

from countermark.readers.ooxml.embedded import OLE_ERRORS, Embedded, NotRead, embedded_file, packaged_file
from countermark.readers.signatures import is_ole

EMBEDDED = 2
PACKAGE = b"Package"
_NOT_DIGITS = re.compile(r"[^0-9A-Fa-f]+")


def object_file(digits: str, name: str) -> Embedded | None:
    """Return the file that an object holds, None for one that only leads elsewhere or is a formula.

    Raises NotRead.
    """
    try:
        data = bytes.fromhex(_NOT_DIGITS.sub("", digits))
        if is_ole(data):
            return embedded_file(data, name)
        _, form = struct.unpack_from("<II", data)
        if form != EMBEDDED:
            return None
        at, kind = _strings(data, 8)
        (size,) = struct.unpack_from("<I", data, at)
        content = data[at + 4 : at + 4 + size]
        if len(content) < size:
            raise NotRead
        return packaged_file(content, name) if kind == PACKAGE else embedded_file(content, name)
    except OLE_ERRORS as error:
        raise NotRead from error


def _strings(data: bytes, at: int) -> tuple[int, bytes]:
    """Return where the three names of an object end, and the first of them, its kind."""
    names = []
    for _ in range(3):
        (length,) = struct.unpack_from("<I", data, at)
        names.append(data[at + 4 : at + 4 + length].rstrip(b"\0"))
        at += 4 + length
    return at, names[0]
