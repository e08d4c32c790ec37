"""The United Kingdom's own policy: public, unmarked, full of marking examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Zone

POLICY = Path(__file__).resolve().parents[2] / "shared" / "standards" / "uk-gscp-2024-08-05.pdf"


@pytest.mark.skipif(not POLICY.is_file(), reason="the policy document is not here")
def test_its_examples_are_no_markings() -> None:
    report = check_document(POLICY.read_bytes(), "policy.pdf", load_policy(start=Path(__file__).parent))
    assert report.pages == 34
    assert [one.text for one in report.markings if one.zone in (Zone.header, Zone.footer)] == []
    assert {finding.code for finding in report.findings} <= {"DOC001", "READ007"}  # it links to web pages
