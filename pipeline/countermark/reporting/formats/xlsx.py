"""A report as an Excel workbook: texts only, no formula and no link, whatever a document says."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

from countermark.reporting.configuration import configuration_lines
from countermark.reporting.rows import COLUMNS, head, rows
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.reporting.summary import ReportInput

MAX_CELL = 32_767
"""Characters of a cell (ECMA-376 has no bound, Excel has this one)."""
MAX_ROWS = 1_048_576
_WIDTHS = {"path": 40, "judged_by": 60, "message": 60, "where": 30, "fix": 60, "clause": 40}
_MADE = datetime(2000, 1, 1)


def render(run: ReportInput) -> Iterator[bytes]:
    """Yield a sheet of findings, its head row fixed, and one that tells of the run.

    The highest marking that they quote stands in each row, and at head and foot of each printed page.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": _MADE, "title": "Countermark"})
    sheet = book.add_worksheet("Countermark")
    bold = book.add_format({"bold": True})
    about = book.add_worksheet(text(run.lang, "ui.about_run"))
    marking = (run.overview.highest_marking or "").replace("&", "&&")
    for page in (sheet, about):
        page.set_header(f"&C{marking}")
        page.set_footer(f"&C{marking}\n&P / &N")
        page.set_landscape()
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 14))
    last = 0
    for number, row in enumerate((head(run.lang), *rows(run))):
        if number == MAX_ROWS - 1:
            sheet.write_string(number, 0, text(run.lang, "ui.rows_left_out"))
            break
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell[:MAX_CELL], bold if number == 0 else None)
        last = number
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    for number, line in enumerate(configuration_lines(run.overview.policy, run.lang)):
        about.write_string(number, 0, run.overview.highest_marking or "")
        about.write_string(number, 1, line[:MAX_CELL])
    book.close()
    yield file.getvalue()
