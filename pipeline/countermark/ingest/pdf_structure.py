"""What a PDF carries besides its pages' text, through pypdf."""

from __future__ import annotations

import logging
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import pypdf

from countermark.ingest.labels import labels_from_properties
from countermark.ingest.pdf_annotations import annotation_lines
from countermark.ingest.pdf_attachments import children
from countermark.ingest.pdf_limits import limit_of
from countermark.ingest.pdf_metadata import information, stanag_labels, xmp_packet, xmp_properties
from countermark.ingest.pdf_second_engine import read_again
from countermark.ingest.pdf_values import page_objects
from countermark.ingest.problems import limit_problem
from countermark.model import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.ingest.pdf_reading import Reading
    from countermark.limits import Limits
    from countermark.model import Document

# pypdf logs what it meets in a file; no document text may reach a log.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


def read_structure(
    data: bytes, limits: Limits, reading: Reading, read_child: Callable[[bytes, str], Document]
) -> None:
    """Properties, labels, second readings, annotations and embedded files; a failure costs that part
    only."""
    try:
        reader = open_structure(data, reading.password)
    except Exception as error:
        _tell_broken_structure(reading, error, limits)
        return
    for step in (
        _read_information,
        _read_xmp,
        read_again,
        _read_annotations,
        partial(_read_children, limits=limits, read_child=read_child),
    ):
        try:
            step(reader, reading)
        except Exception as error:  # pypdf raises many kinds on broken files; the text is read already
            _tell_broken_structure(reading, error, limits)
    reading.labels += labels_from_properties(reading.properties)


def _tell_broken_structure(reading: Reading, error: Exception, limits: Limits) -> None:
    limit = limit_of(error, limits)
    args = {"error": type(error).__name__}
    broken = Problem(kind=ProblemKind.part_unreadable, reason="pdf-structure", args=args)
    problem = limit_problem(limit) if limit else broken
    if problem not in reading.problems:
        reading.problems.append(problem)


def _read_information(reader: pypdf.PdfReader, reading: Reading) -> None:
    reading.properties += information(reader)


def _read_xmp(reader: pypdf.PdfReader, reading: Reading) -> None:
    packet = xmp_packet(reader)
    if packet is not None:
        reading.properties += xmp_properties(packet)
        reading.labels += stanag_labels(packet, "XMP")


def _read_annotations(reader: pypdf.PdfReader, reading: Reading) -> None:
    pages = page_objects(reader, reading)
    for index, page in enumerate(reading.pages):
        if page.number not in reading.frames:
            continue
        printed = {(line.text, line.box) for line in page.lines}
        found = annotation_lines(pages[page.number - 1], reading.frames[page.number])
        reading.add_to_page(index, (line for line in found if (line.text, line.box) not in printed))


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


def open_structure(data: bytes, password: str = "") -> pypdf.PdfReader:
    """The PDF as pypdf reads it, opened with `password` where it is encrypted.

    Raises whatever pypdf raises on a broken file.
    """
    has_end = data.rfind(b"%%EOF") > data.rfind(b"startxref")  # pypdf reads nothing without it
    reader = pypdf.PdfReader(BytesIO(data if has_end else data + b"\n%%EOF\n"), strict=False)
    if reader.is_encrypted:
        reader.decrypt(password)
    return reader
