"""Text that is text: what a file decodes to may hold halves of characters (lone surrogates), which no other
program takes.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Document, Line

_HALF = re.compile("[\ud800-\udfff]")


def with_whole_characters(document: Document) -> Document:
    """Return the document with U+FFFD in place of halves of characters, in all its texts but its name.

    Its attachments are left as they are.
    """
    lines = chain(document.lines, *(page.lines for page in document.pages))
    texts = chain(
        (line.text for line in lines), *((entry.name, entry.value) for entry in document.properties)
    )
    labels = chain.from_iterable((label.name, label.text) for label in document.labels)
    if not any(_HALF.search(text) for text in chain(texts, labels) if not text.isascii()):
        return document
    return msgspec.structs.replace(
        document,
        pages=tuple(msgspec.structs.replace(page, lines=_whole_lines(page.lines)) for page in document.pages),
        lines=_whole_lines(document.lines),
        properties=tuple(
            msgspec.structs.replace(entry, name=whole(entry.name), value=whole(entry.value))
            for entry in document.properties
        ),
        labels=tuple(
            msgspec.structs.replace(label, name=whole(label.name), text=whole(label.text))
            for label in document.labels
        ),
    )


def whole(text: str) -> str:
    """Return the text with U+FFFD in place of halves of characters."""
    return _HALF.sub("\ufffd", text)


def _whole_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(msgspec.structs.replace(line, text=whole(line.text)) for line in lines)
