"""Output that can't be written, readers that go away, signals: one clear line each, what can be written is
written, nothing partial stays."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.model import DocumentReport, Finding, Severity, Status
from countermark.model import Source as Clause
from countermark.reporting.delivery import Target, deliver
from countermark.reporting.formats.registry import ReportFormat
from countermark.support.errors import CountermarkError
from countermark.support.stops import SIGNALS, Stopped, held, listening
from countermark.support.streams import ReaderGone
from support.commands import ON_DOCUMENTS, call_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from countermark.rendering.render import PageImages

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX descriptors and signals")
has_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
mortal = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="permissions bind no administrator"
)
POLICY = load_policy(start=Path(Path(__file__).resolve().anchor))
INCOMPLETE = "the run ended early"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two documents in `in`, the working folder above them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    (tmp_path / "in").mkdir()
    for name, marking in (("good.pdf", "UK SECRET"), ("bad.pdf", "UK Secret")):
        pdf(tmp_path / "in" / name, marking)
    return tmp_path


def pdf(path: Path, marking: str, pages: int = 1) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for _ in range(pages):
        canvas.drawCentredString(A4[0] / 2, A4[1] - 30, marking)
        canvas.drawCentredString(A4[0] / 2, 25, marking)
        canvas.showPage()
    canvas.save()
    return path


def run(
    command: str, *arguments: str, prepare: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The program, started by a shell `command` in which `"$@"` stands for it with its arguments."""
    return subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "countermark", *arguments],
        capture_output=True,
        timeout=120,
        check=False,
        preexec_fn=prepare,
    )


def left() -> list[str]:
    """What lies in the working folder beside the documents."""
    return sorted(path.name for path in Path().iterdir() if path.name != "in")


def one_line(error: bytes) -> str:
    assert error.count(b"\n") == 1, error.decode()
    return error.decode()


# Standard output and standard error


