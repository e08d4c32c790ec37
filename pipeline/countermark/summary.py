"""Reports on documents -> the report on a whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark import __version__
from countermark.model import (
    SCHEMA_VERSION,
    Counts,
    PolicySummary,
    Report,
    Severity,
    Status,
    Summary,
    Tool,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import DocumentReport
    from countermark.policy import Policy


def summarise(documents: Iterable[DocumentReport], policy: Policy) -> Report:
    """A whole run as one report."""
    reports = tuple(documents)
    findings = [finding for report in reports for one in report.family() for finding in one.findings]
    counted = [finding.severity for finding in findings if not finding.suppressed]
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="countermark", version=__version__),
        policy=PolicySummary(
            digest=policy.digest, standards=tuple(one.id for one in policy.standards.standards)
        ),
        highest_marking=_highest(reports),
        summary=Summary(
            documents=len(reports),
            findings=Counts(**{severity.value: counted.count(severity) for severity in Severity}),
            unreadable=sum(one.is_unread for one in reports),
            unsupported=sum(one.status is Status.unsupported for one in reports),
        ),
        documents=reports,
    )


def _highest(reports: Iterable[DocumentReport]) -> str | None:
    """The highest classification among all markings of a run, as its own country writes it."""
    marks = [one for report in reports for member in report.family() for one in member.markings]
    graded = [one for one in marks if one.grade is not None and one.classification]
    top = max(graded, key=lambda one: (one.grade or 0, one.canonical), default=None)
    return top.classification_text if top else None
