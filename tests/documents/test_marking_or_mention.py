"""Markings told from titles, examples, company names and cells, and other countries' from British ones, in
PDF and Word files as people make them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Outcome
from support.pdf_files import pdf
from support.word_files import paragraph, section, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    from countermark.model import DocumentReport

POLICY = load_policy(start=Path(__file__).parent)
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
GOTHIC = "HeiseiKakuGo-W5"
MIDDLE = -1
TEXT = (
    "The pump drew four amperes when the parties met.",
    "Spare seals are ordered before the end of June.",
    "The housing was open to the air for two hours.",
    "Each reading was written down by two people.",
)
pdfmetrics.registerFont(UnicodeCIDFont(GOTHIC))

Spot = tuple[str, float, float] | tuple[str, float, float, float]
"""Text, points from the left (or MIDDLE), points from the top, size."""


def drawn(*pages: list[Spot], title: str = "", outline: str = "") -> bytes:
    def page(spots: list[Spot]) -> Callable[[Canvas, float, float], None]:
        def draw(canvas: Canvas, width: float, height: float) -> None:
            if title:
                canvas.setTitle(title)
            if outline and spots is pages[0]:
                canvas.bookmarkPage("a")
                canvas.addOutlineEntry(outline, "a")
            for text, left, top, *size in spots:
                canvas.setFont("Helvetica" if text.isascii() else GOTHIC, *(size or [11]))
                if left == MIDDLE:
                    canvas.drawCentredString(width / 2, height - top, text)
                else:
                    canvas.drawString(left, height - top, text)

        return draw

    return pdf(*(page(spots) for spots in pages))


def body(top: float = 200, lines: int = 12) -> list[Spot]:
    return [(TEXT[number % len(TEXT)], 60, top + 30 * number) for number in range(lines)]


def word(*paragraphs: str, head: str = "", foot: str = "") -> bytes:
    bands = {"h": paragraph(escape(head)), "f": paragraph(escape(foot))}
    written = "".join(paragraph(escape(text)) for text in paragraphs)
    return word_file(written + section("header-default-h", "footer-default-f"), bands=bands)


def report_on(data: bytes) -> DocumentReport:
    return check_document(data, "paper.docx" if data.startswith(b"PK\x03\x04") else "paper.pdf", POLICY)


def codes(report: DocumentReport) -> set[str]:
    return {one.code for one in report.findings}


def is_unmarked(report: DocumentReport) -> bool:
    """No marking is taken, and that is said: as doubtful, or as none."""
    return not report.markings and bool(codes(report) & {"DOC001", "DOC022"})


# Two lines of a marking beside other text: neighbours are those of the same column.
@pytest.mark.parametrize(
    ("first", "second", "beside"),
    [
        ("UK SECRET", "RELEASABLE TO ITALY, JAPAN", ["Joint programme"]),
        ("UK SECRET", "RELEASABLE TO JAPAN", ["Ref 4711", "Issue 2"]),
        ("UK TOP SECRET", "JP/UK EYES ONLY", ["Range trials"]),
        ("UK OFFICIAL-SENSITIVE", "RECIPIENTS ONLY", ["Annex B"]),
        ("UK SECRET", "RECIPIENTS ONLY - COMMERCIAL", ["Trial log", "Part 3"]),
        ("UK SECRET - RECIPIENTS", "ONLY", ["Northgate"]),
    ],
)
def test_a_marking_of_two_lines_is_read_beside_other_text(first: str, second: str, beside: list[str]) -> None:
    band: list[Spot] = [(first, MIDDLE, 40), (second, MIDDLE, 53)]
    sides: list[Spot] = [(text, 40, 46 + 2 * number, 9) for number, text in enumerate(beside)]
    foot: list[Spot] = [(first, MIDDLE, 790), (second, MIDDLE, 803), ("Page 1 of 1", 500, 797, 9)]
    report = report_on(drawn([*sides, *band, *body(), *foot]))
    assert "DOC004" not in codes(report)
    stated = {(one.handling, one.releasable_to, one.caveats, one.descriptors) for one in report.markings}
    assert len(stated) == 1
    assert any(stated.pop())


# A company's name beside the word.
@pytest.mark.parametrize(
    "lines",
    [
        ["NORTHGATE PUMPS LTD CONFIDENTIAL"],
        ["Northgate Pumps plc", "CONFIDENTIAL"],
        ["CONFIDENTIAL", "Hafen Pumpen GmbH"],
        ["Sakura Valves Inc.  RESTRICTED"],
        ["株式会社北港ポンプ　機密"],
        ["北港ポンプ有限会社", "CONFIDENTIAL"],
        ["CONFIDENTIAL - Property of Riverside Valves Limited"],
    ],
)
@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_a_company_s_own_word_is_no_marking_of_a_state(lines: list[str], kind: str) -> None:
    if kind == "pdf":
        band: list[Spot] = [(text, MIDDLE, 36 + 14 * number) for number, text in enumerate(lines)]
        foot: list[Spot] = [(text, MIDDLE, 790 + 14 * number) for number, text in enumerate(lines)]
        report = report_on(drawn(*[[*band, *body(), *foot]] * 2))
    else:
        text = "\n".join(lines) if len(lines) == 1 else " ".join(lines)
        report = report_on(word(*TEXT, head=text, foot=text))
    assert is_unmarked(report)
    assert not any(code.startswith(("UK", "JP")) for code in codes(report))


@pytest.mark.parametrize("text", ["Northgate Pumps Ltd   UK SECRET", "UK OFFICIAL-SENSITIVE  Hafen GmbH"])
def test_a_company_marks_as_the_state_asks(text: str) -> None:
    report = report_on(drawn(*[[(text, MIDDLE, 40), *body(), (text, MIDDLE, 790)]] * 2))
    assert len(report.markings) == 4


# The word on a title page.
@pytest.mark.parametrize(
    ("pages", "outline"),
    [
        ([[("SECRET", 60, 100, 22), ("a comedy in three acts", 60, 150)], body(80)], ""),
        ([[("TOP SECRET", MIDDLE, 90, 28), ("a novel", MIDDLE, 150)], body(80)], ""),
        ([[("SECRET", 60, 100), *body(160)]], "SECRET"),
        ([[("OFFICIAL", 60, 100, 20), *body(160)]], ""),
        ([[("Secret", 60, 100, 24), *body(160)]], ""),
        ([[("TOP SECRET", 60, 100, 18), *body(160, 5)], body(80), body(80)], ""),
    ],
)
def test_the_word_on_a_title_page_is_at_most_doubtful(pages: list[list[Spot]], outline: str) -> None:
    assert is_unmarked(report_on(drawn(*pages, outline=outline)))


@pytest.mark.parametrize("text", ["UK SECRET", "SECRET", "OFFICIAL-SENSITIVE", "極秘", "TOP SECRET"])
def test_at_head_and_foot_of_the_pages_it_is_a_marking(text: str) -> None:
    page = [(text, MIDDLE, 40, 16), *body(), (text, MIDDLE, 790, 16)]
    assert len(report_on(drawn(page, page)).markings) == 4


# Examples that a line introduces.
@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Write it so:", "UK SECRET"),
        ("Stamp the cover with this word:", "SECRET"),
        ("For example:", "UK OFFICIAL-SENSITIVE"),
        ("The label reads:", "TOP SECRET"),
        ("記載例", "極秘"),
        ("次のように表示する：", "日本国 秘"),
        ("Wrong:", "SECRET UK"),
    ],
)
@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_an_announced_example_is_no_marking(before: str, text: str, kind: str) -> None:
    if kind == "pdf":
        spots = [*body(80, 4), (before, 60, 260), (text, MIDDLE, 290), ("text", MIDDLE, 320)]
        report = report_on(drawn([*spots, (text, MIDDLE, 350), *body(400, 6)]))
    else:
        report = report_on(word(*TEXT, before, text, "text", text, *TEXT))
    assert is_unmarked(report)


@pytest.mark.parametrize("label", ["Classification:", "秘密区分："])
def test_a_label_announces_no_example(label: str) -> None:
    report = report_on(word(label, "UK SECRET", *TEXT))
    assert [one.text for one in report.markings] == ["UK SECRET"]


# A cell of a table in a PDF.
@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([("word", "count"), ("SECRET",)], 66),
        ([("item", "grade", "shelf"), ("TOP SECRET",)], 66),
        ([("name", "state"), ("range", "open"), ("SECRET",)], 120),
        ([("key", "value"), ("token", "abc"), ("SECRET 1",)], 66),
        ([("件名", "区分"), ("極秘",)], 66),
        ([("mark", "from", "to"), ("UK", "2014", "2018"), ("OFFICIAL",)], 90),
    ],
)
@pytest.mark.parametrize("at_end", [True, False])
def test_a_table_s_cell_is_no_marking(rows: list[tuple[str, ...]], left: float, *, at_end: bool) -> None:
    spots = body(80, 9)
    for number, cells in enumerate(rows):
        spots += [(cell, left + 80 * column, 360 + 20 * number) for column, cell in enumerate(cells)]
    report = report_on(drawn(body(80, 20), spots if at_end else [*spots, *body(480, 4)]))
    assert not report.markings


# Another country's words under its own letterhead, or in its own form.
@pytest.mark.parametrize(
    ("head", "text", "country"),
    [
        ("Australian Government", "OFFICIAL: Sensitive", "AU"),
        ("Commonwealth of Australia", "PROTECTED", "AU"),
        ("www.defence.gov.au", "SECRET", "AU"),
        ("Department of Defense", "SECRET", "US"),
        ("New Zealand Defence Force", "RESTRICTED", "NZ"),
        ("Government of Canada", "TOP SECRET", "CA"),
        ("Ministry of Defence, Singapore", "OFFICIAL", "SG"),
        ("Government of India", "CONFIDENTIAL", "IN"),
        ("Range trials", "OFFICIAL: Sensitive // Legal privilege", "AU"),
        ("Range trials", "PROTECTED // CABINET", "AU"),
    ],
)
@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_a_shared_word_is_that_country_s(head: str, text: str, country: str, kind: str) -> None:
    if kind == "pdf":
        spots: list[Spot] = [(text, MIDDLE, 40), (head, 60, 110, 16), *body()]
        report = report_on(drawn([*spots, (text, MIDDLE, 790)]))
    else:
        report = report_on(word(head, *TEXT, head=text, foot=text))
    assert {one.country for one in report.markings} == {country}
    assert not any(code.startswith("UK") for code in codes(report))


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("Ministry of Defence", "SECRET"),
        ("Cabinet Office", "OFFICIAL: Sensitive"),
        ("Australian Government", "UK SECRET"),
        ("To: the Australian Government", "SECRET"),
        ("Range trials", "OFFICIAL: SENSITIVE"),
    ],
)
def test_a_british_document_stays_british(head: str, text: str) -> None:
    spots: list[Spot] = [(text, MIDDLE, 40), (head, 60, 110, 16), *body()]
    assert {one.country for one in report_on(drawn([*spots, (text, MIDDLE, 790)])).markings} == {"GB"}


# A heading of a manual.
@pytest.mark.parametrize(
    "spots",
    [
        [("取扱説明書", 60, 40, 12), ("取扱注意", 60, 80), ("割れ物につき取扱注意。", 60, 110)],
        [("取扱注意", 60, 80, 16), ("高温につき手を触れないこと。", 60, 120)],
        [("取扱注意", MIDDLE, 60), ("衝撃を与えないこと。", 60, 120)],
        [("Handle with care", 60, 80, 16), ("Glass inside.", 60, 120)],
        [("HANDLE WITH CARE", MIDDLE, 60, 16), ("Glass inside.", 60, 120)],
        [("3. 取扱注意", 60, 80), ("水にぬらさないこと。", 60, 120)],
    ],
)
def test_a_manual_s_heading_is_at_most_doubtful(spots: list[Spot]) -> None:
    report = report_on(drawn([*spots, *body()]))
    assert is_unmarked(report)
    assert "JP006" not in codes(report)


def test_a_handling_mark_at_head_and_foot_is_one() -> None:
    page = [("取扱注意", MIDDLE, 40), *body(), ("取扱注意", MIDDLE, 790)]
    assert "JP006" in codes(report_on(drawn(page)))


# What a file is called in its properties.
@pytest.mark.parametrize(
    "title",
    ["SECRET - Encyclopaedia", "Secret", "SECRET", "TOP SECRET", "Top Secret Recipes", "OFFICIAL", "極秘"],
)
@pytest.mark.parametrize("shown", ["", "Secret"])
def test_a_title_property_marks_no_document(title: str, shown: str) -> None:
    spots: list[Spot] = [(shown, 60, 100, 21)] if shown else []
    report = report_on(drawn([*spots, *body()], title=title, outline=shown))
    assert is_unmarked(report)
    assert "META005" not in codes(report)


# The foot that stands directly under a full page of text.
@pytest.mark.parametrize("text", ["SECRET", "OFFICIAL", "極秘", "TOP SECRET"])
def test_a_foot_under_a_full_page_is_known_from_other_pages(text: str) -> None:
    page = [(text, 60, 40), *body(120, 15), (text, 60, 790)]
    full = [*body(60, 24), (text, 60, 780)]
    report = report_on(drawn(page, page, full))
    assert {one.location.page for one in report.markings} == {1, 2, 3}


@pytest.mark.parametrize(
    ("name", "unwanted"),
    [
        ("mark-07-two-line-head-beside-text", {"DOC004"}),
        ("mark-08-company-name-confidential", {"UK002", "DOC003", "DOC020"}),
        ("mark-09-title-page-word", {"DOC002", "DOC003", "DOC020"}),
        ("mark-10-boxed-examples", {"DOC002", "DOC003", "DOC020"}),
        ("mark-11-table-cell-at-page-end", {"DOC002", "DOC003", "DOC020"}),
        ("mark-12-australian", {"UK003", "UK005", "UK006", "EX007"}),
        ("mark-13-heading-handle-with-care", {"JP006"}),
        ("mark-16-title-property", {"DOC002", "DOC003", "DOC020", "META005"}),
    ],
)
def test_the_cases_that_were_found(name: str, unwanted: set[str]) -> None:
    if not CASES.is_dir():
        pytest.skip("the shared cases do not lie beside the project")
    report = report_on((CASES / f"{name}.pdf").read_bytes())
    assert not codes(report) & unwanted
    if "mark-07" in name:
        assert {one.releasable_to for one in report.markings} == {("IT", "JP")}
    elif "mark-12" in name:
        assert {one.country for one in report.markings} == {"AU"}
    else:
        assert is_unmarked(report)
    assert all(one.outcome is Outcome.marking for one in report.markings)


@pytest.mark.parametrize(
    ("name", "present", "absent"),
    [
        ("mark-14-era-date-spaced", set(), {"JP008"}),
        ("mark-19-gs-lost-code-map", {"READ008"}, {"EX002"}),
    ],
)
def test_what_is_read_of_damaged_or_spaced_text(name: str, present: set[str], absent: set[str]) -> None:
    path = CASES / f"{name}.pdf"
    if not path.is_file():
        pytest.skip("the shared cases do not lie beside the project")
    found = codes(report_on(path.read_bytes()))
    assert (present - found, absent & found) == (set(), set())


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases do not lie beside the project")
def test_every_case_of_this_kind_is_held_by_a_test() -> None:
    written = Path(__file__).read_text("utf-8")
    written += (Path(__file__).parents[1] / "readers" / "test_word_verdicts.py").read_text("utf-8")
    assert [path.name for path in CASES.glob("mark-*") if path.stem not in written] == []
