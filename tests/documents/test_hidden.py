"""Documents that carry what their pages do not show, in each of the ways that PDF and Word have: a higher
marking there fails, the marking of the pages passes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject
from reportlab.lib.colors import black, white

from countermark.checking.check import check_document
from countermark.config.policy import Config, ExchangeSettings, load_policy
from support.pdf_files import page, pdf
from support.word_files import paragraph, section, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

POLICY = msgspec.structs.replace(
    load_policy(start=Path(Path(__file__).resolve().anchor)),
    config=Config(exchange=ExchangeSettings(from_="GB", to="JP")),
)
SHOWN, HIGHER = "UK SECRET", "UK TOP SECRET"
FRAME = section("header-default-h", "footer-default-f")
BANDS = {"h": paragraph(SHOWN), "f": paragraph(SHOWN)}
CHANGE = 'w:id="1" w:author="a" w:date="2026-05-12T09:00:00Z"'


def codes(data: bytes) -> set[str]:
    return {finding.code for finding in check_document(data, "document", POLICY).findings}


def pdf_with(draw: Callable[[Canvas, str], None], text: str) -> bytes:
    def whole(canvas: Canvas, width: float, height: float) -> None:
        page(SHOWN, SHOWN)(canvas, width, height)
        canvas.setFont("Helvetica", 12)
        draw(canvas, text)

    return pdf(whole)


def white_text(canvas: Canvas, text: str) -> None:
    canvas.setFillColor(white)
    canvas.drawString(100, 400, text)


def unpainted(canvas: Canvas, text: str) -> None:
    lines = canvas.beginText(100, 400)
    lines.setTextRenderMode(3)
    lines.textOut(text)
    canvas.drawText(lines)


def off_page(canvas: Canvas, text: str) -> None:
    canvas.drawString(2000, 400, text)


def covered(canvas: Canvas, text: str) -> None:
    canvas.drawString(100, 400, text)
    canvas.setFillColor(black)
    canvas.rect(90, 390, 200, 30, fill=1, stroke=0)


PDF_WAYS: dict[Callable[[Canvas, str], None], set[str]] = {
    white_text: set(),
    unpainted: set(),
    off_page: set(),
    covered: {"HIDE003"},
}


@pytest.mark.parametrize("way", PDF_WAYS, ids=lambda way: way.__name__)
def test_text_that_a_pdf_does_not_show(way: Callable[[Canvas, str], None]) -> None:
    assert codes(pdf_with(way, HIGHER)) == {"HIDE001"} | PDF_WAYS[way]
    assert codes(pdf_with(way, SHOWN)) == PDF_WAYS[way]


OVER_THE_TEXT = (90, 390, 290, 420)
QUAD = (90, 420, 290, 420, 90, 390, 290, 390)


def annotated(subtype: str, **entries: float | tuple[float, ...]) -> bytes:
    """A page with text under an annotation."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_with(plain_text, "The source is Smith."))))
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(f"/{subtype}"),
            NameObject("/Rect"): numbers(OVER_THE_TEXT),
        }
    )
    for key, value in entries.items():
        given = numbers(value) if isinstance(value, tuple) else FloatObject(value)
        annotation[NameObject(f"/{key}")] = given
    writer.add_annotation(0, annotation)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def numbers(values: tuple[float, ...]) -> ArrayObject:
    return ArrayObject([FloatObject(value) for value in values])


def plain_text(canvas: Canvas, text: str) -> None:
    canvas.drawString(100, 400, text)


@pytest.mark.parametrize(
    ("subtype", "entries", "found"),
    [
        ("Square", {"IC": (0, 0, 0)}, True),
        ("Square", {"IC": (1, 1, 1)}, True),
        ("Square", {"C": (0, 0, 0)}, False),  # its border only
        ("Square", {"IC": (0, 0, 0), "CA": 0.3}, False),
        ("Square", {"IC": (0, 0, 0), "F": 2}, False),  # hidden
        ("Highlight", {"C": (0, 0, 0), "QuadPoints": QUAD}, True),
        ("Highlight", {"C": (1, 1, 0), "QuadPoints": QUAD}, False),
        ("Highlight", {"C": (0, 0, 0), "QuadPoints": tuple(x + 250 for x in QUAD)}, False),
        ("Redact", {"IC": (0, 0, 0)}, False),  # not yet carried out: the text is seen
    ],
)
def test_text_under_an_annotation_is_not_redacted(
    subtype: str, entries: dict[str, float | tuple[float, ...]], found: bool
) -> None:
    assert ("HIDE003" in codes(annotated(subtype, **entries))) is found


WORD_WAYS = {
    "hidden": (paragraph("{}", run="<w:vanish/>"), set()),
    "white": (paragraph("{}", run='<w:color w:val="FFFFFF"/>'), set()),
    "black-on-black": (
        paragraph("{}", run='<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'),
        {"HIDE003"},
    ),
    "deleted": (f"<w:p><w:del {CHANGE}><w:r><w:delText>{{}}</w:delText></w:r></w:del></w:p>", {"HIDE002"}),
}
"""Paragraphs for a text, and what they give whatever it is."""


def word_with(content: str, **more: dict[str, str]) -> bytes:
    return word_file(paragraph("The plan is in the annex.") + content + FRAME, bands=BANDS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", WORD_WAYS)
def test_text_that_a_word_file_does_not_show(name: str) -> None:
    way, always = WORD_WAYS[name]
    assert codes(word_with(way.format(HIGHER))) == {"HIDE001"} | always
    assert codes(word_with(way.format(SHOWN))) == always


INSERTED = f"<w:p><w:ins {CHANGE}><w:r><w:t>{{}}</w:t></w:r></w:ins></w:p>"


def test_a_higher_tracked_insertion_is_one_finding_beside_the_open_change() -> None:
    for text in (HIGHER, f"({HIGHER})"):
        assert codes(word_with(INSERTED.format(text))) == {"HIDE001", "HIDE002"}
    assert codes(word_with(INSERTED.format(SHOWN))) == {"HIDE002"}
    assert codes(word_with(paragraph(HIGHER))) == {"DOC005"}


def test_a_marking_in_the_head_counts_though_its_insertion_is_open() -> None:
    head = {"h": INSERTED.format(SHOWN), "f": paragraph(SHOWN)}
    report = check_document(word_file(paragraph("Text.") + FRAME, bands=head), "document", POLICY)
    assert {finding.code for finding in report.findings} == {"HIDE002"}


@pytest.mark.parametrize(("text", "more"), [(HIGHER, {"HIDE001"}), (SHOWN, set())])
def test_a_comment_in_a_word_file(text: str, more: set[str]) -> None:
    comments = f'<w:comment w:id="0">{paragraph(text)}</w:comment>'
    assert codes(word_with("", linked={"comments": comments})) == {"HIDE002"} | more
