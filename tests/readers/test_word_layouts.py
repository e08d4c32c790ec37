"""Where lines stand that do not flow with the text of a Word file, and which of them are read together."""

from __future__ import annotations

from collections import defaultdict

import pytest

from countermark.model import PageKind, Zone
from support.word_files import paragraph, read, section, word_file
from support.word_layouts import (
    NEW_PAGE,
    PAPER,
    anchored,
    body,
    box,
    document,
    framed,
    lines,
    table,
    vml_box,
)

STAMP = lines("極秘")
BELOW = "mso-position-vertical-relative:bottom-margin-area"
PERCENT = (
    '<wp14:pctPosVOffset xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing">'
    "{}</wp14:pctPosVOffset>"
)
OF_PAGE = "mso-position-vertical-relative:page"


def zones_of_stamp(data: bytes) -> list[tuple[PageKind | None, Zone]]:
    return [
        (page.kind, line.zone) for page in read(data).live_pages for line in page.lines if line.text == "極秘"
    ]


def floating(shape: str) -> str:
    return anchored(shape) + body(6)


@pytest.mark.parametrize(
    ("content", "zone"),
    [
        (floating(box(STAMP, "page 30")), Zone.header),
        (floating(box(STAMP, "page top")), Zone.header),
        (floating(box(STAMP, "page inside")), Zone.header),
        (floating(box(STAMP, "topMargin 20")), Zone.header),
        (floating(box(STAMP, "topMargin bottom")), Zone.header),
        (floating(box(STAMP, "margin -50")), Zone.header),
        (floating(box(STAMP, "margin top")), Zone.header),
        (floating(box(STAMP, "paragraph -40")), Zone.header),
        (floating(box(STAMP, "line 0")), Zone.header),
        (floating(box(STAMP, "page 780")), Zone.footer),
        (floating(box(STAMP, "page bottom")), Zone.footer),
        (floating(box(STAMP, "margin bottom")), Zone.footer),
        (floating(box(STAMP, "bottomMargin 10")), Zone.footer),
        (floating(box(STAMP, "page 400")), Zone.textbox),
        (floating(box(STAMP, "margin center")), Zone.textbox),
        (floating(box(STAMP, "paragraph 300")), Zone.textbox),
        (body(4) + floating(box(STAMP, "paragraph -40")), Zone.textbox),
        (body(4) + floating(box(STAMP, "page 30")), Zone.header),
        (
            floating(box(STAMP, "page 0").replace("<wp:posOffset>0</wp:posOffset>", PERCENT.format(95000))),
            Zone.footer,
        ),
        (floating(vml_box(STAMP, f"margin-top:30pt;{OF_PAGE}")), Zone.header),
        (floating(vml_box(STAMP, f"mso-position-vertical:bottom;{OF_PAGE}")), Zone.footer),
        (floating(vml_box(STAMP, "margin-top:-1in")), Zone.header),
        (floating(vml_box(STAMP, f"margin-top:20pt;{BELOW}")), Zone.footer),
        (floating(vml_box(STAMP, f"margin-top:400pt;{OF_PAGE}")), Zone.textbox),
        (framed("極秘", "page 30") + body(6), Zone.header),
        (body(6) + framed("極秘", "page 790"), Zone.footer),
        (body(6) + framed("極秘", "margin 300"), Zone.textbox),
        (table(("極秘", "2"), place='<w:tblpPr w:vertAnchor="page" w:tblpY="600"/>') + body(6), Zone.header),
        (body(6) + table(("極秘", "2"), place='<w:tblpPr w:vertAnchor="page" w:tblpY="8000"/>'), Zone.table),
        (table(("極秘",)) + body(6), Zone.body),
        (body(6) + table(("極秘",)), Zone.body),
        (body(3) + table(("極秘",)) + body(3), Zone.table),
        (table(("極秘", "2")) + body(6), Zone.table),
        (table(("極秘",)), Zone.table),
    ],
)
def test_what_floats_stands_where_the_page_shows_it(content: str, zone: Zone) -> None:
    assert zones_of_stamp(document(content)) == [(PageKind.default, zone)]


