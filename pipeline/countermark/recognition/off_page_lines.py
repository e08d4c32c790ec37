"""The lines of a document that stand on no page: those that ingest gave, its properties, its file name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from countermark.model import Line, Page, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Document

_READ = ("title", "subject", "keywords", "description", "comments", "category", "contentstatus", "status")
_LISTS = ("keywords",)
_BETWEEN_KEYWORDS = re.compile(r"[;,；、]\s*")
_SEPARATORS = re.compile(r"[_+]|(?<=\D)\.(?=\D)")


def off_page_lines(document: Document) -> Page:
    """A page of no number that holds these lines. Properties are read by their names, wherever they
    are kept; what several of them say alike is read once."""
    lines = list(document.lines)
    known = {line.text for line in lines if line.zone is Zone.property}
    for name, source, text in _properties(document):
        if text not in known:
            known.add(text)
            lines.append(Line(text=text, zone=Zone.property, number=1, part=f"{source} {name}"))
    name = document.name.encode("utf-8", "replace").decode()  # a name on disk may hold bytes that are no text
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if stem:
        lines.append(Line(text=_SEPARATORS.sub(" ", stem), zone=Zone.filename, number=1))
    return Page(lines=tuple(lines))


def _properties(document: Document) -> Iterator[tuple[str, str, str]]:
    """Name, source and text of each property that a person wrote; of a list each item."""
    for one in document.properties:
        name = one.name.rsplit(":")[-1].strip("/").lower()
        if name in _READ:
            items = _BETWEEN_KEYWORDS.split(one.value) if name in _LISTS else [one.value]
            yield from ((one.name, one.source, item.strip()) for item in items if item.strip())
