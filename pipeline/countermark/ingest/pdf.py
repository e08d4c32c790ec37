"""PDF files to Documents: text through PDFium, structure through pypdf."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from countermark.ingest import pdf_structure
from countermark.ingest.labels import labels_from_properties
from countermark.ingest.pdf_content import is_blank
from countermark.ingest.pdf_fonts import use_own_fonts
from countermark.ingest.pdf_frame import frame_of
from countermark.ingest.pdf_layout import PrintedPage, lay_out
from countermark.ingest.pdf_text import pieces_of
from countermark.ingest.problems import limit_problem
from countermark.limits import LimitReached
from countermark.model import Document, Label, Line, Page, Problem, ProblemKind, Property, Zone

if TYPE_CHECKING:
    from collections.abc import Callable

    import pypdf

    from countermark.ingest.pdf_frame import Frame
    from countermark.limits import Limits

MEDIA_TYPE = "application/pdf"
_LINEARIZED = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_REFUSALS = {
    pdfium.FPDF_ERR_PASSWORD: Problem(kind=ProblemKind.encrypted, reason="encrypted"),
    pdfium.FPDF_ERR_SECURITY: Problem(kind=ProblemKind.encrypted, reason="pdf-security"),
}
_TRUNCATED = Problem(kind=ProblemKind.unreadable, reason="pdf-truncated")


@dataclass
class _Reading:
    """What has been read of a document so far; `count` of its pages, which may be more than are read;
    `frames`, `blank` and `damaged` by page number."""

    count: int = 0
    pages: list[Page] = field(default_factory=list)
    frames: dict[int, Frame] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    damaged: set[int] = field(default_factory=set)
    properties: list[Property] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    children: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_pdf(
    data: bytes, name: str, limits: Limits, *, read_child: Callable[[bytes, str], Document]
) -> Document:
    """The PDF `data` as a Document; `read_child` reads its embedded files. What can't be read is a
    Problem of the Document."""
    reading = _Reading()
    try:
        _read_pages(data, limits, reading)
    except pypdfium2.PdfiumError as error:
        reading.problems.append(_refusal(error, data))
    else:
        _read_structure(data, limits, reading, read_child)
        _tell_unreadable_pages(reading)
        if is_truncated(data):
            reading.problems.append(_TRUNCATED)
    return Document(
        name=name,
        media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=tuple(reading.pages),
        properties=tuple(reading.properties),
        labels=tuple(reading.labels),
        children=tuple(reading.children),
        problems=tuple(reading.problems),
    )


def is_truncated(data: bytes) -> bool:
    """Whether a PDF breaks off: it is shorter than it says of itself (linearized files do), it has no
    end (ISO 32000-1, 7.5.5), or objects follow its last end. Trailing junk is no object."""
    linearized = _LINEARIZED.search(data, 0, 2048)
    if linearized and len(data) < int(linearized[1]):
        return True
    end = max(data.rfind(b"startxref"), data.rfind(b"trailer"))
    return end < 0 or _OBJECT.search(data, end) is not None


def _refusal(error: pypdfium2.PdfiumError, data: bytes) -> Problem:
    """Why PDFium could not open a file. Where it has no reason to give, its code is that of a file opened
    before."""
    code = getattr(error, "err_code", None)
    if code in _REFUSALS and b"/Encrypt" in data:
        return _REFUSALS[code]
    if is_truncated(data):
        return _TRUNCATED
    return Problem(kind=ProblemKind.unreadable, reason="pdf-broken", args={"error": f"PDFium {code}"})


def _read_pages(data: bytes, limits: Limits, reading: _Reading) -> None:
    """The pages' lines, zones assigned. Raises PdfiumError where the file can't be opened."""
    use_own_fonts()
    document = pypdfium2.PdfDocument(data)
    try:
        reading.count = count = len(document)
        printed = []
        for index in range(min(count, limits.pages)):
            try:
                printed.append(_read_page(document, index, reading))
            except pypdfium2.PdfiumError:
                reading.damaged.add(index + 1)
    finally:
        document.close()
    lost = [Page(number=number, readable=False) for number in reading.damaged]
    reading.pages += sorted([*lay_out(printed), *lost], key=lambda page: page.number or 0)
    if count == 0:
        reading.problems.append(Problem(kind=ProblemKind.unreadable, reason="pdf-no-pages"))
    if count > limits.pages:
        reading.problems.append(limit_problem(LimitReached("pages", limits.pages, str(count))))


def _read_page(document: Any, index: int, reading: _Reading) -> PrintedPage:
    """Raises PdfiumError where the page can't be read."""
    page = document[index]
    try:
        frame = frame_of(page)
        pieces = pieces_of(page, frame)
        blank = not pieces and is_blank(page)
    finally:
        page.close()
    reading.frames[index + 1] = frame
    if blank:
        reading.blank.add(index + 1)
    return PrintedPage(index + 1, frame, pieces, readable=bool(pieces) or blank)


