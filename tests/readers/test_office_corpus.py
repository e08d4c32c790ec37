"""Slides, sheets and drawings by others: a verdict each, and no failure of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from support.needs import CORPUS

SUFFIXES = frozenset((".pptx", ".xlsx", ".vsdx"))
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in SUFFIXES)

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem.rpartition("__")[2])
def test_a_file_by_others_gets_a_verdict(path: Path) -> None:
    report = check_document(path.read_bytes(), path.name, load_policy())
    assert report.verdict
    assert "READ009" not in {finding.code for finding in report.findings}
    assert report.pages or report.findings
