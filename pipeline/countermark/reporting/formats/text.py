"""A report for people, as plain lines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from countermark.reporting.terminal.text import text_parts
from countermark.support.console import console_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.reporting.summary import ReportInput


def render(run: ReportInput) -> Iterator[bytes]:
    """Yield the report as UTF-8; what can't be encoded is written as escapes."""
    page = io.StringIO()
    for _ in text_parts(run, console_on(page)):
        yield page.getvalue().encode("utf-8", "backslashreplace")
        page.seek(0)
        page.truncate()