def _tell_unreadable_pages(reading: _Reading) -> None:
    unread = [page for page in reading.pages if not page.readable]
    damaged = tuple(page.place() for page in unread if page.number in reading.damaged)
    silent = tuple(page.place() for page in unread if page.number not in reading.damaged)
    if damaged:
        reading.problems.append(Problem(kind=ProblemKind.unreadable, reason="pdf-pages", locations=damaged))
    if silent:
        reading.problems.append(Problem(kind=ProblemKind.no_text, reason="no-text", locations=silent))


def _read_structure(
    data: bytes, limits: Limits, reading: _Reading, read_child: Callable[[bytes, str], Document]
) -> None:
    """Properties, labels, second readings, annotations and embedded files; a failure costs that part
    only."""
    try:
        reader = pdf_structure.open_structure(data)
    except Exception as error:
        _tell_broken_structure(reading, error)
        return
    for step in (
        _read_information,
        _read_xmp,
        _read_again,
        _read_annotations,
        partial(_read_children, limits=limits, read_child=read_child),
    ):
        try:
            step(reader, reading)
        except Exception as error:  # pypdf raises many kinds on broken files; the text is read already
            _tell_broken_structure(reading, error)
    reading.labels += labels_from_properties(reading.properties)


def _tell_broken_structure(reading: _Reading, error: Exception) -> None:
    args = {"error": type(error).__name__}
    problem = Problem(kind=ProblemKind.part_unreadable, reason="pdf-structure", args=args)
    if problem not in reading.problems:
        reading.problems.append(problem)


def _read_information(reader: pypdf.PdfReader, reading: _Reading) -> None:
    reading.properties += pdf_structure.information(reader)


def _read_xmp(reader: pypdf.PdfReader, reading: _Reading) -> None:
    packet = pdf_structure.xmp_packet(reader)
    if packet is not None:
        reading.properties += pdf_structure.xmp_properties(packet)
        reading.labels += pdf_structure.stanag_labels(packet, "XMP")


def _page_objects(reader: pypdf.PdfReader, reading: _Reading) -> Any:
    """pypdf's pages. Raises ValueError where it counts others than PDFium does: notes would go astray."""
    pages = reader.pages
    if len(pages) != reading.count:
        raise ValueError("page count")
    return pages


def _read_again(reader: pypdf.PdfReader, reading: _Reading) -> None:
    """Pages that gave PDFium no text, by the second engine: what it finds has no place on the page."""
    pages = _page_objects(reader, reading)
    for index, page in enumerate(reading.pages):
        if page.lines or page.number is None or page.number in reading.damaged:
            continue
        content = pages[page.number - 1]
        texts = [] if page.number in reading.blank else pdf_structure.legible_text(content)
        lines = tuple(Line(text=text, zone=Zone.body, number=number) for number, text in enumerate(texts, 1))
        if not lines and pdf_structure.has_broken_content(content):
            reading.damaged.add(page.number)
        readable = bool(lines) or (page.readable and page.number not in reading.damaged)
        reading.pages[index] = msgspec.structs.replace(page, lines=lines, readable=readable)


def _read_annotations(reader: pypdf.PdfReader, reading: _Reading) -> None:
    pages = _page_objects(reader, reading)
    for index, page in enumerate(reading.pages):
        if page.number not in reading.frames:
            continue
        printed = {(line.text, line.box) for line in page.lines}
        found = pdf_structure.annotation_lines(pages[page.number - 1], reading.frames[page.number])
        lines = [line for line in found if (line.text, line.box) not in printed]
        if lines:
            first = len(page.lines) + 1
            numbered = [msgspec.structs.replace(line, number=first + n) for n, line in enumerate(lines)]
            reading.pages[index] = msgspec.structs.replace(page, lines=(*page.lines, *numbered))


def _read_children(
    reader: pypdf.PdfReader,
    reading: _Reading,
    limits: Limits,
    read_child: Callable[[bytes, str], Document],
) -> None:
    for child in pdf_structure.children(reader, limits, read_child):
        if isinstance(child, Problem):
            reading.problems.append(child)
        else:
            reading.children.append(child)
