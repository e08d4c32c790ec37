"""Covering letters with lists of enclosures, as Word and PDF files and as messages, beside the documents that
they list: what differs is named, and a list that is right gives nothing.
"""

from __future__ import annotations

import base64
import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import msgspec
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from countermark import check_document as check_alone
from countermark.checking.check import check_document
from countermark.checking.cross_document import with_cross_document_findings
from countermark.checking.rule_examples import policy_of
from countermark.config.policy import load_policy
from countermark.model import Severity, Verdict
from countermark.rules.rule import ExampleDocument
from support.messages import multipart, part, zipped
from support.sketched_pdf import GOTHIC

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countermark.config.policy import Policy
    from countermark.model import DocumentReport, Finding

    Write = Callable[..., bytes]
    Files = Sequence[tuple[str, bytes]]

POLICY = load_policy(start=Path(Path(__file__).resolve().anchor), lang="en")


def policy(sender: str = "GB", *, redact: bool = False) -> Policy:
    to = {"GB": "JP", "JP": "GB"}[sender]
    sketch = msgspec.convert({"from": sender, "to": to, "as_of": date(2026, 5, 12)}, ExampleDocument)
    given = policy_of(sketch, POLICY)
    return msgspec.structs.replace(given, config=msgspec.structs.replace(given.config, redact=redact))


