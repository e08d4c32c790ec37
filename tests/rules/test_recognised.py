"""What rests on text recognition alone says so, with its confidence and place, and speaks for no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.checking.check import check_read
from countermark.config.policy import load_policy
from countermark.model import (
    Document,
    Line,
    Page,
    Problem,
    ProblemKind,
    Reason,
    Severity,
    Status,
    Zone,
)

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), lang="en")


@pytest.mark.parametrize("marking", ["UK SECRET", ""])
def test_a_page_that_was_recognised_names_confidence_and_place(marking: str) -> None:
    lines = [Line(text=marking, zone=zone, number=at) for at, zone in ((1, Zone.header), (2, Zone.footer))]
    page = Page(number=2, lines=tuple(line for line in lines if line.text))
    problem = Problem(
        kind=ProblemKind.recognised,
        reason=Reason.text_recognised,
        args={"confidence": "71"},
        locations=(page.place(),),
    )
    document = Document(
        name="scan.pdf", media_type="application/pdf", sha256="", pages=(page,), problems=(problem,)
    )
    report = check_read(document, POLICY)
    (finding,) = (finding for finding in report.findings if finding.code == "READ010")
    assert finding.severity is Severity.note
    assert "71" in finding.message
    assert [place.page for place in finding.locations] == [2]
    assert report.status is Status.checked
    assert ("DOC001" in {finding.code for finding in report.findings}) == (not marking)
