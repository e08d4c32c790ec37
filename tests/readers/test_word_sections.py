"""Which header a page shows: a truth table after ECMA-376 17.10."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from countermark.model import PageKind, ProblemKind, Zone
from support.word_files import band_text, links, paragraph, read, section, word_file

FIRST, EVEN, DEFAULT = PageKind.first, PageKind.even, PageKind.default
OWN = ("header-first-hF2", "header-even-hE2", "header-default-hD2")
BANDS = {name: paragraph(name[1:]) for name in ("hF1", "hE1", "hD1", "hF2", "hE2", "hD2")}


def two_sections(*, title_page: bool, alternating: bool, linked: bool) -> bytes:
    """The first section has headers F1, E1, D1 and no titlePg; the second has F2, E2, D2 unless it is
    linked to it."""
    one = section("header-first-hF1", "header-even-hE1", "header-default-hD1")
    two = section(*(() if linked else OWN), title_page=title_page)
    return word_file(
        paragraph("one", one) + paragraph("two") + two,
        bands=BANDS,
        linked={"settings": "<w:evenAndOddHeaders/>" if alternating else ""},
    )


@pytest.mark.parametrize(
    ("title_page", "alternating", "linked", "shown", "switched_off"),
    [
        (False, False, True, {DEFAULT: "D1"}, {FIRST: "F1", EVEN: "E1"}),
        (False, False, False, {DEFAULT: "D2"}, {FIRST: "F2", EVEN: "E2"}),
        (False, True, True, {DEFAULT: "D1", EVEN: "E1"}, {FIRST: "F1"}),
        (False, True, False, {DEFAULT: "D2", EVEN: "E2"}, {FIRST: "F2"}),
        (True, False, True, {FIRST: "F1", DEFAULT: "D1"}, {EVEN: "E1"}),
        (True, False, False, {FIRST: "F2", DEFAULT: "D2"}, {EVEN: "E2"}),
        (True, True, True, {FIRST: "F1", EVEN: "E1", DEFAULT: "D1"}, {}),
        (True, True, False, {FIRST: "F2", EVEN: "E2", DEFAULT: "D2"}, {}),
    ],
)
def test_second_section(
    title_page: bool,
    alternating: bool,
    linked: bool,
    shown: dict[PageKind, str],
    switched_off: dict[PageKind, str],
) -> None:
    document = read(two_sections(title_page=title_page, alternating=alternating, linked=linked))
    pages = [page for page in document.pages if page.section == 2]
    assert [(page.kind, band_text(page)) for page in pages if page.live] == list(shown.items())
    assert {page.kind: band_text(page) for page in pages if not page.live} == switched_off


@pytest.mark.parametrize("alternating", [False, True])
def test_first_section_without_title_page(alternating: bool) -> None:
    document = read(two_sections(title_page=True, alternating=alternating, linked=False))
    live = {page.kind: band_text(page) for page in document.live_pages if page.section == 1}
    assert live == ({EVEN: "E1", DEFAULT: "D1"} if alternating else {DEFAULT: "D1"})


def test_each_kind_is_inherited_for_itself_over_several_sections() -> None:
    data = word_file(
        paragraph("one", section("header-first-hF1", "header-default-hD1", title_page=True))
        + paragraph("two", section("header-default-hD2", title_page=True))
        + section(title_page=True),
        bands=BANDS,
    )
    told = [(page.section, page.kind, band_text(page)) for page in read(data).pages]
    assert told == [
        (1, FIRST, "F1"),
        (1, DEFAULT, "D1"),
        (2, FIRST, "F1"),
        (2, DEFAULT, "D2"),
        (3, FIRST, "F1"),
        (3, DEFAULT, "D2"),
    ]


def test_a_kind_that_no_section_defines_is_an_empty_live_page() -> None:
    data = word_file(
        section("header-default-hD1", title_page=True),
        bands=BANDS,
        linked={"settings": "<w:evenAndOddHeaders/>"},
    )
    told = [(page.kind, page.live, page.readable, band_text(page)) for page in read(data).pages]
    assert told == [(FIRST, True, True, None), (EVEN, True, True, None), (DEFAULT, True, True, "D1")]


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_switches_that_are_written_but_off(value: str) -> None:
    data = word_file(
        section("header-first-hF1", "header-default-hD1", properties=f'<w:titlePg w:val="{value}"/>'),
        bands=BANDS,
        linked={"settings": f'<w:evenAndOddHeaders w:val="{value}"/>'},
    )
    assert [page.kind for page in read(data).live_pages] == [DEFAULT]


def test_switched_off_headers_without_text_are_not_told() -> None:
    data = word_file(section("header-first-hF1", "header-default-hD1"), bands={**BANDS, "hF1": "<w:p/>"})
    assert [page.kind for page in read(data).pages] == [DEFAULT]


def test_lines_of_a_page_run_from_header_to_footer() -> None:
    data = word_file(
        paragraph("Body") + section("footer-default-f", "header-default-h"),
        bands={"h": paragraph("Head"), "f": paragraph("Foot")},
    )
    (page,) = read(data).pages
    assert [(line.number, line.zone, line.part, line.text) for line in page.lines] == [
        (1, Zone.header, "word/h.xml", "Head"),
        (2, Zone.body, "word/document.xml", "Body"),
        (3, Zone.footer, "word/f.xml", "Foot"),
    ]


def test_body_lines_belong_to_the_default_page_of_their_section() -> None:
    data = word_file(paragraph("one", section(title_page=True)) + paragraph("two") + section())
    told = [(page.section, page.kind, [line.text for line in page.lines]) for page in read(data).pages]
    assert told == [(1, FIRST, []), (1, DEFAULT, ["one"]), (2, DEFAULT, ["two"])]


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        ("11906", "16838", (595.3, 841.9)),
        ("8.5in", "11in", (612, 792)),
        ("wide", "1e999", (None, None)),
    ],
)
def test_paper_size_is_in_points(width: str, height: str, size: tuple[float | None, float | None]) -> None:
    (page,) = read(word_file(section(properties=f'<w:pgSz w:w="{width}" w:h="{height}"/>'))).pages
    assert (page.width, page.height) == size


@pytest.mark.parametrize("body", ["", paragraph("text")])
def test_a_document_without_section_properties_has_one_section(body: str) -> None:
    (page,) = read(word_file(body)).pages
    assert (page.section, page.kind, page.width) == (1, DEFAULT, None)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"word/hD1.xml": "SECRET"}, "package-part"),
        ({"word/hD1.xml": "<w:hdr"}, "package-part"),
        ({"word/hD1.xml": '<!DOCTYPE a [<!ENTITY e "SECRET">]><a>&e;</a>'}, "package-dtd"),
        (
            {"word/hD1.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")},
            "package-dtd",
        ),
        ({"word/_rels/document.xml.rels": links({"hD1": ("header", "gone.xml")})}, "package-part"),
        ({"word/_rels/document.xml.rels": links({"hD1": ("header", "../../../etc/hosts")})}, "package-part"),
        ({"word/_rels/document.xml.rels": links({"hD1": ("header", "file:///etc/hosts")})}, "package-part"),
        ({"word/_rels/document.xml.rels": links({})}, "package-part"),
    ],
)
def test_a_page_whose_header_cannot_be_read_says_so(more: dict[str, str | bytes], reason: str) -> None:
    body = paragraph("one", section("header-default-hD1")) + section()
    document = read(word_file(body, bands={"hD1": paragraph("SECRET")}, more=more))
    assert [page.readable for page in document.pages] == [False, False]
    (problem,) = [one for one in document.problems if one.is_loss]
    assert (problem.kind, problem.reason) == (ProblemKind.part_unreadable, reason)
    assert [(where.section, where.kind, where.zone) for where in problem.locations] == [
        (1, DEFAULT, Zone.header),
        (2, DEFAULT, Zone.header),
    ]


def test_a_file_by_python_docx() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "UK SECRET"
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].first_page_header.paragraphs[0].text = "UK TOP SECRET"
    made.add_section().different_first_page_header_footer = False
    made.add_section().header.is_linked_to_previous = False
    made.sections[2].header.paragraphs[0].text = "UK OFFICIAL"
    saved = BytesIO()
    made.save(saved)
    told = [(page.section, page.kind, page.live, band_text(page)) for page in read(saved.getvalue()).pages]
    assert told == [
        (1, FIRST, True, "UK TOP SECRET"),
        (1, DEFAULT, True, "UK SECRET"),
        (2, DEFAULT, True, "UK SECRET"),
        (2, FIRST, False, "UK TOP SECRET"),
        (3, DEFAULT, True, "UK OFFICIAL"),
        (3, FIRST, False, "UK TOP SECRET"),
    ]


PICTURE = (
    "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr='A scan'/><a:graphic><a:graphicData><a:blip/>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
SCAN = "<w:p><w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "header", "silent"),
    [
        pytest.param(PICTURE, "<w:p/>", True, id="a picture"),
        pytest.param(SCAN, "<w:p/>", True, id="a picture in VML"),
        pytest.param("<w:p/>", PICTURE, True, id="a picture in the header"),
        pytest.param(PICTURE + paragraph("x", run="<w:vanish/>"), "<w:p/>", True, id="hidden text"),
        pytest.param(PICTURE + paragraph("x"), "<w:p/>", False, id="text beside it"),
        pytest.param(PICTURE, paragraph("UK SECRET"), False, id="text in the header"),
        pytest.param("<w:p/>", "<w:p/>", False, id="nothing at all"),
    ],
)
def test_pages_that_show_nothing_but_pictures(body: str, header: str, silent: bool) -> None:
    data = word_file(paragraph("one", section()) + body + section("header-default-h"), bands={"h": header})
    document = read(data)
    assert [page.readable for page in document.pages] == [True, not silent]
    told = [(one.kind, one.reason, one.locations) for one in document.problems]
    assert told == ([(ProblemKind.no_text, "no-text", (document.pages[1].place(),))] if silent else [])


def test_a_first_page_with_a_logo_has_the_text_of_its_section() -> None:
    data = word_file(
        paragraph("text") + section("header-first-hF1", "header-default-hD1", title_page=True),
        bands={**BANDS, "hF1": PICTURE},
    )
    document = read(data)
    assert [page.readable for page in document.pages] == [True, True]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("properties", "order"),
    [
        ("", [DEFAULT, EVEN]),
        ('<w:pgNumType w:start="1"/>', [DEFAULT, EVEN]),
        ('<w:pgNumType w:start="2"/>', [EVEN, DEFAULT]),
        ('<w:pgNumType w:start="x"/>', [DEFAULT, EVEN]),
        ('<w:type w:val="evenPage"/>', [EVEN, DEFAULT]),
        ('<w:type w:val="oddPage"/>', [DEFAULT, EVEN]),
        ("<w:titlePg/>", [FIRST, EVEN, DEFAULT]),
        ('<w:titlePg/><w:pgNumType w:start="2"/>', [FIRST, DEFAULT, EVEN]),
        ('<w:titlePg/><w:type w:val="evenPage"/>', [FIRST, DEFAULT, EVEN]),
    ],
)
def test_the_kinds_are_in_the_order_of_the_pages(properties: str, order: list[PageKind]) -> None:
    data = word_file(
        section("header-default-hD1", "header-even-hE1", properties=properties),
        bands=BANDS,
        linked={"settings": "<w:evenAndOddHeaders/>"},
    )
    assert [page.kind for page in read(data).live_pages] == order
