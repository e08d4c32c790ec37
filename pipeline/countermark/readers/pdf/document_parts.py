"""What a PDF carries besides its pages' text, through pypdf."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

import pypdf
from lxml import etree

from countermark.model import Problem, ProblemKind, Reason
from countermark.readers.labels import stanag_labels, stanag_properties
from countermark.readers.pdf.active import active_content
from countermark.readers.pdf.annotations import annotation_lines, squeezed
from countermark.readers.pdf.attachments import children
from countermark.readers.pdf.crypt import unlock
from countermark.readers.pdf.fallback_text import read_again
from countermark.readers.pdf.forms import field_lines, fields_without_place, signatures, xfa_lines
from countermark.readers.pdf.limits import limit_of
from countermark.readers.pdf.metadata import (
    information,
    xmp_properties,
    xmp_streams,
)
from countermark.readers.pdf.optional_content import layers_of
from countermark.readers.pdf.outline import bookmark_lines, page_label_lines
from countermark.readers.pdf.revisions import revision_ends, tell_what_is_gone
from countermark.readers.pdf.unreferenced_objects import unused_files, unused_lines, unused_objects
from countermark.readers.pdf.values import page_objects, value
from countermark.readers.problems import limit_problem
from countermark.support.guarding import stop_problem
from countermark.support.limits import LimitReached, UnitFailed
from countermark.support.progress import checkpoint
from countermark.support.safe_xml import xml_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countermark.model import Document, Label, Line, Page, Property
    from countermark.readers.pdf.reading import Reading
    from countermark.support.limits import Limits

# pypdf logs what it meets in a file; no document text may reach a log.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False

_HEADER = re.compile(rb"(\d{1,10}) (\d{1,5}) obj[ \t\r\n\0\f]*(?=[^ \t\r\n\0\f])")
_LONGEST_HEADER = 48


def read_structure(
    reader: pypdf.PdfReader,
    data: bytes,
    limits: Limits,
    reading: Reading,
    read_child: Callable[[bytes, str], Document],
    read_earlier: Callable[[bytes], Reading | None],
) -> None:
    """All that the PDF `data`, opened as `reader`, carries besides what PDFium read of its pages.

    A failure costs that part only. `read_child` reads an embedded file, `read_earlier` an earlier
    revision of this one.
    """
    for part in (
        _read_information,
        partial(_read_xmp, limits=limits),
        _read_signatures,
        read_again,
        partial(_read_annotations, limits=limits),
        _read_form,
        partial(_read_outline, limits=limits),
        _read_active_content,
        partial(_read_children, limits=limits, read_child=read_child),
        partial(_read_revisions, data=data, limits=limits, read_earlier=read_earlier),
        partial(_read_unused, data=data, limits=limits, read_child=read_child),
    ):
        try:
            part(reader, reading)
        except Exception as error:  # pypdf raises many kinds on broken files; the text is read already
            tell_broken_structure(reading, error, limits)


def read_texts(reader: pypdf.PdfReader, limits: Limits, reading: Reading) -> None:
    """Read the texts alone of what a PDF carries besides its pages, to compare them with a later revision's.

    What fails is left out.
    """
    for part in (
        _read_information,
        partial(_read_annotations, limits=limits),
        _read_form,
        partial(_read_outline, limits=limits),
    ):
        with suppress(Exception):
            part(reader, reading)


def tell_broken_structure(reading: Reading, error: Exception, limits: Limits) -> None:
    """Say once what pypdf could not read, or which limit stopped it."""
    if isinstance(error, UnitFailed):
        reading.problems.append(stop_problem(error))
        return
    limit = limit_of(error, limits)
    args = {"error": type(error).__name__}
    broken = Problem(kind=ProblemKind.part_unreadable, reason=Reason.pdf_structure, args=args)
    problem = limit_problem(limit) if limit else broken
    if problem not in reading.problems:
        reading.problems.append(problem)


def _read_information(reader: pypdf.PdfReader, reading: Reading) -> None:
    reading.properties += information(reader)


def _read_xmp(reader: pypdf.PdfReader, reading: Reading, limits: Limits) -> None:
    """Read the XMP packets, without what they repeat; of one that is not well formed, what is so in it."""
    properties: dict[Property, None] = {}
    labels: dict[Label, None] = {}
    for stream in xmp_streams(reader):
        try:
            root = _xmp_root(stream.get_data().strip(b"\0 \r\n\t"), reading, limits)
        except Exception as error:  # a broken packet must not cost the others
            tell_broken_structure(reading, error, limits)
            continue
        if root is not None:
            properties |= dict.fromkeys((*xmp_properties(root), *stanag_properties(root, "XMP")))
            labels |= dict.fromkeys(stanag_labels(root, "XMP"))
    reading.properties += properties
    reading.labels += labels


def _xmp_root(packet: bytes, reading: Reading, limits: Limits) -> Any:
    """Return the root of an XMP packet; None where it is empty or no XML."""
    if not packet:
        return None
    try:
        return xml_root(packet)
    except etree.XMLSyntaxError as error:
        tell_broken_structure(reading, error, limits)
        return xml_root(packet, recover=True)


def _read_signatures(reader: pypdf.PdfReader, reading: Reading) -> None:
    reading.properties += signatures(reader)


def _read_annotations(reader: pypdf.PdfReader, reading: Reading, limits: Limits) -> None:
    """Annotations and form fields of each page.

    What the page itself shows in the same place is told already.
    """
    pages = page_objects(reader, reading)
    is_off = layers_of(reader)
    for index, page in enumerate(reading.pages):
        frame = reading.frames.get(page.number or 0)
        if frame is None or "/Annots" not in pages[index]:
            continue
        checkpoint()
        for found in (annotation_lines, field_lines):
            try:
                lines = [line for line in found(pages[index], frame, is_off) if not _is_shown(line, page)]
            except Exception as error:  # what is broken on one page must not cost the others'
                tell_broken_structure(reading, error, limits)
            else:
                reading.add_to_page(index, lines)


def _is_shown(line: Line, page: Page) -> bool:
    """Return whether the page itself shows a line's text within its box."""
    box, text = line.box, squeezed([line.text])
    return box is not None and any(
        squeezed([shown.text]) == text
        and shown.box
        and not shown.unseen
        and box.x0 <= (shown.box.x0 + shown.box.x1) / 2 <= box.x1
        and box.y0 <= (shown.box.y0 + shown.box.y1) / 2 <= box.y1
        for shown in page.lines
    )


