"""Objects of a PDF that nothing refers to, and the text that they still hold, through pypdf."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pypdf
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, StreamObject

from countermark.model import Line, Unseen, Zone
from countermark.readers.pdf.fallback_text import legible
from countermark.readers.pdf.values import pages_of, text_of, value
from countermark.support.limits import LimitReached
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.support.limits import Limits

_HEADER = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_BODY_END = re.compile(rb">>\s*stream\r?\n|endobj")
_REFERENCE = re.compile(rb"\b(\d{1,10})\s+\d{1,5}\s+R\b")
_TEXTS = tuple(
    f"/{key}"
    for key in (
        *("Contents", "RC", "OverlayText", "V", "DV", "Subj", "Title", "Subject", "Keywords", "Author"),
        *("ActualText", "Alt", "Desc", "Name", "Reason", "Location"),
    )
)
"""Entries that hold text for people."""
_NO_PAGE_CONTENT = frozenset(("/XRef", "/ObjStm", "/Metadata", "/EmbeddedFile", "/Font"))


def unused_lines(reader: pypdf.PdfReader, unused: Sequence[int], limits: Limits) -> Iterator[Line]:
    """Yield the text of objects that nothing refers to, by their numbers; `part` names each.

    Raises LimitReached where there are too many, and whatever pypdf raises on a broken file.
    """
    shown: set[int] = set()
    for count, number in enumerate(unused, 1):
        checkpoint()
        if count > limits.unused:
            raise LimitReached("unused", limits.unused, str(len(unused)))
        try:
            texts = _texts(reader, number, shown)
        except Exception:  # noqa: S112  (rubbish is what unused objects often are)
            continue
        for text in texts:
            if text.strip():
                part = f"object {number}"
                yield Line(text=text.strip(), zone=Zone.hidden, number=1, part=part, unseen=Unseen.unused)


def unused_files(reader: pypdf.PdfReader, unused: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """Yield the embedded files that nothing refers to any more, each named as its object."""
    for number in unused:
        with suppress(Exception):
            found = reader.get_object(number)
            if isinstance(found, StreamObject) and value(found, "/Type") == "/EmbeddedFile":
                yield f"object {number}", found.get_data()


def unused_objects(reader: pypdf.PdfReader, data: bytes) -> list[int]:
    """Return the numbers of the objects that can't be reached from the trailer, pages before what they hold.

    Empty where the places of objects are not certain.
    """
    bodies = _bodies(reader, data)
    if bodies is None:
        return []
    waiting = [
        reference.idnum for reference in reader.trailer.values() if isinstance(reference, IndirectObject)
    ]
    reached: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            waiting += [int(found) for found in _REFERENCE.findall(bodies.get(number, b""))]
    unused = sorted(bodies.keys() - reached)
    return sorted(unused, key=lambda number: b"/Contents" not in bodies[number])


def _bodies(reader: pypdf.PdfReader, data: bytes) -> dict[int, bytes] | None:
    """Return what each object says apart from its stream; None where one does not stand where it should."""
    bodies: dict[int, bytes] = {}
    for entries in reader.xref.values():
        for number, start in entries.items():
            if number in reader.xref_objStm or not start:
                continue
            end = _BODY_END.search(data, start)
            if not _HEADER.match(data, start) or end is None:
                return None
            bodies[number] = data[start : end.end()]
    for container in {stream for stream, _ in reader.xref_objStm.values()}:
        bodies |= _packed(reader, container)
    return bodies


def _packed(reader: pypdf.PdfReader, container: int) -> dict[int, bytes]:
    """Return what each object in an object stream (7.5.7) says, older versions of objects left out."""
    stream = reader.get_object(container)
    if not isinstance(stream, StreamObject):
        return {}
    content, first = stream.get_data(), int(value(stream, "/First"))
    numbers = [int(written) for written in content[:first].split()]
    starts = [first + offset for offset in numbers[1::2]]
    return {
        number: content[start:end]
        for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(content)], strict=False)
        if reader.xref_objStm.get(number, (None,))[0] == container
    }


def _texts(reader: pypdf.PdfReader, number: int, shown: set[int]) -> list[str]:
    """Return the text of one object; a page's content is told with the page."""
    found = reader.get_object(number)
    if number in shown:
        return []
    if isinstance(found, StreamObject):
        return _stream_texts(reader, found)
    if isinstance(found, dict):
        if found.get("/Type") == "/Page":
            contents = found.get("/Contents")
            listed = contents if isinstance(contents, list) else [contents]
            shown |= {reference.idnum for reference in listed if isinstance(reference, IndirectObject)}
            page = pypdf.PageObject(reader)
            page.update(found)
            return legible(page.extract_text())
        return [text for key in _TEXTS for text in _readable(text_of(value(found, key)))]
    return _readable(text_of(found))


def _readable(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.isprintable() and any(map(str.isalpha, line))]


def _stream_texts(reader: pypdf.PdfReader, stream: StreamObject) -> list[str]:
    """Return the text that a form, or a page's content whose page is gone, would show.

    The latter in the fonts of the document's pages.
    """
    subtype = value(stream, "/Subtype")
    if value(stream, "/Type") in _NO_PAGE_CONTENT or (subtype and subtype != "/Form"):
        return []
    content = stream.get_data()
    if b"BT" not in content or b"ET" not in content:
        return []
    if "/Resources" not in stream:
        fonts = DictionaryObject()
        for page in pages_of(reader):
            for name, font in (value(value(page, "/Resources"), "/Font") or {}).items():
                fonts.setdefault(NameObject(name), font)
        stream[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return legible(reader.pages[0].extract_xform_text(stream))  # type: ignore[arg-type]
