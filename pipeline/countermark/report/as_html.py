"""A report as one HTML file, without pictures of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.report.html import to_html
from countermark.summary import whole_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.summary import Run


def render(run: Run) -> Iterator[bytes]:
    """The whole file."""
    yield to_html(whole_report(run.overview, run.documents), run.rules, run.lang)
