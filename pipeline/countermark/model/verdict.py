"""The verdict on a document and on a run: the gravest of all that speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from countermark.model import WITHIN, Severity, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from countermark.model import DocumentReport, Finding

    R = TypeVar("R", bound=DocumentReport)

BY_SEVERITY = {
    Severity.error: Verdict.stop,
    Severity.warning: Verdict.review,
    Severity.note: Verdict.clear,
}


def with_verdict(report: R) -> R:
    """Return the report with its verdict and those of its attachments, which count into it.

    What it finds on an attachment, as that it is unmarked, speaks against both.
    """
    children = tuple(_with_findings_on(with_verdict(child), report, child.path) for child in report.children)
    report = msgspec.structs.replace(report, children=children)
    return msgspec.structs.replace(report, verdict=gravest(_speaking(report)))


def _with_findings_on(child: DocumentReport, parent: DocumentReport, path: str) -> DocumentReport:
    """Return the report on what lies in a document, and on what lies in that in turn; `path` leads to it."""
    children = tuple(
        _with_findings_on(inner, parent, WITHIN.join((path, inner.path))) for inner in child.children
    )
    about = (
        _of_finding(finding)
        for finding in parent.findings
        if not finding.suppressed and any(place.part == path for place in finding.locations)
    )
    verdict = gravest((child.verdict, *about, *(inner.verdict for inner in children)))
    return msgspec.structs.replace(child, children=children, verdict=verdict)


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest; of none clear."""
    return max(verdicts, key=lambda verdict: verdict.gravity, default=Verdict.clear)


def counts_in_run(report: DocumentReport) -> bool:
    """Return whether a file counts into the verdict on its run.

    All do but those of a kind that holds no document, which are a note.
    """
    return report.status is not Status.unsupported or gravest(_of_findings(report)).gravity > 0


def _speaking(report: DocumentReport) -> Iterator[Verdict]:
    yield from _of_findings(report)
    yield from (child.verdict for child in report.children if counts_in_run(child))
    if report.status is not Status.checked:
        yield Verdict.not_read
    if report.narrowed or not report.exchange.is_known:
        yield Verdict.review


def _of_findings(report: DocumentReport) -> Iterator[Verdict]:
    return (_of_finding(finding) for finding in report.findings if not finding.suppressed)


def _of_finding(finding: Finding) -> Verdict:
    return finding.verdict or BY_SEVERITY[finding.severity]
