"""A rule's example as a real PDF file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)
from reportlab.lib.colors import black, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from countermark.checking.rule_examples import pages_of
from countermark.rules.rule import ExampleDocument, SketchPage
from support.pdf_files import pdf
from support.sketched import FILLER, entries_of, hidden_first

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

GOTHIC = "HeiseiKakuGo-W5"
pdfmetrics.registerFont(UnicodeCIDFont(GOTHIC))


def pdf_of(sketch: ExampleDocument) -> bytes:
    """The sketch as a PDF: children are embedded files, labels entries of its document information, an
    earlier revision is what the pages showed before an incremental update."""
    if sketch.revision:
        shown = (SketchPage(head=sketch.revision, foot=sketch.revision),)
        first = pdf(*(_draw(page) for page in shown))
        return _updated(first, pdf(*(_draw(page) for page in pages_of(sketch))))
    pages = pages_of(sketch)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*(_draw(page) for page in pages)))))
    for number, page in enumerate(pages):
        for line in page.comment.splitlines():
            _comment(writer, number, line)
    for number, child in enumerate(sketch.children, 1):
        writer.add_attachment(f"child-{number}.pdf", pdf_of(child))
    entries = {f"/{name}": value for name, value in entries_of(sketch).items()}
    if sketch.date:
        entries["/ModDate"] = f"D:{sketch.date:%Y%m%d}120000Z"
    writer.add_metadata(entries)
    return _saved(writer)


def _draw(page: SketchPage) -> Callable[[Canvas, float, float], None]:
    """The page, with head and foot centred as they are printed in practice."""

    def draw(canvas: Canvas, width: float, height: float) -> None:
        for start, text in ((height - 40, page.head), (52, page.foot)):
            for number, line in enumerate(text.splitlines()):
                _font(canvas, line, 12)
                canvas.drawCentredString(width / 2, start - 15 * number, line)
        body = [*hidden_first(page), *((line, "") for line in (page.body or FILLER).splitlines())]
        for number, (line, how) in enumerate(body):
            _text(canvas, line, how, height - 160 - 28 * number)
        for line in page.watermark.splitlines():
            canvas.saveState()
            canvas.translate(width / 2, height / 2)
            canvas.rotate(45)
            _font(canvas, line, 48)
            canvas.drawCentredString(0, 0, line)
            canvas.restoreState()

    return draw


def _text(canvas: Canvas, line: str, how: str, up: float) -> None:
    """One line of the body: plain, in white, or under a black box."""
    _font(canvas, line, 11)
    canvas.setFillColor(white if how == "hidden" else black)
    canvas.drawString(60, up, line)
    canvas.setFillColor(black)
    if how == "covered":
        canvas.rect(55, up - 5, 400, 20, fill=1, stroke=0)


def _font(canvas: Canvas, text: str, size: float) -> None:
    canvas.setFont(
        "Helvetica"
        if all(ord(letter) < 0x2100 and not 0x370 <= ord(letter) < 0x530 for letter in text)
        else GOTHIC,
        size,
    )


def _comment(writer: PdfWriter, number: int, text: str) -> None:
    note = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject([FloatObject(at) for at in (400, 400, 420, 420)]),
            NameObject("/Contents"): TextStringObject(text),
        }
    )
    notes = writer.pages[number].setdefault(NameObject("/Annots"), ArrayObject())
    notes.append(writer._add_object(note))


def _updated(data: bytes, shown: bytes) -> bytes:
    """The PDF with an incremental update after which its first page shows that of another."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    contents = DecodedStreamObject()
    contents.set_data(PdfReader(io.BytesIO(shown)).pages[0].get_contents().get_data())  # type: ignore[union-attr]
    writer.pages[0][NameObject("/Contents")] = writer._add_object(contents)
    return _saved(writer)


def _saved(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
