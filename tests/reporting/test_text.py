"""The report for people."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from countermark.model import Counts, Summary, Verdict
from countermark.reporting.formats.registry import ReportFormat
from countermark.reporting.terminal.text import write_text
from countermark.support.console import escape_controls
from support.sample_report import HOSTILE, rendered, sample_report, sample_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.model import Report

LANGUAGES = ("en", "ja")


def plain(report: Report, lang: str) -> str:
    return rendered(ReportFormat.text, sample_run(lang, report=report)).decode()


def on_terminal(report: Report, lang: str, width: int, colour: bool = False) -> str:
    page = io.StringIO()
    console = Console(
        file=page,
        force_terminal=True,
        width=width,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        highlight=False,
    )
    write_text(sample_run(lang, report=report), console)
    return page.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_text_is_as_agreed(lang: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"report.{lang}.txt", plain(sample_report(lang), lang).encode())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_text_has_no_escape_sequence_and_no_box(lang: str) -> None:
    written = plain(sample_report(lang), lang)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2500-\u257f]", written)


def test_document_text_is_neither_markup_nor_command() -> None:
    assert escape_controls(HOSTILE) == r"UK [red]SECRET[/red]\x1b[31m\u202e\u200b - EYES"
    assert escape_controls(HOSTILE) in plain(sample_report("en"), "en")
    for lang in LANGUAGES:
        shown = on_terminal(sample_report(lang), lang, 400, colour=True)
        assert "[red]" in shown
        assert "\x1b[31m\\u202e" not in shown
        assert "\u202e" not in shown


def test_wide_and_ordinary_characters_stay_as_they_are() -> None:
    for harmless in ("極秘　取扱注意", "㊙ “UK SECRET” – é", "a\u00a0b"):
        assert escape_controls(harmless) == harmless


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 100])
def test_a_terminal_gets_lines_of_its_width_and_loses_nothing(lang: str, width: int) -> None:
    written = on_terminal(sample_report(lang), lang, width)
    assert max(cell_len(line) for line in written.splitlines()) <= width
    assert "".join(written.split()) == "".join(plain(sample_report(lang), lang).split())


def test_colour_is_for_terminals_only() -> None:
    assert "\x1b[" in on_terminal(sample_report("en"), "en", 100, colour=True)
    assert "\x1b[" not in plain(sample_report("en"), "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_codes_stand_in_one_column_whatever_the_width_of_the_characters(lang: str) -> None:
    lines = plain(sample_report(lang), lang).splitlines()
    columns = {
        cell_len(line[: line.index(code)])
        for line in lines
        if "countermark rules" not in line
        for code in re.findall(r"\b(?:DOC|UK|READ)\d{3}\b", line)[:1]
    }
    assert len(columns) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_highest_marking_quoted_stands_first_and_last(lang: str) -> None:
    lines = plain(sample_report(lang), lang).splitlines()
    assert lines[0] == lines[-1]
    assert "SECRET" in lines[0]


def test_a_report_that_quotes_no_marking_ends_with_its_totals() -> None:
    nothing = msgspec.structs.replace(
        sample_report("en"),
        highest_marking=None,
        documents=(),
        verdict=Verdict.not_read,
        summary=Summary(documents=0, findings=Counts(), unreadable=0, unsupported=0),
    )
    verdict = "Verdict: NOT READ"
    totals = "0 documents\nFindings: no findings\nNo configuration file.\n"
    assert plain(nothing, "en") == f"{verdict}\n\n{totals}{verdict}\n"


def test_a_document_without_findings_says_what_it_was_judged_by() -> None:
    shown = plain(sample_report("en"), "en")
    judged_by = "1 page; uk/gscp-2024; from the United Kingdom to Japan, outgoing (inferred: "
    assert f"\ngood.pdf: CLEAR; no findings\n    {judged_by}" in shown


def test_a_suppressed_finding_is_not_shown() -> None:
    report = sample_report("en")
    document = report.documents[0]
    waived = tuple(msgspec.structs.replace(one, suppressed="accepted") for one in document.findings)
    shown = plain(
        msgspec.structs.replace(
            report, documents=(msgspec.structs.replace(document, findings=waived), *report.documents[1:])
        ),
        "en",
    )
    assert "docs/plan.pdf: STOP; partly read, 2 suppressed by the baseline or a waiver\n" in shown
    assert "UK003" not in shown


def test_each_finding_says_how_its_rule_is_explained_offline() -> None:
    written = plain(sample_report("en"), "en")
    assert written.count("Explained by: countermark rules ") == written.count("Clause: ") > 0
    assert "countermark rules UK003\n" in written


def test_suppressed_findings_are_counted_by_themselves() -> None:
    report = sample_report("en")
    summary = msgspec.structs.replace(report.summary, suppressed=2)
    written = plain(msgspec.structs.replace(report, summary=summary), "en")
    assert "; 2 suppressed by the baseline or a waiver\n" in written
