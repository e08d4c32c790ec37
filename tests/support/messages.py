"""Build messages and archives for the tests, and read them."""

from __future__ import annotations

import tarfile
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from countermark.model import Document, Line, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.passwords import Passwords


def opened(data: bytes, name: str, *passwords: str, limits: Limits | None = None) -> Document:
    """Return the document of a file."""
    return read(data, name, limits or Limits(), passwords=Passwords(passwords))


def message(
    body: bytes | str = "",
    subject: str = "",
    *,
    headers: str = "",
    content_type: str = "text/plain; charset=utf-8",
) -> bytes:
    """Return a message of one part."""
    content = body.encode() if isinstance(body, str) else body
    head = f"From: a@example.org\r\nSubject: {subject}\r\n{headers}Content-Type: {content_type}\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + content


def multipart(*parts: bytes, subtype: str = "mixed", subject: str = "", ends: bool = True) -> bytes:
    """Return a message of several parts, each with its headers."""
    content = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + (b"--b--\r\n" if ends else b"")
    return message(content, subject, content_type=f"multipart/{subtype}; boundary=b")


def part(content: bytes | str, content_type: str = "text/plain; charset=utf-8", *headers: str) -> bytes:
    """Return a part of a message."""
    data = content.encode() if isinstance(content, str) else content
    lines = (f"Content-Type: {content_type}", *headers)
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + data


def attachment(content: bytes | str, name: str) -> bytes:
    """Return an attachment that is sent as it is."""
    header = f'Content-Disposition: attachment; filename="{name}"'
    return part(content, "application/octet-stream", header)


def zipped(*files: tuple[str, bytes], method: int = ZIP_DEFLATED, encoding: str = "") -> bytes:
    """Return a ZIP archive; `encoding` is that of its names, where they are not to be in UTF-8."""
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in files:
            archive.writestr(_placeholder(name, encoding), content)
    data = target.getvalue()
    for name, _ in files if encoding else ():
        data = data.replace(_placeholder(name, encoding).encode(), name.encode(encoding))
    return data


def _placeholder(name: str, encoding: str) -> str:
    """A name in ASCII as long as the name is in its encoding."""
    if not encoding:
        return name
    stamp = f"{hash(name) & 0xFFFFFF:06x}"
    return stamp.rjust(len(name.encode(encoding)), "x")[-len(name.encode(encoding)) :]


def tarred(*files: tuple[str, bytes], mode: str = "w") -> bytes:
    """Return a tar archive."""
    target = BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    return target.getvalue()


def lines(document: Document, *zones: Zone) -> list[str]:
    """Return the texts of a message's lines, in these zones or in all."""
    return [line.text for line in _lines(document) if not zones or line.zone in zones]


def _lines(document: Document) -> list[Line]:
    return [line for page in document.pages for line in page.lines]


def reasons(document: Document) -> set[str]:
    """Return why parts of a document, and of what lies in it, were not read."""
    own = {problem.reason.value for problem in document.problems}
    return own.union(*(reasons(child) for child in document.children))


def names(document: Document) -> list[str]:
    """Return the names of what lies in a document."""
    return [child.name for child in document.children]
