"""Sets papers by typesetters and report libraries: Typst, groff, reportlab's platypus."""

from __future__ import annotations

import html
import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Table

from accuracy.design import drawable, encodes
from accuracy.papers.printed import Printed, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accuracy.papers.model import Band, Cell, Element, HardPaper, Look, Section

_SECONDS = 120


# Typst


def typst_papers(papers: Iterable[HardPaper]) -> Iterator[Printed]:
    """Yield papers as Typst sets them: kerned, with ligatures, hyphenated and justified."""
    try:
        import typst
    except ImportError:
        return
    for paper in papers:
        parts = [typst.compile(_typst(paper, section).encode()) for section in paper.sections]
        yield joined(paper, parts)


_TYPST = """#set text(lang: "{language}", size: 10.5pt, font: ({fonts}))
#set par(justify: true)
#set page(paper: "a4", flipped: {flipped}, margin: (top: 36mm, bottom: {bottom}mm, x: 22mm),
  header: context {{ let n = counter(page).get().first(); {head} }},
  footer: context {{ let n = counter(page).get().first(); {foot} }}, background: {background})
"""


def _typst(paper: HardPaper, section: Section) -> str:
    fonts = (
        '"Noto Serif CJK JP"'
        if paper.language == "ja"
        else '"Libertinus Serif", "Noto Serif CJK JP", "Noto Serif CJK KR"'
    )
    water = (
        f"rotate(-40deg, text(60pt, fill: luma(220))[#{_quoted(paper.watermark)}])"
        if paper.watermark
        else "none"
    )
    head, foot = (_chosen(section, paper, index) for index in (0, 1))
    return _TYPST.format(
        language=paper.language,
        fonts=fonts,
        flipped=str(paper.landscape).lower(),
        bottom=20 if paper.tight else 30,
        head=head,
        foot=foot,
        background=water,
    ) + "\n\n".join(_typst_element(element) for element in section.elements)


def _chosen(section: Section, paper: HardPaper, index: int) -> str:
    shown = {kind: f"[{_typst_band(bands[index], paper.look)}]" for kind, bands in section.variants.items()}
    even = (
        f"if calc.even(n) {{ {shown['even']} }} else {{ {shown['default']} }}"
        if "even" in shown
        else shown["default"]
    )
    return f"if n == 1 {{ {shown['first']} }} else {{ {even} }}" if "first" in shown else even


def _typst_band(band: Band, look: Look) -> str:
    stroke = "0.5pt" if band.ruled else "none"
    tables = []
    for row in band.rows:
        columns = ", ".join(["1fr"] * len(row))
        cells = ", ".join(_typst_cell(cell, look) for cell in row)
        tables.append(f"#table(columns: ({columns},), stroke: {stroke}, {cells})")
    return " ".join(tables)


def _typst_cell(cell: Cell, look: Look) -> str:
    if cell.role == "logo":
        return "[#rect(width: 20mm, height: 7mm, fill: navy)]"
    lines = " #linebreak() ".join(
        _typst_line(line, counted=cell.role == "text") for line in cell.text.split("\n")
    )
    if cell.role == "marking":
        weight = '"bold"' if look.bold else '"regular"'
        style = f'{look.size}pt, weight: {weight}, tracking: {look.spacing}pt, fill: rgb("{look.colour}")'
        lines = f"#text({style})[{lines}]"
        lines = f"#box(stroke: 1pt, inset: 3pt)[{lines}]" if look.framed else lines
    return f"[#align({cell.align})[{lines}]]"


