"""Files by others: every one ends with a verdict, within its limits, and none of them bears a marking.

`golden/corpus.tsv` is the verdict on each file. A change of that table is a change of what can be read:
`make golden` rewrites it, and whoever commits it says why.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countermark.config.policy import load_policy
from countermark.execution.pool import check_all
from countermark.model import Status
from countermark.readers.formats import format_named
from countermark.sources import Source
from support.needs import CORPUS
from support.workers import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.model import DocumentReport, Finding

POLICY = load_policy(start=Path(__file__).parent, lang="en")

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def run() -> tuple[list[DocumentReport], int]:
    """A report on each file, and the peak memory of any worker in bytes (0 where the system tells none)."""
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    sources = [Source(path, path.relative_to(CORPUS).as_posix(), given=False) for path in files]
    reports, peak = [], 0
    for report in check_all(sources, POLICY, jobs=2):
        reports.append(report)
        peak = max(peak, *(_peak(child.pid) for child in workers()))
    return reports, peak


def _peak(pid: int) -> int:
    """The most memory that a process held so far, in bytes."""
    if not sys.platform.startswith("linux"):
        return 0
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)


def _row(report: DocumentReport) -> str:
    """Path, verdict and what could not be read; an attachment below its document."""
    told = [_told(finding) for finding in report.findings if finding.code.startswith("READ")]
    rows = [f"{report.path}\t{report.status.value}\t{'; '.join(told)}".rstrip()]
    rows += [f"    {_row(child)}" for child in report.children]
    return "\n".join(rows)


def _told(finding: Finding) -> str:
    reason = finding.keys["reason"].removeprefix("reasons.")
    args = [f"{name}={value}" for name, value in finding.args.items() if name in ("part", "error", "limit")]
    return " ".join([finding.code, reason, *args])


def _totals(reports: list[DocumentReport]) -> list[str]:
    verdicts = Counter(report.status.value for report in reports)
    codes = Counter(one.code for report in reports for one in report.findings if one.code.startswith("READ"))
    return [f"# {name}\t{number}" for found in (verdicts, codes) for name, number in sorted(found.items())]


@pytest.mark.slow
def test_every_file_has_its_verdict(
    run: tuple[list[DocumentReport], int], golden: Callable[[str, bytes], None]
) -> None:
    reports, _ = run
    table = [*_totals(reports), *(_row(report) for report in reports)]
    golden("corpus.tsv", ("\n".join(table) + "\n").encode())


BOMBS = {"quine.gz", "droste.zip", "bigzero-zip.zip"}
"""Archives that hold themselves, or far more than they are large: made to reach a limit."""
CONTAINERS = {"7z", "lzh", "mailbox", "packed", "smime", "tar", "zip"}
"""Formats whose files are judged by what they hold."""


@pytest.mark.slow
def test_no_reader_fails_or_reaches_a_limit_but_on_bombs(run: tuple[list[DocumentReport], int]) -> None:
    stopped = set()
    for report in run[0]:
        codes = {finding.code for document in report.family() for finding in document.findings}
        assert "READ009" not in codes, report.path
        if "READ004" in codes:
            stopped.add(report.path.rpartition("__")[2])
    assert stopped == BOMBS


@pytest.mark.slow
def test_what_was_not_read_to_its_end_says_why(run: tuple[list[DocumentReport], int]) -> None:
    for report in run[0]:
        codes = {finding.code for finding in report.findings}
        if report.status is not Status.checked:
            assert any(code.startswith("READ") for code in codes), report.path


def judged(report: DocumentReport) -> Iterator[DocumentReport]:
    """A document itself; of an archive, what it holds."""
    row = format_named(report.media_type)
    if row is None or row.key not in CONTAINERS:
        yield report
        return
    for child in report.children:
        yield from judged(child)


def test_nothing_is_taken_for_a_marking(run: tuple[list[DocumentReport], int]) -> None:
    for report in run[0]:
        assert [one.text for document in report.family() for one in document.markings] == [], report.path
        for document in judged(report):
            if document.status is Status.checked:
                codes = {finding.code for finding in document.findings}
                assert codes & {"DOC001", "READ008"}, report.path  # what glyphs hide is not said to lack


@pytest.mark.slow
def test_no_worker_outgrows_its_limit_and_none_is_left(run: tuple[list[DocumentReport], int]) -> None:
    assert run[1] < POLICY.config.limits.memory_mb << 20
    assert workers() == []
