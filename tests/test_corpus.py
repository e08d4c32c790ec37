"""Files by others, none of which carries a marking: no marking is claimed, every file gets a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from countermark.check import check_document
from countermark.model import Status
from countermark.policy import load_policy

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FOLDERS = ["docling", "pypdf", "python-docx", "sample-files", "verapdf"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of other people's files is not here")
@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_taken_for_a_marking(folder: str) -> None:
    policy = load_policy(start=Path(__file__).parent)
    files = [
        path for path in sorted((CORPUS / folder).iterdir()) if path.suffix in (".pdf", ".docx", ".docm")
    ]
    assert files
    for path in files:
        report = check_document(path.read_bytes(), path.name, policy)
        assert [one.text for one in report.markings] == [], path.name
        codes = {finding.code for finding in report.findings}
        if report.status is Status.checked:
            assert codes == {"DOC001"}, path.name
        else:
            assert any(code.startswith("READ") for code in codes), path.name
