"""A report as comma-separated values (RFC 4180), in UTF-8 with the mark by which spreadsheets know it.

All cells are quoted, so that none is parted where a spreadsheet takes another character for the comma.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from countermark.reporting.configuration import configuration_lines
from countermark.reporting.rows import COLUMNS, head, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.reporting.summary import ReportInput


def render(run: ReportInput) -> Iterator[bytes]:
    """Yield the names of the columns, then a row for each finding.

    The last rows tell of the configuration.
    """
    yield codecs.BOM_UTF8 + _line(head(run.lang))
    for row in rows(run):
        yield _line(row)
    marking = run.overview.highest_marking or ""
    for line in configuration_lines(run.overview.policy, run.lang):
        yield _line([marking, "", "", line, *[""] * (len(COLUMNS) - 4)])


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue().encode("utf-8", "backslashreplace")
