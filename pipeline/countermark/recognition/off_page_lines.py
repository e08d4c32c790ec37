"""The lines of a document that stand on no page: those that ingest gave, its properties, its file name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from countermark.model import Line, Page, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Document, Property
    from countermark.standards.vocabulary import Vocabulary

_BETWEEN_ITEMS = re.compile(r"[;,；、]\s*")
_SEPARATORS = re.compile(r"[_+]|(?<=\D)\.(?=\D)")


def off_page_lines(document: Document, vocabulary: Vocabulary) -> Page:
    """Return a page of no number that holds these lines.

    Properties are read by their names, wherever they are kept; what several of them say alike is read
    once.
    """
    lines = list(document.lines)
    known = {line.text for line in lines if line.zone is Zone.property}
    for item, text in written_properties(document, vocabulary):
        if text not in known:
            known.add(text)
            lines.append(Line(text=text, zone=Zone.property, number=1, part=f"{item.source} {item.name}"))
    name = document.name.encode("utf-8", "replace").decode()  # a name on disk may hold bytes that are no text
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if stem:
        lines.append(Line(text=_SEPARATORS.sub(" ", stem), zone=Zone.filename, number=1))
    return Page(lines=tuple(lines))


def written_properties(document: Document, vocabulary: Vocabulary) -> Iterator[tuple[Property, str]]:
    """Yield each property that a person wrote with its text; of a list each item."""
    for item in document.properties:
        if item.key in vocabulary.written_properties:
            is_list = item.key in vocabulary.list_properties
            texts = _BETWEEN_ITEMS.split(item.value) if is_list else [item.value]
            yield from ((item, text.strip()) for text in texts if text.strip())
