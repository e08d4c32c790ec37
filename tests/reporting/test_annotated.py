"""Annotated copies: notes where the findings are, originals untouched, nothing outside the folder."""

from __future__ import annotations

import os
import shutil
import stat
from io import BytesIO
from pathlib import Path

import docx
import msgspec
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.checking.check import check_document
from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.execution.copies import Copies
from countermark.model import Box, DocumentReport
from countermark.readers.pdf.frame import Frame
from countermark.sources import Source
from countermark.writing.annotated import copy_name
from countermark.writing.annotated_pdf import annotate_pdf, drawn
from countermark.writing.annotated_word import annotate_word
from support.pdf_files import dictionary

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "exchange" / "outgoing-uk"
POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), lang="en", originator="GB", recipient="JP")


def pdf(rotation: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """A page that reads “UK Secret” at head and foot as seen, whatever its rotation."""
    file = BytesIO()
    width, height = A4 if rotation in (0, 180) else (A4[1], A4[0])
    canvas = Canvas(file, pagesize=(width, height), invariant=True)
    turned = {0: (0, 0, 0), 90: (90, width, 0), 180: (180, width, height), 270: (270, 0, height)}[rotation]
    canvas.translate(turned[1], turned[2])
    canvas.rotate(turned[0])
    for y in (A4[1] - 60, 60):
        canvas.drawCentredString(A4[0] / 2, y, "UK Secret")
    canvas.drawString(100, 500, "The programme runs over eleven weeks.")
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.pages[0].rotate(rotation)
    if crop:
        writer.pages[0].cropbox = RectangleObject(crop)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def judged(data: bytes, name: str = "a.pdf") -> DocumentReport:
    return check_document(data, name, POLICY)


def notes(data: bytes) -> list[DictionaryObject]:
    return [
        dictionary(note)
        for page in PdfReader(BytesIO(data)).pages
        for note in page.get("/Annots", ArrayObject())
    ]


def words(data: bytes, word: str) -> list[tuple[float, float, float, float]]:
    """Where PDFium sees a word, in user space."""
    page = pypdfium2.PdfDocument(data)[0]
    text = page.get_textpage()
    search = text.search(word)
    found = []
    while hit := search.get_next():
        boxes = [text.get_charbox(index) for index in range(hit[0], hit[0] + hit[1])]
        found.append(
            (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
        )
    return found


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_a_highlight_lies_on_its_marking(rotation: int, cropped: bool) -> None:
    crop = (20.0, 15.0, 560.0, 810.0) if rotation in (0, 180) else (15.0, 20.0, 810.0, 560.0)
    data = pdf(rotation, crop if cropped else None)
    report = judged(data)
    assert "UK005" in {one.code for one in report.findings}
    annotated = annotate_pdf(data, report, "en")
    assert annotated
    marks = [one for one in notes(annotated) if str(one["/Subtype"]) == "/Highlight"]
    rects = {tuple(round(float(value)) for value in one["/Rect"]) for one in marks}  # type: ignore[attr-defined]
    expected = words(data, "UK Secret")
    assert len(expected) == len(rects) == 2
    for x0, y0, x1, y1 in expected:
        assert any(
            left - 4 <= x0
            and bottom - 4 <= y0
            and x1 <= right + 4
            and y1 <= top + 4
            and right - left <= x1 - x0 + 12
            and top - bottom <= y1 - y0 + 12
            for left, bottom, right, top in rects
        )


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_box_as_seen_comes_back_to_itself(rotation: int) -> None:
    frame, box = Frame(10.0, 20.0, 400.0, 620.0, rotation), Box(30.0, 40.0, 90.0, 55.0)
    assert frame.seen(*drawn(frame, box)) == box


def test_an_annotated_pdf_is_the_original_with_notes_behind_it() -> None:
    data = pdf()
    annotated = annotate_pdf(data, judged(data), "en")
    assert annotated
    assert annotated.startswith(data)
    assert annotated == annotate_pdf(data, judged(data), "en")
    told = [str(one["/Contents"]) for one in notes(annotated)]
    assert any(
        one.startswith("UK005 (warning): “UK Secret” isn't in capitals.\nFix: Write “UK SECRET”.")
        and one.endswith("countermark rules UK005")
        for one in told
    )
    again = check_document(annotated, "a.pdf", POLICY)
    assert again.status == "checked"


def test_what_is_missing_gets_a_note_where_it_belongs() -> None:
    data = (SAMPLES / "drawing-list.pdf").read_bytes()
    annotated = annotate_pdf(data, judged(data), "ja")
    assert annotated
    page = PdfReader(BytesIO(annotated)).pages[1]
    [note] = [one.get_object() for one in page["/Annots"]]  # type: ignore[attr-defined]
    assert note["/Subtype"] == "/Text"
    assert float(note["/Rect"][3]) > float(page.mediabox.top) - 10
    assert "DOC002" in note["/Contents"]


def test_suppressed_findings_get_no_note_and_encrypted_files_no_copy() -> None:
    data = pdf()
    report = judged(data)
    waived = tuple(msgspec.structs.replace(one, suppressed="known") for one in report.findings)
    clean = annotate_pdf(data, msgspec.structs.replace(report, findings=waived), "en")
    assert clean is not None
    assert notes(clean) == []
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt("", "owner")
    locked = BytesIO()
    writer.write(locked)
    assert annotate_pdf(locked.getvalue(), report, "en") is None


@pytest.mark.parametrize("name", ["risk-register.docx", "meeting-notes.docx", "software-release-note.docx"])
def test_a_word_file_gets_comments_and_keeps_its_text(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    report = judged(data, name)
    annotated = annotate_word(data, report, "en")
    assert annotated
    before, after = docx.Document(BytesIO(data)), docx.Document(BytesIO(annotated))
    assert [one.text for one in after.paragraphs] == [one.text for one in before.paragraphs]
    told = [comment.text for comment in after.comments]
    for finding in report.findings:
        assert any(finding.code in one and finding.message in one for one in told)
    assert {comment.author for comment in after.comments} == {"Countermark"}
    assert annotated == annotate_word(data, report, "en")


def test_a_word_comment_stands_at_the_paragraph_that_it_is_about() -> None:
    document = docx.Document()
    document.add_paragraph("First of all.")
    document.add_paragraph("SECRET - UK EYES ONLY").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("Last of all.")
    file = BytesIO()
    document.save(file)
    report = judged(file.getvalue(), "a.docx")
    finding = next(one for one in report.findings if one.evidence)
    only = msgspec.structs.replace(report, findings=(finding,))
    annotated = annotate_word(file.getvalue(), only, "en")
    assert annotated
    body = docx.Document(BytesIO(annotated)).paragraphs
    assert [one.text for one in body if one._p.xpath("./w:commentRangeStart")] == ["SECRET - UK EYES ONLY"]


def test_an_empty_word_file_gets_its_comment_too() -> None:
    file = BytesIO()
    docx.Document().save(file)
    report = judged(file.getvalue(), "a.docx")
    annotated = annotate_word(file.getvalue(), report, "en")
    assert annotated
    assert len(list(docx.Document(BytesIO(annotated)).comments)) == len(report.findings) > 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("docs/plan.pdf", "docs/plan.annotated.pdf"),
        ("/etc/plan.pdf", "etc/plan.annotated.pdf"),
        ("../../plan.pdf", "plan.annotated.pdf"),
        ("a/../../b.pdf", "a/b.annotated.pdf"),
        ("C:\\docs\\計画.docx", "C_/docs/計画.annotated.docx"),
        ("..", "document.annotated"),
    ],
)
def test_a_copy_never_leaves_its_folder(name: str, expected: str) -> None:
    assert copy_name(name).as_posix() == expected


def test_copies_of_one_name_get_numbers(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "out", [])
    report = judged(pdf())
    for name in ("a.pdf", "../a.pdf", "A.pdf"):
        copies.add(Source(Path(name), name, given=True), report)
    targets = [copy.target.name for copy in copies._copies]
    assert targets == ["a.annotated.pdf", "a.annotated (2).pdf", "A.annotated (3).pdf"]


def test_a_run_writes_copies_and_leaves_originals_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    (tmp_path / "docs").mkdir()
    shutil.copy(SAMPLES / "trials-programme.pdf", "docs/bad.pdf")
    shutil.copy(SAMPLES / "covering-letter.pdf", "docs/good.pdf")
    shutil.copy(SAMPLES / "risk-register.docx", "docs/bad.docx")
    Path("docs/empty.pdf").write_bytes(b"")

    def originals() -> dict[str, tuple[bytes, int]]:
        return {one.name: (one.read_bytes(), one.stat().st_mtime_ns) for one in Path("docs").iterdir()}

    before = originals()
    if os.name == "posix":
        for path in Path("docs").iterdir():
            path.chmod(stat.S_IRUSR)
    asked = ["check", "docs", "--from", "GB", "--to", "JP", "--jobs", "1"]
    assert main([*asked, "--annotate", "out"]) == 3
    written = sorted(path.relative_to("out").as_posix() for path in Path("out").rglob("*.*"))
    assert written == ["docs/bad.annotated.docx", "docs/bad.annotated.pdf"]
    assert before == {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in Path("docs").iterdir()
    }
    first = Path("out/docs/bad.annotated.pdf").read_bytes()
    assert main([*asked, "--annotate", "out"]) == 3
    assert Path("out/docs/bad.annotated.pdf").read_bytes() == first
    capsys.readouterr()
    assert main([*asked, "--annotate", "docs/notes"]) == 2
    assert "is in docs, which is checked" in capsys.readouterr().err


def test_a_document_that_cannot_be_annotated_keeps_its_verdict_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTERMARK_LANG", "en")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    writer.encrypt("", "owner")
    writer.write("locked.pdf")
    assert main(["check", "locked.pdf", "--annotate", "out", "--fail-on", "warning"]) == 1
    shown = capsys.readouterr()
    assert "UK005" in shown.out
    assert "locked.pdf: no annotated copy: the document is encrypted" in shown.err
    assert not Path("out").exists()
