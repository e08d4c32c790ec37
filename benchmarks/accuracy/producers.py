"""Sets corporate papers by programs that people use: word processors, browsers, report libraries and what
writes PDF files anew."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from accuracy.corporate import KINDS, corporate_paper
from accuracy.design import drawable, encodes
from accuracy.paper import Places
from accuracy.truth import Kind, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from accuracy.corporate import CorporatePaper, Element

_SECONDS = 600
_STYLE = """
@page { size: A4 %(turn)s; margin: 32mm 20mm 28mm }
body { font: 10.5pt/1.4 serif } h1 { font-size: 14pt }
table { border-collapse: collapse; width: 100%% } td { %(rule)s padding: 2pt 4pt }
.box { border: 1pt solid; padding: 8pt; text-align: center; margin: 12pt 25%% }
"""
_FIXED = """
@page { margin: 8mm 20mm } .space { height: 24mm } .flow > * > * > td { border: 0 }
.head, .foot { position: fixed; left: 0; right: 0 } .head { top: 0 } .foot { bottom: 0 }
"""
_SPACED = (
    '<table class="flow"><thead><tr><td class="space"></td></tr></thead>'
    "<tbody><tr><td>{body}</td></tr></tbody>"
    '<tfoot><tr><td class="space"></td></tr></tfoot></table>'
)
"""Keeps the text off what is fixed at the top and bottom of every page."""
_RUNNING = """
.head { position: running(head) } .foot { position: running(foot) }
@page { @top-center { content: element(head); width: 100% } }
@page { @bottom-center { content: element(foot); width: 100% } }
"""


def corporate_samples(count: int, seed: int) -> Iterator[Sample]:
    """Yield `count` papers of each kind by each producer that is at hand."""
    papers = [corporate_paper(number, kind, seed) for number in range(count) for kind in KINDS]
    for producer, make in PRODUCERS.items():
        for index, (paper, data) in enumerate(make(papers)):
            yield _sample(paper, producer, index, data)


def _sample(paper: CorporatePaper, producer: str, index: int, data: bytes) -> Sample:
    suffix = "pdf" if data.startswith(b"%PDF") else "docx"
    places = Places(strict=suffix == "docx")
    if paper.written:
        pages = range(1, len(PdfReader(io.BytesIO(data)).pages) + 1) if suffix == "pdf" else [(1, "default")]
        for page in pages:
            places.put(paper.written, page, "header")
            places.put(paper.written, page, "footer")
    kind = Kind.clean
    name = f"{producer.replace(' ', '-')}-{paper.kind.replace(' ', '-')}-{index:04}.{suffix}"
    return Sample(name, data, producer, paper.language, kind, tuple(places.placed), setting=paper.kind)


def _rows(paper: CorporatePaper, *, head: bool) -> list[tuple[str, ...]]:
    """Return the cells of header or footer: one row, or the marking's own row above another."""
    marking = "\n".join(paper.written.lines) if paper.written else ""
    left, right = (paper.left, paper.right) if head else (paper.running, paper.foot)
    if paper.layout == "row above":
        return [(marking,), (left, right)] if marking else [(left, right)]
    if paper.layout == "left cell":
        return [(marking or left, right)]
    if paper.layout == "plain line":
        return [(marking,)] if marking else [(left,)]
    return [(left, marking, right)]


def _counted(text: str, page: object = 1, total: object = 3) -> str:
    return text.replace("#", str(page)).replace("@", str(total))


# Word processors


def _word(papers: Iterable[CorporatePaper]) -> Iterator[tuple[CorporatePaper, bytes]]:
    for paper in papers:
        document = docx.Document()
        section = document.sections[0]
        if paper.is_landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        for part, is_head in ((section.header, True), (section.footer, False)):
            _word_rows(
                part, _rows(paper, head=is_head), ruled=paper.ruled, plain=paper.layout == "plain line"
            )
        for element in paper.elements:
            _word_element(document, element)
        target = io.BytesIO()
        document.save(target)
        yield paper, target.getvalue()


