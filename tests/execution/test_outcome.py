"""Exit status and output of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.execution.outcome import exit_status
from countermark.model import DocumentReport, Finding, Severity, Status
from countermark.model import Source as Clause
from countermark.sources import Source
from countermark.support.errors import Exit


def report(
    *severities: Severity,
    status: Status = Status.checked,
    children: tuple[DocumentReport, ...] = (),
    suppressed: str | None = None,
) -> DocumentReport:
    findings = tuple(
        Finding(
            code="DOC001",
            name="document-unmarked",
            severity=severity,
            message="",
            fix="",
            locations=(),
            source=Clause(standard="", clause=""),
            fingerprint="",
            suppressed=suppressed,
        )
        for severity in severities
    )
    return DocumentReport(
        path="a", sha256="", media_type="", pages=1, status=status, findings=findings, children=children
    )


def status(*reports: DocumentReport, fail_on: str = "error", given: bool = True) -> Exit:
    return exit_status([(Source(Path("a"), "a", given), one) for one in reports], fail_on)


@pytest.mark.parametrize(
    ("severity", "fail_on", "expected"),
    [
        (Severity.error, "error", Exit.findings),
        (Severity.warning, "error", Exit.clean),
        (Severity.warning, "warning", Exit.findings),
        (Severity.note, "warning", Exit.clean),
        (Severity.note, "note", Exit.findings),
        (Severity.error, "never", Exit.clean),
    ],
)
def test_findings_count_from_fail_on_upward(severity: Severity, fail_on: str, expected: Exit) -> None:
    assert status(report(), report(severity), fail_on=fail_on) is expected


def test_a_finding_in_an_attachment_counts_and_a_suppressed_one_does_not() -> None:
    assert status(report(children=(report(Severity.error),))) is Exit.findings
    assert status(report(Severity.error, suppressed="known")) is Exit.clean


@pytest.mark.parametrize("kind", [Status.unreadable, Status.partly_read])
@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_a_document_not_read_to_its_end_wins_over_findings(kind: Status, fail_on: str) -> None:
    assert status(report(Severity.error), report(status=kind), fail_on=fail_on) is Exit.unreadable
    assert status(report(children=(report(status=kind),)), fail_on=fail_on) is Exit.unreadable


def test_a_kind_that_is_not_read_matters_only_where_the_user_named_the_file() -> None:
    other = report(Severity.note, status=Status.unsupported)
    assert status(other, given=True, fail_on="never") is Exit.unreadable
    assert status(other, given=False) is Exit.clean
    assert status(report(children=(other,)), given=True) is Exit.clean
