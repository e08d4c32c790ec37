"""The command line as a person and a build meet it: output, exit status, one clear line on error."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import psutil
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark import __version__
from countermark.cli.main import main
from countermark.config.policy import CONFIG_NAME, Config, load_policy
from countermark.standards.agreement import Agreement
from countermark.standards.standard import Standard
from countermark.support.messages import catalogue
from support.commands import COMMANDS
from support.texts import all_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAVY = (
    "spacy",
    "pypdfium2",
    "lxml",
    "cel",
    "docx",
    "pypdf",
    "countermark.checking",
    "countermark.config.policy",
)


def pdf(path: Path, marking: str = "UK SECRET", pages: int = 1) -> Path:
    """A PDF with a marking at the head and foot of each page."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for number in range(pages):
        canvas.drawCentredString(A4[0] / 2, A4[1] - 30, marking)
        canvas.drawString(72, 600, f"5 November 2026, part {number + 1}")
        canvas.drawCentredString(A4[0] / 2, 25, marking)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no language of the developer's own."""
    monkeypatch.chdir(tmp_path)
    for name in ("COUNTERMARK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def started(*arguments: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "countermark", *arguments],
        capture_output=True,
        env={**os.environ, **changes},
        timeout=120,
        check=False,
    )


def test_a_marked_document_is_clean_and_an_unmarked_one_is_not(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf(folder / "good.pdf")
    assert main(["check", "good.pdf", "--from", "GB", "--to", "JP"]) == 0
    assert "good.pdf: CLEAR; no findings\n" in capsys.readouterr().out
    pdf(folder / "bad.pdf", marking="")
    assert main(["check", "good.pdf", "bad.pdf", "--jobs", "1"]) == 1
    shown = capsys.readouterr()
    assert "DOC001" in shown.out
    assert shown.err == ""
    assert main(["check", "bad.pdf", "--fail-on", "never"]) == 0


def test_a_run_with_broken_files_gives_every_file_its_verdict_and_status_3(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = pdf(folder / "good.pdf")
    (folder / "truncated.pdf").write_bytes(good.read_bytes()[:300])
    (folder / "renamed.docx").write_text("no Word file")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "folder.pdf").mkdir()
    assert main(["check", ".", "--fail-on", "never", "--format", "json"]) == 3
    report = json.loads(capsys.readouterr().out)
    verdicts = {
        one["path"]: (one["status"], [each["code"] for each in one["findings"]])
        for one in report["documents"]
    }
    assert verdicts.pop("good.pdf") == ("checked", [])
    assert verdicts == dict.fromkeys(
        ("empty.pdf", "folder.pdf", "renamed.docx", "truncated.pdf"), ("unreadable", ["READ001"])
    )
    assert report["summary"]["unreadable"] == 4


def test_a_kind_that_is_not_read_fails_only_where_it_is_named(folder: Path) -> None:
    (folder / "notes.csv").write_text("notes")
    assert main(["check", "."]) == 0
    assert main(["check", "notes.csv"]) == 3


def test_json_is_the_same_for_any_number_of_workers_and_fits_the_published_schema(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for number in range(5):
        pdf(folder / f"{number}.pdf", marking="UK SECRET" if number % 2 else "")
    written = []
    for jobs in ("1", "3"):
        main(["check", ".", "--format", "json", "--jobs", jobs])
        written.append(capsysbinary.readouterr().out)
    assert written[0] == written[1]
    main(["schema"])
    schema = json.loads(capsysbinary.readouterr().out)
    jsonschema.validate(json.loads(written[0]), schema)


def test_output_goes_to_the_file_and_nothing_to_standard_output(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf(folder / "a.pdf")
    main(["check", "a.pdf", "--output", "report.txt", "--lang", "ja"])
    assert capsys.readouterr().out == ""
    assert "指摘" in (folder / "report.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["a.pdf", "report.txt"]


def test_options_reach_the_policy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf(folder / "a.pdf", marking="UK SECRET - UK EYES ONLY")
    arguments = ["check", "a.pdf", "--from", "GB", "--to", "JP", "--stage", "outgoing", "--format", "json"]

    def codes(*more: str) -> list[str]:
        main([*arguments, *more])
        document = json.loads(capsys.readouterr().out)["documents"][0]
        assert (document["exchange"]["originator"], document["exchange"]["recipient"]) == ("GB", "JP")
        return [finding["code"] for finding in document["findings"]]

    assert "EX004" in codes()
    assert codes("--ignore", "ex") == []
    assert codes("--select", "DOC,UK003") == []
    assert codes("--select", "UK", "--select", "EX004") == ["EX004"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "PATH... is missing"),
        (["check", "gone.pdf"], "gone.pdf: there is no such file or folder"),
        (["check", "*.rtf"], "*.rtf: no file matches this pattern"),
        (["check", ".", "--format", "xml"], "--format does not take this value; it takes text|json"),
        (["check", ".", "--as-of", "yesterday"], "--as-of does not take this value; it takes YYYY-MM-DD"),
        (["check", ".", "--jobs", "many"], "--jobs does not take this value"),
        (["check", ".", "--fail-in", "error"], "did you mean --fail-on?"),
        (["check", ".", "--select", "XX999"], "XX999"),
        (["check", ".", "--lang", "fr"], "--lang does not take this value; it takes en|ja"),
        (["check", ".", "--lang"], "--lang does not take this value"),
        (["check", ".", "--config", "gone.yaml"], "gone.yaml"),
        (["verify", "a.pdf"], "there is no such command"),
        (["rules", "UK999"], "UK999"),
        (["standards", "uk/none"], "uk/none: no such standard"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    arguments: Sequence[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.pdf").write_bytes(b"%PDF-")
    assert main(list(arguments)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.startswith("countermark: ")
    assert shown.err.count("\n") == 1


def test_wrong_usage_speaks_japanese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERMARK_LANG", "ja")
    main(["check", "gone.pdf"])
    assert "存在しません" in capsys.readouterr().err
    main(["check", "gone.pdf", "--lang", "en"])
    assert "there is no such file" in capsys.readouterr().err


def test_the_language_is_the_options_else_the_configurations_else_the_users(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERMARK_LANG", "ja")

    def listed(*arguments: str) -> str:
        main(["rules", *arguments])
        return capsys.readouterr().out

    japanese = listed()
    assert all_texts("ja")["rules.UK006.title"] in japanese
    (folder / CONFIG_NAME).write_text("lang: en\n")
    assert all_texts("en")["rules.UK006.title"] in listed()
    assert listed("--lang", "ja") == japanese
    assert listed("--lang=ja") == japanese


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_every_parameter_and_shows_an_example(
    command: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help", "--lang", lang]) == 0
    shown = capsys.readouterr().out
    texts = catalogue(lang)["help"]
    for example in texts["commands"][command]["examples"]:
        assert f"  {example}\n" in shown
        assert example.startswith(f"countermark {command}")
    assert shown.startswith(
        f"{texts['headings']['usage']}countermark {command} [{texts['metavars']['OPTIONS']}]"
    )
    assert "None" not in shown


def test_every_command_is_in_the_overview(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    overview = capsys.readouterr().out
    assert all(f"\n  {command} " in overview for command in COMMANDS)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_version_and_help_load_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from countermark.cli.main import main; code = main(sys.argv[1:]);"
        f"print(code, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert ran.stdout.splitlines()[-1] == "0 []"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"countermark {__version__}\n"


def test_inspect_shows_each_marking_its_place_and_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf(folder / "a.pdf", pages=2)
    assert main(["inspect", "a.pdf"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("UK SECRET\n") >= 4
    assert "Where: page 2, footer" in shown
    assert "Evidence: " in shown
    assert "Exchange inferred: a marking names the country" in shown
    assert main(["inspect", "a.pdf", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {marking["zone"] for marking in document["markings"]} == {"header", "footer"}
    assert [[line["text"] for line in page["lines"]] for page in document["content"]] == [
        ["UK SECRET", f"5 November 2026, part {number}", "UK SECRET"] for number in (1, 2)
    ]


def test_inspect_shows_every_line_with_its_zone_and_why_it_is_not_seen(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from support.word_files import paragraph, section, word_file

    body = paragraph("text") + paragraph("unseen", run="<w:vanish/>")
    body += section("header-default-h", "header-first-h1")
    bands = {"h": paragraph("UK SECRET"), "h1": paragraph("UK TOP SECRET")}
    (folder / "a.docx").write_bytes(word_file(body, bands=bands))
    main(["inspect", "a.docx", "--lang", "en"])
    shown = capsys.readouterr().out
    assert "section 1 first page (switched off)\n" in shown
    rows = [line.split() for line in shown.splitlines()]
    assert ["2", "body", "text", "[word/document.xml]"] in rows
    assert [
        "3",
        "hidden",
        "text",
        "unseen",
        "[not",
        "seen:",
        "marked",
        "as",
        "hidden,",
        "word/document.xml]",
    ] in rows
    main(["inspect", "a.docx", "--lang", "ja"])
    assert "見えない" in capsys.readouterr().out


def test_inspect_of_an_unreadable_file_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.pdf").write_bytes(b"")
    assert main(["inspect", "a.pdf"]) == 3
    assert "READ001" in capsys.readouterr().out


def test_parse_explains_a_marking_and_its_counterpart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", "UK SECRET"]) == 0
    assert "極秘" in capsys.readouterr().out
    assert main(["parse", "uk official sensitive", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["marking"]["canonical"] == "UK OFFICIAL-SENSITIVE"
    assert main(["parse", "no marking at all"]) == 0
    assert "No marking" in capsys.readouterr().out


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    policy = load_policy()
    assert main(["rules", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [rule["code"] for rule in listed] == [rule.code for rule in policy.rules]
    assert all({"title", "message", "fix", "source", "good", "bad"} <= rule.keys() for rule in listed)
    assert "where" not in listed[0]
    for rule in policy.rules:
        assert main(["rules", rule.code.lower()]) == 0
        shown = capsys.readouterr().out
        assert rule.source.source("en").clause in shown
        assert shown.count("Good: ") == len(rule.good)
        assert shown.count("Bad: ") == len(rule.bad)


def test_standards_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    standards = load_policy().standards
    known: list[Standard | Agreement] = [*standards.standards, standards.agreement]
    assert main(["standards"]) == 0
    shown = capsys.readouterr().out
    assert [line.split()[0] for line in shown.splitlines()] == [standard.id for standard in known]
    for standard in known:
        assert main(["standards", standard.id, "--lang", "ja"]) == 0
        assert standard.title.ja in capsys.readouterr().out
    assert main(["standards", "uk/gscp-2024", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "uk/gscp-2024"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_init_writes_a_valid_configuration_once(
    lang: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--lang", lang]) == 0
    path = folder / CONFIG_NAME
    written = path.read_text(encoding="utf-8")
    assert load_policy(path).config == load_policy(start=folder).config
    path.write_text(written + "lang: ja\n", encoding="utf-8")
    assert main(["init", "--lang", lang]) == 2
    assert path.read_text(encoding="utf-8").endswith("lang: ja\n")
    assert CONFIG_NAME in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_example_in_the_configuration_is_valid(lang: str, folder: Path) -> None:
    main(["init", "--lang", lang])
    path = folder / CONFIG_NAME
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = {f"# {key}:" for key in Config.__struct_encode_fields__}
    settings = [line[2:] for line in lines if line.startswith("#  ") or line.partition(":")[0] + ":" in keys]
    path.write_text("\n".join(settings), encoding="utf-8")
    config = load_policy(path).config
    assert config.exchange.from_ in ("GB", "JP")
    assert len(config.paths) == 2
    assert config.labels
    assert config.limits.memory_mb == 1536


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    pdf(folder / "計画.pdf")
    ran = started("check", "計画.pdf", "--lang", "ja", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "計画.pdf" in ran.stdout.decode("utf-8")
    assert ran.stderr == b""


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell for the pipe")
def test_a_reader_that_stops_reading_is_no_error() -> None:
    ran = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m countermark rules --format json | head -n 1"],
        capture_output=True,
        check=True,
    )
    assert ran.stdout.strip() == b"["
    assert ran.stderr == b""


def _plain_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is no signal to send here")
def test_an_interrupted_run_ends_with_130_and_leaves_no_worker(folder: Path) -> None:
    first = pdf(folder / "0.pdf", pages=40)
    for number in range(1, 1500):
        os.link(first, folder / f"{number}.pdf")
    program = subprocess.Popen(
        [sys.executable, "-m", "countermark", "check", ".", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_plain_interrupt,
        start_new_session=True,
    )
    process = psutil.Process(program.pid)
    while len(process.children(recursive=True)) < 2:
        assert program.poll() is None
        time.sleep(0.05)
    workers = process.children(recursive=True)
    os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert program.returncode == 130
    verdict, told = out.splitlines()[:2]
    assert verdict.startswith(b"Verdict: NOT READ")
    assert told.startswith(b"INCOMPLETE: ")
    assert err.startswith(b"Stopped: checked ")
    assert psutil.wait_procs(workers, timeout=30)[1] == []


def test_an_internal_error_is_one_line_without_document_text(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf(folder / "a.pdf")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main(["schema"]) == 2
    shown = capsys.readouterr().err
    assert shown.count("\n") == 1
    assert shown.startswith("countermark: internal error: AttributeError, support/streams.py:")


def test_several_reports_in_one_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf(folder / "bad.pdf", marking="UK Secret")
    asked = ["--report", "sarif=a.sarif", "--report", "junit=a.xml", "--report", "csv=a.csv"]
    assert main(["check", "bad.pdf", "--format", "github", "--fail-on", "warning", *asked]) == 1
    assert capsys.readouterr().out.splitlines()[0].startswith("UK SECRET / 極秘 (")
    run = json.loads((folder / "a.sarif").read_bytes())["runs"][0]
    assert {result["ruleId"] for result in run["results"]} == {"UK005"}
    assert b"<testcase" in (folder / "a.xml").read_bytes()
    assert main(["check", "bad.pdf", "--report", "pdf=a.pdf"]) == 2
    assert "--report" in capsys.readouterr().err
