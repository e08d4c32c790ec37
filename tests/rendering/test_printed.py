"""Places of a Word file found again on the pages that it was printed on."""

from __future__ import annotations

import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from countermark.cli.main import main
from countermark.config.policy import load_policy
from countermark.execution.page_images import page_images
from countermark.execution.pool import check_all
from countermark.model import Location, PageKind, Zone
from countermark.readers.read import read
from countermark.rendering.asked import Images
from countermark.rendering.office import Print, find_office
from countermark.rendering.printed import PrintedPlace, placements, printed_pages
from countermark.rendering.render import PageImages, Why
from countermark.sources.paths import find
from countermark.support.limits import Limits
from support.word_files import paragraph, section, word_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.model import Document

BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
HEAD, FOOT = "UK SECRET", "UK SECRET"
BANDS = {"h1": paragraph("Programme office"), "h2": paragraph(HEAD), "f": paragraph(FOOT)}
FIRST = section("header-first-h1", "header-default-h2", "footer-default-f", "footer-first-f", title_page=True)
TEXTS = ("The first page of the plan.", "(UK SECRET) A paragraph.", "The plan goes on here.")
ANNEX = "The annex begins."


def word() -> bytes:
    """A title page whose head lacks its marking, two pages more, and a section without any marking."""
    one, two, three = (paragraph(text) for text in TEXTS)
    first = one + BREAK + two + BREAK + two + three + f"<w:p><w:pPr>{FIRST}</w:pPr></w:p>"
    return word_file(
        first + paragraph(ANNEX) + section("header-default-h1", "footer-default-h1"), bands=BANDS
    )


def paper() -> bytes:
    """The same as a print."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    pages: Sequence[tuple[str, Sequence[str], str]] = (
        ("Programme office", TEXTS[:1], FOOT),
        (HEAD, TEXTS[1:2], FOOT),
        (HEAD, TEXTS[1:], FOOT),
        ("Programme office", (ANNEX,), "Programme office"),
    )
    for head, lines, foot in pages:
        canvas.drawCentredString(300, A4[1] - 30, head)
        for number, line in enumerate(lines):
            canvas.drawString(72, 700 - 20 * number, line)
        canvas.drawCentredString(300, 25, foot)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture(scope="module")
def files() -> tuple[Document, Document]:
    return read(word(), "a.docx", Limits()), read(paper(), "a.pdf", Limits())


def of(word: Document, text: str, zone: Zone, kind: PageKind = PageKind.default) -> list[Location]:
    return [
        page.locate(line)
        for page in word.pages
        if page.kind is kind
        for line in page.lines
        if line.text == text and line.zone is zone
    ]


def found(files: tuple[Document, Document], *locations: Location, words: str = "") -> list[PrintedPlace]:
    printed = printed_pages(*files)
    return list(placements(files[0], printed, [(location, words) for location in locations]))


def test_each_printed_page_has_its_section_and_page_kind(files: tuple[Document, Document]) -> None:
    printed = [(page.number, page.section, page.kind) for page in printed_pages(*files)]
    default, first = PageKind.default, PageKind.first
    assert printed == [(1, 1, first), (2, 1, default), (3, 1, default), (4, 2, default)]


def test_a_head_is_found_on_each_page_of_its_kind(files: tuple[Document, Document]) -> None:
    [head] = of(files[0], HEAD, Zone.header)
    placed = found(files, head, words="UK SECRET")
    assert [one.page for one in placed] == [2, 3]
    assert all(one.box.y1 < 50 for one in placed)
    foot, *_ = of(files[0], FOOT, Zone.footer, PageKind.first)
    assert [(one.page, one.box.y0 > 800) for one in found(files, foot, words="UK SECRET")] == [(1, True)]


def test_equal_lines_of_the_body_are_told_apart_by_their_order(files: tuple[Document, Document]) -> None:
    same = of(files[0], TEXTS[1], Zone.body)
    assert len(same) == 2
    assert [one.page for one in found(files, *same, words="UK SECRET")] == [2, 3]
    assert [one.page for one in found(files, *same)] == [2, 3]


def test_what_is_not_on_the_print_has_no_place(files: tuple[Document, Document]) -> None:
    [head] = of(files[0], HEAD, Zone.header)
    assert found(files, head, words="UK TOP SECRET") == []
    elsewhere = Location(section=9, kind=PageKind.default, zone=Zone.body, line=1)
    assert found(files, elsewhere) == []
    assert printed_pages(read(b"", "a.docx", Limits()), files[1])[0].section == 1


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageImages:
    """The pictures of the Word file, checked as any."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.docx").write_bytes(word())
    policy, sources = load_policy(start=tmp_path), list(find(["a.docx"]))
    reports = list(check_all(sources, policy, jobs=1))
    assert any(one.code == "DOC002" for one in reports[0].findings)
    return page_images(sources, reports, Images.findings, policy, jobs=2)["a.docx"]


