"""Many documents: each its verdict, in order, whatever becomes of the others."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
import psutil
import pytest

from countermark.config.policy import Policy, load_policy
from countermark.execution.pool import MAX_AHEAD, check_all
from countermark.model import DocumentReport, Status
from countermark.sources import Source
from countermark.support.errors import CountermarkError
from support.worker_tasks import DOCUMENT_TEXT, act, killed_at_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Task = Callable[[Source, Policy], DocumentReport]

needs_posix = pytest.mark.skipif(os.name != "posix", reason="there are no signals that kill")
NAMES = ["ok 1", "late 2", "exit 3", "ok 4", "raise 5", "segfault 6", "chatter 7", "ok 8", "leave 9", "ok 10"]


@pytest.fixture(scope="module")
def policy() -> Policy:
    loaded = load_policy(lang="en", timeout=30)
    limits = msgspec.structs.replace(loaded.config.limits, memory_mb=300)
    return msgspec.structs.replace(loaded, config=msgspec.structs.replace(loaded.config, limits=limits))


def within(policy: Policy, seconds: float = 30, silence: float = 20, waiting: float = 10) -> Policy:
    limits = msgspec.structs.replace(policy.config.limits, seconds=seconds, silence=silence, waiting=waiting)
    return msgspec.structs.replace(policy, config=msgspec.structs.replace(policy.config, limits=limits))


def sources(*names: str) -> list[Source]:
    return [Source(Path(name), name, given=True) for name in names]


def run(policy: Policy, *names: str, jobs: int = 1) -> list[DocumentReport]:
    return list(check_all(sources(*names), policy, jobs, task=act))


def codes(report: DocumentReport) -> list[str]:
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize("work", ["hang", "spin"])
def test_a_document_that_takes_too_long_is_stopped_and_costs_itself_only(policy: Policy, work: str) -> None:
    limited = within(policy, silence=8, waiting=1) if work == "hang" else within(policy, seconds=2)
    before, stopped, after = run(limited, "ok before", work, "ok after")
    assert (before.status, after.status) == (Status.checked, Status.checked)
    assert codes(stopped) == ["READ004"]
    assert stopped.path == work
    told = (stopped.findings[0].args["limit"], stopped.findings[0].args["allowed"])
    assert told == (("waiting", "1") if work == "hang" else ("seconds", "2"))


def test_what_a_worker_wrote_for_a_while_ends_with_it(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    crashed, after = run(policy, "write", "ok after")
    assert (codes(crashed), after.status) == (["READ009"], Status.checked)
    assert list(tmp_path.rglob("*")) == []


def test_silence_is_what_counts_and_not_the_time_that_work_takes(policy: Policy) -> None:
    steady, stopped, after = run(within(policy, silence=1), "steady", "spin", "ok after")
    assert (steady.status, after.status) == (Status.checked, Status.checked)
    assert codes(stopped) == ["READ004"]
    assert (stopped.findings[0].args["limit"], stopped.findings[0].args["allowed"]) == ("silence", "1")


def test_time_in_which_a_document_waits_counts_only_by_the_outermost_guard(policy: Policy) -> None:
    (report,) = run(within(policy, seconds=1, silence=1), "wait")
    assert report.status is Status.checked


def test_work_is_told_to_end_before_its_time_is_up(policy: Policy) -> None:
    (report,) = run(within(policy, seconds=2), "slow")
    assert "LimitReached" in report.findings[0].message


@pytest.mark.parametrize(
    ("work", "parts"),
    [
        ("segfault", "1 2 UnitFailed 4 5"),
        ("exit", "1 2 UnitFailed 4 5"),
        ("spin", "1 2 LimitReached 4 5"),
        ("grow", "1 2 LimitReached 4 5"),
    ],
)
def test_the_part_that_ends_a_worker_is_left_out_and_the_others_are_judged(
    policy: Policy, work: str, parts: str
) -> None:
    (report,) = run(within(policy, silence=1), f"parts 3 {work}")
    assert report.sha256 == parts


def test_at_the_second_part_that_ends_a_worker_reading_ends(policy: Policy) -> None:
    report, after = run(within(policy, silence=1), "parts 2,4 spin", "ok after")
    assert report.sha256 == "1 LimitReached 3 LimitReached LimitReached"
    assert after.status is Status.checked


def test_more_time_is_granted_up_to_a_bound(policy: Policy) -> None:
    granted, beyond = run(within(policy, seconds=1, silence=1), "granted 3", "granted 0")
    assert (granted.status, codes(beyond)) == (Status.checked, ["READ009"])


def test_a_worker_that_keeps_much_memory_is_replaced(policy: Policy) -> None:
    first, second, third, fourth = run(policy, "pid", "keep", "pid", "pid")
    assert first.sha256 != third.sha256 == fourth.sha256
    assert second.status is Status.checked


def test_a_document_that_takes_too_much_memory_is_stopped_and_costs_itself_only(policy: Policy) -> None:
    before, stopped, after = run(policy, "ok before", "grow", "ok after")
    assert (before.status, after.status) == (Status.checked, Status.checked)
    assert codes(stopped) == ["READ004"]
    assert stopped.findings[0].args["limit"] == "memory_mb"
    assert stopped.findings[0].args["allowed"] == "300"


@pytest.mark.parametrize(
    ("work", "shown"), [("exit", "exit 5"), ("segfault", "SIGSEGV"), ("raise", ", worker_tasks.py")]
)
def test_a_crash_costs_its_document_only_and_is_named(policy: Policy, work: str, shown: str) -> None:
    before, crashed, after = run(policy, "ok before", work, "ok after")
    assert (before.status, crashed.status, after.status) == (
        Status.checked,
        Status.unreadable,
        Status.checked,
    )
    assert codes(crashed) == ["READ009"]
    if os.name == "posix" or work != "segfault":
        assert shown in crashed.findings[0].message


def test_crash_after_crash_gives_each_document_its_own_verdict(policy: Policy) -> None:
    names = [f"{'exit' if number % 2 else 'ok'} {number}" for number in range(12)]
    reports = run(policy, *names, jobs=2)
    assert [report.path for report in reports] == names
    assert [report.status is Status.unreadable for report in reports] == [False, True] * 6


def test_results_are_the_same_and_in_order_for_any_number_of_workers(policy: Policy) -> None:
    one, three = (msgspec.json.encode(run(policy, *NAMES, jobs=jobs)) for jobs in (1, 3))
    assert one == three
    assert [report.path for report in msgspec.json.decode(one, type=list[DocumentReport])] == NAMES


def test_what_a_worker_prints_goes_nowhere_and_what_it_raises_is_not_quoted(
    policy: Policy, capfd: pytest.CaptureFixture[str]
) -> None:
    reports = run(policy, "chatter", "raise")
    shown = capfd.readouterr()
    assert shown.out + shown.err == ""
    assert DOCUMENT_TEXT not in msgspec.json.encode(reports).decode()


def test_sources_are_taken_as_workers_become_free_and_no_worker_is_left(policy: Policy) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Source]:
        while True:
            taken.append(len(taken))
            yield Source(Path("x"), f"ok {taken[-1]}", given=True)

    reports = check_all(endless(), policy, 2, task=act)
    first = [next(reports).path for _ in range(5)]
    reports.close()
    assert first == [f"ok {number}" for number in range(5)]
    assert len(taken) <= MAX_AHEAD + 3
    assert not [child for child in psutil.Process().children() if "start.py" in " ".join(child.cmdline())]


def test_no_sources_give_no_reports_and_start_nothing(policy: Policy) -> None:
    assert run(policy) == []


class Unstartable:
    """A task whose worker ends while it starts."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)


