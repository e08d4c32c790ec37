"""PDF files to Documents: text through PDFium, structure through pypdf."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from countermark.ingest import pdf_structure
from countermark.ingest.labels import labels_from_properties
from countermark.ingest.pdf_text import Frame, TextLine, frame_of, lines_of
from countermark.ingest.problems import broken_problem, limit_problem
from countermark.ingest.zones import Sheet, Spot, assign_zones
from countermark.limits import LimitReached
from countermark.model import Box, Document, Label, Line, Location, Page, Problem, ProblemKind, Property, Zone

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.limits import Limits

MEDIA_TYPE = "application/pdf"
_TAGS = {"Header": Zone.header, "Footer": Zone.footer, "Watermark": Zone.watermark}
_TILT = 3.0
_CENTRED_WITHIN = 0.03
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")


@dataclass
class _Reading:
    """What has been read of a document so far."""

    pages: list[Page] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
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
        reading.problems.append(_refusal(error))
    else:
        _read_structure(data, limits, reading, read_child)
        if not _END.search(data):
            reading.problems.append(Problem(kind=ProblemKind.unreadable, reason="pdf-truncated"))
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


def _refusal(error: pypdfium2.PdfiumError) -> Problem:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return Problem(kind=ProblemKind.encrypted, reason="encrypted")
    return broken_problem("pdf-broken", error)


def _read_pages(data: bytes, limits: Limits, reading: _Reading) -> None:
    """The pages' lines, zones assigned. Raises PdfiumError where the file can't be opened."""
    document = pypdfium2.PdfDocument(data)
    try:
        count = len(document)
        if count == 0:
            reading.problems.append(Problem(kind=ProblemKind.unreadable, reason="pdf-no-pages"))
        sheets, printed, shown = [], [], []
        for index in range(min(count, limits.pages)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                reading.problems.append(_unreadable_page(index + 1))
                continue
            frame = frame_of(page)
            lines = lines_of(page, frame)
            reading.frames.append(frame)
            sheets.append(_sheet(lines, frame))
            printed.append((index + 1, lines))
            shown.append(bool(lines) or not _shows_something(page))
            page.close()
    finally:
        document.close()
    assign_zones(sheets)
    for (number, lines), frame, sheet, readable in zip(printed, reading.frames, sheets, shown, strict=True):
        reading.pages.append(_page(number, lines, frame, sheet, readable=readable))
    _tell_unread(reading, count, limits)


def _unreadable_page(number: int) -> Problem:
    return Problem(
        kind=ProblemKind.part_unreadable,
        reason="pdf-page",
        args={"page": str(number)},
        locations=(Location(page=number),),
    )


def _tell_unread(reading: _Reading, count: int, limits: Limits) -> None:
    blind = tuple(Location(page=page.number) for page in reading.pages if not page.readable)
    if blind:
        reading.problems.append(Problem(kind=ProblemKind.no_text, reason="no-text", locations=blind))
    if count > limits.pages:
        reading.problems.append(limit_problem(LimitReached("pages", limits.pages, f"{limits.pages}/{count}")))


def _shows_something(page: Any) -> bool:
    """Whether a page draws anything at all."""
    return bool(pdfium.FPDFPage_CountObjects(page.raw))


def _sheet(lines: list[TextLine], frame: Frame) -> Sheet:
    """The page turned so that most of its text reads upright, for the zones to be found."""
    width, height = frame.size
    quarters: dict[int, int] = {}
    for line in lines:
        quarter = round(line.angle / 90) % 4
        quarters[quarter] = quarters.get(quarter, 0) + len(line.text)
    turn = max(quarters, key=lambda quarter: (quarters[quarter], -quarter), default=0)
    upright = (height, width) if turn % 2 else (width, height)
    spots = [_spot(line, frame, turn) for line in lines]
    return Sheet(width=upright[0], height=upright[1], spots=spots)


def _spot(line: TextLine, frame: Frame, turn: int) -> Spot:
    width, height = frame.size
    inside = line.box.x1 > 0 and line.box.y1 > 0 and line.box.x0 < width and line.box.y0 < height
    tilted = min(line.angle % 90, 90 - line.angle % 90) > _TILT
    tag = _TAGS.get(line.artifact or "")
    fixed = None if inside else Zone.hidden
    if fixed is None and (tilted or tag is Zone.watermark):
        fixed = Zone.watermark
    return Spot(text=line.text, box=_turned(line.box, turn, width, height), tag=tag, zone=fixed)


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of a page whose text reads at `turn` quarters counter-clockwise, in the upright frame."""
    if turn == 1:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    if turn == 2:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    if turn == 3:
        return Box(box.y0, width - box.x1, box.y1, width - box.x0)
    return box


