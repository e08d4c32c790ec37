"""A consignment as it arrives: a message with a packed enclosure, read as one tree."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from countermark.checking.check import check_document
from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.model import WITHIN, DocumentReport, Verdict
from countermark.reporting.formats.registry import ReportFormat
from countermark.reporting.html.data import html_data
from countermark.reporting.summary import summarise
from countermark.rules.rule import ExampleDocument, SketchPage
from countermark.support.messages import LANGUAGES
from support.compound_files import compound_file, outlook_message
from support.messages import attachment, message, multipart, part, tarred, zipped
from support.pdf_files import changed
from support.sample_report import rendered, sample_run
from support.sketched_pdf import pdf_of
from support.sketched_word import word_of

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "UK SECRET"
MARKED = ExampleDocument(mark=MARK)
ABOVE = ExampleDocument(mark="UK TOP SECRET")
UNMARKED = ExampleDocument(pages=(SketchPage(body="Table of results"),))
RICH = rb"{\rtf1\ansi{\header UK SECRET\par}{\footer UK SECRET\par}The plan follows.\par}"
TEXT = f"{MARK}\n\nThe plan follows, as agreed at the meeting.\n\n{MARK}\n"
ENCLOSURES = (
    ("添付/計画書.docx", word_of(MARKED)),
    ("添付/計画書.pdf", pdf_of(MARKED)),
    ("添付/別紙Ａ.rtf", RICH),
    ("添付/別紙Ｂ.docx", word_of(ABOVE)),
    ("添付/別紙Ｃ.pdf", changed(pdf_of(MARKED), lambda writer: writer.encrypt("key"))),
    ("添付/別紙Ｄ.docx", word_of(UNMARKED)),
    ("添付/送り状.eml", message(TEXT, f"{MARK} - Covering letter")),
    ("添付/メモ.txt", TEXT.encode()),
)
PACKED = zipped(*ENCLOSURES, encoding="cp932")
MAIL = multipart(part(TEXT), attachment(PACKED, "enclosures.zip"), subject=f"{MARK} - Plan")
OUTLOOK = compound_file(outlook_message(f"{MARK} - Plan", TEXT, attachments=(("enclosures.zip", PACKED),)))
CONSIGNMENTS = {"mail.eml": MAIL, "mail.msg": OUTLOOK}
PLACEMENT = {"DOC002", "DOC003", "DOC012", "DOC020", "EX002"}


def checked(data: bytes, name: str, lang: str = "en") -> DocumentReport:
    return check_document(data, name, load_policy(start=Path(__file__).parent, lang=lang))


def of_this_day(data: bytes, name: str, lang: str) -> DocumentReport:
    """Return the report of a day that does not pass."""
    policy = load_policy(start=Path(Path(__file__).anchor), lang=lang)
    return check_document(data, name, msgspec.structs.replace(policy, today=date(2026, 11, 28)))


def tree(report: DocumentReport) -> dict[str, object]:
    """Return what JSON says of a document and what lies in it, without digests."""
    told = msgspec.to_builtins(report)
    said = ("code", "message", "locations")
    findings = [{key: finding[key] for key in said} for finding in told["findings"]]
    markings = [marking["text"] for marking in told["markings"]]
    children = [tree(child) for child in report.children]
    kept = {key: told[key] for key in ("path", "media_type", "verdict", "status", "exchange")}
    return {**kept, "markings": markings, "findings": findings, "children": children}


@pytest.mark.parametrize("name", CONSIGNMENTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_consignment_is_reported_as_agreed(
    name: str, lang: str, golden: Callable[[str, bytes], None]
) -> None:
    document = of_this_day(CONSIGNMENTS[name], name, lang)
    report = summarise([document], load_policy(lang=lang))
    golden(f"{name}.{lang}.txt", rendered(ReportFormat.text, sample_run(lang, report=report)))
    golden(f"{name}.{lang}.json", msgspec.json.format(msgspec.json.encode(tree(document)), indent=1) + b"\n")
    told = html_data(report, load_policy(lang=lang).rules, lang, {})
    shown = ("path", "parent", "verdict", "highest", "counts")
    listed = [{key: member[key] for key in shown} for member in told["docs"]]
    golden(f"{name}.{lang}.html.json", msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n")


def codes(report: DocumentReport) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("name", CONSIGNMENTS)
def test_a_consignment_is_one_tree_with_the_right_codes(name: str) -> None:
    report = checked(CONSIGNMENTS[name], name)
    [archive] = report.children
    found = {member.path.removeprefix("添付/"): codes(member) for member in archive.children}
    assert list(found) == [path.removeprefix("添付/") for path, _ in ENCLOSURES]
    assert "READ002" in found.pop("別紙Ｃ.pdf")
    assert not any("READ" in code for one in found.values() for code in one)
    assert not any(PLACEMENT & found[path] for path in ("送り状.eml", "メモ.txt"))
    assert codes(report) == {"DOC010", "DOC011"}
    places = {place.part for finding in report.findings for place in finding.locations}
    assert places == {WITHIN.join(("enclosures.zip", f"添付/別紙{letter}.docx")) for letter in "ＢＤ"}
    assert report.verdict is Verdict.stop


def test_what_is_found_on_a_member_counts_against_it_and_what_it_lies_in() -> None:
    report = checked(MAIL, "mail.eml")
    [archive] = report.children
    verdicts = {member.path: member.verdict for member in archive.children}
    assert verdicts["添付/別紙Ｂ.docx"] is verdicts["添付/別紙Ｄ.docx"] is archive.verdict is Verdict.stop
    assert verdicts["添付/別紙Ｃ.pdf"] is Verdict.not_read
    assert verdicts["添付/計画書.docx"] is Verdict.clear


@pytest.mark.parametrize("name", CONSIGNMENTS)
def test_a_well_marked_message_has_no_findings(name: str) -> None:
    data = {
        "mail.eml": message(TEXT, f"RE: {MARK} - Plan"),
        "mail.msg": compound_file(outlook_message(f"FW: {MARK} - Plan", TEXT)),
    }[name]
    report = checked(data, name)
    assert (codes(report), report.verdict) == (set(), Verdict.clear)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (message("See below.\n\nRegards", "Plan"), {"DOC001"}),
        (
            multipart(part("See below."), attachment(word_of(MARKED), "a.docx"), subject="Plan"),
            {"DOC001", "DOC011"},
        ),
        (message(TEXT, "UK OFFICIAL - Plan"), {"DOC019"}),
        (message(f"{MARK}\n\nText\n\nUK OFFICIAL"), {"DOC004"}),
        (message(TEXT, headers="X-Protective-Marking: SEC=UK OFFICIAL\r\n"), {"META001"}),
    ],
)
def test_a_badly_marked_message_is_found(data: bytes, found: set[str]) -> None:
    assert codes(checked(data, "mail.eml")) == found


@pytest.mark.parametrize(("name", "pack"), [("a.zip", zipped), ("a.tar", tarred)])
def test_documents_in_an_archive_that_nothing_encloses_are_judged_by_themselves(
    name: str, pack: Callable[..., bytes]
) -> None:
    files = (("marked.docx", word_of(MARKED)), ("unmarked.docx", word_of(UNMARKED)))
    report = checked(pack(*files), name)
    marked, unmarked = report.children
    assert (codes(report), codes(marked), codes(unmarked)) == (set(), set(), {"DOC001"})
    assert (report.verdict, marked.verdict, unmarked.verdict) == (Verdict.stop, Verdict.clear, Verdict.stop)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_report_names_the_path_through_the_archive(tmp_path: Path, lang: str) -> None:
    source = tmp_path / "mail.eml"
    source.write_bytes(MAIL)
    forms = {form: tmp_path / f"report.{form}" for form in ("text", "json", "html", "csv", "junit")}
    reports = [option for form, path in forms.items() for option in ("--report", f"{form}={path}")]
    assert main(["--lang", lang, "check", str(source), *reports, "--no-config"]) in (1, 3)
    written = {form: path.read_text(encoding="utf-8-sig") for form, path in forms.items()}
    tail = "別紙Ｂ.docx"
    path = WITHIN.join(("enclosures.zip", f"添付/{tail}"))
    assert all(path in written[form] for form in ("text", "csv"))
    assert path in written["junit"].replace("&gt;", ">")
    assert path in written["html"].replace("\\u003e", ">").replace("&gt;", ">")
    [document] = json.loads(written["json"])["documents"]
    [archive] = document["children"]
    assert f"添付/{tail}" in [member["path"] for member in archive["children"]]
    assert any(path in finding["message"] for finding in document["findings"])


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("UK SECRET - Plan", "UK SECRET"),
        ("UK SECRET - PROJECT FALCON STATUS", "UK SECRET"),
        ("UK SECRET - COMMERCIAL - Contract", "UK SECRET - COMMERCIAL"),
        ("Re: [UK SECRET] Plan of work", "UK SECRET"),
        ("【極秘】計画について", "極秘"),
        ("RE: OFFICIAL-SENSITIVE - Plan", "OFFICIAL-SENSITIVE"),
        ("[OFFICIAL] Plan", "OFFICIAL"),
        ("FW: RE: OFFICIAL - Plan", "OFFICIAL"),
        ("[EXTERNAL] UK SECRET - Plan", "UK SECRET"),
        ("Accepted: UK SECRET - Meeting", "UK SECRET"),
        ("【取扱注意】計画について", "取扱注意"),
        ("転送：極秘：計画", "極秘"),
    ],
)
def test_a_subject_is_marked_at_its_start_and_what_follows_is_no_codeword(subject: str, text: str) -> None:
    report = checked(message("Dear all,\n\nsee below.\n\nRegards", subject), "mail.eml")
    assert [marking.text for marking in report.markings] == [text]
    assert not codes(report) & {"UK011", "UK015"}


@pytest.mark.parametrize(
    "subject",
    ["Confidential: salary", "Official opening of the office", "Secret santa party", "秘密保持契約について"],
)
def test_words_of_a_subject_are_no_marking(subject: str) -> None:
    text = "Dear all,\n\nsee below.\n\nCONFIDENTIAL: this e-mail and any attachments may be privileged."
    assert not checked(message(text, subject), "mail.eml").markings


@pytest.mark.parametrize(
    "added", ["-- \nJ. Smith", "CONFIDENTIAL: this e-mail may be privileged.", "------\n防衛省　山田\n------"]
)
@pytest.mark.parametrize("mark", ["UK SECRET", "日本国 極秘"])
def test_a_foot_above_a_signature_or_notice_is_marked(mark: str, added: str) -> None:
    report = checked(message(f"{mark}\n\nThe plan.\n\n{mark}\n\n{added}\n", f"{mark} - Plan"), "a.eml")
    assert [marking.zone.value for marking in report.markings] == ["subject", "header", "footer"]
