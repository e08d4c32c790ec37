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

_ORDINARY = frozenset(("DOC001", "READ007"))
"""What may be found in such a text: no marking, and the scripts of web pages."""
_UNREAD_SETTINGS = {Reason.xml_dtd: "READ001", Reason.xml_broken: "READ005"}
"""Why settings in XML can't be read, or not to their end, and the rule that says so."""
_SET_ASIDE = Problem(kind=ProblemKind.no_document, reason=Reason.unmarked_text)
_SETTINGS = Problem(kind=ProblemKind.no_document, reason=Reason.kind_data)


def set_aside(document: Document, report: DocumentReport, policy: Policy) -> Document | None:
    """Return what is left to report of a file that was found, not named by the user.

    That it is a text of an everyday format, was read, and bears no marking; or that it is XML that can't
    be read, as settings are. None where it is judged as any other: some marking, label or doubt is in it
    or in its name, it holds or lacks something else, or the configuration asks for its marking
    (`allow_unmarked: false` for its path).
    """
    row = format_named(document.media_type)
    if row is None or not row.is_everyday:
        return None
    losses = {problem.reason for problem in document.problems if problem.is_loss}
    if any((report.markings, document.labels, document.children, losses - _UNREAD_SETTINGS.keys())):
        return None
    ordinary = _ORDINARY | {_UNREAD_SETTINGS[reason] for reason in losses}
    if any(finding.code not in ordinary for finding in report.findings):
        return None
    if settings_for(document.name, policy).asks_for_marking:
        return None
    kept = (problem for problem in document.problems if not problem.is_loss)
    problems = (_SETTINGS if losses else _SET_ASIDE, *kept)
    return msgspec.structs.replace(document, pages=(), lines=(), problems=problems)
