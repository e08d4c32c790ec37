"""A report as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.reporting.html.page import to_html
from countermark.reporting.summary import whole_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.reporting.summary import ReportInput


def render(run: ReportInput) -> Iterator[bytes]:
    """Yield the whole file."""
    report = whole_report(run.overview, run.documents)
    yield to_html(report, run.rules, run.lang, run.pictures(report.documents))