@has_full
@pytest.mark.parametrize(
    "arguments",
    [
        *(["check", "in/good.pdf", "--images", "none", "--format", form.value] for form in ReportFormat),
        *(call_on(command, "in/good.pdf") for command in ON_DOCUMENTS),
        *(["rules", "--format", "json"], ["--version"]),
    ],
    ids=" ".join,
)
def test_a_full_standard_output_is_one_line_and_status_2(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(arguments) == 2
    error = one_line(capsys.readouterr().err.encode())
    assert error == "countermark: standard output cannot be written: no space is left.\n"


@has_full
@pytest.mark.parametrize("command", [["status"], ["diff", "1", "2"], ["report"]], ids=" ".join)
def test_a_full_standard_output_is_told_by_commands_on_a_store(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["check", "in/good.pdf", "--images", "none", "--store", "results"]) in (0, 1)
    capsys.readouterr()
    test_a_full_standard_output_is_one_line_and_status_2(
        [*command, "--store", "results"], monkeypatch, capsys
    )


@has_full
def test_with_a_full_standard_output_the_files_are_written() -> None:
    ran = run('"$@" >/dev/full', "check", "in", "--report", "json=a.json", "--report", "csv=a.csv")
    assert ran.returncode == 2
    assert "standard output" in one_line(ran.stderr)
    assert left() == ["a.csv", "a.json"]
    assert json.loads(Path("a.json").read_bytes())["complete"]


@posix
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", ">&- <&- 2>&-"])
def test_a_closed_standard_output_is_told_and_the_files_are_written(closed: str) -> None:
    ran = run(f'"$@" {closed}', "check", "in", "--report", "json=a.json")
    assert ran.returncode == 2
    expected = b"" if "2>&-" in closed else b"countermark: standard output cannot be written: it is closed.\n"
    assert ran.stderr == expected
    report = json.loads(Path("a.json").read_bytes())
    assert [document["status"] for document in report["documents"]] == ["checked", "checked"]
    assert left() == ["a.json"]


@posix
@pytest.mark.parametrize("lost", ["2>&-", "2>/dev/full"])
def test_without_a_standard_error_the_status_still_tells(lost: str) -> None:
    if "full" in lost and not Path("/dev/full").exists():
        pytest.skip("there is no device that is full")
    assert run(f'"$@" {lost}', "check", "gone").returncode == 2
    ran = run(f'"$@" {lost}', "check", "in/good.pdf", "--from", "GB", "--to", "JP")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"good.pdf: CLEAR; no findings" in ran.stdout


@posix
@pytest.mark.parametrize("arguments", [["rules", "--format", "json"], ["check", "in", "--format", "jsonl"]])
def test_a_reader_that_goes_away_ends_the_program_without_a_word(arguments: list[str]) -> None:
    ran = run('{ "$@"; echo $? >status; } | true', *arguments)
    assert Path("status").read_text() == "141\n"
    assert ran.stderr == b""


@posix
def test_a_reader_that_goes_away_ends_the_run_unless_a_file_is_to_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[str] = []

    def documents() -> Iterator[DocumentReport]:
        for number in range(5):
            taken.append(str(number))
            yield document(f"{number}.pdf")

    def delivered(*targets: Target) -> None:
        ours, theirs = os.pipe()
        os.close(ours)
        with os.fdopen(theirs, "w") as unread:
            monkeypatch.setattr(sys, "stdout", unread)
            taken.clear()
            deliver(documents(), targets, POLICY)

    with pytest.raises(ReaderGone):
        delivered(Target(ReportFormat.jsonl, None))
    assert taken == ["0"]
    delivered(Target(ReportFormat.jsonl, None), Target(ReportFormat.csv, Path("a.csv")))
    assert len(taken) == 5
    assert Path("a.csv").read_bytes().count(b".pdf") == 5


# Files


def document(path: str, findings: int = 1) -> DocumentReport:
    finding = Finding(
        code="DOC001",
        name="document-unmarked",
        severity=Severity.error,
        message="",
        fix="",
        locations=(),
        source=Clause(standard="", clause=""),
        fingerprint="",
    )
    return DocumentReport(
        path=path, sha256="", media_type="", pages=1, status=Status.checked, findings=(finding,) * findings
    )


@pytest.mark.parametrize("bad", ["missing/a.sarif", "a-folder", "/dev/full", "x" * 300])
def test_of_several_reports_those_that_can_be_written_are_written(
    bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if bad.startswith("/dev") and not Path(bad).exists():
        pytest.skip("there is no device that is full")
    Path("a-folder").mkdir()
    reports = ["--report=json=first.json", f"--report=sarif={bad}", "--report=junit=last.xml"]
    assert main(["check", "in", *reports]) == 2
    shown = capsys.readouterr()
    assert "bad.pdf" in shown.out
    line = one_line(shown.err.encode())
    assert line.startswith(f"countermark: {bad}: cannot be written: ")
    assert left() == ["a-folder", "first.json", "last.xml"]
    assert not list(Path("a-folder").iterdir())


def test_a_report_that_is_the_only_one_and_cannot_be_written_ends_the_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "in", "--output", "missing/a.txt"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert one_line(shown.err.encode()) == (
        "countermark: missing/a.txt: cannot be written: no such file or folder.\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs a bound on the size of files")
def test_a_disk_that_is_full_costs_the_reports_that_do_not_fit() -> None:
    import resource

    for number in range(40):
        shutil.copy("in/bad.pdf", f"in/{number}.pdf")
    reports = ["--report=json=big.json", "--report=html=big.html", "--report=csv=big.csv"]
    ran = run(
        '"$@"',
        *("check", "in", "--select", "UK", "--format", "github", *reports, "--annotate", "copies"),
        prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)),
    )
    assert ran.returncode == 2
    assert ran.stdout.count(b"::warning ") == 41
    lines = ran.stderr.decode().splitlines()
    assert lines[:3] == [
        f"countermark: big.{form}: cannot be written: the file is too large."
        for form in ("json", "html", "csv")
    ]
    assert len(lines) == 3 + 41
    assert all("no annotated copy: it could not be written" in line for line in lines[3:])
    assert left() == []