class Startable(NamedTuple):
    """A task of which the first few workers are killed while they start."""

    deaths: int
    marks: Path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return killed_at_first, (self.deaths, self.marks)


def killed(deaths: int, marks: Path) -> Task:
    return cast("Task", Startable(deaths, marks))


@needs_posix
def test_a_worker_that_dies_while_it_starts_is_replaced_twice(policy: Policy, tmp_path: Path) -> None:
    (report,) = check_all(sources("ok"), policy, 1, task=killed(2, tmp_path))
    assert report.status is Status.checked
    assert len(list(tmp_path.iterdir())) == 2


@needs_posix
def test_a_source_of_which_no_worker_starts_is_told_as_our_failure(policy: Policy, tmp_path: Path) -> None:
    failed, after = check_all(sources("ok 1", "ok 2"), policy, 1, task=killed(3, tmp_path))
    assert (codes(failed), after.status) == (["READ009"], Status.checked)
    assert "SIGKILL" in failed.findings[0].message


@needs_posix
@pytest.mark.parametrize(("times", "expected"), [(1, []), (2, ["READ009"])])
def test_a_worker_that_the_system_kills_costs_its_document_at_most(
    policy: Policy, tmp_path: Path, times: int, expected: list[str]
) -> None:
    before, report, after = run(policy, "ok before", f"killed {times} {tmp_path}", "ok after")
    assert (before.status, after.status) == (Status.checked, Status.checked)
    assert codes(report) == expected


def test_a_worker_that_is_killed_between_two_documents_costs_none(policy: Policy) -> None:
    reports = check_all(sources(*[f"ok {number}" for number in range(4)]), policy, 1, task=act)
    found = [next(reports)]
    for child in psutil.Process().children():
        child.kill()
    assert [one.status for one in (*found, *reports)] == [Status.checked] * 4


def test_a_run_in_which_no_process_can_start_ends_in_one_line(tmp_path: Path) -> None:
    program = (
        "import sys; from countermark.cli.main import main; sys.executable = sys.argv.pop(1); "
        "sys.exit(main(['check', '--lang', 'en', *sys.argv[1:]]))"
    )
    (tmp_path / "a.pdf").touch()
    for executable in (str(tmp_path / "missing"), str(tmp_path)):
        command = [sys.executable, "-c", program, executable, str(tmp_path / "a.pdf")]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
        assert "could not start" in ended.stderr


def test_a_worker_that_cannot_start_is_an_error_of_the_run(policy: Policy) -> None:
    with pytest.raises(CountermarkError) as caught:
        list(check_all(sources("ok"), policy, 1, task=Unstartable()))  # type: ignore[arg-type]
    assert caught.value.key == "worker-not-started"
    assert caught.value.args_by_name == {"code": "exit 7"}


def test_a_program_from_standard_input_has_workers_too(tmp_path: Path) -> None:
    """It has no file that a new process could load: none is loaded."""
    program = "import sys; from countermark.cli.main import main; sys.exit(main(['check', sys.argv[1]]))"
    (tmp_path / "a.pdf").touch()
    ended = subprocess.run(
        [sys.executable, "-", str(tmp_path / "a.pdf")],
        input=program,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8"},
    )
    assert (ended.returncode, ended.stderr) == (3, "")
    assert "READ001" in ended.stdout
