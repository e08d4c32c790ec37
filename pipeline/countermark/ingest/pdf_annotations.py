"""Annotations of a PDF's pages (ISO 32000-1, 12.5), through pypdf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from countermark.ingest.pdf_values import text_of, value
from countermark.model import Box, Line, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.ingest.pdf_frame import Frame

_NOT_TEXT = frozenset(("/Link", "/Widget"))


def annotation_lines(page: Any, frame: Frame) -> Iterator[Line]:
    """The texts of a page's annotations, numbered from 1, with their boxes as seen; a pop-up that
    repeats its parent's text left out."""
    told: set[str] = set()
    for reference in value(page, "/Annots") or ():
        annotation = reference.get_object()
        contents = text_of(value(annotation, "/Contents"))
        if value(annotation, "/Subtype") in _NOT_TEXT or not contents:
            continue
        if value(annotation, "/Subtype") == "/Popup" and contents in told:
            continue
        told.add(contents)
        box = _rectangle(value(annotation, "/Rect"), frame)
        for text in contents.splitlines():
            if text.strip():
                yield Line(text=text.strip(), zone=Zone.annotation, number=1, box=box)


def _rectangle(rectangle: Any, frame: Frame) -> Box | None:
    try:
        x0, y0, x1, y1 = (float(number) for number in rectangle)
    except (TypeError, ValueError):
        return None
    return frame.seen(x0, y0, x1, y1)