def _word_rows(part: Any, rows: list[tuple[str, ...]], *, ruled: bool, plain: bool) -> None:
    for row in rows:
        if plain or len(row) == 1:
            for number, line in enumerate(row[0].split("\n")):
                paragraph = part.paragraphs[0] if number == 0 else part.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _word_text(paragraph, line)
            continue
        table = part.add_table(rows=1, cols=len(row), width=Pt(430))
        table.style = "Table Grid" if ruled else "Normal Table"
        for cell, text in zip(table.rows[0].cells, row, strict=True):
            for number, line in enumerate(text.split("\n")):
                _word_text(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), line)


def _word_text(paragraph: Any, text: str) -> None:
    for piece in text.replace("#", "\0#\0").replace("@", "\0@\0").split("\0"):
        if piece not in ("#", "@"):
            paragraph.add_run(piece).bold = True
            continue
        field = OxmlElement("w:fldSimple")
        field.set(f"{{{paragraph._p.nsmap['w']}}}instr", "PAGE" if piece == "#" else "NUMPAGES")
        paragraph._p.append(field)


def _word_element(document: Any, element: Element) -> None:
    if element.kind == "break":
        document.add_page_break()
    elif element.kind == "heading":
        document.add_heading(element.text, level=1)
    elif element.kind == "table":
        table = document.add_table(rows=0, cols=len(element.rows[0]), style="Table Grid")
        for row in element.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = _counted(text)
    elif element.kind == "box":
        document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0).text = element.text
    else:
        style = "List Bullet" if element.kind == "list" else "Normal"
        document.add_paragraph(element.text, style=style)


def _office(papers: Iterable[CorporatePaper], target: str) -> Iterator[tuple[CorporatePaper, bytes]]:
    """Yield what LibreOffice makes of the Word files: PDF, or Word again by way of its own form."""
    office = shutil.which("soffice")
    if not office:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = list(_word(papers))
        files = [folder / f"{number}.docx" for number in range(len(made))]
        for path, (_, data) in zip(files, made, strict=True):
            path.write_bytes(data)
        for step in ("pdf",) if target == "pdf" else ("odt", "docx"):
            command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += ["--convert-to", step, "--outdir", str(folder), *map(str, files)]
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            files = [path.with_suffix(f".{step}") for path in files]
        for path, (paper, _) in zip(files, made, strict=True):
            yield paper, path.read_bytes()


# Browsers


def _page_of(paper: CorporatePaper, style: str, flow: str = "{body}") -> str:
    parts = {True: "head", False: "foot"}
    bands = "".join(
        f'<div class="{name}">{_table(_rows(paper, head=head))}</div>' for head, name in parts.items()
    )
    turn = "landscape" if paper.is_landscape else "portrait"
    rule = "border: 0.5pt solid;" if paper.ruled else ""
    body = "".join(_html(element) for element in paper.elements)
    css = _STYLE % {"turn": turn, "rule": rule} + style
    body = flow.format(body=body)
    return f'<html lang="{paper.language}"><meta charset="utf-8"><style>{css}</style>{bands}{body}</html>'


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    lines = []
    for row in rows:
        cells = (html.escape(_counted(text)).replace("\n", "<br>") for text in row)
        lines.append(
            "<table><tr>" + "".join(f"<td align=center>{cell}</td>" for cell in cells) + "</tr></table>"
        )
    return "".join(lines)


def _html(element: Element) -> str:
    if element.kind == "table":
        return _table(element.rows)
    if element.kind == "break":
        return '<div style="break-before: page"></div>'
    tag = {"heading": "h1", "list": "li"}.get(element.kind, "p")
    name = ' class="box"' if element.kind == "box" else ""
    return f"<{tag}{name}>{html.escape(element.text)}</{tag}>"


