"""The service that runs a check: what it gives, says and comes to, without a command line."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from countermark.config.configuration import ConfigurationChoice
from countermark.execution.service import Run, RunRequest
from countermark.model import Verdict
from countermark.sources import Found, Selection
from countermark.sources.selection import find_sources
from countermark.support.errors import CountermarkError, Exit
from countermark.support.stops import Stopped
from support.pdf_files import page, pdf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from countermark.model import DocumentReport

NO_CONFIGURATION = ConfigurationChoice(none=True)


class Heard:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.stages: list[tuple[str, int, int]] = []
        self.ended: list[str] = []

    def warn(self, line: str) -> None:
        self.lines.append(line)

    def progress(self, stage: str, done: int, total: int) -> None:
        self.stages.append((stage, done, total))

    def end(self, stage: str) -> None:
        self.ended.append(stage)


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """Three documents, of which two have findings and one is no PDF."""
    for name, marking in (("a.pdf", "UK OFFICIAL"), ("b.pdf", "UK Official")):
        (tmp_path / name).write_bytes(pdf(page(marking, marking)))
    (tmp_path / "c.pdf").write_bytes(b"no document")
    return find_sources(Selection(paths=(str(tmp_path),)))


def carried_out(request: RunRequest) -> tuple[list[DocumentReport], Heard, Exit]:
    heard = Heard()
    reports: list[DocumentReport] = []
    status = Run(request, heard).carry_out(reports.extend)
    return reports, heard, status


def test_a_run_gives_a_report_for_each_source_and_says_how_far_it_is(
    found: Found, capfd: pytest.CaptureFixture[str]
) -> None:
    reports, heard, status = carried_out(RunRequest(found=found, configuration=NO_CONFIGURATION, jobs=1))
    assert [report.path for report in reports] == [source.name for source in found.sources]
    assert (reports[2].verdict, status) == (Verdict.not_read, Exit.unreadable)
    assert heard.stages == [("Checking", done, 3) for done in range(4)]
    assert heard.ended == ["Checking"]
    assert heard.lines == []
    assert capfd.readouterr() == ("", "")


def test_what_is_said_is_in_the_language_of_the_run(found: Found) -> None:
    request = RunRequest(found=found, configuration=NO_CONFIGURATION, options={"lang": "ja"}, jobs=1)
    _, heard, _ = carried_out(request)
    assert {stage for stage, _, _ in heard.stages} == set(heard.ended) == {"点検中"}


def test_a_baseline_suppresses_and_what_matches_nothing_is_said(found: Found, tmp_path: Path) -> None:
    baseline = tmp_path / "known.jsonl"
    gone = '{"path":"gone.pdf","code":"UK001","fingerprint":"0123","reason":"known"}\n'
    baseline.write_text(gone)
    request = RunRequest(found=found, configuration=NO_CONFIGURATION, jobs=1, baseline=baseline)
    _, heard, _ = carried_out(request)
    assert heard.lines[1:] == ["    gone.pdf UK001"]


def test_copies_are_written_when_all_is_checked(
    found: Found, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    request = RunRequest(found=found, configuration=NO_CONFIGURATION, jobs=1, copies=folder)
    seen: list[tuple[str, list[Path]]] = []

    def deliver(reports: Iterable[DocumentReport]) -> None:
        seen.extend((report.path, list(folder.iterdir())) for report in reports)

    Run(request, Heard()).carry_out(deliver)
    assert [copies for _, copies in seen] == [[], [], []]
    assert sorted(path.name for path in folder.rglob("*.pdf")) == ["a.annotated.pdf", "b.annotated.pdf"]


def test_a_report_that_could_not_be_written_decides_the_status(found: Found) -> None:
    heard = Heard()
    run = Run(RunRequest(found=found, configuration=NO_CONFIGURATION, jobs=1), heard)

    def deliver(reports: Iterable[DocumentReport]) -> None:
        run.fail(CountermarkError("output-twice", path="a.json"))
        list(reports)

    assert run.carry_out(deliver) is Exit.usage
    assert [line.partition(":")[0] for line in heard.lines] == ["countermark"]


def test_a_signal_ends_the_stage_and_says_how_far_the_run_came(found: Found) -> None:
    heard = Heard()
    run = Run(RunRequest(found=found, configuration=NO_CONFIGURATION, jobs=1), heard)

    def deliver(reports: Iterable[DocumentReport]) -> None:
        for _ in reports:
            raise Stopped(signal.SIGTERM)

    with pytest.raises(Stopped):
        run.carry_out(deliver)
    assert heard.ended == ["Checking"]
    assert heard.lines == ["Stopped: checked 1 of 3 documents; the rest was not checked."]


def test_what_can_not_be_carried_out_is_refused_before_anything_is_checked(
    found: Found, tmp_path: Path
) -> None:
    refused = (
        {"copies": tmp_path / "copies"},
        {"baseline": tmp_path / "none.jsonl"},
        {"options": {"select": ("XX999",)}},
    )
    for given in refused:
        heard = Heard()
        with pytest.raises(CountermarkError):
            Run(RunRequest(found=found, configuration=NO_CONFIGURATION, **given), heard)
        assert heard.stages == []
