"""Pages of the samples as PDF (reportlab) and as Word files (python-docx), the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from pypdf import PdfReader, PdfWriter
from reportlab.lib.colors import black, red
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

MADE = datetime(2026, 5, 12, 9, 0)
MINCHO, GOTHIC = "HeiseiMin-W3", "HeiseiKakuGo-W5"
for font in (MINCHO, GOTHIC):
    pdfmetrics.registerFont(UnicodeCIDFont(font))


@dataclass
class Sheet:
    """A page: lines of its head and foot, a title, paragraphs; drawn `wide` on landscape paper, its
    head in a red frame where `framed`, text replaced by a picture where `scanned`."""

    head: str = ""
    foot: str = ""
    title: str = ""
    body: list[str] = field(default_factory=list)
    wide: bool = False
    framed: bool = False
    scanned: bool = False


def save_pdf(path: Path, sheets: list[Sheet], **options: Any) -> None:
    """Write the pages to `path`. `information` adds document information, `attached` maps names to
    the bytes of embedded files, `turned` rotates pages: index -> degrees."""
    path.write_bytes(pdf_bytes(sheets, **options))


def pdf_bytes(
    sheets: list[Sheet],
    information: dict[str, str] | None = None,
    attached: dict[str, bytes] | None = None,
    turned: dict[int, int] | None = None,
) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    for number, sheet in enumerate(sheets, 1):
        size = landscape(A4) if sheet.wide else A4
        canvas.setPageSize(size)
        _draw(canvas, sheet, size, f"{number} / {len(sheets)}")
        canvas.showPage()
    canvas.save()
    if not (information or attached or turned):
        return target.getvalue()
    writer = PdfWriter(clone_from=PdfReader(target))
    for name, data in (attached or {}).items():
        writer.add_attachment(name, data)
    for index, degrees in (turned or {}).items():
        writer.pages[index].rotate(degrees)
    writer.add_metadata({f"/{key}": value for key, value in (information or {}).items()})
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def _font(text: str, bold: bool = False) -> str:
    if text.isascii() or all(ord(char) < 0x2100 for char in text):
        return "Helvetica-Bold" if bold else "Helvetica"
    return GOTHIC if bold else MINCHO


def _draw(canvas: Canvas, sheet: Sheet, size: tuple[float, float], count: str) -> None:
    width, height = size
    if sheet.scanned:
        canvas.drawImage(_scan(), 60, 120, width - 120, height - 240)
        return
    for place, text in ((height - 42, sheet.head), (46, sheet.foot)):
        for step, line in enumerate(text.splitlines()):
            canvas.setFont(_font(line, bold=True), 12)
            canvas.setFillColor(red if sheet.framed else black)
            canvas.drawCentredString(width / 2, place - 15 * step, line)
        if sheet.framed:
            lines = text.splitlines()
            canvas.setStrokeColor(red)
            canvas.rect(width / 2 - 40, place - 15 * len(lines) + 8, 80, 15 * len(lines) + 8)
    canvas.setFillColor(black)
    canvas.setFont("Helvetica", 9)
    canvas.drawRightString(width - 60, 18, count)
    canvas.setFont(_font(sheet.title, bold=True), 15)
    canvas.drawString(60, height - 110, sheet.title)
    down = height - 140
    for paragraph in sheet.body:
        name = _font(paragraph)
        canvas.setFont(name, 10.5)
        for line in _wrapped(paragraph, name, 10.5, width - 120):
            canvas.drawString(60, down, line)
            down -= 16
        down -= 8


def _wrapped(text: str, name: str, size: float, width: float) -> list[str]:
    """The lines of a paragraph; Japanese breaks between any two characters."""
    if name.startswith("Helvetica"):
        return list(simpleSplit(text, name, size, width))
    letters = int(width / size)
    return [text[start : start + letters] for start in range(0, len(text), letters)]


def _scan() -> Any:
    """A grey picture of a page with strokes for its lines: a scan without a text layer."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (420, 594), 244)
    pen = ImageDraw.Draw(picture)
    for row in range(26):
        pen.line((40, 60 + 18 * row, 380 - (row * 37) % 90, 60 + 18 * row), fill=90, width=3)
    pen.ellipse((280, 470, 380, 560), outline=60, width=5)
    return ImageReader(picture)