def _typst_line(text: str, *, counted: bool) -> str:
    if not counted:
        return f"#{_quoted(text)}"
    pieces = text.replace("#", "\0#\0").replace("@", "\0@\0").split("\0")
    counters = {"#": "#n", "@": "#counter(page).final().first()"}
    return "".join(counters.get(piece) or f"#{_quoted(piece)}" for piece in pieces if piece)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_element(element: Element) -> str:
    text = f"#{_quoted(element.text)}"
    if element.kind == "table":
        cells = ", ".join(f"[#{_quoted(text)}]" for row in element.rows for text in row)
        return f"#table(columns: {len(element.rows[0])}, {cells})"
    stamp = (
        "#align(right)[#box(stroke: 1.5pt + red, inset: 4pt)["
        + " #linebreak() ".join(f"#{_quoted(sign)}" for sign in element.text)
        + "]]"
    )
    shown = {
        "title": f"#align(center)[#text(17pt)[{text}]]",
        "heading": f"= {text}",
        "item": f"- {text}",
        "box": f"#align(center)[#rect(inset: 8pt)[{text}]]",
        "centre": f"#align(center)[{text}]",
        "stamp": stamp,
        "break": "#pagebreak()",
    }
    return shown.get(element.kind, text)


# groff


def groff_papers(papers: Iterable[HardPaper]) -> Iterator[Printed]:
    """Yield papers as groff sets them, by way of PostScript."""
    if not shutil.which("groff") or not shutil.which("ps2pdf"):
        return
    for paper in papers:
        yield joined(paper, [_groff_pdf(paper, section) for section in paper.sections])


_TROFF = """.pl 29.7c
.po 2.2c
.ll 16.6c
.lt 16.6c
.de HD
'sp 0.8c
{head}
'sp |3.6c
..
.de FT
'sp 0.3c
{foot}
'bp
..
.wh 0 HD
.wh -{low}c FT
.ad b
{body}
"""