def _chromium(papers: Iterable[CorporatePaper]) -> Iterator[tuple[CorporatePaper, bytes]]:
    browser = shutil.which("chromium")
    if not browser:
        return
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "a.html", Path(name) / "a.pdf"
        for paper in papers:
            source.write_text(_page_of(paper, _FIXED, _SPACED), encoding="utf-8")
            command = [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={name}/profile",
            ]
            command += ["--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            yield paper, target.read_bytes()


def _weasyprint(papers: Iterable[CorporatePaper]) -> Iterator[tuple[CorporatePaper, bytes]]:
    try:
        import weasyprint
    except (ImportError, OSError):
        return
    for paper in papers:
        yield paper, weasyprint.HTML(string=_page_of(paper, _RUNNING)).write_pdf()


# Report libraries


def _platypus(papers: Iterable[CorporatePaper]) -> Iterator[tuple[CorporatePaper, bytes]]:
    for paper in papers:
        if not paper.written or all(drawable(line) for line in paper.written.lines):
            yield paper, _platypus_pdf(paper)


def _platypus_pdf(paper: CorporatePaper) -> bytes:
    size = landscape(A4) if paper.is_landscape else A4
    target = io.BytesIO()
    template = BaseDocTemplate(target, pagesize=size, invariant=1)
    frame = Frame(60, 80, size[0] - 120, size[1] - 180)

    def bands(canvas: Canvas, _: object) -> None:
        for is_head, base in ((True, size[1] - 30), (False, 60)):
            table = [
                _flowing(row, canvas.getPageNumber(), ruled=paper.ruled) for row in _rows(paper, head=is_head)
            ]
            for each in table:
                _, height = each.wrapOn(canvas, size[0] - 120, 60)
                each.drawOn(canvas, 60, base - height)
                base -= height

    template.addPageTemplates([PageTemplate(frames=[frame], onPage=bands)])
    template.build([_flowable(element) for element in paper.elements])
    return target.getvalue()


def _flowing(row: tuple[str, ...], page: int, *, ruled: bool) -> Table:
    cells = [
        [Paragraph(html.escape(_counted(text, page)).replace("\n", "<br/>"), _style(text)) for text in row]
    ]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled and len(row) > 1 else []
    return Table(cells, style=grid)


def _style(text: str, size: float = 10.5) -> ParagraphStyle:
    font = "Helvetica" if encodes(text, "cp1252") else "HeiseiKakuGo-W5"
    wrap = None if font == "Helvetica" else "CJK"
    return ParagraphStyle(font, fontName=font, fontSize=size, leading=size * 1.3, alignment=1, wordWrap=wrap)


def _flowable(element: Element) -> Any:
    if element.kind == "break":
        return PageBreak()
    if element.kind in ("table", "box"):
        rows = element.rows or ((element.text,),)
        cells = [[Paragraph(html.escape(_counted(text)), _style(text, 9)) for text in row] for row in rows]
        return Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    shown = "".join(letter if drawable(letter) else "?" for letter in element.text)
    style = _style(shown, 15 if element.kind == "heading" else 10.5)
    style.alignment = 0
    return Paragraph(html.escape(shown), style) if shown else Spacer(1, 12)


# What writes PDF files anew


def _rewritten(
    papers: Iterable[CorporatePaper], command: list[str]
) -> Iterator[tuple[CorporatePaper, bytes]]:
    """Yield WeasyPrint's PDF files as another program writes them."""
    if not shutil.which(command[0]):
        return
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "a.pdf", Path(name) / "b.pdf"
        for paper, data in _weasyprint(papers):
            source.write_bytes(data)
            filled = [word.format(source=source, target=target) for word in command]
            subprocess.run(filled, check=True, capture_output=True, timeout=_SECONDS)
            yield paper, target.read_bytes()


_GHOSTSCRIPT = [
    "gs",
    "-q",
    "-dSAFER",
    "-dBATCH",
    "-dNOPAUSE",
    "-sDEVICE=pdfwrite",
    "-sOutputFile={target}",
    "{source}",
]
_CAIRO = ["pdftocairo", "-pdf", "{source}", "{target}"]
_QPDF = ["qpdf", "--object-streams=generate", "--linearize", "{source}", "{target}"]
PRODUCERS: dict[str, Callable[[Iterable[CorporatePaper]], Iterator[tuple[CorporatePaper, bytes]]]] = {
    "python-docx": _word,
    "LibreOffice Word": lambda papers: _office(papers, "docx"),
    "LibreOffice PDF": lambda papers: _office(papers, "pdf"),
    "Chromium": _chromium,
    "WeasyPrint": _weasyprint,
    "platypus": _platypus,
    "Ghostscript": lambda papers: _rewritten(papers, _GHOSTSCRIPT),
    "cairo": lambda papers: _rewritten(papers, _CAIRO),
    "qpdf": lambda papers: _rewritten(papers, _QPDF),
}
"""Each gives the papers that it can set, with their bytes; those not at hand give none."""
