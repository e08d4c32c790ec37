"""The report for programs, and its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import msgspec
import pytest
from sample_report import sample_report

from countermark.model import SCHEMA_VERSION, Report
from countermark.report.as_json import to_json
from countermark.report.schema import report_schema

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_json_is_as_agreed(lang: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"report.{lang}.json", to_json(sample_report(lang)))


def test_json_fits_its_schema() -> None:
    validator = jsonschema.Draft202012Validator(report_schema())
    validator.check_schema(report_schema())
    content = json.loads(to_json(sample_report("en")))
    validator.validate(content)
    content["documents"][0]["findings"][0]["severity"] = "fatal"
    assert not validator.is_valid(content)


def test_json_gives_the_report_back() -> None:
    assert msgspec.json.decode(to_json(sample_report("ja")), type=Report) == sample_report("ja")


def test_json_is_readable_text_with_a_line_end() -> None:
    written = to_json(sample_report("ja")).decode()
    assert written.startswith('{\n  "schema_version": "1",\n  "tool"')
    assert written.endswith("}\n")
    assert "計画.docx" in written


def test_the_schema_says_its_version() -> None:
    schema = report_schema()
    assert schema["version"] == SCHEMA_VERSION
    assert schema["$id"].endswith(SCHEMA_VERSION)
