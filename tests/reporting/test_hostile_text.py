"""No text of a document, its name or its properties acts where a report is shown, whatever the form."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from rich.text import Text

from countermark.cli.main import main
from countermark.model import Location, Report
from countermark.reporting.escaping import json_of
from countermark.reporting.formats.registry import ReportFormat
from countermark.support.console import console_on, write_line
from support.sample_report import rendered, sample_report, sample_run

ACTING = (
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff",
    "\U000e0041",
    "\U000e007f",
    "\ud800",
)
hostile = st.lists(
    st.sampled_from((*ACTING, "a", "極秘", "\u3000", "::", "=cmd|' /C calc'!A0")), max_size=8
).map("".join)
few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def spoilt(words: str) -> Report:
    """The sample report with the words wherever a document can put them."""
    report = sample_report("en")
    first, *others = report.documents
    place = Location(part=words)
    findings = tuple(
        msgspec.structs.replace(
            one,
            message=words,
            fix=words,
            evidence=(words,),
            locations=(place,),
            args={"text": words, "right_form": words, "foot_text": words, "expected": words},
            keys={"cause": "causes.none", "write": "right_forms.known"},
            suppressed=words if number else None,
        )
        for number, one in enumerate(first.findings)
    )
    markings = tuple(msgspec.structs.replace(one, text=words, canonical=words) for one in first.markings)
    child = msgspec.structs.replace(first, path=words, children=())
    whole = msgspec.structs.replace(
        first, path=f"x{words}", findings=findings, markings=markings, children=(child,)
    )
    return msgspec.structs.replace(report, documents=(whole, *others), highest_marking=words or None)


def acts(shown: str) -> bool:
    return any(not one.isprintable() and unicodedata.category(one) != "Zs" for one in shown)


@pytest.mark.parametrize("form", list(ReportFormat))
@few
@given(hostile)
def test_no_text_of_a_document_acts_in_any_form(form: ReportFormat, words: str) -> None:
    written = rendered(form, sample_run("en", report=spoilt(words)))
    if form is ReportFormat.xlsx:
        strings = etree.fromstring(zipfile.ZipFile(io.BytesIO(written)).read("xl/sharedStrings.xml"))
        assert not any(acts(text) for text in strings.itertext())
        return
    lines = written.decode().removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    assert not any(acts(line) for line in lines)
    if form in (ReportFormat.json, ReportFormat.sarif, ReportFormat.gitlab):
        json.loads(written)
    if form is ReportFormat.junit:
        etree.fromstring(written)


@few
@given(hostile.filter(lambda words: "\ud800" not in words))
def test_json_keeps_the_value(words: str) -> None:
    assert json.loads(json_of({"a": words})) == {"a": words}
    document = json.loads(rendered(ReportFormat.json, sample_run("en", report=spoilt(words))))["documents"][0]
    assert document["path"] == f"x{words}"


@few
@given(hostile)
def test_a_line_on_a_console_does_not_act(words: str) -> None:
    page = io.StringIO()
    write_line(console_on(page), Text.assemble(("a", "bold"), words, ("b", "dim")))
    assert not acts(page.getvalue().removesuffix("\n"))


SPOILT = "UK SECRET\x1b[31m\x07\u202e\x9b2J\u2066"


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse", SPOILT],
        ["parse", SPOILT, "--format", "json"],
        ["check", f"{SPOILT}.pdf"],
        ["inspect", f"{SPOILT}.pdf"],
        ["rules", SPOILT],
        ["standards", SPOILT],
        ["check", "--format", SPOILT],
        [f"--{SPOILT}"],
        ["check", ".", "--config", SPOILT],
        ["check", ".", "--baseline", SPOILT],
    ],
    ids=range(10),
)
def test_what_a_command_is_given_does_not_act_when_it_is_shown_again(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(arguments)
    shown = capsys.readouterr()
    assert shown.out or shown.err
    assert not any(acts(line) for line in (shown.out + shown.err).split("\n"))


def test_one_module_alone_writes_to_the_standard_streams() -> None:
    """What it writes is made safe there; a line written elsewhere would not be."""
    package = Path(__file__).resolve().parents[2] / "pipeline" / "countermark"
    writing = re.compile(r"sys\.std(out|err)\.(buffer\.)?write\(|\bprint\(")
    found = {path.name for path in package.rglob("*.py") if writing.search(path.read_text("utf-8"))}
    assert found == {"streams.py", "console.py"}
