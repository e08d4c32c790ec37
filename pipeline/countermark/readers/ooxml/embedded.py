"""Files inside a Word file: embedded packages, and what OLE objects hold.

An OLE object is a compound file ([MS-CFB]); a document in it lies in a stream of its own, a file of
any kind in `\\x01Ole10Native` with its name ([MS-OLEDS] 2.3.6).
"""

from __future__ import annotations

import posixpath
import struct
from io import BytesIO
from typing import NamedTuple

import olefile

from countermark.readers.signatures import is_ole, is_pdf, is_zip

WHOLE = ("Package", "CONTENTS", "Contents")
NATIVE = "\x01Ole10Native"
FORMULA = "Equation Native"
OLE_ERRORS = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error)
"""What `olefile` and the unpacking raise for a damaged object."""


class Embedded(NamedTuple):
    """An embedded file and its name: its own where it is stored, else that of its part."""

    data: bytes
    name: str


class NotRead(Exception):  # noqa: N818  (an object of another kind is no mistake)
    """An embedded object is damaged or of a kind that can't be told."""


def embedded_file(data: bytes, part: str) -> Embedded | None:
    """Return the file that the embedded part holds; None for a formula, whose picture the page shows.

    An OLE object of another program is given whole. Raises NotRead.
    """
    name = posixpath.basename(part)
    if is_ole(data):
        try:
            return _from_ole(data, name)
        except OLE_ERRORS as error:
            raise NotRead from error
    if name.casefold().endswith(".bin") and not (is_zip(data) or is_pdf(data)):
        raise NotRead
    return Embedded(data, name)


def _from_ole(data: bytes, name: str) -> Embedded | None:
    with olefile.OleFileIO(BytesIO(data)) as container:
        if container.exists(FORMULA):
            return None
        if container.exists(NATIVE):
            return packaged_file(container.openstream(NATIVE).read()[4:], name)
        for stream in WHOLE:
            if container.exists(stream):
                content = container.openstream(stream).read()
                if is_zip(content) or is_pdf(content):
                    return Embedded(content, name)
    return Embedded(data, name)


def packaged_file(data: bytes, name: str) -> Embedded:
    """Return the file of the packager: flags, label, path, two numbers, path, size, data.

    Of the label only the last step counts: a path in a document is never used. Raises what unpacking
    raises.
    """
    label, rest = _string(data[2:])
    _, rest = _string(rest)
    (length,) = struct.unpack_from("<I", rest, 4)
    rest = rest[8 + length :]
    (size,) = struct.unpack_from("<I", rest)
    content = rest[4 : 4 + size]
    if len(content) < size:
        raise ValueError
    own = posixpath.basename(label.decode("cp1252", "replace").replace("\\", "/"))
    return Embedded(content, own or name)


def _string(data: bytes) -> tuple[bytes, bytes]:
    """Return the bytes before the first zero and those after it."""
    end = data.index(0)
    return data[:end], data[end + 1 :]
