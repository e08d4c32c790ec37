"""What of a file was not read, for forms that tell it apart from findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import Status
from countermark.support.console import escape_controls
from countermark.support.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport, Overview

READ = "READ"
"""The family of rules that say what could not be read."""


def broken_off(overview: Overview, lang: str) -> str:
    """Return that the run broke off, and how many documents were not checked; empty for a complete run."""
    if overview.complete:
        return ""
    return text(lang, "ui.broken_off", {"number": overview.summary.not_checked})


def unread(document: DocumentReport, lang: str) -> Iterator[tuple[str, str]]:
    """For a file, and for each attachment of it, that was not read to its end.

    The file's path and what the READ rules say, in one line.
    """
    for member in document.family():
        if member.status not in (Status.unreadable, Status.partly_read):
            continue
        said = [
            escape_controls(finding.message) for finding in member.findings if finding.code.startswith(READ)
        ]
        status = text(lang, f"ui.status.{member.status.value}")
        verdict = text(lang, "ui.unread", {"name": escape_controls(member.path), "status": status})
        yield document.path, text(lang, "ui.between_sentences").join((verdict, *said))
