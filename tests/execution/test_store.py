"""The store of results: nothing is read twice, nothing lost, nothing kept that a document says."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from datetime import date
from pathlib import Path

import msgspec
import pytest

from countermark.checking.check import check_document
from countermark.checking.validity import check_document_until
from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.execution.store.run_store import RunStore, StoreRequest
from countermark.execution.store.schema import APPLICATION, MIGRATIONS, open_store
from countermark.sources import Found, Source
from countermark.support.errors import CountermarkError
from support.pdf_files import page, pdf
from support.word_files import paragraph, word_file

LONG_AGO = 1_700_000_000
"""A time of change in which no doubt is possible."""
CODEWORD = "Zanzibar"


def put(path: Path, marking: str, text: str = CODEWORD) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(pdf(page(marking, marking, [text])))
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An exchange of three documents, one of which is wrong and one not read, in the working directory."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "in" / "a.pdf", "UK SECRET")
    put(tmp_path / "in" / "b.pdf", "UK Official")
    (tmp_path / "in" / "c.pdf").write_bytes(b"no document")
    return tmp_path


def checked(*options: str, name: str = "report.json") -> bytes:
    """The JSON report of a run on the folder, kept in the store."""
    arguments = ["check", "in", "--no-config", "--store", "s.sqlite", "--format", "json", "--output", name]
    assert main([*arguments, *options]) in (0, 1, 3)
    return Path(name).read_bytes()


def codes(report: bytes) -> dict[str, list[str]]:
    documents = json.loads(report)["documents"]
    return {document["path"]: [finding["code"] for finding in document["findings"]] for document in documents}


def replaced(path: Path, marking: str) -> None:
    """Another content of the same size and time."""
    size = path.stat().st_size
    put(path, marking)
    with path.open("ab") as file:
        file.write(b" " * (size - path.stat().st_size))
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert path.stat().st_size == size


def test_a_second_run_says_the_same_and_reads_nothing_that_is_unchanged() -> None:
    path = put(Path("in/a.pdf"), "UK SECRET", f"{CODEWORD} and more words")
    first = checked()
    replaced(path, "UK Secret")
    assert checked() == first
    assert codes(checked("--verify")) != codes(first)


def test_a_changed_file_is_read_again() -> None:
    first = checked()
    put(Path("in/a.pdf"), "UK Secret", "other words, longer than before")
    second = checked()
    assert codes(first)["in/a.pdf"] != codes(second)["in/a.pdf"]


def test_a_file_changed_as_late_as_it_was_checked_is_compared_by_its_digest() -> None:
    """The clock of its file system may go ahead, or tick so slowly that two changes have one time."""
    path = Path("in/a.pdf")
    ahead = time.time() + 60
    os.utime(path, (ahead, ahead))
    first = checked()
    assert checked() == first
    replaced(path, "UK Secret")
    os.utime(path, (ahead, ahead))
    assert codes(checked()) != codes(first)


@pytest.mark.parametrize("option", [("--from", "GB", "--to", "JP"), ("--lang", "ja"), ("--ignore", "UK")])
def test_another_policy_judges_anew(option: tuple[str, ...]) -> None:
    plain = checked()
    other = checked(*option)
    assert other != plain
    assert checked() == plain
    assert checked(*option) == other


def test_a_report_holds_until_a_day_that_the_document_names() -> None:
    policy = msgspec.structs.replace(load_policy(use_config=False), today=date(2026, 6, 1))

    def until(*words: str) -> date:
        content = word_file("".join(map(paragraph, ("日本国　極秘", *words, "本文"))))
        return check_document_until(content, "a.docx", policy, is_given=True)[1]

    assert until() == date(2027, 1, 1)
    assert until("指定期間：令和8年4月1日から令和8年9月30日まで") == date(2026, 9, 30)


def test_nothing_that_a_document_says_is_in_the_store() -> None:
    put(Path("in/d.pdf"), f"UK SECRET {CODEWORD.upper()}")
    checked()
    kept = b"".join(path.read_bytes() for path in Path().glob("s.sqlite*"))
    with sqlite3.connect("s.sqlite") as connection:
        reports = [zlib.decompress(row) for (row,) in connection.execute("SELECT packed FROM report")]
    assert CODEWORD.upper().encode() not in kept + b"".join(reports)
    assert CODEWORD.encode() not in b"".join(reports)
    assert (
        main(["report", "--no-config", "--store", "s.sqlite", "--format", "json", "--output", "r.json"]) == 0
    )
    assert CODEWORD.upper().encode() not in Path("r.json").read_bytes()


def test_a_covering_letter_is_compared_with_enclosures_that_are_in_the_store() -> None:
    put(Path("in/annex-a.pdf"), "UK SECRET", "Annex A: Trials plan")
    put(Path("in/annex-b.pdf"), "UK SECRET", "Annex B: Interface Zanzibar")
    rows = ("1. Annex A: Trials plan, UK SECRET, 1 copy", "2. Annex C: Safety case, UK SECRET, 1 copy")
    letter = page(
        "UK SECRET", "UK SECRET", ["Dear Colonel,", "We send you the documents below.", "Enclosures:", *rows]
    )
    Path("in/z-letter.pdf").write_bytes(pdf(letter))
    first = checked()
    assert "EX014" in codes(first)["in/z-letter.pdf"]
    assert checked() == first
    assert b"Zanzibar" not in b"".join(path.read_bytes() for path in Path().glob("s.sqlite*"))
    with sqlite3.connect("s.sqlite") as connection:
        packed = [zlib.decompress(row) for (row,) in connection.execute("SELECT packed FROM report")]
    assert b"Zanzibar" not in b"".join(packed)


@pytest.mark.parametrize("form", ["json", "jsonl", "text", "sarif", "junit", "csv", "html", "gitlab"])
def test_a_stored_run_is_reported_in_every_form_as_when_it_was(form: str) -> None:
    checked("--report", f"{form}=then")
    assert main(["report", "--no-config", "--store", "s.sqlite", "--format", form, "--output", "now"]) == 0
    assert Path("now").read_bytes() == Path("then").read_bytes()


def test_what_changed_between_two_runs_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    put(Path("in/d.pdf"), "UK Secret")
    put(Path("in/e.pdf"), "UK Official")
    checked()
    put(Path("in/a.pdf"), "UK Secret", "now wrong")
    put(Path("in/b.pdf"), "UK OFFICIAL", "now right")
    Path("in/d.pdf").unlink()
    checked()
    assert main(["diff", "1", "2", "--store", "s.sqlite", "--format", "json"]) == 1
    found = {(entry["path"], entry["change"]) for entry in json.loads(capsys.readouterr().out)}
    assert {
        ("in/a.pdf", "new"),
        ("in/b.pdf", "fixed"),
        ("in/d.pdf", "unclear"),
        ("in/e.pdf", "still"),
    } <= found
    assert main(["diff", "2", "2", "--store", "s.sqlite"]) == 0
    assert main(["diff", "1", "7", "--store", "s.sqlite"]) == 2
    assert "1, 2" in capsys.readouterr().err


def test_the_register_says_who_checked_what(capsys: pytest.CaptureFixture[str]) -> None:
    checked("--operator", "A. Smith")
    checked("--operator", "A. Smith")
    assert main(["register", "--store", "s.sqlite", "--format", "json"]) == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    documents = [entry for entry in entries if entry["path"]]
    assert [Path(entry["path"]).name for entry in documents] == ["a.pdf", "b.pdf", "c.pdf"]
    assert {entry["operator"] for entry in entries} == {"A. Smith"}
    assert documents[0]["marking"].startswith("UK SECRET")
    assert [entry["documents"] for entry in entries if not entry["path"]] == [3, 3]
    assert main(["register", "--store", "s.sqlite", "--verify"]) == 0


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM entry WHERE number = 2",
        "UPDATE entry SET content = replace(content, 'b.pdf', 'x.pdf') WHERE number = 2",
        "DELETE FROM entry WHERE number = (SELECT max(number) FROM entry)",
        "UPDATE entry SET hash = zeroblob(32) WHERE number = 1",
    ],
)
def test_a_register_that_was_altered_is_told(change: str) -> None:
    checked()
    connection = open_store(Path("s.sqlite"))
    connection.execute(change)
    connection.close()
    assert main(["register", "--store", "s.sqlite", "--verify"]) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
def test_the_register_is_written_for_people(form: str) -> None:
    checked()
    for lang in ("en", "ja"):
        assert (
            main(
                ["--lang", lang, "register", "--store", "s.sqlite", "--format", form, "--output", f"r.{form}"]
            )
            == 0
        )
        assert Path(f"r.{form}").stat().st_size > 100


def test_old_runs_are_removed_but_not_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    reports = [checked(), checked("--from", "GB", "--to", "JP"), checked()]
    assert main(["prune", "--store", "s.sqlite", "--keep", "1"]) == 0
    capsys.readouterr()
    assert main(["status", "--store", "s.sqlite", "--format", "json"]) == 0
    assert [run["id"] for run in json.loads(capsys.readouterr().out)] == [3]
    assert main(["register", "--store", "s.sqlite", "--verify"]) == 0
    assert main(["report", "--no-config", "--store", "s.sqlite", "--format", "json", "--output", "r"]) == 0
    assert Path("r").read_bytes() == reports[2] == checked()


def test_a_store_of_an_older_schema_is_brought_up_to_date() -> None:
    with sqlite3.connect("s.sqlite") as connection:
        connection.executescript(MIGRATIONS[0])
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
    checked()
    assert main(["register", "--store", "s.sqlite", "--verify"]) == 0


@pytest.mark.parametrize("kind", ["damaged", "other", "newer"])
def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path("s.sqlite")
    if kind == "damaged":
        checked()
        for beside in Path().glob("s.sqlite-*"):
            beside.unlink()
        path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE mine (x)")
            if kind == "newer":
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    for command in (["check", "in", "--no-config"], ["status"], ["register"], ["report", "--no-config"]):
        assert main([*command, "--store", "s.sqlite"]) == 2
        assert len(capsys.readouterr().err.splitlines()) <= 2
    assert path.read_bytes() == before


def test_a_store_that_does_not_exist_is_made_by_a_check_only() -> None:
    with pytest.raises(CountermarkError):
        open_store(Path("none.sqlite"))
    assert not Path("none.sqlite").exists()


def test_where_the_store_can_not_be_written_the_report_is(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", "in", "--no-config", "--store", "none/s.sqlite", "--format", "json"]
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert len(json.loads(output.out)["documents"]) == 3
    assert output.err.count("none/s.sqlite") == 1


def test_a_store_that_can_not_be_written_keeps_no_report_waiting() -> None:
    source = Source(Path("in/a.pdf"), "in/a.pdf", given=True)
    policy, errors = load_policy(use_config=False), list[CountermarkError]()
    report = check_document(source.path.read_bytes(), source.name, policy)
    found = Found((source,), Path(), ("in",))
    store = RunStore(StoreRequest(path=Path("none/s.sqlite")), policy, found, errors.append)
    held = sys.getrefcount(report)
    store.add(source, report)
    assert sys.getrefcount(report) == held
    assert [error.key for error in errors] == ["store-failed"]


def call(*options: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "countermark",
        "check",
        "in",
        "--no-config",
        "--store",
        "s.sqlite",
        *options,
    ]


@pytest.mark.skipif(os.name != "posix", reason="the size of files is limited by a POSIX call")
def test_where_the_disk_is_full_the_report_is_written_all_the_same() -> None:
    import resource

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(call("--format", "json"), capture_output=True, preexec_fn=full, check=False)
    assert done.returncode == 2
    assert len(json.loads(done.stdout)["documents"]) == 3
    assert done.stderr.count(b"s.sqlite") == 1


@pytest.mark.skipif(os.name != "posix", reason="there are no signals that kill")
def test_a_run_that_is_killed_goes_on_where_it_was() -> None:
    for number in range(12):
        put(Path(f"in/{number}.pdf"), "UK SECRET" if number % 3 else "UK Secret", f"text {number}")
    plain = [*call("--format", "json", "--output", "plain.json")]
    subprocess.run([*plain, "--store", "other.sqlite"], check=False, capture_output=True)
    moments = random.Random(3)
    for _ in range(6):
        run = subprocess.Popen(
            call("--format", "json", "--output", "x.json"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.3, 3))
        run.kill()
        run.wait()
    assert checked() == Path("plain.json").read_bytes()
    assert main(["register", "--store", "s.sqlite", "--verify"]) == 0


def test_two_runs_at_once_on_one_store_are_both_right() -> None:
    expected = checked()
    Path("s.sqlite").unlink()
    runs = [
        subprocess.Popen(call("--format", "json", "--output", f"{number}.json"), stderr=subprocess.DEVNULL)
        for number in range(3)
    ]
    assert [run.wait() for run in runs] == [3, 3, 3]
    assert {Path(f"{number}.json").read_bytes() for number in range(3)} == {expected}
    assert main(["register", "--store", "s.sqlite", "--verify"]) == 0