def word(mark: str, *content: str | list[list[str]]) -> bytes:
    """A Word file: paragraphs, and tables where the content is rows of cells."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = made.sections[0].footer.paragraphs[0].text = mark
    for item in content:
        if isinstance(item, str):
            made.add_paragraph(item)
            continue
        table = made.add_table(rows=0, cols=len(item[0]))
        for row in item:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _pdf(mark: str, *content: str | list[list[str]], ruled: bool) -> bytes:
    style = ParagraphStyle("plain", fontName=GOTHIC, fontSize=10, leading=14, wordWrap="CJK")

    def on_page(canvas: object, _: object) -> None:
        canvas.setFont(GOTHIC, 10)  # type: ignore[attr-defined]
        for up in (A4[1] - 30, 30):
            canvas.drawCentredString(A4[0] / 2, up, mark)  # type: ignore[attr-defined]

    rules = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))] if ruled else []
    flow = []
    for item in content:
        if isinstance(item, str):
            flow.append(Paragraph(item, style))
        else:
            cells = [[Paragraph(text, style) for text in row] for row in item]
            flow.append(Table(cells, colWidths=[90, 150, 150, 60][: len(item[0])], style=TableStyle(rules)))
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, topMargin=120).build(flow, on_page, on_page)
    return target.getvalue()


def ruled_pdf(mark: str, *content: str | list[list[str]]) -> bytes:
    return _pdf(mark, *content, ruled=True)


def plain_pdf(mark: str, *content: str | list[list[str]]) -> bytes:
    return _pdf(mark, *content, ruled=False)


MEDIA = {"word": word, "ruled": ruled_pdf, "plain": plain_pdf}
AGREEMENT = "Provided under the Agreement on the Security of Information."
KYOTEI = "情報の保護に関する日英協定に基づき、次のとおり送付する。"
HEAD = ["No.", "Title", "Classification", "Copies"]
FORMS: dict[str, tuple[str, str, list[str | list[list[str]]]]] = {
    "table": (
        "GB", "UK SECRET",
        ["Covering letter", "12 May 2026", AGREEMENT, "Enclosures",
         [HEAD, ["1", "Vibration test plan for the second rig", "UK SECRET", "2"],
          ["2", "Radar interface control document", "UK OFFICIAL-SENSITIVE", "1"]]],
    ),
    "numbered": (
        "GB", "UK SECRET",
        ["Covering letter", "12 May 2026", AGREEMENT, "Enclosures:",
         "1. Vibration test plan for the second rig (UK SECRET), 2 copies",
         "2. Radar interface control document - UK OFFICIAL-SENSITIVE - 1 copy", "Yours faithfully"],
    ),
    "named": (
        "GB", "UK SECRET",
        ["Covering letter", "12 May 2026", AGREEMENT, "Enclosures:",
         "Enclosure 1: Vibration test plan for the second rig (UK SECRET), 2 copies",
         "Enclosure 2: Radar interface control document (UK OFFICIAL-SENSITIVE), 1 copy"],
    ),
    "inline": (
        "GB", "UK SECRET",
        ["Covering letter", "12 May 2026", AGREEMENT,
         "Enclosures: 1. Vibration test plan for the second rig (UK SECRET); "
         "2. Radar interface control document (UK OFFICIAL-SENSITIVE)"],
    ),
    "表": (
        "JP", "日本国 極秘",
        ["送付書", "令和8年5月12日", "登録番号 第12号", "指定期間：令和11年3月31日まで", KYOTEI,
         [["番号", "件名", "秘密区分", "部数"], ["１", "振動試験計画書", "極秘", "２部"],
          ["２", "レーダー運用要領", "秘", "１部"]]],
    ),
    "記": (
        "JP", "日本国 極秘",
        ["送付書", "令和8年5月12日", "登録番号 第12号", "指定期間：令和11年3月31日まで", KYOTEI, "記",
         "1 別添1 振動試験計画書（極秘） 2部", "2 別添2 レーダー運用要領 秘 1部", "以上"],
    ),
}  # fmt: skip
ENGLISH = ("Vibration test plan for the second rig", "UK SECRET"), (
    "Radar interface control document", "UK OFFICIAL-SENSITIVE",
)  # fmt: skip
JAPANESE = ("振動試験計画書", "日本国 極秘"), ("レーダー運用要領", "日本国 秘")
FIELDS = ("登録番号 第12号", "指定期間：令和11年3月31日まで")


def enclosed(sender: str, write: Write, *, titles: int = 2) -> list[tuple[str, bytes]]:
    listed = ENGLISH if sender == "GB" else JAPANESE
    more = FIELDS if sender == "JP" else ()
    return [
        (f"d/part-{number}.{write.__name__}", write(mark, title, "12 May 2026", *more))
        for number, (title, mark) in enumerate(listed[:titles], 1)
    ]


def checked(files: Files, given: Policy) -> list[DocumentReport]:
    reports = [check_document(data, name, given) for name, data in files]
    return list(with_cross_document_findings(reports, given))


def found(files: Files, given: Policy) -> list[Finding]:
    return [
        finding
        for report in checked(files, given)
        for member in report.family()
        for finding in member.findings
        if finding.code == "EX014"
    ]


def differences(files: Files, sender: str = "GB") -> list[str]:
    return sorted(finding.keys["difference"].split(".")[1] for finding in found(files, policy(sender)))


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("form", FORMS)
def test_a_list_that_is_right_gives_nothing(form: str, medium: str) -> None:
    sender, mark, content = FORMS[form]
    write = MEDIA[medium]
    reports = checked([("d/letter", write(mark, *content)), *enclosed(sender, write)], policy(sender))
    codes = {finding.code for finding in reports[0].findings}
    assert codes <= {"EX007", "JP004"}


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_listed_and_not_there_is_missing(form: str, medium: str) -> None:
    sender, mark, content = FORMS[form]
    write = MEDIA[medium]
    files = [("d/letter", write(mark, *content)), *enclosed(sender, write, titles=1)]
    (missing,) = found(files, policy(sender))
    assert missing.keys["difference"] == "enclosures.missing"
    assert (ENGLISH if sender == "GB" else JAPANESE)[1][0] in missing.args["title"]
    assert missing.severity is Severity.warning


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("form", FORMS)
def test_another_classification_is_told_with_both(form: str, medium: str) -> None:
    sender, mark, content = FORMS[form]
    write = MEDIA[medium]
    other = "UK TOP SECRET" if sender == "GB" else "日本国 特定秘密"
    title = (ENGLISH if sender == "GB" else JAPANESE)[1][0]
    files = [
        ("d/letter", write(mark, *content)),
        *enclosed(sender, write, titles=1),
        ("d/x", write(other, title)),
    ]
    (finding,) = found(files, policy(sender))
    assert finding.keys["difference"] == "enclosures.classification"
    assert finding.args["found"] == other.split(" ", 1)[1]
    assert finding.args["listed"] in ("OFFICIAL-SENSITIVE", "秘")


@pytest.mark.parametrize("medium", MEDIA)
def test_what_is_there_and_not_listed_is_named(medium: str) -> None:
    sender, mark, content = FORMS["table"]
    write = MEDIA[medium]
    more = ("d/stray.pdf", write("UK SECRET", "Harness drawing list"))
    files = [("d/letter", write(mark, *content)), *enclosed(sender, write), more]
    (finding,) = found(files, policy())
    assert (finding.keys["difference"], finding.args["name"]) == ("enclosures.extra", "stray.pdf")


@pytest.mark.parametrize("medium", MEDIA)
def test_copies_are_counted_by_their_numbers(medium: str) -> None:
    write = MEDIA[medium]
    _, mark, content = FORMS["table"]
    copies = [
        (f"d/plan-{number}", write("UK SECRET", ENGLISH[0][0], f"Copy {number} of 3")) for number in (1, 2, 3)
    ]
    rest = enclosed("GB", write)[1:]
    assert differences([("d/letter", write(mark, *content)), *copies, *rest]) == ["copies"]
    assert differences([("d/letter", write(mark, *content)), *copies[:2], *rest]) == []
    assert differences([("d/letter", write(mark, *content)), copies[2], *rest]) == []


@pytest.mark.parametrize("medium", MEDIA)
def test_a_number_or_a_title_of_another_document_is_told(medium: str) -> None:
    write = MEDIA[medium]
    rows = [["Reference", "Title", "Classification"], ["RIG/2026/014", "Vibration test plan", "UK SECRET"]]
    letter = write("UK SECRET", "Covering letter", AGREEMENT, rows)
    right = write("UK SECRET", "Vibration test plan", "Reference: RIG/2026/014")
    other_number = write("UK SECRET", "Vibration test plan", "Reference: RIG/2026/015")
    other_title = write("UK SECRET", "Harness drawings", "Reference: RIG/2026/014")
    assert differences([("d/letter", letter), ("d/a", right)]) == []
    assert differences([("d/letter", letter), ("d/a", other_number)]) == ["number"]
    assert differences([("d/letter", letter), ("d/a", other_title)]) == ["title"]


def test_letters_wait_for_documents_that_come_later_and_know_those_before() -> None:
    _, mark, content = FORMS["table"]
    first, second = enclosed("GB", word)
    letter = ("d/letter.docx", word(mark, *content))
    reports = checked([first, letter, second, ("e/other.docx", word("UK SECRET", "Other"))], policy())
    assert [report.path for report in reports] == [first[0], letter[0], second[0], "e/other.docx"]
    assert not any(finding.code == "EX014" for report in reports for finding in report.findings)
    assert all(not report.identity for report in reports)


def test_a_letter_alone_says_that_nothing_was_compared() -> None:
    _, mark, content = FORMS["table"]
    (finding,) = found([("d/letter.docx", word(mark, *content))], policy())
    assert (finding.keys["difference"], finding.severity) == ("enclosures.alone", Severity.note)


def test_documents_of_another_folder_are_no_enclosures() -> None:
    _, mark, content = FORMS["table"]
    first, second = enclosed("GB", word)
    files = [("d/letter.docx", word(mark, *content)), first, (f"other/{second[0]}", second[1])]
    assert differences(files) == ["missing"]


MAIL = """UK SECRET

