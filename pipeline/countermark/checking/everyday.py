"""Texts that were only found in a folder: notes and licences, which nobody marks, are not documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.config.path_settings import settings_for
from countermark.model import Problem, ProblemKind, Reason
from countermark.readers.formats import format_named

if TYPE_CHECKING:
    from countermark.config.policy import Policy
    from countermark.model import Document, DocumentReport

_UNMARKED = "DOC001"
_SET_ASIDE = Problem(kind=ProblemKind.no_document, reason=Reason.unmarked_text)


def set_aside(document: Document, report: DocumentReport, policy: Policy) -> Document | None:
    """Return what is left to report of a file that was found, not named by the user: that it is a text of an
    everyday format, was read, and bears no marking. None where it is judged as any other: some marking, label
    or doubt is in it or in its name, it holds or lacks something else, or the configuration asks for
    its marking (`allow_unmarked: false` for its path)."""
    row = format_named(document.media_type)
    if row is None or not row.is_everyday:
        return None
    found = (report.markings, document.labels, document.children, document.problems)
    if any(found) or any(finding.code != _UNMARKED for finding in report.findings):
        return None
    if settings_for(document.name, policy).asks_for_marking:
        return None
    return msgspec.structs.replace(document, pages=(), lines=(), problems=(_SET_ASIDE,))
