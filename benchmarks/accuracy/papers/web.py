"""Sets papers by what prints web pages: WeasyPrint and Chromium, each section by itself, and joins them."""

from __future__ import annotations

import base64
import html
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accuracy.papers.printed import Printed, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accuracy.papers.model import Band, Cell, Element, HardPaper, Section

_STYLE = """
@page {{ size: A4 {turn}; margin: {margin} }}
body {{ font: 10.5pt/1.4 {font}; margin: 0 }} h1 {{ font-size: 17pt }} h2 {{ font-size: 12pt }}
table {{ border-collapse: collapse; width: 100% }} td {{ padding: 2pt 4pt }}
.ruled td {{ border: 0.5pt solid }}
.box {{ border: 1pt solid; padding: 8pt; text-align: center; margin: 12pt 25% }}
.centre {{ text-align: center }} .break {{ break-before: page }}
.stamp {{ float: right; writing-mode: vertical-rl; font-size: 16pt; padding: 4pt }}
.stamp {{ border: 1.5pt solid #c00000; color: #c00000 }}
.marking {{ font-size: {size}pt; font-weight: {weight}; color: {colour}; letter-spacing: {spacing}pt }}
.marking {{ font-stretch: {stretch}% }}
.framed {{ border: 1pt solid; padding: 1pt 6pt }}
.water {{ position: fixed; top: 40%; left: 10%; font-size: 60pt; color: #dddddd; z-index: -1 }}
.water {{ transform: rotate(-40deg) }}
"""
_RUNNING = """
.{name} {{ position: running({name}) }}
@page{page} {{ {place} {{ content: element({name}); width: 100%; {align} }} }}
"""
_FIXED = """
.head, .foot { position: fixed; left: 0; right: 0 } .head { top: 0 } .foot { bottom: 0 }
.space { height: 26mm } .flow > * > * > td { border: 0; padding: 0 }
"""
_FLOW = (
    '<table class="flow"><thead><tr><td class="space"></td></tr></thead>'
    "<tbody><tr><td>{body}</td></tr></tbody>"
    '<tfoot><tr><td class="space"></td></tr></tfoot></table>'
)
"""Keeps the text off what is fixed at the top and bottom of every page."""
_LOGO = (
    '<svg width="60" height="24"><rect width="60" height="24" fill="#234"/>'
    '<circle cx="15" cy="12" r="8" fill="#fc3"/></svg>'
)
_COUNTERS = {"#": '<span class="n"></span>', "@": '<span class="t"></span>'}
_COUNTING = ".n::before { content: counter(page) } .t::before { content: counter(pages) }"
_PAGES = {"default": "", "first": ":first", "even": ":left"}


def weasyprint_papers(papers: Iterable[HardPaper]) -> Iterator[Printed]:
    """Yield papers as WeasyPrint sets them, running heads in the page's margin."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return
    for paper in papers:
        parts = [weasyprint.HTML(string=_running(paper, section)).write_pdf() for section in paper.sections]
        yield joined(paper, parts)


def _running(paper: HardPaper, section: Section) -> str:
    style, shown = _COUNTING, ""
    for kind, bands in section.variants.items():
        for place, band in zip(("head", "foot"), bands, strict=True):
            name = f"{place}-{kind}"
            at, align = (
                ("@top-center", "")
                if place == "head"
                else ("@bottom-center", "vertical-align: top" if paper.tight else "")
            )
            style += _RUNNING.format(name=name, page=_PAGES[kind], place=at, align=align)
            shown += f'<div class="{name}">{_band(band, paper)}</div>'
    return _page(paper, style, shown + _body(section))


def chromium_papers(papers: Iterable[HardPaper]) -> Iterator[Printed]:
    """Yield papers as Chromium prints them: by its print dialogue's templates, or fixed on every page."""
    try:
        from selenium import webdriver
    except ImportError:
        return
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        return
    with tempfile.TemporaryDirectory() as name:
        options = webdriver.ChromeOptions()
        options.binary_location = browser
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={name}"):
            options.add_argument(flag)
        opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        try:
            for paper in papers:
                yield joined(
                    paper, [_chromium_pdf(opened, paper, section, Path(name)) for section in paper.sections]
                )
        finally:
            opened.quit()


