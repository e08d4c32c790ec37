"""A redacted run tells what is wrong and nothing of what a document says."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import msgspec
import pytest
from pypdf import PdfReader

from countermark.checking.check import check_document, check_read
from countermark.checking.cross_document import with_cross_document_findings
from countermark.checking.redaction import GAP, redacted, words_kept
from countermark.checking.rule_examples import document_of
from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.model import Document, Line, Location, Page, Problem, ProblemKind, Reason, Zone
from countermark.reporting.delivery import Target, deliver
from countermark.reporting.formats.registry import ReportFormat
from countermark.rules.rule import ExampleDocument, SketchPage
from countermark.writing.annotated_pdf import AUTHOR

if TYPE_CHECKING:
    from countermark.config.policy import Policy
    from countermark.model import DocumentReport

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "exchange"
PHRASES = (
    *("Rig 7", "pylon", "clamp", "test engineer", "part number", "Kindly", "joint working group"),
    *("第７試験装置", "荷重", "議事録", "受領書", "秘書", "別添"),
    *("7c1a90d2", "MSIP", "EXERCISE DOCUMENT", "演習用文書"),
)
CODEWORD = "SWALLOWTAIL"


def policy(redact: bool = True) -> Policy:
    return load_policy(start=SAMPLES, redact=redact)


def everything(documents: list[DocumentReport], folder: Path, given: Policy) -> dict[ReportFormat, str]:
    """What every form writes of these documents, packed ones unpacked."""
    deliver(documents, [Target(form, folder / form.value) for form in ReportFormat], given)
    written = {form: (folder / form.value).read_bytes() for form in ReportFormat}
    book = zipfile.ZipFile(io.BytesIO(written[ReportFormat.xlsx]))
    written[ReportFormat.xlsx] = b"".join(book.read(name) for name in book.namelist())
    return {form: content.decode() for form, content in written.items()}


def without_paths(content: str) -> str:
    """The names of the sample files are given by the user, not by a document."""
    for path in SAMPLES.rglob("*.*"):
        content = content.replace(path.stem, "").replace(json.dumps(path.stem)[1:-1], "")
    return re.sub(r"%[0-9A-F]{2}", "", content)


@pytest.mark.slow
def test_no_form_of_a_redacted_run_over_the_samples_holds_their_text(tmp_path: Path) -> None:
    given, open_policy = policy(), policy(redact=False)
    files = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".pdf", ".docx"))
    checked = [check_document(path.read_bytes(), path.as_posix(), given) for path in files]
    reports = list(with_cross_document_findings(checked, given))
    attached = {
        child.path
        for path in files
        if "data-pack" in path.name
        for child in check_document(path.read_bytes(), "a.pdf", open_policy).children
    }
    assert attached
    for form, content in everything(reports, tmp_path, given).items():
        shown = without_paths(content)
        assert not [phrase for phrase in (*PHRASES, *attached) if phrase in shown], form
        assert "UK TOP SECRET / 特定秘密" in shown, form


@pytest.mark.slow
def test_a_redacted_run_makes_no_picture_and_its_notes_quote_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Annotated copies are the documents themselves; what is added to them is not."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SAMPLES, "in")
    targets = [f"--report={form}=report.{form}" for form in ReportFormat]
    asked = ["--redact", "--images", "all", "--annotate", "out", "--output", "report"]
    assert main(["check", "in", *targets, *asked]) == 3
    page = Path("report.html").read_text(encoding="utf-8")
    assert '<script type="text/plain" id="images"></script>' in page
    notes = []
    for copy in Path("out").rglob("*.pdf"):
        for each in PdfReader(copy).pages:
            notes += [str(one.get_object().get("/Contents", "")) for one in each.get("/Annots", ())]
    for copy in Path("out").rglob("*.docx"):
        notes += [one.text for one in docx.Document(str(copy)).comments if one.author == AUTHOR]
    assert len(notes) > 30
    assert not [phrase for phrase in PHRASES if phrase in without_paths("".join(notes))]


def hostile() -> Document:
    """A codeword in a marking, an attachment, a part and a problem that all name what must not be told."""
    marking = f"Uk Secret - {CODEWORD} - UK EYES ONLY"
    child = document_of(ExampleDocument(pages=(SketchPage(body="x"),)), f"{CODEWORD}.pdf")
    lines = (
        Line(text=marking, zone=Zone.header, number=1),
        Line(text=marking, zone=Zone.footer, number=2),
        Line(text=f"({CODEWORD}) UK TOP SECRET 極秘", zone=Zone.body, number=3),
    )
    part = Problem(
        kind=ProblemKind.part_unreadable,
        reason=Reason.pdf_part,
        args={"part": f"{CODEWORD}.bin"},
        locations=(Location(part=f"{CODEWORD}.bin"),),
    )
    return Document(
        name="a.pdf",
        media_type="application/pdf",
        sha256="",
        pages=(Page(number=1, lines=lines),),
        children=(child,),
        problems=(part,),
    )


def test_a_codeword_leaves_by_no_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("countermark.checking.check.read", lambda *_, **__: hostile())
    (told,) = with_cross_document_findings(
        [check_document(b"", "a.pdf", policy(redact=False))], policy(redact=False)
    )
    assert {"UK005", "DOC010", "READ005"} <= {one.code for one in told.findings}
    assert CODEWORD in everything([told], tmp_path, policy(redact=False))[ReportFormat.jsonl]
    (report,) = with_cross_document_findings([check_document(b"", "a.pdf", policy())], policy())
    for form, content in everything([report], tmp_path, policy()).items():
        assert CODEWORD.lower() not in content.lower(), form
    assert [(one.code, one.fingerprint) for one in report.findings] == [
        (one.code, one.fingerprint) for one in told.findings
    ]


def test_what_is_wrong_can_still_be_told() -> None:
    given = policy()
    report = check_read(document_of(ExampleDocument(mark="UK Secret"), "a.pdf"), given)
    whole = next(one for one in report.findings if one.code == "UK005")
    assert whole.message == "“UK Secret” isn't in capitals."
    broken = check_document(b"", "a.pdf", given)
    assert broken.findings[0].message == "It can't be read: the file is empty."
    assert broken.path == "a.pdf"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("UK SECRET - JP/UK EYES ONLY", "UK SECRET - JP/UK EYES ONLY"),
        (f"UK SECRET - {CODEWORD} - UK EYES ONLY", f"UK SECRET - {GAP} - UK EYES ONLY"),
        ("極秘　燕計画", f"極秘　{GAP}"),
        ("the plan of 12 May", GAP),
        ("SECRET INTELLIGENCE SERVICE report", GAP),
        ("", ""),
    ],
)
def test_words_of_classification_stay(text: str, kept: str) -> None:
    assert words_kept(text, policy().recogniser.lexicon) == kept


def test_redaction_can_stand_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / ".countermark.yaml").write_text("redact: true\n", encoding="utf-8")
    assert load_policy(start=tmp_path).config.redact
    assert not msgspec.structs.replace(load_policy(start=SAMPLES).config).redact


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        *((part, part) for part in ("revision 2", "object 17", "page labels", "XFA datasets", "XMP")),
        *((part, GAP) for part in (f"{CODEWORD}.bin", f"revision {CODEWORD}", "XFA", "object 1 x")),
    ],
)
def test_parts_that_the_program_names_stay(part: str, kept: str) -> None:
    line = Line(text="UK SECRET", zone=Zone.revision, number=1, part=part)
    document = Document(name="a.pdf", media_type="application/pdf", sha256="", lines=(line,))
    report = redacted(check_read(document, policy()), policy())
    assert {one.location.part for one in report.markings} == {kept}
