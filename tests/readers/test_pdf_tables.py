"""Cells, boxes and columns of PDF pages: what stands in which, and what a page's lines are there."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Spacer, Table

from countermark.model import Box, Zone
from countermark.readers.pdf.ruling import Ruling
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import BODY, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4


def by_grid(canvas: Canvas, across: list[float], up: list[float]) -> None:
    """One path for all lines."""
    canvas.grid(across, up)


def by_rectangles(canvas: Canvas, across: list[float], up: list[float]) -> None:
    """A stroked rectangle around each cell."""
    for (left, right), (bottom, top) in ((x, y) for x in pairwise(across) for y in pairwise(sorted(up))):
        canvas.rect(left, bottom, right - left, top - bottom)


def by_thin_fills(canvas: Canvas, across: list[float], up: list[float]) -> None:
    """Lines as filled rectangles, cell by cell, as Word and browsers write them."""
    for x in across:
        for bottom, top in pairwise(sorted(up)):
            canvas.rect(x - 0.25, bottom, 0.5, top - bottom, stroke=0, fill=1)
    for y in up:
        for left, right in pairwise(across):
            canvas.rect(left, y - 0.25, right - left, 0.5, stroke=0, fill=1)


def ruled(
    rows: list[list[str]],
    top: float,
    rules: Callable[..., None] = by_grid,
    left: float = 60,
    width: float = 120,
) -> Callable[[Canvas], None]:
    """A table with cells of two lines' height; its top is so many points below the page's."""

    def draw(canvas: Canvas) -> None:
        columns = len(rows[0])
        across = [left + width * number for number in range(columns + 1)]
        up = [HEIGHT - top - 32 * number for number in range(len(rows) + 1)]
        rules(canvas, across, up)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                for number, line in enumerate(cell.splitlines()):
                    canvas.drawString(across[column] + 4, up[row] - 13 * (number + 1), line)

    return draw


def text(*tops: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for top in tops:
            for number, line in enumerate(BODY):
                canvas.drawString(60, HEIGHT - top - 14 * number, line)

    return draw


def page(*parts: Callable[[Canvas], None]) -> bytes:
    def draw(canvas: Canvas, *_: float) -> None:
        canvas.setFont("Helvetica", 10)
        for part in parts:
            part(canvas)

    return pdf(draw)


def lines(data: bytes) -> dict[str, tuple[Zone, int]]:
    (found,) = read(data, "a.pdf", Limits()).pages
    return {line.text: (line.zone, line.block) for line in found.lines}


ROWS = [["No", "Title", "Class"], ["1", "Pump", "SECRET"], ["2", "Seal\nspare", "OFFICIAL"]]


@pytest.mark.parametrize("rules", [by_grid, by_rectangles, by_thin_fills])
def test_each_cell_is_a_line_of_its_column(rules: Callable[..., None]) -> None:
    found = lines(page(text(120), ruled(ROWS, 300, rules), text(500)))
    columns = [{found[cell] for row in ROWS for cell in row[column].splitlines()} for column in range(3)]
    assert [len(blocks) for blocks in columns] == [1, 1, 1]
    assert len(set.union(*columns)) == 3
    assert {zone for zone, _ in set.union(*columns)} == {Zone.table}
    assert found[BODY[0]] == (Zone.body, 0)


def test_a_table_by_another_program() -> None:
    target = io.BytesIO()
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    SimpleDocTemplate(target, pagesize=A4).build([Spacer(1, 200), Table(ROWS, style=style)])
    found = lines(target.getvalue())
    assert {found[text][0] for text in ("Class", "SECRET", "OFFICIAL")} == {Zone.table}
    assert len({found[text][1] for text in ("Class", "SECRET", "OFFICIAL")}) == 1


@pytest.mark.parametrize(
    ("parts", "zone"),
    [
        ((text(120), ruled([["SECRET"]], 300), text(500)), Zone.table),
        ((ruled([["SECRET"]], 200), text(300, 500)), Zone.body),
        ((text(120, 300), ruled([["SECRET"]], 500)), Zone.body),
        ((ruled([["SECRET"]], 300),), Zone.table),
        ((text(120), ruled([["SECRET", ""]], 300)), Zone.table),
    ],
)
def test_a_box_is_a_stamp_only_where_it_opens_or_ends_the_text(
    parts: tuple[Callable[[Canvas], None], ...], zone: Zone
) -> None:
    assert lines(page(*parts))["SECRET"][0] is zone


def test_a_border_around_the_page_is_no_cell() -> None:
    def border(canvas: Canvas) -> None:
        canvas.rect(30, 30, WIDTH - 60, HEIGHT - 60)

    assert lines(page(border, text(120, 300)))[BODY[0]] == (Zone.body, 0)


@pytest.mark.parametrize("top", [20, HEIGHT - 20 - 64])
def test_a_table_in_the_margin_is_a_header_or_footer_read_by_column(top: float) -> None:
    rows = [["Northgate", "UK SECRET -", "Ref 4/2"], ["Range", "RECIPIENTS ONLY", "Issue 3"]]
    found = lines(page(ruled(rows, top), text(120, 300)))
    zone = Zone.header if top < 100 else Zone.footer
    assert {found[cell][0] for row in rows for cell in row} == {zone}
    for column in range(3):
        assert found[rows[0][column]][1] == found[rows[1][column]][1]


def test_a_header_without_lines_is_read_by_column_where_several_have_several_rows() -> None:
    def head(canvas: Canvas) -> None:
        for number, row in enumerate(
            (("Northgate", "UK SECRET -", "Ref 4"), ("Range", "RECIPIENTS ONLY", ""))
        ):
            for column, cell in enumerate(row):
                canvas.drawString(60 + 180 * column, HEIGHT - 30 - 13 * number, cell)

    found = lines(page(head, text(120, 300)))
    assert (
        found["UK SECRET -"][1] == found["RECIPIENTS ONLY"][1] != found["Northgate"][1] == found["Range"][1]
    )


def test_a_header_of_one_row_stays_one_line() -> None:
    def head(canvas: Canvas) -> None:
        for column, cell in enumerate(("Ref 4", "UK SECRET", "Issue 2")):
            canvas.drawString(60 + 180 * column, HEIGHT - 30, cell)

    assert lines(page(head, text(120)))["Ref 4\tUK SECRET\tIssue 2"] == (Zone.header, 0)


@given(
    st.lists(st.integers(12, 90), min_size=1, max_size=6),
    st.lists(st.integers(12, 60), min_size=1, max_size=5),
    st.booleans(),
)
def test_every_place_of_a_grid_is_in_its_cell(widths: list[int], heights: list[int], in_parts: bool) -> None:
    across = [50 + sum(widths[:number]) for number in range(len(widths) + 1)]
    down = [100 + sum(heights[:number]) for number in range(len(heights) + 1)]
    across_parts = pairwise(across) if in_parts else [(across[0], across[-1])]
    down_parts = pairwise(down) if in_parts else [(down[0], down[-1])]
    boxes = [Box(x0, y, x1, y + 0.5) for x0, x1 in across_parts for y in down]
    boxes += [Box(x, y0, x + 0.5, y1) for y0, y1 in down_parts for x in across]
    ruling = Ruling(boxes, 842)
    for x0, x1 in pairwise(across):
        for y0, y1 in pairwise(down):
            cell = ruling.cell(Box(x0 + 3, y0 + 3, x1 - 3, y1 - 3))
            assert cell is not None
            assert (round(cell.box.x0), round(cell.box.x1)) == (x0, x1)
            assert (round(cell.box.y0), round(cell.box.y1)) == (y0, y1)
            assert cell.is_alone is (len(widths) == len(heights) == 1)
    assert ruling.cell(Box(10, 10, 20, 20)) is None