@mortal
@pytest.mark.parametrize("is_folder", [True, False])
def test_what_is_read_only_is_left_as_it_is(is_folder: bool, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out").mkdir()
    Path("out/a.json").write_text("of the last run")
    protected = Path("out") if is_folder else Path("out/a.json")
    protected.chmod(0o555 if is_folder else 0o444)
    try:
        assert main(["check", "in", "--report", "json=out/a.json", "--report", "csv=b.csv"]) == 2
    finally:
        protected.chmod(0o755)
    assert one_line(capsys.readouterr().err.encode()) == (
        "countermark: out/a.json: cannot be written: permission denied.\n"
    )
    assert Path("out/a.json").read_text() == "of the last run"
    assert left() == ["b.csv", "out"]


def test_a_report_that_another_program_has_open_is_left_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows denies to replace a file that is open; here the system's own call is made to do so."""
    really = os.replace

    def replace(source: object, target: object) -> None:
        if Path(str(target)).name == "a.json":
            raise PermissionError(13, "in use")
        really(str(source), str(target))

    Path("a.json").write_text("of the last run")
    monkeypatch.setattr(os, "replace", replace)
    assert main(["check", "in", "--report", "json=a.json", "--report", "csv=a.csv"]) == 2
    assert "a.json: cannot be replaced" in one_line(capsys.readouterr().err.encode())
    assert Path("a.json").read_text() == "of the last run"
    assert left() == ["a.csv", "a.json"]


def test_a_target_that_becomes_a_folder_meanwhile_costs_its_report_only() -> None:
    def documents() -> Iterator[DocumentReport]:
        Path("a.json").mkdir()
        yield document("a.pdf")

    told: list[CountermarkError] = []
    targets = [Target(ReportFormat.json, Path("a.json")), Target(ReportFormat.csv, Path("a.csv"))]
    deliver(documents(), targets, POLICY, failed=told.append)
    assert [error.key for error in told] in (["output-failed"], ["output-in-use"])
    assert left() == ["a.csv", "a.json"]


def test_a_report_that_cannot_be_made_costs_itself_only() -> None:
    def pictures(_documents: Iterable[DocumentReport]) -> dict[str, PageImages]:
        raise ValueError("text of a document")

    told: list[CountermarkError] = []
    targets = [Target(ReportFormat.html, Path("a.html")), Target(ReportFormat.csv, Path("a.csv"))]
    deliver([document("a.pdf")], targets, POLICY, pictures, failed=told.append)
    assert [error.key for error in told] == ["report-failed"]
    assert "text of a document" not in str(told[0].args_by_name)
    assert left() == ["a.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output", "in/good.pdf"], "in/good.pdf: a report would replace this document"),
        (["--report", "json=in/../in/bad.pdf"], "a report would replace this document"),
        (["--report", "json=a", "--report", "csv=./a"], "a: two reports go to this file"),
    ],
)
def test_a_report_replaces_neither_a_document_nor_another_report(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in Path("in").iterdir()}
    assert main(["check", "in", *arguments]) == 2
    assert said in one_line(capsys.readouterr().err.encode())
    assert {path: path.read_bytes() for path in Path("in").iterdir()} == before
    assert left() == []


@posix
def test_a_copy_whose_place_is_taken_is_told_and_the_others_are_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy("in/bad.pdf", "in/other.pdf")
    Path("out/in/bad.annotated.pdf").mkdir(parents=True)
    assert main(["check", "in", "--annotate", "out"]) == 2
    assert "in/bad.pdf: no annotated copy: it could not be written" in one_line(
        capsys.readouterr().err.encode()
    )
    assert sorted(path.name for path in Path("out/in").iterdir()) == [
        "bad.annotated.pdf",
        "other.annotated.pdf",
    ]
    assert [path.name for path in Path("out").iterdir()] == ["in"]


# Signals


