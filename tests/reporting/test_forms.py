"""Every form of report: byte for byte as agreed, and as its published schema says."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest
from lxml import etree

from countermark.model import DocumentReport, Finding, Location, Report, Status
from countermark.reporting.formats import sarif as as_sarif
from countermark.reporting.formats.github import COMMANDS
from countermark.reporting.formats.registry import ReportFormat
from countermark.reporting.rows import COLUMNS, harmless
from countermark.rules.rule import Texts, TextsByLanguage
from support.sample_report import HOSTILE, rendered, sample_report, sample_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.reporting.summary import ReportInput

SCHEMAS = Path(__file__).parent / "schemas"
LISTS = (ReportFormat.sarif, ReportFormat.junit, ReportFormat.gitlab, ReportFormat.github, ReportFormat.csv)


def with_first(report: Report, change: Callable[[Finding], Finding]) -> Report:
    """The report with its first finding changed."""
    first, *rest = report.documents
    finding, *others = first.findings
    changed = msgspec.structs.replace(first, findings=(change(finding), *others))
    return msgspec.structs.replace(report, documents=(changed, *rest))


def waived(report: Report) -> Report:
    return with_first(report, lambda one: msgspec.structs.replace(one, suppressed="seen by the registry"))


def sarif(report: Report | None = None, lang: str = "en") -> dict[str, Any]:
    [run] = json.loads(rendered(ReportFormat.sarif, sample_run(lang, report=report)))["runs"]
    result: dict[str, Any] = run
    return result


def junit(report: Report | None = None, fail_on: str = "error") -> Any:
    return etree.fromstring(rendered(ReportFormat.junit, sample_run("en", fail_on, report)))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("form", LISTS)
def test_a_form_is_as_agreed(form: ReportFormat, lang: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"report.{lang}.{form.value}", rendered(form, sample_run(lang)))


@pytest.mark.parametrize("form", list(ReportFormat))
def test_every_form_is_the_same_each_time_and_takes_an_empty_run(form: ReportFormat) -> None:
    assert rendered(form, sample_run("ja")) == rendered(form, sample_run("ja"))
    nothing = msgspec.structs.replace(sample_report("en"), documents=(), highest_marking=None)
    assert rendered(form, sample_run("en", report=nothing))


@pytest.mark.parametrize(
    "form",
    [
        ReportFormat.sarif,
        ReportFormat.junit,
        ReportFormat.gitlab,
        ReportFormat.github,
        ReportFormat.csv,
        ReportFormat.text,
    ],
)
def test_no_form_lets_text_of_a_document_act(form: ReportFormat) -> None:
    written = rendered(form, sample_run("en")).decode()
    assert HOSTILE.splitlines()[0] not in written
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202e]", written)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_sarif_fits_the_published_schema(lang: str) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    nothing = msgspec.structs.replace(sample_report("en"), documents=())
    for report in (sample_report(lang), waived(sample_report(lang)), nothing):
        validator.validate(json.loads(rendered(ReportFormat.sarif, sample_run(lang, report=report))))
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_sarif_places_findings_where_github_accepts_them_and_says_the_page_beside() -> None:
    first, second, *_ = sarif()["results"]
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "docs/plan.pdf"}
    assert physical["region"]["startLine"] == 1
    assert first["locations"][1]["logicalLocations"] == [
        {"name": "7", "kind": "page", "fullyQualifiedName": "page 7"},
        {"name": "header", "kind": "zone", "fullyQualifiedName": "page 7/zone header"},
    ]
    assert second["locations"][0]["properties"]["box"] == [200.0, 20.0, 395.0, 34.5]
    assert (
        first["partialFingerprints"]["countermark/v1"]
        == sample_report("en").documents[0].findings[0].fingerprint
    )


def test_sarif_calls_a_rule_of_an_organisation_by_its_title() -> None:
    run = sample_run("en")
    house = Texts(title="The house's title", why="x", message="x", fix="x")
    rules = tuple(
        msgspec.structs.replace(one, texts=TextsByLanguage(en=house)) if one.code == "UK003" else one
        for one in run.rules
    )
    [log] = json.loads(rendered(ReportFormat.sarif, replace(run, rules=rules)))["runs"]
    titles = {one["id"]: one["shortDescription"]["text"] for one in log["tool"]["driver"]["rules"]}
    assert titles["UK003"] == "The house's title"
    assert titles["DOC002"] != "page-header-missing"


def test_sarif_tells_unread_files_as_notifications_and_names_what_waived_a_finding() -> None:
    [invocation] = sarif()["invocations"]
    told = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
    assert told[0].startswith("docs/plan.pdf: partly read")
    assert told[1] == "empty.pdf: unreadable. Cannot be read: the file is empty."
    assert invocation["executionSuccessful"] is False
    first, *others = sarif(waived(sample_report("en")))["results"]
    assert first["suppressions"][0]["justification"] == "seen by the registry"
    assert not any("suppressions" in one for one in others)


def test_sarif_stays_within_the_limits_of_github(monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(Location(page=number) for number in range(1, 1500))
    report = with_first(sample_report("en"), lambda one: msgspec.structs.replace(one, locations=many))
    assert len(sarif(report)["results"][0]["locations"]) == 1000
    monkeypatch.setattr(as_sarif, "MAX_RESULTS", 2)
    run = sarif(waived(sample_report("en")))
    assert [result["level"] for result in run["results"]] == ["error", "error"]
    assert not any("suppressions" in one for one in run["results"])
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"].startswith(
        "The 3 least severe"
    )
    assert all(len(rule["properties"]["tags"]) <= 20 for rule in run["tool"]["driver"]["rules"])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/計画#1.pdf", "a%20b/%E8%A8%88%E7%94%BB%231.pdf"),
        ("/srv/a.pdf", "file:///srv/a.pdf"),
        ("C:/a b.pdf", "file:///C:/a%20b.pdf"),
        ("../a.pdf", "../a.pdf"),
    ],
)
def test_paths_are_uris(path: str, expected: str) -> None:
    assert as_sarif.uri(path) == expected


def test_junit_fits_the_schema_of_jenkins_whatever_is_in_it() -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "jenkins-junit-10.xsd")))
    for report in (None, waived(sample_report("en"))):
        for fail_on in ("error", "note", "never"):
            schema.assertValid(junit(report, fail_on))
    broken = etree.fromstring(
        "<testsuites name='x' tests='1' failures='0' errors='0'><testcase/></testsuites>"
    )
    assert not schema.validate(broken)


def test_junit_has_one_case_a_document_and_calls_the_unreadable_errors() -> None:
    report = sample_report("en")
    met = DocumentReport(path="notes.txt", sha256="", media_type="", pages=0, status=Status.unsupported)
    suites = junit(msgspec.structs.replace(report, documents=(*report.documents, met)))
    [suite] = suites
    outcomes = {case.get("name"): [child.tag for child in case] for case in suite.iter("testcase")}
    assert outcomes == {
        "docs/plan.pdf": ["error", "system-out"],
        "docs/計画.docx": ["failure", "system-out"],
        "good.pdf": ["system-out"],
        "empty.pdf": ["error", "system-out"],
        "notes.txt": ["skipped", "system-out"],
    }
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("5", "1", "2")
    properties = {one.get("name"): one.get("value") for one in suite[0]}
    assert "SECRET" in properties["marking"]
    assert properties["verdict"] == properties["verdict docs/plan.pdf"] == "stop"
    assert properties["verdict good.pdf"] == "clear"
    assert "SECRET" in suite[-1].text


def test_junit_fails_where_the_run_fails() -> None:
    def outcome(fail_on: str) -> list[str]:
        word = junit(fail_on=fail_on).xpath("//testcase[@name='docs/計画.docx']")[0]
        return [child.tag for child in word]

    assert (outcome("error"), outcome("never")) == (["failure", "system-out"], ["system-out", "system-out"])


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_gitlab_issues_fit_the_documented_form_and_have_fingerprints_of_their_own(lang: str) -> None:
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8"))
    report = sample_report(lang)
    twice = msgspec.structs.replace(report, documents=(*report.documents, *report.documents))
    issues = json.loads(rendered(ReportFormat.gitlab, sample_run(lang, report=twice)))
    jsonschema.Draft202012Validator(schema).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 18
    nothing = msgspec.structs.replace(report, documents=())
    assert json.loads(rendered(ReportFormat.gitlab, sample_run(lang, report=nothing))) == []


def test_github_commands_are_escaped_and_one_a_finding() -> None:
    report = sample_report("en")
    first = msgspec.structs.replace(report.documents[0], path="a,b:100%.pdf")
    run = sample_run("en", report=msgspec.structs.replace(report, documents=(first,)))
    lines = rendered(ReportFormat.github, run).decode().splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 2
    assert commands[0].startswith(
        "::error file=a%2Cb%3A100%25.pdf,line=1,title=DOC002 page-header-missing::No classification"
    )
    assert lines[0] == lines[-1]
    assert "SECRET" in lines[0]
    assert set(COMMANDS.values()) == {"error", "warning", "notice"}


BOTH = "UK SECRET / 極秘"


def marked_run(lang: str) -> ReportInput:
    return sample_run(lang, report=msgspec.structs.replace(sample_report(lang), highest_marking=BOTH))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("form", [ReportFormat.text, ReportFormat.github])
def test_the_highest_marking_stands_first_and_last(form: ReportFormat, lang: str) -> None:
    first, *_, last = rendered(form, marked_run(lang)).decode().splitlines()
    assert first == last
    assert BOTH in first


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_is_shown_piece_by_piece_carries_the_highest_marking_in_each(lang: str) -> None:
    run = marked_run(lang)
    [log] = json.loads(rendered(ReportFormat.sarif, run))["runs"]
    issues = json.loads(rendered(ReportFormat.gitlab, run))
    rows = list(csv.reader(io.StringIO(rendered(ReportFormat.csv, run).decode("utf-8-sig"), newline="")))[1:]
    told = [one["message"]["text"] for one in log["results"]]
    told += [one["description"] for one in issues]
    told += [row[0] for row in rows]
    assert len(told) == 5 + 9 + 6 + 1
    assert all(BOTH in one for one in told)


@pytest.mark.parametrize("form", list(ReportFormat))
def test_no_form_is_without_the_highest_marking_and_none_claims_one_where_none_is_quoted(
    form: ReportFormat,
) -> None:
    def text_of(run: ReportInput) -> str:
        written = rendered(form, run)
        if form is ReportFormat.xlsx:
            book = zipfile.ZipFile(io.BytesIO(written))
            return "".join(book.read(name).decode() for name in book.namelist())
        return written.decode()

    assert BOTH in text_of(marked_run("en"))
    assert "highest marking that this report quotes" not in text_of(
        sample_run(
            "en", report=msgspec.structs.replace(sample_report("en"), documents=(), highest_marking=None)
        )
    ).replace('"banner":"{marking}', "")


@pytest.mark.parametrize("path", ["::error::taken over.pdf", " ::stop-commands::x.pdf", "a##[add-mask]e.pdf"])
@pytest.mark.parametrize("form", [ReportFormat.text, ReportFormat.github])
def test_no_name_of_a_file_is_a_command_in_the_log_of_a_build(form: ReportFormat, path: str) -> None:
    """A runner takes `::` at the beginning of a line, and `##[` anywhere in one that does not begin so."""
    report = sample_report("en")
    first = msgspec.structs.replace(report.documents[0], path=path)
    run = sample_run("en", report=msgspec.structs.replace(report, documents=(first,)))
    for line in rendered(form, run).decode().splitlines():
        if line.lstrip().startswith("::"):
            assert form is ReportFormat.github
            assert line.startswith(tuple(f"::{command} file=" for command in COMMANDS.values()))
        else:
            assert "##[" not in line


@pytest.mark.parametrize("form", [ReportFormat.junit, ReportFormat.gitlab, ReportFormat.github])
def test_suppressed_findings_are_not_in_forms_that_have_no_word_for_them(form: ReportFormat) -> None:
    report = sample_report("en")
    every = tuple(
        msgspec.structs.replace(
            document,
            findings=tuple(msgspec.structs.replace(one, suppressed="known") for one in document.findings),
        )
        for document in report.documents
    )
    written = rendered(
        form, sample_run("en", report=msgspec.structs.replace(report, documents=every))
    ).decode()
    assert "UK003" not in written
    assert "DOC002" not in written


def table(report: Report) -> list[list[str]]:
    written = rendered(ReportFormat.csv, sample_run("en", report=report)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(written, newline="")))


def test_csv_has_a_row_a_finding_and_its_marking_in_each() -> None:
    names, *rows = table(waived(sample_report("en")))
    assert len(names) == len(COLUMNS)
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[COLUMNS.index("path")] for row in rows] == ["docs/plan.pdf"] * 2 + ["docs/計画.docx"] * 2 + [
        "good.pdf",
        "empty.pdf",
        "",
    ]
    assert "No configuration file." in rows[-1]
    assert {row[0] for row in rows} == {"SECRET"}
    assert rows[0][COLUMNS.index("suppressed")] == "seen by the registry"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "＝", "＋", "－", "＠", " ="])
def test_a_cell_is_never_a_formula(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")
    assert harmless("a=1 - 2") == "a=1 - 2"


def test_a_hostile_file_name_is_text_in_both_spreadsheets() -> None:
    report = sample_report("en")
    formula = '=HYPERLINK("http://x","y").pdf'
    hostile = msgspec.structs.replace(report.documents[0], path=formula)
    report = msgspec.structs.replace(report, documents=(hostile,))
    assert table(report)[1][COLUMNS.index("path")] == f"'{formula}"
    book = zipfile.ZipFile(io.BytesIO(rendered(ReportFormat.xlsx, sample_run("en", report=report))))
    sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    assert b"HYPERLINK" not in sheet
    assert f"'{formula}".replace('"', "&quot;").encode() in book.read("xl/sharedStrings.xml").replace(
        b'"', b"&quot;"
    )


def test_an_excel_workbook_carries_the_marking_on_each_printed_page() -> None:
    book = zipfile.ZipFile(io.BytesIO(rendered(ReportFormat.xlsx, sample_run("en"))))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>&amp;CSECRET</oddHeader>" in sheet
    assert "<oddFooter>&amp;CSECRET" in sheet
    texts = etree.fromstring(book.read("xl/sharedStrings.xml"))
    assert "docs/計画.docx" in {element.text for element in texts.iter("{*}t")}
