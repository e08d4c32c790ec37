"""Sets papers as Word files, and as LibreOffice saves and prints them."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pypdfium2
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from accuracy.papers.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accuracy.papers.model import Band, Cell, Element, HardPaper, Look, Section

_SECONDS = 600
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_SHAPE = (
    "<w:r {spaces}><w:pict><v:shape style='position:absolute;{style}' o:spid='s{number}' {more}>{content}"
    "</v:shape></w:pict></w:r>"
)
_STAMP = "margin-left:380pt;margin-top:-20pt;width:40pt;height:90pt;z-index:5"
_WATER = (
    "margin-left:0;margin-top:0;width:400pt;height:100pt;rotation:315;z-index:-5;"
    "mso-position-horizontal:center;mso-position-vertical:center"
)
_STAMPED = (
    "<v:textbox style='layout-flow:vertical-ideographic'><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox>"
)


def word_papers(papers: Iterable[HardPaper]) -> Iterator[Printed]:
    """Yield papers as python-docx writes them, in its template with Word's theme."""
    for paper in papers:
        yield Printed(paper, _file(paper), "docx")


def _file(paper: HardPaper) -> bytes:
    document = docx.Document()
    document.core_properties.title = paper.title
    document.settings.odd_and_even_pages_header_footer = any(section.even for section in paper.sections)
    for number, section in enumerate(paper.sections):
        own = document.add_section(WD_SECTION.NEW_PAGE) if number else document.sections[0]
        _set_section(own, section, paper)
        for element in section.elements:
            _add(document, element)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_section(own: Any, section: Section, paper: HardPaper) -> None:
    if paper.landscape:
        own.orientation, own.page_width, own.page_height = WD_ORIENT.LANDSCAPE, Pt(842), Pt(595)
    own.different_first_page_header_footer = section.first is not None
    for kind, bands in section.variants.items():
        prefix = "" if kind == "default" else f"{kind}_page_"
        for part, band in (
            (getattr(own, f"{prefix}header"), bands.head),
            (getattr(own, f"{prefix}footer"), bands.foot),
        ):
            part.is_linked_to_previous = False
            _set_band(part, band, paper.look)
        if paper.watermark:
            shape = f"<v:textpath style='font-family:&quot;Calibri&quot;' string='{paper.watermark}'/>"
            _draw(
                getattr(own, f"{prefix}header").paragraphs[0],
                _WATER,
                shape,
                "type='#_x0000_t136' fillcolor='silver'",
            )


def _draw(paragraph: Any, style: str, content: str, more: str = "") -> None:
    paragraph._p.append(
        parse_xml(_SHAPE.format(spaces=_SPACES, style=style, number=1, content=content, more=more))
    )


def _set_band(part: Any, band: Band, look: Look) -> None:
    for number, row in enumerate(band.rows):
        if len(row) == 1:
            paragraph = part.paragraphs[0] if number == 0 else part.add_paragraph()
            _fill(paragraph, row[0], look)
            continue
        table = part.add_table(rows=1, cols=len(row), width=Pt(430))
        table.style = "Table Grid" if band.ruled else "Normal Table"
        for cell, shown in zip(table.rows[0].cells, row, strict=True):
            for line_number, line in enumerate(shown.text.split("\n")):
                paragraph = cell.paragraphs[0] if line_number == 0 else cell.add_paragraph()
                _fill(paragraph, shown._replace(text=line), look)


def _fill(paragraph: Any, cell: Cell, look: Look) -> None:
    paragraph.alignment = _ALIGN[cell.align]
    if cell.role == "logo":
        paragraph.add_run("◆").font.size = Pt(20)
        return
    for piece in cell.text.replace("#", "\0#\0").replace("@", "\0@\0").split("\0"):
        if piece in ("#", "@"):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE" if piece == "#" else "NUMPAGES")
            paragraph._p.append(field)
            continue
        for line_number, line in enumerate(piece.split("\n")):
            run = paragraph.add_run()
            if line_number:
                run.add_break()
            run.add_text(line)
            if cell.role == "marking":
                _style_run(run, look)


def _style_run(run: Any, look: Look) -> None:
    run.bold, run.font.size, run.font.color.rgb = (
        look.bold,
        Pt(look.size),
        RGBColor.from_string(look.colour[1:]),
    )
    for name, value in (
        ("w:spacing", int(look.spacing * 20)),
        ("w:w", look.stretch if look.stretch != 100 else 0),
    ):
        if value:
            setting = OxmlElement(name)
            setting.set(qn("w:val"), str(value))
            run._r.get_or_add_rPr().append(setting)


def _add(document: Any, element: Element) -> None:
    if element.kind == "break":
        document.add_page_break()
    elif element.kind == "table":
        table = document.add_table(rows=0, cols=len(element.rows[0]), style="Table Grid")
        for row in element.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    elif element.kind == "box":
        document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0).text = element.text
    elif element.kind == "stamp":
        _draw(document.add_paragraph(), _STAMP, _STAMPED.format(element.text))
    else:
        style = {"title": "Title", "heading": "Heading 1", "item": "List Bullet"}.get(element.kind, "Normal")
        paragraph = document.add_paragraph(element.text, style=style)
        if element.kind == "centre":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def office_papers(papers: Iterable[HardPaper], *steps: str) -> Iterator[Printed]:
    """Yield what LibreOffice makes of the Word files, saved in one form after another."""
    office = shutil.which("soffice")
    if not office:
        return
    with tempfile.TemporaryDirectory() as name:
        folder, made = Path(name), list(papers)
        files = [folder / f"{number}.docx" for number in range(len(made))]
        for path, paper in zip(files, made, strict=True):
            path.write_bytes(_file(paper))
        for step in steps:
            command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += ["--convert-to", step, "--outdir", str(folder), *map(str, files)]
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            files = [path.with_suffix(f".{step}") for path in files]
        for path, paper in zip(files, made, strict=True):
            data = path.read_bytes()
            yield Printed(paper, data, steps[-1], _pages(data, paper) if steps[-1] == "pdf" else ())


def _pages(data: bytes, paper: HardPaper) -> tuple[int, ...]:
    """Return the pages of each section: it begins where its first words are."""
    document = pypdfium2.PdfDocument(data)
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    starts = [0]
    for section in paper.sections[1:]:
        name = "".join(section.elements[0].text.split())
        starts.append(
            next(number for number, text in enumerate(texts) if number > starts[-1] and name in text)
        )
    ends = [*starts[1:], len(texts)]
    return tuple(end - start for start, end in zip(starts, ends, strict=True))
