"""All reports of a run, written while or after its documents are read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.model import SummaryLine
from countermark.reporting.delivery import Target, deliver, parse_target
from countermark.reporting.formats.registry import ReportFormat
from countermark.support.errors import CountermarkError
from support.sample_report import sample_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import DocumentReport

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor))
SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "exchange" / "outgoing-uk" / "covering-letter.pdf"


def test_all_forms_are_written_in_one_run(tmp_path: Path) -> None:
    targets = [Target(form, tmp_path / form.value) for form in ReportFormat]
    deliver(sample_report("en").documents, targets, POLICY)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(form.value for form in ReportFormat)
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

    deliver(documents(), [Target(ReportFormat.jsonl, None)], POLICY)
    assert seen == [1, 1, 1, 1]
    msgspec.json.decode(capfdbinary.readouterr().out, type=SummaryLine)


def test_a_run_that_breaks_off_reports_what_was_checked_as_incomplete(tmp_path: Path) -> None:
    def documents() -> Iterator[DocumentReport]:
        yield sample_report("en").documents[0]
        raise KeyboardInterrupt

    (tmp_path / "a.json").write_bytes(b"of the last run")
    targets = [
        Target(ReportFormat.jsonl, tmp_path / "a.jsonl"),
        Target(ReportFormat.json, tmp_path / "a.json"),
    ]
    with pytest.raises(KeyboardInterrupt):
        deliver(documents(), targets, POLICY, expected=4)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.jsonl"]
    report = json.loads((tmp_path / "a.json").read_bytes())
    last = json.loads((tmp_path / "a.jsonl").read_bytes().splitlines()[-1])
    for overview in (report, last):
        assert (overview["complete"], overview["summary"]["not_checked"]) == (False, 3)
    assert len(report["documents"]) == report["summary"]["documents"] == 1


def test_a_run_that_fails_before_its_first_document_leaves_the_last_report(tmp_path: Path) -> None:
    def documents() -> Iterator[DocumentReport]:
        raise CountermarkError("worker-not-started", code="1")
        yield

    (tmp_path / "a.json").write_bytes(b"of the last run")
    with pytest.raises(CountermarkError):
        deliver(documents(), [Target(ReportFormat.json, tmp_path / "a.json")], POLICY)
    assert (tmp_path / "a.json").read_bytes() == b"of the last run"
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_report_that_can_be_written_no_document_is_read(tmp_path: Path) -> None:
    def documents() -> Iterator[DocumentReport]:
        raise AssertionError("a document was read")
        yield

    told: list[CountermarkError] = []
    deliver(
        documents(), [Target(ReportFormat.csv, tmp_path / "missing" / "a.csv")], POLICY, failed=told.append
    )
    assert [error.key for error in told] == ["output-failed"]


@pytest.mark.parametrize("given", ["sarif", "pdf=a.pdf", "=a", "json="])
def test_a_report_is_named_by_form_and_file(given: str) -> None:
    with pytest.raises(CountermarkError) as caught:
        parse_target(given)
    assert caught.value.key == "bad-report"
    assert parse_target("sarif=a=b.sarif") == Target(ReportFormat.sarif, Path("a=b.sarif"))


def test_a_report_of_an_earlier_run_is_replaced_and_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE, "a.pdf")
    reports = ["--report", "html=r.html", "--report", "xlsx=r.xlsx", "--report", "json=r.json"]
    for _ in range(2):
        assert main(["check", "--fail-on", "never", "--images", "none", ".", *reports]) == 0
    run = json.loads(Path("r.json").read_bytes())
    assert [document["path"] for document in run["documents"]] == ["a.pdf"]
    assert main(["check", "--fail-on", "never", ".", "--report", "json=a.pdf"]) == 2
    assert Path("a.pdf").read_bytes() == SAMPLE.read_bytes()