def _chromium_pdf(browser: Any, paper: HardPaper, section: Section, folder: Path) -> bytes:
    is_templated = paper.browser_heads or len(section.usual.head.rows) % 2 == 1
    shown = _body(section)
    settings: dict[str, object] = {"preferCSSPageSize": True, "printBackground": True}
    if is_templated:
        settings["displayHeaderFooter"] = True
    if is_templated and not paper.browser_heads:
        settings["headerTemplate"], settings["footerTemplate"] = (
            _template(band, paper) for band in section.usual
        )
    elif not is_templated:
        parts = (
            f'<div class="{place}">{_band(band, paper, counted=True)}</div>'
            for place, band in zip(("head", "foot"), section.usual, strict=True)
        )
        shown = "".join(parts) + _FLOW.format(body=shown)
    source = folder / "paper.html"
    source.write_text(
        _page(paper, "" if is_templated else _FIXED, shown, fixed=not is_templated), encoding="utf-8"
    )
    browser.get(source.as_uri())
    return base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", settings)["data"])


def _template(band: Band, paper: HardPaper) -> str:
    counters = {"#": '<span class="pageNumber"></span>', "@": '<span class="totalPages"></span>'}
    style = "\n".join(line for line in _style(paper).splitlines() if line.startswith((".marking", ".ruled")))
    style += "table { width: 100%; border-collapse: collapse }"
    shown = _band(band, paper, counters)
    return f'<style>{style}</style><div style="font-size: 9pt; width: 100%; margin: 0 20mm">{shown}</div>'


def _style(paper: HardPaper, *, fixed: bool = False) -> str:
    foot = "22mm" if paper.tight else "32mm"
    return _STYLE.format(
        turn="landscape" if paper.landscape else "portrait",
        margin="8mm 20mm" if fixed else f"34mm 20mm {foot}",
        font="'Noto Serif CJK JP'" if paper.language == "ja" else "serif",
        size=paper.look.size,
        weight=700 if paper.look.bold else 400,
        colour=paper.look.colour,
        spacing=paper.look.spacing,
        stretch=paper.look.stretch,
    )


def _page(paper: HardPaper, style: str, shown: str, *, fixed: bool = False) -> str:
    water = f'<div class="water">{html.escape(paper.watermark)}</div>' if paper.watermark else ""
    head = f"<title>{html.escape(paper.title)}</title><style>{_style(paper, fixed=fixed)}{style}</style>"
    return f'<html lang="{paper.language}"><meta charset="utf-8">{head}<body>{water}{shown}</body></html>'


def _band(
    band: Band, paper: HardPaper, counters: dict[str, str] | None = None, *, counted: bool = False
) -> str:
    marks = {"#": "1", "@": "3"} if counted else counters or _COUNTERS
    name = ' class="ruled"' if band.ruled else ""
    return "".join(
        f"<table{name}><tr>{''.join(_cell(cell, paper, marks) for cell in row)}</tr></table>"
        for row in band.rows
    )


def _cell(cell: Cell, paper: HardPaper, marks: dict[str, str]) -> str:
    if cell.role == "logo":
        return f"<td>{_LOGO}</td>"
    text = html.escape(cell.text).replace("\n", "<br>")
    if cell.role == "marking":
        framed = " framed" if paper.look.framed else ""
        return f'<td style="text-align: {cell.align}"><span class="marking{framed}">{text}</span></td>'
    for sign, span in marks.items():
        text = text.replace(sign, span)
    return f'<td style="text-align: {cell.align}">{text}</td>'


def _body(section: Section) -> str:
    return "".join(map(_element, section.elements))


def _element(element: Element) -> str:
    if element.kind == "table":
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in row)}</tr>" for row in element.rows
        )
        return f'<table class="ruled">{rows}</table>'
    tag = {"title": "h1", "heading": "h2", "item": "li"}.get(
        element.kind, "div" if element.kind in ("box", "stamp", "break") else "p"
    )
    name = f' class="{element.kind}"' if element.kind in ("box", "stamp", "break", "centre") else ""
    return f"<{tag}{name}>{html.escape(element.text)}</{tag}>"
