"""Markings of several lines beside other text: in headers, title blocks, cells and boxes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pagesizes import A3, landscape

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from support.pdf_files import pdf
from support.word_layouts import body, document, lines, marked, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from countermark.model import DocumentReport

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), originator="GB", recipient="JP")
Spot = tuple[str, float, float]
"""Text, points from the left and from the top."""

TWO_LINES = [
    ("UK SECRET", "RELEASABLE TO JAPAN", "UK SECRET - RELEASABLE TO JAPAN"),
    ("UK SECRET -", "RECIPIENTS ONLY", "UK SECRET - RECIPIENTS ONLY"),
    ("UK", "SECRET", "UK SECRET"),
    ("UK OFFICIAL-SENSITIVE", "COMMERCIAL", "UK OFFICIAL-SENSITIVE - COMMERCIAL"),
]


def drawn(
    spots: list[Spot], rules: Sequence[list[float]] = (), size: tuple[float, float] = (595, 842)
) -> bytes:
    def draw(canvas: Canvas, _: float, height: float) -> None:
        canvas.setFont("Helvetica", 10)
        for left, top, right, foot in rules:
            canvas.rect(left, height - foot, right - left, foot - top)
        for text, left, top in spots:
            canvas.drawString(left, height - top, text)

    return pdf(draw, size=size)


def prose(top: float = 150) -> list[Spot]:
    return [("The pump drew four amperes when the parties met.", 60, top + 30 * row) for row in range(12)]


def report_on(data: bytes) -> DocumentReport:
    return check_document(data, "paper.docx" if data.startswith(b"PK") else "paper.pdf", POLICY)


def stated(report: DocumentReport) -> set[tuple[str, str]]:
    return {(str(marking.zone), marking.canonical) for marking in report.markings}


@pytest.mark.parametrize(("first", "second", "canonical"), TWO_LINES)
@pytest.mark.parametrize("right", [("Ref 4711/2", "Issue 3"), ("Ref 4711/2",), ()])
def test_a_header_in_columns(first: str, second: str, canonical: str, right: tuple[str, ...]) -> None:
    def band(top: float) -> list[Spot]:
        columns = (("Northgate Works", "Range office"), (first, second), right)
        return [
            (text, 60 + 180 * column, top + 13 * row)
            for column, texts in enumerate(columns)
            for row, text in enumerate(texts)
        ]

    report = report_on(drawn([*band(30), *prose(), *band(795)]))
    assert stated(report) == {("header", canonical), ("footer", canonical)}


@pytest.mark.parametrize(("first", "second", "canonical"), TWO_LINES)
@pytest.mark.parametrize("cells", ["lines", "rows"])
def test_a_table_as_header_of_a_word_file(first: str, second: str, canonical: str, cells: str) -> None:
    rows = (
        [("Works\nOffice", f"{first}\n{second}", "Ref 4\nIssue 2")]
        if cells == "lines"
        else [("Works", first, "Ref 4"), ("Office", second, "Issue 2")]
    )
    band = table(*rows)
    assert stated(report_on(document(body(), band, band))) == {("header", canonical), ("footer", canonical)}


@pytest.mark.parametrize(("first", "second", "canonical"), TWO_LINES)
def test_the_title_block_of_a_drawing(first: str, second: str, canonical: str) -> None:
    width, height = landscape(A3)
    left, top = width - 330, height - 110
    cells = [
        [left + 100 * column, top + 30 * row, left + 100 * (column + 1), top + 30 * (row + 1)]
        for column in range(3)
        for row in range(3)
    ]
    block = (
        ("DRAWN", "A. Smith", "SCALE 1:2"),
        ("CHECKED", "B. Jones", f"{first}/{second}"),
        ("TITLE", "Pump", "SHEET 1"),
    )
    spots: list[Spot] = [("Section A-A", 200, 300), ("Detail B", 600, 400), (canonical, width / 2 - 60, 40)]
    for row, texts in enumerate(block):
        for column, text in enumerate(texts):
            for number, line in enumerate(text.split("/") if text.startswith("UK") else [text]):
                spots.append((line, left + 100 * column + 4, top + 30 * row + 12 + 12 * number))
    border = [20.0, 20.0, width - 20, height - 15]
    report = report_on(drawn(spots, [border, *cells], (width, height)))
    assert canonical in {marking.canonical for marking in report.markings if marking.zone == "footer"}


REGISTER = (("No", "Title", "Class"), ("1", "Pump", "SECRET"), ("2", "Seal", "TOP SECRET"))


@pytest.mark.parametrize("word", ["SECRET", "TOP SECRET", "UK SECRET", "極秘", "OFFICIAL"])
@pytest.mark.parametrize("rows", [[("No", "Title"), ("1", "{}")], [("{}",)], [("a", "{}"), ("b", "c")]])
def test_a_cell_in_the_text_is_no_marking_of_the_document(word: str, rows: list[tuple[str, ...]]) -> None:
    filled = [tuple(cell.format(word) for cell in row) for row in rows]
    spots, rules = prose()[:5], []
    for row, cells in enumerate(filled):
        for column, cell in enumerate(cells):
            left, top = 60.0 + 120 * column, 330.0 + 20 * row
            rules.append([left, top, left + 120, top + 20])
            spots.append((cell, left + 4, top + 14))
    printed = drawn([*spots, *prose(450)], rules)
    for data in (document(body(4) + table(*filled) + body(4)), printed):
        report = report_on(data)
        assert not report.markings
        assert {finding.code for finding in report.findings} <= {"DOC001", "DOC022", "EX001"}


def test_a_register_leaves_the_marking_of_its_document() -> None:
    report = report_on(marked(body(3) + table(*REGISTER) + body(3), "UK TOP SECRET"))
    assert stated(report) == {("header", "UK TOP SECRET"), ("footer", "UK TOP SECRET")}


def test_a_marking_does_not_go_on_in_the_next_column() -> None:
    head = table(("Copy\nUK", "SECRET\nService"))
    found = {marking.canonical for marking in report_on(document(body(), lines("x") + head)).markings}
    assert "UK SECRET" not in found
