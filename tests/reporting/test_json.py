"""The report for programs, and its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import msgspec
import pytest

from countermark.cli.schemas import schema_of
from countermark.model import SCHEMA_VERSION, DocumentReport, Report, SummaryLine
from countermark.reporting.formats.registry import ReportFormat
from support.sample_report import rendered, sample_report, sample_run

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_json_is_as_agreed(lang: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"report.{lang}.json", rendered(ReportFormat.json, sample_run(lang)))


def test_json_fits_its_schema() -> None:
    validator = jsonschema.Draft202012Validator(schema_of("report"))
    validator.check_schema(schema_of("report"))
    content = json.loads(rendered(ReportFormat.json, sample_run("en")))
    validator.validate(content)
    content["documents"][0]["findings"][0]["severity"] = "fatal"
    assert not validator.is_valid(content)


def test_json_gives_the_report_back() -> None:
    assert msgspec.json.decode(rendered(ReportFormat.json, sample_run("ja")), type=Report) == sample_report(
        "ja"
    )


def test_json_is_readable_text_with_a_line_end() -> None:
    written = rendered(ReportFormat.json, sample_run("ja")).decode()
    assert written.startswith('{\n  "schema_version": "2",\n  "tool"')
    assert written.endswith("}\n")
    assert "計画.docx" in written


def test_the_schema_says_its_version() -> None:
    schema = schema_of("report")
    assert schema["version"] == SCHEMA_VERSION
    assert schema["$id"].endswith(SCHEMA_VERSION)


def test_a_report_without_documents_is_json_too() -> None:
    nothing = msgspec.structs.replace(sample_report("en"), documents=())
    assert json.loads(rendered(ReportFormat.json, sample_run("en", report=nothing)))["documents"] == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_json_lines_are_as_agreed(lang: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"report.{lang}.jsonl", rendered(ReportFormat.jsonl, sample_run(lang)))


def test_json_lines_are_the_documents_of_the_report_and_its_totals() -> None:
    *documents, last = rendered(ReportFormat.jsonl, sample_run("en")).splitlines()
    expected = sample_report("en")
    assert [msgspec.json.decode(line, type=DocumentReport) for line in documents] == list(expected.documents)
    assert msgspec.json.decode(last, type=SummaryLine).summary == expected.summary
    assert json.loads(last)["type"] == "summary"
    assert json.loads(last)["highest_marking"] == expected.highest_marking
