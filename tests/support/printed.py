"""What stands at head and foot of a file's print, as LibreOffice says it itself.

A text is tagged: what heads and foots its pages are artifacts (ISO 32000-1, 14.8.2.2). A sheet is not: there
it is what lies in the margins that the file states (ECMA-376 18.3.1.62). Of slides it is what the reader of
PDF files takes for it, by places and repetition.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium

from countermark.model import HEADER_FOOTER
from countermark.readers.read import read
from countermark.support.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
INCH = 72
MARGIN = re.compile(rb'\b(top|bottom)="([0-9.]+)"')
USUAL_MARGIN = 0.75
SOFT_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""


def head_and_foot(file: Path, printed: Path) -> list[str]:
    """Return the texts at head and foot of the pages of a print, without blanks, each once; those without a
    letter or digit, as rules and leaders, are left out."""
    if file.suffix == ".pptx":
        pages = read(printed.read_bytes(), printed.name, Limits()).pages
        found = [line.text for page in pages for line in page.lines if line.zone in HEADER_FOOTER]
    else:
        with pypdfium2.PdfDocument(printed) as paper:
            found = list(_in_margins(paper, file) if file.suffix == ".xlsx" else _artifacts(paper))
    texts = dict.fromkeys("".join(text.replace(SOFT_HYPHEN, "-").split()) for text in found)
    return [text for text in texts if any(map(str.isalnum, text))]


def _artifacts(paper: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in paper:
        for drawn, text in _texts(page):
            if "Artifact" in _marks(drawn.raw):
                yield text


def _in_margins(paper: pypdfium2.PdfDocument, file: Path) -> Iterator[str]:
    margins = {"top": USUAL_MARGIN, "bottom": USUAL_MARGIN}
    with ZipFile(file) as package:
        for name in package.namelist():
            for edge, inches in MARGIN.findall(package.read(name)) if "sheet" in name else ():
                margins[edge.decode()] = float(inches)
    for page in paper:
        for drawn, text in _texts(page):
            _, low, _, high = drawn.get_bounds()
            if low > page.get_height() - margins["top"] * INCH or high < margins["bottom"] * INCH:
                yield text


def _texts(page: pypdfium2.PdfPage) -> Iterator[tuple[pypdfium2.PdfObject, str]]:
    textpage = page.get_textpage()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        size = pdfium.FPDFTextObj_GetText(drawn.raw, textpage.raw, None, 0)
        written = ctypes.create_string_buffer(size)
        pdfium.FPDFTextObj_GetText(drawn.raw, textpage.raw, _wide(written), size)
        yield drawn, _decoded(written, size)


def _marks(drawn: Any) -> Iterator[str]:
    for number in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, number)
        name, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, _wide(name), len(name), size)
        yield _decoded(name, size.value)


def _wide(written: Any) -> Any:
    return ctypes.cast(written, ctypes.POINTER(pdfium.FPDF_WCHAR))


def _decoded(written: Any, size: int) -> str:
    return str(written.raw[: max(0, size - 2)].decode("utf-16-le", "replace"))