def _page(number: int, lines: list[TextLine], frame: Frame, sheet: Sheet, *, readable: bool) -> Page:
    """The page with its lines in reading order: head, then the rest as PDFium gives it, then foot."""
    width, height = frame.size
    placed = list(zip(lines, sheet.spots, strict=True))
    edges = {Zone.header: 0, Zone.footer: 2}

    def order(item: tuple[int, tuple[TextLine, Spot]]) -> tuple[int, float, float]:
        index, (_, spot) = item
        part = edges.get(spot.zone or Zone.body, 1)
        return (part, float(index), 0.0) if part == 1 else (part, round(spot.box.y0), spot.box.x0)

    ordered = [item for _, item in sorted(enumerate(placed), key=order)]
    return Page(
        number=number,
        width=width,
        height=height,
        readable=readable,
        lines=tuple(
            Line(
                text=line.text,
                zone=spot.zone or Zone.body,
                number=position,
                box=line.box,
                size=line.size,
                weight=line.weight,
                colour=line.colour,
                centred=_is_centred(spot.box, sheet.width),
            )
            for position, (line, spot) in enumerate(ordered, 1)
        ),
    )


def _is_centred(box: Box, width: float) -> bool:
    return abs((box.x0 + box.x1) / 2 - width / 2) < _CENTRED_WITHIN * width


def _read_structure(
    data: bytes, limits: Limits, reading: _Reading, read_child: Callable[[bytes, str], Document]
) -> None:
    """Properties, labels, annotations and embedded files; a failure costs that part only."""
    try:
        reader = pdf_structure.open_structure(data)
        _read_metadata(reader, reading)
        _read_annotations(reader, reading)
        for child in pdf_structure.children(reader, limits, read_child):
            (reading.problems if isinstance(child, Problem) else reading.children).append(child)  # type: ignore[arg-type]
    except Exception as error:  # pypdf raises many kinds on broken files; the text is read already
        args = {"error": type(error).__name__}
        reading.problems.append(Problem(kind=ProblemKind.part_unreadable, reason="pdf-structure", args=args))


def _read_metadata(reader: Any, reading: _Reading) -> None:
    reading.properties += pdf_structure.information(reader)
    packet = pdf_structure.xmp_packet(reader)
    if packet is not None:
        reading.properties += pdf_structure.xmp_properties(packet)
        reading.labels += pdf_structure.stanag_labels(packet, "XMP")
    reading.labels += labels_from_properties(reading.properties)


def _read_annotations(reader: Any, reading: _Reading) -> None:
    for index, (page, frame) in enumerate(zip(reading.pages, reading.frames, strict=True)):
        number = page.number or 0
        if number > len(reader.pages):
            break
        first = len(page.lines) + 1
        lines = tuple(pdf_structure.annotation_lines(reader.pages[number - 1], frame, first))
        if lines:
            known = {line.text for line in page.lines}
            new = tuple(line for line in lines if line.text not in known)
            reading.pages[index] = msgspec.structs.replace(page, lines=(*page.lines, *new))