@pytest.mark.slow
@pytest.mark.office
def test_a_word_file_is_pictured_as_it_is_printed(checked: PageImages) -> None:
    assert checked.why is None
    shown = {page.page: (page.section, page.kind) for page in checked.pages}
    assert shown[1] == (1, PageKind.first)
    assert shown[4] == (2, PageKind.default)
    assert {one.page for one in checked.placements if one.location.zone is Zone.header} == {2, 3}
    with Image.open(BytesIO(checked.pages[0].image)) as picture:
        assert picture.width / picture.height == pytest.approx(612 / 792, rel=0.01)


def test_libreoffice_is_found_where_windows_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    program = tmp_path / "LibreOffice" / "program" / "soffice.com"
    program.parent.mkdir(parents=True)
    assert find_office() != str(program)
    program.touch()
    assert find_office() == str(program)


def test_without_libreoffice_the_reason_stands_in_place_of_pictures(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("ProgramFiles", raising=False)
    assert request.getfixturevalue("checked") == PageImages(why=Why.no_office)


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("exit 1", Why.not_printed),
        ("sleep 600", Why.not_printed),
        ('for last; do :; done; echo nonsense > "$(dirname "$last")/document.pdf"', Why.failed),
    ],
    ids=["fails", "hangs", "prints nonsense"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_a_print_that_fails_costs_the_picture_only(
    program: str, why: Why, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "soffice").write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    (tools / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.docx").write_bytes(word())
    arguments = ["a.docx", "--report", "html=r.html", "--format", "json", "--output", "r.json"]
    assert main(["check", *arguments, "--timeout", "5", "--jobs", "1"]) == 1
    written = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "DOC002" in written
    assert f'"shown_as":"as_schema","why":"{why}"' in written
    assert list(temporary.iterdir()) == []


def test_a_print_and_its_copy_are_gone_when_it_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    printing = Print(sys.executable, b"PK", Limits())
    assert len(list(tmp_path.iterdir())) == 1
    printing.close()
    assert list(tmp_path.iterdir()) == []


LINKED_PICTURE = """
<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
"""


@pytest.mark.slow
@pytest.mark.office
def test_printing_fetches_nothing_from_the_network_and_shows_no_other_file(tmp_path: Path) -> None:
    """Left to itself, LibreOffice asks for a linked picture at once, and shows one of this machine."""
    asked: list[str] = []

    class Heard(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_OPTIONS = do_HEAD = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing."""

    secret = tmp_path / "secret.png"
    Image.new("RGB", (40, 40), "red").save(secret)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/picture.png"
        body = paragraph("text") + LINKED_PICTURE.format(link="far") + LINKED_PICTURE.format(link="near")
        more = {"far": ("image", address), "near": ("image", secret.as_uri())}
        program = find_office()
        assert program
        with closing(Print(program, word_file(body + section(), more_links=more), Limits())) as printing:
            paper = printing.result()
    finally:
        server.shutdown()
        server.server_close()
    assert paper
    assert asked == []
    assert [image for page in PdfReader(BytesIO(paper)).pages for image in page.images] == []