@pytest.mark.parametrize(
    ("at", "in_header", "in_footer"),
    [
        ("page 30", Zone.header, Zone.header),
        ("page 780", Zone.footer, Zone.footer),
        ("page 400", Zone.textbox, Zone.textbox),
        ("paragraph 5", Zone.header, Zone.footer),
    ],
)
def test_what_hangs_on_a_header_or_footer_stands_where_the_page_shows_it(
    at: str, in_header: Zone, in_footer: Zone
) -> None:
    hanging = anchored(box(STAMP, at), said="")
    assert zones_of_stamp(document(body(), head=hanging)) == [(PageKind.default, in_header)]
    assert zones_of_stamp(document(body(), foot=hanging)) == [(PageKind.default, in_footer)]


STAMPED = floating(box(STAMP, "page 30"))
LONGER = paragraph("The pump drew four amperes. " * 20) * 10


@pytest.mark.parametrize(
    ("content", "zone"),
    [
        (STAMPED + NEW_PAGE + body(), Zone.textbox),
        (STAMPED + paragraph("x", "<w:pageBreakBefore/>"), Zone.textbox),
        (STAMPED + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>x</w:t></w:r></w:p>", Zone.textbox),
        (STAMPED + LONGER, Zone.textbox),
        (STAMPED + paragraph("　".join(["極めて長い文章"] * 400)), Zone.textbox),
        (NEW_PAGE + STAMPED, Zone.header),
    ],
)
def test_what_only_some_page_bears_is_no_header(content: str, zone: Zone) -> None:
    assert zones_of_stamp(document(content)) == [(PageKind.default, zone)]


def test_a_stamp_on_every_page_is_a_header() -> None:
    assert zones_of_stamp(document(STAMPED + NEW_PAGE + STAMPED)) == [(PageKind.default, Zone.header)] * 2


@pytest.mark.parametrize("more", ["", NEW_PAGE + body(), NEW_PAGE + STAMPED])
def test_a_stamp_on_a_title_page_is_that_page_s_header(more: str) -> None:
    data = word_file(
        STAMPED + more + section("header-first-h", properties=PAPER, title_page=True), bands={"h": "<w:p/>"}
    )
    others = [(PageKind.default, Zone.header)] if "極秘" in more else []
    assert zones_of_stamp(data) == [(PageKind.first, Zone.header), *others]


def blocks(data: bytes) -> list[list[str]]:
    """The texts of the blocks of a file, in the order of their first lines."""
    found: dict[tuple[str | None, int], list[str]] = defaultdict(list)
    for page in read(data).live_pages:
        for line in page.lines:
            found[line.part, line.block].append(line.text)
    return list(found.values())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (lines("a", "b"), [["a", "b"]]),
        (lines("a") + table(("b", "c"), ("d", "e")) + lines("f"), [["a", "f"], ["b", "d"], ["c", "e"]]),
        (table(("a\nb", "c"), widths=(9, 9)) + table(("d", "e")), [["a", "b"], ["c"], ["d"], ["e"]]),
        (
            anchored(box(lines("b", "c"), "page 30"), box(STAMP, "page 30"), said="a"),
            [["b", "c"], ["極秘"], ["a"]],
        ),
        (framed("a\nb", "page 400") + lines("c") + framed("d", "page 400"), [["a", "b"], ["c"], ["d"]]),
        (framed("a", "page 400") + framed("b", "page 500"), [["a"], ["b"]]),
        (
            table(("a", "b")).replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>', 1)
            + table(("c", "d", "e")),
            [["a"], ["b"], ["c"], ["d"], ["e"]],
        ),
    ],
)
def test_lines_of_a_block_are_those_of_a_column_a_box_or_a_frame(
    content: str, expected: list[list[str]]
) -> None:
    assert blocks(document(content)) == expected


def test_a_table_in_a_header_has_its_columns() -> None:
    head = table(("Works\nOffice", "UK SECRET\nRECIPIENTS ONLY", "Ref 4"))
    assert blocks(document("", head=head)) == [
        ["Works", "Office"],
        ["UK SECRET", "RECIPIENTS ONLY"],
        ["Ref 4"],
    ]