def _groff_pdf(paper: HardPaper, section: Section) -> bytes:
    size = max(8, int(paper.look.size))
    head, foot = (
        "\n".join(line for row in band.rows for line in _groff_row(row, size)) for band in section.usual
    )
    body = "\n".join(line for element in section.elements for line in _groff_element(element))
    source = _TROFF.format(head=head, foot=foot, body=body, low=2.2 if paper.tight else 3)
    command = ["groff", "-t", "-Kutf8", "-Tps", "-P-pa4"]
    postscript = subprocess.run(
        command, input=source.encode(), check=True, capture_output=True, timeout=_SECONDS
    )
    ran = subprocess.run(
        ["ps2pdf", "-sPAPERSIZE=a4", "-", "-"],
        input=postscript.stdout,
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    return ran.stdout


def _groff_row(row: tuple[Cell, ...], size: int) -> list[str]:
    cells = [cell.text.split("\n") for cell in row]
    found = []
    for number in range(max(map(len, cells))):
        sides = {"left": "", "center": "", "right": ""}
        for cell, lines in zip(row, cells, strict=True):
            if number < len(lines):
                text = (
                    lines[number]
                    .replace("#", "\\n%" if cell.role == "text" else "#")
                    .replace("@", "3")
                    .replace("'", "\\(cq")
                    .replace("|", "/")
                )
                sides[cell.align] += f"\\s{size}\\fB{text}\\fP\\s0" if cell.role == "marking" else text
        found.append(f".tl |{sides['left']}|{sides['center']}|{sides['right']}|")
    return found


def _groff_element(element: Element) -> list[str]:
    text = element.text.replace("\\", "\\e")
    text = f"\\&{text}"
    if element.kind == "table":
        rows = ["\t".join(row) for row in element.rows]
        return [".TS", "allbox;", " ".join("l" * len(element.rows[0])) + ".", *rows, ".TE"]
    shown = {
        "title": [".ce", f"\\s16{text}\\s0", ".sp"],
        "heading": [".sp", f"\\fB{text}\\fP", ".br"],
        "item": [".br", f"\\(bu {text}", ".br"],
        "box": [".TS", "center box;", "c.", text, ".TE"],
        "centre": [".ce", text],
        "break": [".bp"],
    }
    return shown.get(element.kind, [text, ".sp"])


# platypus


def platypus_papers(papers: Iterable[HardPaper]) -> Iterator[Printed]:
    """Yield papers as reportlab's platypus sets them, tables drawn as headers and footers."""
    for paper in papers:
        yield joined(paper, [_platypus_pdf(paper, section) for section in paper.sections])


def _platypus_pdf(paper: HardPaper, section: Section) -> bytes:
    width, height = landscape(A4) if paper.landscape else A4
    target = io.BytesIO()
    template = BaseDocTemplate(target, pagesize=(width, height), invariant=1, title=paper.title)
    low = 62 if paper.tight else 90
    frame = Frame(60, low, width - 120, height - low - 110, bottomPadding=0)

    def draw(canvas: Canvas, _: object) -> None:
        bands = section.bands(canvas.getPageNumber())
        for band, base in ((bands.head, height - 22), (bands.foot, low - 1 if paper.tight else 78)):
            for row in band.rows:
                table = _platypus_row(row, paper.look, canvas.getPageNumber(), ruled=band.ruled)
                _, used = table.wrapOn(canvas, width - 120, 90)
                base -= used
                table.drawOn(canvas, 60, base)
        if paper.watermark:
            canvas.saveState()
            canvas.translate(width / 2, height / 2)
            canvas.rotate(40)
            canvas.setFillGray(0.88)
            canvas.setFont("Helvetica-Bold", 60)
            canvas.drawCentredString(0, 0, paper.watermark)
            canvas.restoreState()

    template.addPageTemplates([PageTemplate(frames=[frame], onPage=draw)])
    template.build([_flowable(element) for element in section.elements])
    return target.getvalue()


def _platypus_row(row: tuple[Cell, ...], look: Look, page: int, *, ruled: bool) -> Table:
    cells = []
    for cell in row:
        text = cell.text if cell.role == "marking" else cell.text.replace("#", str(page)).replace("@", "9")
        style = _style(
            text, look.size if cell.role == "marking" else 9, bold=cell.role == "marking" and look.bold
        )
        style.alignment = {"left": 0, "center": 1, "right": 2}[cell.align]
        style.textColor = HexColor(look.colour) if cell.role == "marking" else HexColor("#000000")
        shown = html.escape(text or ("■■" if cell.role == "logo" else "")).replace("\n", "<br/>")
        cells.append(Paragraph(shown, style))
    return Table([cells], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled and len(row) > 1 else [])


def _style(text: str, size: float = 10.5, *, bold: bool = False) -> ParagraphStyle:
    latin = encodes(text, "cp1252")
    font = ("Helvetica-Bold" if bold else "Helvetica") if latin else "HeiseiKakuGo-W5"
    return ParagraphStyle(
        "own", fontName=font, fontSize=size, leading=size * 1.3, wordWrap=None if latin else "CJK"
    )


def _flowable(element: Element) -> Any:
    if element.kind == "break":
        return PageBreak()
    if element.kind in ("table", "box"):
        rows = element.rows or ((element.text,),)
        cells = [[Paragraph(html.escape(text), _style(text, 9)) for text in row] for row in rows]
        return Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    if element.kind == "stamp":
        sign = [[Paragraph(letter, _style(letter, 16))] for letter in element.text]
        return Table(sign, style=[("BOX", (0, 0), (-1, -1), 1.5, "red")], hAlign="RIGHT", colWidths=[26])
    text = f"• {element.text}" if element.kind == "item" else element.text
    style = _style(text, {"title": 17, "heading": 12}.get(element.kind, 10.5))
    style.alignment = 1 if element.kind in ("title", "centre") else 0
    style.spaceAfter = 6
    return Paragraph(html.escape(text), style)


def platypus_sets(paper: HardPaper) -> bool:
    """Return whether platypus has letters for all of it."""
    return all(drawable(line) for text in paper.texts for line in text.split("\n"))


def groff_sets(paper: HardPaper) -> bool:
    """Return whether groff can set it: Western letters, upright pages that are all alike."""
    is_plain = (
        not paper.landscape and not paper.watermark and paper.look.spacing == 0 and paper.look.stretch == 100
    )
    alike = all(len(section.variants) == 1 for section in paper.sections)
    return is_plain and alike and all(encodes(text, "latin-1") for text in paper.texts)
