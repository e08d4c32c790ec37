"""A report as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.report.html import to_html
from countermark.summary import whole_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.summary import Run


def render(run: Run) -> Iterator[bytes]:
    """The whole file."""
    report = whole_report(run.overview, run.documents)
    yield to_html(report, run.rules, run.lang, run.pictures(report.documents))