def _read_form(reader: pypdf.PdfReader, reading: Reading) -> None:
    """Form fields that stand on no page, and what XFA packets hold that no page shows."""
    if value(reader.root_object, "/AcroForm") is None:
        return
    reading.add_to_document(fields_without_place(reader))
    told = {squeezed([line.text]) for line in reading.all_lines()}
    reading.add_to_document(line for line in xfa_lines(reader) if squeezed([line.text]) not in told)


def _read_outline(reader: pypdf.PdfReader, reading: Reading, limits: Limits) -> None:
    reading.add_to_document(page_label_lines(reader))
    found = list(islice(bookmark_lines(reader), limits.bookmarks + 1))
    reading.add_to_document(found[: limits.bookmarks])
    if len(found) > limits.bookmarks:
        raise LimitReached("bookmarks", limits.bookmarks, str(len(found)))


def _read_active_content(reader: pypdf.PdfReader, reading: Reading) -> None:
    problem = active_content(reader)
    reading.problems += [problem] if problem else []


def _read_children(
    reader: pypdf.PdfReader,
    reading: Reading,
    limits: Limits,
    read_child: Callable[[bytes, str], Document],
) -> None:
    for child in children(reader, limits, read_child):
        if isinstance(child, Problem):
            reading.problems.append(child)
        else:
            reading.children.append(child)


def _read_revisions(
    reader: pypdf.PdfReader,  # noqa: ARG001
    reading: Reading,
    data: bytes,
    limits: Limits,
    read_earlier: Callable[[bytes], Reading | None],
) -> None:
    """Read what earlier revisions said and the last one does not; of too many, the latest."""
    ends = list(enumerate(revision_ends(data), 1))
    for number, end in ends[-limits.revisions :]:
        earlier = read_earlier(data[:end])
        if earlier:
            tell_what_is_gone(earlier, number, reading)
    if len(ends) > limits.revisions:
        raise LimitReached("revisions", limits.revisions, str(len(ends)))


def _read_unused(
    reader: pypdf.PdfReader,
    reading: Reading,
    data: bytes,
    limits: Limits,
    read_child: Callable[[bytes, str], Document],
) -> None:
    """Read what only objects say that nothing refers to; files among them are children."""
    unused = unused_objects(reader, data)
    for name, content in unused_files(reader, unused):
        if len(reading.children) >= limits.children:
            raise LimitReached("children", limits.children, str(limits.children + 1))
        reading.children.append(read_child(content, name))
    told: set[str] | None = None
    for line in unused_lines(reader, unused, limits):
        if told is None:
            told = {squeezed([other.text]) for other in reading.all_lines()}
            told |= {squeezed([item.value]) for item in reading.properties}
        if squeezed([line.text]) not in told:
            reading.add_to_document([line])


class _Reader(pypdf.PdfReader):
    """pypdf's reader, which looks at the header of each object before it reads any."""

    def read_object_header(self, stream: Any) -> tuple[int, int]:
        """Read a header in its usual form at once, byte by byte any other."""
        start = stream.tell()
        found = _HEADER.match(stream.read(_LONGEST_HEADER))
        stream.seek(found.end() + start if found else start)
        return (int(found[1]), int(found[2])) if found else super().read_object_header(stream)


def open_structure(data: bytes, passwords: Iterable[str] = ("",)) -> pypdf.PdfReader:
    """Return the PDF as pypdf reads it, opened with the first of `passwords` that fits where it is encrypted.

    Raises whatever pypdf raises on a broken file.
    """
    has_end = data.rfind(b"%%EOF") > data.rfind(b"startxref")  # pypdf reads nothing without it
    reader = _Reader(BytesIO(data if has_end else data + b"\n%%EOF\n"), strict=False)
    unlock(reader, passwords)
    return reader
