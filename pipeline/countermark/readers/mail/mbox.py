"""Read a mailbox file (RFC 4155): each message is a document of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.builder import DocumentBuilder

_POSTMARK = re.compile(rb"^From [^\r\n]*\d{4}[^\r\n]*\r?\n(?=[!-9;-~]+:)", re.M)
_QUOTED_FROM = re.compile(rb"^>(?=>*From )", re.M)


def is_mbox(data: bytes) -> bool:
    """Return whether a file begins as a mailbox does and holds several messages."""
    start = data.lstrip()
    first = _POSTMARK.match(start)
    return first is not None and _POSTMARK.search(start, first.end()) is not None


def read_mbox(data: bytes, document: DocumentBuilder) -> None:
    """Read a mailbox as a Reader does."""
    document.is_container = True
    for number, message in enumerate(_messages(data.lstrip()), 1):
        document.read_child(message, f"message-{number}.eml")


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages between the lines that begin with `From `; all as one where there are none."""
    start = None
    for match in _POSTMARK.finditer(data):
        if start is not None:
            yield _unquoted(data[start : match.start()])
        start = match.end()
    yield _unquoted(data[start or 0 :])


def _unquoted(message: bytes) -> bytes:
    return _QUOTED_FROM.sub(b"", message)
