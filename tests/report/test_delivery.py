"""All reports of a run, written while or after its documents are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from sample_report import sample_report

from countermark.errors import CountermarkError
from countermark.model import SummaryLine
from countermark.policy import load_policy
from countermark.report.delivery import Target, deliver, parse_target
from countermark.report.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor))


def test_all_forms_are_written_in_one_run(tmp_path: Path) -> None:
    targets = [Target(form, tmp_path / form.value) for form in Form]
    deliver(sample_report("en").documents, targets, POLICY)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(form.value for form in Form)
    report = json.loads((tmp_path / "json").read_bytes())
    lines = (tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()
    assert report["summary"] == json.loads(lines[-1])["summary"]
    assert report["documents"] == [json.loads(line) for line in lines[:-1]]
    assert (tmp_path / "html").read_bytes().startswith(b"<!")


def test_json_lines_are_written_while_documents_come(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    seen: list[int] = []

    def documents() -> Iterator[DocumentReport]:
        for document in sample_report("en").documents:
            yield document
            seen.append(capfdbinary.readouterr().out.count(b"\n"))

    deliver(documents(), [Target(Form.jsonl, None)], POLICY)
    assert seen == [1, 1, 1, 1]
    msgspec.json.decode(capfdbinary.readouterr().out, type=SummaryLine)


def test_a_run_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def documents() -> Iterator[DocumentReport]:
        yield sample_report("en").documents[0]
        raise KeyboardInterrupt

    (tmp_path / "a.json").write_bytes(b"of the last run")
    targets = [Target(Form.jsonl, tmp_path / "a.jsonl"), Target(Form.json, tmp_path / "a.json")]
    with pytest.raises(KeyboardInterrupt):
        deliver(documents(), targets, POLICY)
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"of the last run"


def test_a_file_that_cannot_be_written_is_told_before_the_first_document(tmp_path: Path) -> None:
    def documents() -> Iterator[DocumentReport]:
        raise AssertionError("a document was read")
        yield

    with pytest.raises(CountermarkError) as caught:
        deliver(documents(), [Target(Form.csv, tmp_path / "missing" / "a.csv")], POLICY)
    assert caught.value.key == "output-failed"


@pytest.mark.parametrize("given", ["sarif", "pdf=a.pdf", "=a", "json="])
def test_a_report_is_named_by_form_and_file(given: str) -> None:
    with pytest.raises(CountermarkError) as caught:
        parse_target(given)
    assert caught.value.key == "bad-report"
    assert parse_target("sarif=a=b.sarif") == Target(Form.sarif, Path("a=b.sarif"))
