"""A copy of a PDF with a highlight or a note at each finding (ISO 32000-1, 12.5), added behind the
original's own bytes.
"""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight, Text
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, TextStringObject

from countermark.model import Box, Location, Severity, Zone
from countermark.readers.pdf.frame import Frame
from countermark.reporting.placed import explanation
from countermark.support.messages import text

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.annotations import AnnotationDictionary

    from countermark.model import DocumentReport, Finding

COLOURS = {Severity.error: "ff9999", Severity.warning: "ffdd66", Severity.note: "99ddff"}
AUTHOR = "Countermark"
MOST_NOTES = 200
"""Notes of one finding; a finding on every page of a long document says it often enough."""
_ICON, _STEP, _MARGIN = 20.0, 24.0, 6.0
_PRINT = 4


def annotate_pdf(data: bytes, report: DocumentReport, lang: str) -> bytes | None:
    """Return the PDF with annotations; None where it is encrypted, since what is added would have to be too.

    Raises whatever pypdf raises on a broken file.
    """
    if PdfReader(BytesIO(data)).is_encrypted:
        return None
    writer = PdfWriter(BytesIO(data), incremental=True)
    taken: Counter[tuple[int, Zone | None]] = Counter()
    for finding in report.findings:
        if finding.suppressed:
            continue
        for place in (finding.locations or (Location(page=1),))[:MOST_NOTES]:
            number = (place.page or 1) - 1
            if number < len(writer.pages):
                frame = frame_of_page(writer.pages[number])
                writer.add_annotation(number, _annotation(finding, place, frame, taken, lang))
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def frame_of_page(page: PageObject) -> Frame:
    """Return the frame of a pypdf page: its crop box within its media box, and its rotation."""
    media, crop = page.mediabox, page.cropbox
    return Frame(
        max(float(media.left), float(crop.left)),
        max(float(media.bottom), float(crop.bottom)),
        min(float(media.right), float(crop.right)),
        min(float(media.top), float(crop.top)),
        page.rotation % 360,
    )


def drawn(frame: Frame, box: Box) -> tuple[float, float, float, float]:
    """Return the rectangle in user space of a box on the page as seen: `Frame.seen` the other way."""
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    match frame.rotation:
        case 90:
            return frame.left + y0, frame.bottom + x0, frame.left + y1, frame.bottom + x1
        case 180:
            return frame.right - x1, frame.bottom + y0, frame.right - x0, frame.bottom + y1
        case 270:
            return frame.right - y1, frame.top - x1, frame.right - y0, frame.top - x0
        case _:
            return frame.left + x0, frame.top - y1, frame.left + x1, frame.top - y0


def note_text(finding: Finding, lang: str) -> str:
    """Return what a note says."""
    severity = text(lang, f"ui.severities.{finding.severity.value}")
    head = text(lang, "ui.aside", {"words": finding.code, "aside": severity})
    return "\n".join(
        (
            head + text(lang, "ui.after_name") + finding.message,
            text(lang, "ui.labels.fix") + finding.fix,
            text(lang, "ui.labels.explain") + explanation(finding.code),
        )
    )


def _annotation(
    finding: Finding, place: Location, frame: Frame, taken: Counter[tuple[int, Zone | None]], lang: str
) -> AnnotationDictionary:
    told = note_text(finding, lang)
    if place.box:
        x0, y0, x1, y1 = drawn(frame, place.box)
        corners = [FloatObject(value) for value in (x0, y1, x1, y1, x0, y0, x1, y0)]
        annotation: AnnotationDictionary = Highlight(
            rect=(x0, y0, x1, y1),
            quad_points=ArrayObject(corners),
            highlight_color=COLOURS[finding.severity],
            printing=True,
        )
        annotation[NameObject("/Contents")] = TextStringObject(told)
    else:
        key = (place.page or 1, place.zone)
        annotation = Text(rect=drawn(frame, _icon(place.zone, frame, taken[key])), text=told)
        taken[key] += 1
    annotation[NameObject("/T")] = TextStringObject(AUTHOR)
    annotation[NameObject("/F")] = NumberObject(_PRINT)
    return annotation


def _icon(zone: Zone | None, frame: Frame, number: int) -> Box:
    """Return where the icon of a note stands: at the head or foot that it is about, else at the left edge."""
    width, height = frame.size
    if zone in (Zone.header, Zone.footer):
        x = width / 2 + number * _STEP
        y = _MARGIN if zone is Zone.header else height - _MARGIN - _ICON
    else:
        x, y = _MARGIN, 2 * _STEP + number * _STEP
    return Box(x, y, x + _ICON, y + _ICON)
