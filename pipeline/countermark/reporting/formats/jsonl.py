"""A report for programs that read it while it is written.

A line of JSON for each document, the totals last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import SummaryLine
from countermark.reporting.escaping import json_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport, Overview
    from countermark.reporting.summary import ReportInput


def render(run: ReportInput) -> Iterator[bytes]:
    """Yield all lines."""
    for document in run.documents:
        yield document_line(document)
    yield summary_line(run.overview)


def document_line(document: DocumentReport) -> bytes:
    """Return a document, as it stands in the `documents` of the JSON report."""
    return json_of(document) + b"\n"


def summary_line(overview: Overview) -> bytes:
    """Return the run's totals; `type` tells this line from the others."""
    fields = {name: getattr(overview, name) for name in overview.__struct_fields__ if name != "documents"}
    return json_of(SummaryLine(**fields)) + b"\n"
