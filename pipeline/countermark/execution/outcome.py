"""What a run as a whole comes to: its exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Severity, Status
from countermark.support.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import DocumentReport
    from countermark.sources import Source

NEVER = "never"


def exit_status(checked: Iterable[tuple[Source, DocumentReport]], fail_on: str) -> Exit:
    """Return `unreadable` where a document, or an attachment of one, was not read to its end, or where a file
    that the user named is of a kind that is not read; else `findings` where one is at or above
    `fail_on` (a severity or `never`); else `clean`.
    """
    status = Exit.clean
    least = Severity(fail_on).rank if fail_on != NEVER else None
    for source, report in checked:
        if report.is_unread or (source.given and report.status is Status.unsupported):
            return Exit.unreadable
        for document in report.family():
            counts = (finding.severity.rank for finding in document.findings if not finding.suppressed)
            if least is not None and max(counts, default=0) >= least:
                status = Exit.findings
    return status
