"""Known findings do not count, new ones do, and the file that lists them does not churn."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import msgspec
import pytest
from docx.enum.text import WD_BREAK
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.cli.main import main
from countermark.config.baseline import Entry, load_baseline, stale, written
from countermark.rendering.office import find_office
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Sequence

KNOWN = ".countermark-baseline.jsonl"
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "exchange" / "outgoing-uk"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents with a marking that lacks its capitals, and one without a marking."""
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    place = tmp_path / "registry"
    (place / "docs").mkdir(parents=True)
    monkeypatch.chdir(place)
    pdf(place / "docs" / "low.pdf", ["UK Secret"] * 2)
    pdf(place / "docs" / "bare.pdf", [""])
    return place


def pdf(path: Path, pages: Sequence[str]) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for marking in pages:
        canvas.drawCentredString(A4[0] / 2, A4[1] - 30, marking)
        canvas.drawString(72, 600, "5 November 2026, a page with text on it")
        canvas.drawCentredString(A4[0] / 2, 25, marking)
        canvas.showPage()
    canvas.save()
    return path


def take(*arguments: str, reason: str = "old stock") -> bytes:
    assert main(["baseline", "docs", "--reason", reason, "--jobs", "1", *arguments]) == 0
    return Path(KNOWN).read_bytes()


def check(*arguments: str, paths: Sequence[str] = ("docs",)) -> int:
    return main(["check", *paths, "--baseline", KNOWN, "--fail-on", "note", "--jobs", "1", *arguments])