Please find attached the following documents:
1. Vibration test plan for the second rig (UK SECRET)
2. Radar interface control document (UK OFFICIAL-SENSITIVE)

UK SECRET"""


@pytest.mark.parametrize("medium", ["word", "plain"])
def test_a_message_lists_its_attachments(medium: str) -> None:
    write, ends = MEDIA[medium], ".docx" if medium == "word" else ".pdf"
    files = [(f"{number}{ends}", data) for number, (_, data) in enumerate(enclosed("GB", write))]
    whole = multipart(part(MAIL), *(attached(name, data) for name, data in files), subject="UK SECRET - Rig")
    lacking = multipart(part(MAIL), attached(*files[0]), subject="UK SECRET - Rig")
    more = attached(f"more{ends}", write("UK SECRET", "Harness drawing list"))
    larger = multipart(part(MAIL), *(attached(*one) for one in files), more, subject="UK SECRET - Rig")
    assert differences([("m.eml", whole)]) == []
    assert differences([("m.eml", lacking)]) == ["missing"]
    assert differences([("m.eml", larger)]) == ["extra"]


def attached(name: str, data: bytes) -> bytes:
    header = f'Content-Disposition: attachment; filename="{name}"\r\nContent-Transfer-Encoding: base64'
    return part(base64.encodebytes(data), "application/octet-stream", header)


def test_a_letter_in_an_archive_is_judged_by_the_archive() -> None:
    _, mark, content = FORMS["table"]
    first, second = enclosed("GB", word)
    letter = ("letter.docx", word(mark, *content))
    whole = zipped(letter, ("a.docx", first[1]), ("b.docx", second[1]))
    assert differences([("c.zip", whole)]) == []
    report = check_alone(zipped(letter, ("a.docx", first[1])), "c.zip", policy())
    (lacking,) = [finding for finding in report.children[0].findings if finding.code == "EX014"]
    assert lacking.keys["difference"] == "enclosures.missing"
    assert report.verdict is not Verdict.clear


def test_a_redacted_run_finds_the_same_and_quotes_no_title() -> None:
    _, mark, content = FORMS["table"]
    files = [("d/letter.docx", word(mark, *content)), *enclosed("GB", word, titles=1)]
    (hidden,), (shown,) = found(files, policy(redact=True)), found(files, policy())
    assert hidden.keys == shown.keys
    assert "Radar" in shown.message
    assert "Radar" not in str(hidden)


@pytest.mark.parametrize(
    "content",
    [
        ["Covering letter", AGREEMENT, "The enclosures are official records and are to be returned."],
        ["Covering letter", AGREEMENT, "Please find enclosed the documents that you asked for."],
        ["Test report", "The following documents apply:", "1. DEF-STAN 00-35", "2. STANAG 4370"],
        ["Test report", "Contents", "1. Introduction", "2. Method"],
        ["Covering letter", AGREEMENT, [["Name", "Telephone"], ["J Smith", "020 7946 0000"]]],
    ],
    ids=lambda content: content[-1] if isinstance(content[-1], str) else "table",
)
@pytest.mark.parametrize("medium", MEDIA)
def test_no_list_is_read_where_none_is(medium: str, content: list[str]) -> None:
    write = MEDIA[medium]
    assert differences([("d/a", write("UK SECRET", *content)), *enclosed("GB", write)]) == []


def test_a_list_that_is_cut_off_or_not_understood_is_a_note() -> None:
    letter = word("UK SECRET", "Covering letter", AGREEMENT, "Enclosures:")
    assert differences([("d/letter.docx", letter), *enclosed("GB", word)]) == ["unread"]