@dataclass
class Part:
    """A Word section: its marking at head and foot, paragraphs; `first` is the head and foot of its
    first page where that differs, `first_off` the same part left in the file but switched off."""

    head: str = ""
    foot: str = ""
    body: list[str] = field(default_factory=list)
    wide: bool = False
    first: str | None = None
    first_off: str | None = None
    table: bool = False
    box: bool = False


def save_word(path: Path, title: str, parts: list[Part], custom: dict[str, str] | None = None) -> None:
    """Write a Word file with the title and a section for each part; `custom` adds custom properties."""
    document = docx.Document()
    _set_fonts(document)
    document.core_properties.author = "Countermark samples"
    document.core_properties.title = title
    for moment in ("created", "modified"):
        setattr(document.core_properties, moment, MADE)
    for number, part in enumerate(parts):
        section = document.sections[0] if number == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        _set_section(section, part)
        if number == 0:
            document.add_heading(title, level=1)
        for paragraph in part.body:
            document.add_paragraph(paragraph)
    target = io.BytesIO()
    document.save(target)
    path.write_bytes(_settled(target.getvalue(), custom or {}))


def _set_fonts(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK JP")


def _set_section(section: Any, part: Part) -> None:
    wide = section.orientation == WD_ORIENT.LANDSCAPE
    if part.wide != wide:
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if part.wide else WD_ORIENT.PORTRAIT
    for frame, text in ((section.header, part.head), (section.footer, part.foot)):
        frame.is_linked_to_previous = False
        if part.table:
            _fill_table(frame, text)
        elif part.box:
            _fill_box(frame, text)
        else:
            _fill(frame, text)
    section.different_first_page_header_footer = part.first is not None
    first = part.first if part.first is not None else part.first_off
    if first is not None:
        for frame in (section.first_page_header, section.first_page_footer):
            frame.is_linked_to_previous = False
            _fill(frame, first)


def _fill(frame: Any, text: str) -> None:
    for number, line in enumerate(text.splitlines()):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True


def _fill_table(frame: Any, text: str) -> None:
    """The marking in the middle cell of a table, as letterheads have it."""
    table = frame.add_table(rows=1, cols=3, width=Pt(450))
    table.cell(0, 0).text = "JWG/26/114"
    table.cell(0, 1).text = text
    table.cell(0, 2).text = "Issue 2"


def _fill_box(frame: Any, text: str) -> None:
    """The marking in a floating text box."""
    run = frame.paragraphs[0].add_run()
    run._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:shape id="marking" type="#_x0000_t202" '
            'style="position:absolute;margin-left:150pt;margin-top:0;width:150pt;height:20pt"><v:textbox>'
            '<w:txbxContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
            f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )


_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def _settled(data: bytes, custom: dict[str, str]) -> bytes:
    """The package with custom properties added and every entry of the same date."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if custom:
        entries = "".join(
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
            f"<vt:lpwstr>{value}</vt:lpwstr></property>"
            for number, (name, value) in enumerate(custom.items(), 2)
        )
        parts["docProps/custom.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="{_CUSTOM_NAMESPACE}" '
            f'xmlns:vt="{_VARIANT}">{entries}</Properties>'
        ).encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            f'<Override PartName="/docProps/custom.xml" ContentType="{_CUSTOM_TYPE}"/></Types>'.encode(),
        )
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rIdCustom" Type="{_CUSTOM_RELATION}" Target="docProps/custom.xml"/>'
            "</Relationships>".encode(),
        )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 5, 12, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
