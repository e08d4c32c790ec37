"""Ten known failures of other tools in reading what a page bears, each a file that they get wrong.

The projects and issues are named for those who want to compare; nothing of theirs is used.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from countermark.checking.check import check_document, inspect_document
from countermark.config.policy import load_policy
from countermark.execution.pool import check_all
from countermark.model import DocumentReport, PageKind, Status, Zone
from countermark.sources import Source
from support.pdf_files import BODY, page, pdf
from support.word_files import paragraph, section, word_file
from support.workers import workers

POLICY = load_policy(lang="en", originator="GB", recipient="JP")
TEXT_BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
    "<a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
)
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Classification">'
    "<vt:lpwstr>UK TOP SECRET</vt:lpwstr></property></Properties>"
)


def marks(report: DocumentReport) -> list[tuple[str, int | None, PageKind | None, str]]:
    """Zone, section, page kind and text of each marking."""
    return [
        (str(one.zone), one.location.section, one.location.kind, one.canonical) for one in report.markings
    ]


def check_word(body: str, **parts: object) -> DocumentReport:
    return check_document(word_file(body, **parts), "a.docx", POLICY)  # type: ignore[arg-type]


def test_1_a_later_section_keeps_its_own_header_and_footer() -> None:
    """docling #3842: sections after the first lost theirs."""
    first = f"<w:p><w:pPr>{section('header-default-h1', 'footer-default-f1')}</w:pPr></w:p>"
    body = paragraph("one") + first + paragraph("two") + section("header-default-h2", "footer-default-f2")
    bands = {name: paragraph("UK SECRET") for name in ("h1", "f1")}
    bands |= {name: paragraph("UK TOP SECRET") for name in ("h2", "f2")}
    report = check_word(body, bands=bands)
    assert {(zone, at, text) for zone, at, _, text in marks(report)} == {
        ("header", 1, "UK SECRET"),
        ("footer", 1, "UK SECRET"),
        ("header", 2, "UK TOP SECRET"),
        ("footer", 2, "UK TOP SECRET"),
    }


def test_2_with_a_different_first_page_the_ordinary_header_is_kept() -> None:
    """docling #3842: it was lost where a first-page header was switched on."""
    body = paragraph("text") + section("header-default-h1", "header-first-h2", title_page=True)
    report = check_word(body, bands={"h1": paragraph("UK SECRET"), "h2": paragraph("UK TOP SECRET")})
    assert {(kind, text) for _, _, kind, text in marks(report)} == {
        (PageKind.default, "UK SECRET"),
        (PageKind.first, "UK TOP SECRET"),
    }


def test_3_running_heads_of_a_pdf_are_no_furniture() -> None:
    """docling #3880, #632, docling-mcp #82: they were dropped; marker #737, #779: without a word."""
    data = pdf(*[page(head="UK SECRET", foot="UK SECRET")] * 4)
    inspected = inspect_document(data, "a.pdf", POLICY)
    for shown in inspected.content:
        zones = [line.zone for line in shown.lines if line.text == "UK SECRET"]
        assert zones == [Zone.header, Zone.footer]


def test_4_heads_do_not_leak_into_the_body() -> None:
    """docling #3015: some stood among the body's text."""
    inspected = inspect_document(pdf(*[page(head="UK SECRET", foot="3 / 9")] * 4), "a.pdf", POLICY)
    for shown in inspected.content:
        assert [line.text for line in shown.lines if line.zone is Zone.body] == BODY


def test_5_a_header_of_floating_text_boxes_is_not_empty() -> None:
    """python-docx #868, #413: there is no interface to text boxes."""
    boxes = TEXT_BOX.format(content=paragraph("UK SECRET"))
    report = check_word(paragraph("text") + section("header-default-h"), bands={"h": boxes})
    assert [(zone, text) for zone, _, _, text in marks(report)] == [("header", "UK SECRET")]


def test_6_a_first_page_footer_is_not_empty() -> None:
    """python-docx #1424: it read empty though its text is visible."""
    body = paragraph("text") + section("footer-first-f", title_page=True)
    report = check_word(body, bands={"f": paragraph("UK SECRET")})
    assert [(zone, kind) for zone, _, kind, _ in marks(report)] == [("footer", PageKind.first)]


def test_7_custom_properties_are_read() -> None:
    """python-docx has no interface to them; a label above the marking must not go unseen."""
    report = check_word(
        paragraph("text") + section("header-default-h", "footer-default-f"),
        bands={"h": paragraph("UK SECRET"), "f": paragraph("UK SECRET")},
        more={"docProps/custom.xml": CUSTOM},
        root_links={"custom": ("custom-properties", "docProps/custom.xml")},
    )
    (label,) = [one for one in report.findings if one.code == "META001"]
    assert label.evidence == ("UK TOP SECRET",)


def test_8_a_header_that_is_switched_off_does_not_speak_and_is_told() -> None:
    """docxcompose pull request 50: parts stay in the package after even pages are switched off."""
    body = paragraph("text") + section("header-default-h1", "header-even-h2", "footer-default-f")
    bands = {"h1": paragraph("UK SECRET"), "h2": paragraph("UK TOP SECRET"), "f": paragraph("UK SECRET")}
    inspected = inspect_document(word_file(body, bands=bands), "a.docx", POLICY)
    assert [(one.kind, one.live) for one in inspected.content] == [
        (PageKind.default, True),
        (PageKind.even, False),
    ]
    assert "DOC014" in [finding.code for finding in inspected.findings]


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the peak of a process")
def test_9_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    """pdfplumber #193, #1339, #1395: every page stayed in memory."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*[page(head="UK SECRET", foot="UK SECRET")] * 2000))
    for report in check_all([Source(path, "a.pdf", given=True)], POLICY, jobs=1):
        assert (report.status, report.pages) == (Status.checked, 2000)
        (worker,) = workers()
        status = Path(f"/proc/{worker.pid}/status").read_text().splitlines()
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        assert peak < 300 << 10


def test_10_no_text_is_never_taken_for_nothing_to_read(tmp_path: Path) -> None:
    """pypdfium2 #303, #309, #479, docling #1191: used from threads it gives a page's text as empty."""
    dark = BytesIO()
    Image.new("RGB", (40, 40), "black").save(dark, "PNG")

    def picture(canvas: object, width: float, height: float) -> None:
        canvas.drawImage(ImageReader(dark), 0, 0, width, height)  # type: ignore[attr-defined]

    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(page(head="UK SECRET", foot="UK SECRET"), picture))
    sources = [Source(path, f"{number}.pdf", given=True) for number in range(8)]
    for report in check_all(sources, POLICY, jobs=4):
        assert report.status is Status.partly_read
        assert [one.canonical for one in report.markings] == ["UK SECRET", "UK SECRET"]
        (silent,) = [one for one in report.findings if one.code == "READ003"]
        assert [place.page for place in silent.locations] == [2]
