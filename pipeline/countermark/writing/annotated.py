"""An annotated copy of one document: a note at each finding, all else as it was."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from countermark.model import Reason, Status
from countermark.readers.formats import format_named

if TYPE_CHECKING:
    from countermark.model import DocumentReport


def has_notes(report: DocumentReport) -> bool:
    """Return whether a document was read and has findings to show in a copy of it."""
    is_shown = any(not finding.suppressed for finding in report.findings)
    return is_shown and report.status in (Status.checked, Status.partly_read)


def annotated(content: bytes, report: DocumentReport, lang: str) -> bytes | Reason:
    """Return the copy, or the reason why there is none."""
    row = format_named(report.media_type)
    annotate = row.load_annotator() if row else None
    return (annotate(content, report, lang) or Reason.copy_encrypted) if annotate else Reason.not_annotated


def copy_name(name: str) -> PurePosixPath:
    """Return a document's path as one below the folder of copies: no root, no drive, no way up."""
    path = PurePosixPath(name.replace("\\", "/"))
    parts = [part.replace(":", "_") for part in path.parts if part not in ("/", "//", "..", ".")]
    last = PurePosixPath(parts[-1] if parts else "document")
    return PurePosixPath(*parts[:-1], f"{last.stem}.annotated{last.suffix}")