def test_known_findings_do_not_count_and_still_exist(capsys: pytest.CaptureFixture[str]) -> None:
    content = take().decode()
    assert [json.loads(line)["path"] for line in content.splitlines()] == sorted(
        json.loads(line)["path"] for line in content.splitlines()
    )
    assert {json.loads(line)["reason"] for line in content.splitlines()} == {"old stock"}
    capsys.readouterr()
    assert check("--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    found = [one for document in report["documents"] for one in document["findings"]]
    assert {one["suppressed"] for one in found} == {"old stock"}
    assert report["summary"]["findings"] == {"error": 0, "warning": 0, "note": 0}
    assert report["summary"]["suppressed"] == len(found) == len(content.splitlines())


def test_the_same_defect_in_another_file_is_new() -> None:
    take()
    shutil.copy("docs/low.pdf", "docs/other.pdf")
    assert check() == 1


def test_another_defect_in_the_same_file_is_new() -> None:
    take()
    pdf(Path("docs/low.pdf"), ["UK Secret", "UK top secret"])
    assert check() == 1


def resave(path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.compress_identical_objects()
    writer.write(path)


def test_nothing_that_leaves_the_findings_alone_changes_the_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = take()
    before = (folder / "docs/low.pdf").read_bytes()
    resave(folder / "docs/low.pdf")
    assert (folder / "docs/low.pdf").read_bytes() != before
    assert (take(), check()) == (first, 0)
    pdf(folder / "docs/low.pdf", ["UK Secret"] * 5)  # pages inserted
    assert (take(), check()) == (first, 0)
    pdf(folder / "docs/sibling.pdf", ["UK SECRET"])
    (folder / "docs/sibling.pdf").rename(folder / "docs/another.pdf")
    assert (take(), check()) == (first, 0)
    assert check(paths=["docs/low.pdf"]) == 0
    assert check(paths=["docs/low.pdf", "docs/bare.pdf"]) == 0
    assert check("--lang", "ja") == 0
    assert check("--redact") == 0
    elsewhere = tmp_path / "another machine"
    shutil.copytree(folder, elsewhere)
    monkeypatch.chdir(elsewhere)
    assert (take(), check()) == (first, 0)
    monkeypatch.chdir(elsewhere / "docs")
    assert main(["check", ".", "--baseline", f"../{KNOWN}", "--fail-on", "note"]) == 0


def test_a_page_inserted_in_a_word_file_changes_nothing(folder: Path) -> None:
    file = folder / "docs/risk-register.docx"
    shutil.copy(SAMPLES / "risk-register.docx", file)
    first = take()
    assert b"risk-register.docx" in first
    document = docx.Document(str(file))
    before = document.paragraphs[0].insert_paragraph_before("A page that came later.")
    before.add_run().add_break(WD_BREAK.PAGE)
    document.save(str(file))
    assert (take(), check()) == (first, 0)


@pytest.mark.slow
@pytest.mark.office
def test_a_word_file_saved_again_by_another_program_changes_nothing(folder: Path, tmp_path: Path) -> None:
    names = ("risk-register.docx", "safety-case-summary.docx", "threat-summary.docx")
    for name in names:
        shutil.copy(SAMPLES / name, folder / "docs" / name)
    first = take()
    command = [str(find_office()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    saved = tmp_path / "saved"
    files = [str(folder / "docs" / name) for name in names]
    subprocess.run(
        [*command, "--convert-to", "docx", "--outdir", str(saved), *files], check=True, timeout=300
    )
    for name in names:
        assert (saved / name).read_bytes() != (folder / "docs" / name).read_bytes()
        shutil.copy(saved / name, folder / "docs" / name)
    assert (take(), check()) == (first, 0)


def test_the_same_defect_in_the_attachment_of_another_file_is_new(folder: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        writer = PdfWriter(clone_from=PdfReader(folder / "docs/low.pdf"))
        writer.add_attachment("annex.pdf", (folder / "docs/low.pdf").read_bytes())
        writer.write(folder / "docs" / name)
    entries = [json.loads(line) for line in take().splitlines()]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    Path(KNOWN).write_bytes(
        written(one for one in load_baseline(Path(KNOWN)).values() if "two" not in one.path)
    )
    assert check(paths=["docs/one.pdf"]) == 0
    assert check(paths=["docs/two.pdf"]) == 1


def test_reasons_are_kept_and_what_is_gone_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    take(reason="seen by the registry")
    pdf(Path("docs/low.pdf"), ["UK SECRET"])
    pdf(Path("docs/new.pdf"), ["UK Secret"])
    capsys.readouterr()
    check()
    told = capsys.readouterr().err
    assert "match nothing any more" in told
    assert "docs/low.pdf UK005" in told
    assert "docs/bare.pdf" not in told
    take(reason="new stock")
    reasons = {entry.path: entry.reason for entry in load_baseline(Path(KNOWN)).values()}
    assert reasons == {"docs/bare.pdf": "seen by the registry", "docs/new.pdf": "new stock"}


def test_an_entry_past_its_last_day_counts_no_longer(capsys: pytest.CaptureFixture[str]) -> None:
    take("--until", "2026-01-31")
    capsys.readouterr()
    assert check() == 1
    assert "past their last day" in capsys.readouterr().err


def test_a_document_that_cannot_be_read_is_never_taken_as_known() -> None:
    Path("docs/empty.pdf").write_bytes(b"")
    assert main(["baseline", "docs", "--reason", "x", "--jobs", "1"]) == 3
    assert "READ" not in Path(KNOWN).read_text(encoding="utf-8")
    assert check() == 3


def entry(path: str, fingerprint: str = "0") -> Entry:
    return Entry(path=path, code="UK005", fingerprint=fingerprint, reason="x")


def test_only_what_was_checked_or_is_gone_is_called_stale(folder: Path) -> None:
    checked, present, gone = entry("docs/low.pdf"), entry("docs/bare.pdf", "1"), entry("docs/gone.pdf", "2")
    assert stale([checked, present, gone], {"9"}, {"docs/low.pdf"}, folder) == [checked, gone]
    assert stale([checked], {"0"}, {"docs/low.pdf"}, folder) == []


def test_the_file_is_sorted_one_entry_a_line_and_comes_back(folder: Path) -> None:
    entries = [entry("b.pdf", "2"), msgspec.structs.replace(entry("a.pdf", "3"), until=date(2027, 3, 31))]
    (folder / "known").write_bytes(written(entries))
    assert written(entries) == (
        b'{"path":"a.pdf","code":"UK005","fingerprint":"3","reason":"x","until":"2027-03-31"}\n'
        b'{"path":"b.pdf","code":"UK005","fingerprint":"2","reason":"x"}\n'
    )
    assert written(load_baseline(folder / "known").values()) == written(reversed(entries))


@pytest.mark.parametrize(
    "line",
    [b"{", b'{"path":"a"}', b"\xff", b'{"path":"a","code":"UK005","fingerprint":"0","reason":" "}', b"[]"],
)
def test_a_broken_line_is_named(folder: Path, line: bytes) -> None:
    (folder / "known").write_bytes(b"\n" + line)
    with pytest.raises(CountermarkError) as caught:
        load_baseline(folder / "known")
    assert caught.value.args_by_name["where"] == f"{folder / 'known'}:2"


def test_a_missing_baseline_is_an_error() -> None:
    assert main(["check", "docs", "--baseline", f"no{os.sep}such"]) == 2


def test_what_documents_say_of_each_other_is_known_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document for the public beside a classified one, and two language versions that differ."""
    (folder / "docs" / "bare.pdf").unlink()
    pdf(folder / "docs" / "low.pdf", ["UK SECRET"])
    pdf(folder / "docs" / "plan_en.pdf", ["UK SECRET"])
    pdf(folder / "docs" / "plan_jp.pdf", ["UK OFFICIAL"])
    checked = ["check", "docs", "--jobs", "1", "--format", "json", "--no-config", "--fail-on", "note"]
    assert main(checked) == 1
    found = {
        finding["code"]
        for document in json.loads(capsys.readouterr().out)["documents"]
        for finding in document["findings"]
    }
    take("--no-config")
    assert {entry.code for entry in load_baseline(Path(KNOWN)).values()} == found
    assert main([*checked, "--baseline", KNOWN]) == 0