def _usual_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("to_all", [True, False], ids=["group", "program"])
def test_a_signal_ends_the_run_and_what_was_checked_is_reported(number: signal.Signals, to_all: bool) -> None:
    first = pdf(Path("in/0.pdf"), "UK SECRET", pages=20)
    for count in range(1, 1000):
        os.link(first, f"in/{count}.pdf")
    files = [f"--report={form.value}=out-{form.value}" for form in ReportFormat]
    options = ["--jobs", "2", "--format", "jsonl", *files, "--annotate", "copies"]
    program = subprocess.Popen(
        [sys.executable, "-m", "countermark", "check", "in", *options],
        bufsize=0,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_usual_signals,
    )
    assert program.stdout
    assert program.stdout.readline().startswith(b"{")
    family = psutil.Process(program.pid).children(recursive=True)
    assert len(family) >= 2
    (os.killpg if to_all else os.kill)(program.pid, number)
    out, error = program.communicate(timeout=60)
    assert program.returncode == 128 + number
    report = json.loads(Path("out-json").read_bytes())
    done = report["summary"]["documents"]
    assert 1 <= done < 1002
    assert report["summary"]["not_checked"] == 1002 - done
    assert not report["complete"]
    assert not json.loads(out.splitlines()[-1])["complete"]
    assert one_line(error) == f"Stopped: checked {done} of 1002 documents; the rest was not checked.\n"
    assert left() == sorted(f"out-{form.value}" for form in ReportFormat)
    assert psutil.wait_procs(family, timeout=30)[1] == []


@posix
def test_a_signal_that_is_ignored_stays_ignored() -> None:
    ran = run(
        "trap '' HUP TERM; \"$@\" & sleep 1; kill -HUP $!; kill -TERM $!; wait $!", "check", "in/good.pdf"
    )
    assert ran.returncode == 0, ran.stderr
    assert b"good.pdf" in ran.stdout


@posix
@pytest.mark.parametrize("number", SIGNALS)
def test_what_is_begun_comes_to_its_end_but_for_a_second_signal(number: int) -> None:
    done: list[str] = []
    with listening():
        assert _status(number, done) == 128 + number
        assert done == ["begun", "ended"]
        assert _status(number, done) == 128 + number
        assert done == ["begun", "ended", "begun"]


def _status(number: int, done: list[str]) -> int:
    try:
        with held():
            done.append("begun")
            os.kill(os.getpid(), number)
            done.append("ended")
    except Stopped as stopped:
        return stopped.status
    return 0


@posix
def test_a_signal_while_pages_are_pictured_costs_the_pictures_only() -> None:
    def pictures(_documents: Iterable[DocumentReport]) -> dict[str, PageImages]:
        os.kill(os.getpid(), signal.SIGTERM)
        raise AssertionError("the signal did not end this")

    targets = [Target(ReportFormat.html, Path("a.html")), Target(ReportFormat.json, Path("a.json"))]
    with listening(), pytest.raises(Stopped) as caught:
        deliver([document("a.pdf")], targets, POLICY, pictures, expected=1)
    assert caught.value.status == 143
    assert json.loads(Path("a.json").read_bytes())["complete"]
    assert left() == ["a.html", "a.json"]


@pytest.mark.parametrize("form", list(ReportFormat))
def test_no_form_of_an_incomplete_report_looks_like_a_whole_one(form: ReportFormat) -> None:
    def documents() -> Iterator[DocumentReport]:
        yield document("a.pdf", findings=0)
        raise Stopped(signal.SIGINT)

    with pytest.raises(Stopped):
        deliver(documents(), [Target(form, Path("a"))], POLICY, expected=40)
    written = Path("a").read_bytes()
    if form is ReportFormat.xlsx:
        with zipfile.ZipFile(BytesIO(written)) as book:
            written = book.read("xl/sharedStrings.xml")
    if form in (ReportFormat.json, ReportFormat.jsonl):
        overview = json.loads(written.splitlines()[-1] if form is ReportFormat.jsonl else written)
        assert (overview["complete"], overview["summary"]["not_checked"]) == (False, 39)
    else:
        assert f"{INCOMPLETE}; documents that were not checked: 39".encode() in written
