"""OpenDocument spreadsheets, presentations and drawings: what they show, and what they carry unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countermark.model import Document, Page, PageKind, Reason, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.libreoffice import NAMESPACES, convert
from support.odf_files import part, zipped
from support.sheet_files import printed, row, sheet, sheets_file
from support.slide_files import BOTTOM, TOP, layout, master, shape, slide, slides_file

if TYPE_CHECKING:
    from pathlib import Path

PRESENTATION = 'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
LAYOUT = """<style:page-layout style:name="p"><style:page-layout-properties fo:page-width="28cm"
fo:page-height="21cm"/></style:page-layout>"""
PLACES = ((10, 0.4), (10, 9), (10, 19.8))
HEAD, MIDDLE, FOOT = (f'svg:x="{x}cm" svg:y="{y}cm" svg:width="8cm" svg:height="1cm"' for x, y in PLACES)


def flat(kind: str, body: str, *, automatic: str = "", masters: str = "") -> bytes:
    return (
        f"<office:document {NAMESPACES} {PRESENTATION}"
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:automatic-styles>{LAYOUT}{automatic}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def opened(data: bytes, name: str = "a") -> Document:
    return read(data, name, Limits())


def in_zone(page: Page, zone: Zone) -> list[str]:
    return [line.text for line in page.lines if line.zone is zone]


def cell(text: str, attributes: str = "", more: str = "") -> str:
    return f"<table:table-cell {attributes}>{more}<text:p>{text}</text:p></table:table-cell>"


def rows(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*content: str, name: str = "Costs", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(content)}</table:table>'


def box(text: str, place: str = MIDDLE, attributes: str = "") -> str:
    said = f"<draw:text-box><text:p>{text}</text:p></draw:text-box>"
    return f"<draw:frame {place} {attributes}>{said}</draw:frame>"


def page(*content: str, attributes: str = "") -> str:
    return f'<draw:page draw:master-page-name="m" {attributes}>{"".join(content)}</draw:page>'


def slide_master(*shapes: str, name: str = "m") -> str:
    at = f'style:name="{name}" style:page-layout-name="p"'
    return f"<style:master-page {at}>{''.join(shapes)}</style:master-page>"


SHOWS_FOOTER = """<style:style style:name="s" style:family="drawing-page"><style:drawing-page-properties
presentation:display-footer="true" presentation:display-page-number="false"/></style:style>"""
HIDDEN_SLIDE = """<style:style style:name="h" style:family="drawing-page"><style:drawing-page-properties
presentation:visibility="hidden"/></style:style>"""
BARE = """<style:style style:name="b" style:family="drawing-page"><style:drawing-page-properties
presentation:background-objects-visible="false"/></style:style>"""
FOOTER = box("<presentation:footer/>", FOOT, 'presentation:class="footer"')


def test_a_slide_has_its_header_and_the_footer_that_its_style_shows() -> None:
    footers = '<presentation:footer-decl presentation:name="f">UK SECRET</presentation:footer-decl>'
    shows = 'draw:style-name="s" presentation:use-footer-name="f"'
    data = flat(
        "presentation",
        footers + page(box("UK SECRET", HEAD), box("Plan"), attributes=shows) + page(box("Costs")),
        automatic=SHOWS_FOOTER,
        masters=slide_master(
            box("Exercise", HEAD), box("Click", attributes='presentation:class="title"'), FOOTER
        ),
    )
    first, second = opened(data).pages
    assert (first.kind, in_zone(first, Zone.footer)) == (PageKind.slide, ["UK SECRET"])
    assert in_zone(first, Zone.header) == ["Exercise", "UK SECRET"]
    assert (in_zone(second, Zone.footer), in_zone(second, Zone.body)) == ([], ["Costs"])


def test_what_a_slide_does_not_show_is_told_so() -> None:
    notes = f"<presentation:notes>{box('UK TOP SECRET')}</presentation:notes>"
    comment = "<office:annotation><dc:creator>A</dc:creator><text:p>Why?</text:p></office:annotation>"
    empty = box("Click to add text", attributes='presentation:placeholder="true"')
    away = box("UK SECRET", 'svg:x="40cm" svg:y="9cm" svg:width="8cm" svg:height="1cm"')
    data = flat(
        "presentation",
        page(box("Plan"), empty, away, notes, comment, attributes='draw:style-name="b"')
        + page(box("Later"), attributes='draw:style-name="h"'),
        automatic=BARE + HIDDEN_SLIDE,
        masters=slide_master(box("Exercise", HEAD)) + slide_master(box("Old", HEAD), name="other"),
    )
    document = opened(data)
    first, second = document.pages
    assert in_zone(first, Zone.body) == ["Plan"]
    assert [(line.text, line.unseen) for line in first.lines if line.zone is Zone.hidden] == [
        ("UK SECRET", Unseen.off_page),
        ("UK TOP SECRET", Unseen.notes),
    ]
    assert in_zone(first, Zone.comment) == ["Why?"]
    assert second.kind is PageKind.hidden_slide
    assert [(line.text, line.unseen) for line in document.lines] == [("Old", Unseen.unused)]


def test_turned_text_is_a_watermark_and_white_text_is_unseen() -> None:
    turned = 'svg:width="9cm" svg:height="2cm" draw:transform="rotate (0.78) translate (8cm 14cm)"'
    white = """<style:style style:name="w" style:family="graphic"><style:text-properties fo:color="#ffffff"/>
    </style:style>"""
    data = flat(
        "graphics",
        page(box("DRAFT", turned), box("UK SECRET", attributes='draw:style-name="w"')),
        automatic=white,
        masters=slide_master(),
    ).replace(b"office:graphics>", b"office:drawing>")
    [drawn] = opened(data).pages
    assert (drawn.kind, in_zone(drawn, Zone.watermark), in_zone(drawn, Zone.hidden)) == (
        None,
        ["DRAFT"],
        ["UK SECRET"],
    )


def test_a_sheet_has_its_print_header_its_first_rows_and_no_numbers() -> None:
    masters = """<style:master-page style:name="Default" style:page-layout-name="p"><style:header>
    <style:region-left><text:p>RAIDEN</text:p></style:region-left>
    <style:region-center><text:p>UK SECRET</text:p></style:region-center></style:header>
    <style:footer><text:p><text:sheet-name>???</text:sheet-name></text:p></style:footer>
    </style:master-page>"""
    number, amount = 'office:value-type="float" office:value="3"', 'office:value-type="float"'
    data = flat(
        "spreadsheet",
        table(
            "<table:table-header-rows>" + rows(cell("Item"), cell("Cost")) + "</table:table-header-rows>",
            rows(cell("Rig"), cell("3", number), cell("3 SECRET", amount)),
            rows("<table:table-cell/>", attributes='table:number-rows-repeated="1048000"'),
            rows(cell("Spring"), cell("Autumn")),
        )
        + table(rows(cell("Plan"), cell("Day")), name="Plan"),
        masters=masters,
    )
    first, second = opened(data).pages
    assert in_zone(first, Zone.header) == ["RAIDEN", "UK SECRET", "Item", "Cost"]
    assert in_zone(first, Zone.table) == ["Rig", "3 SECRET", "Spring", "Autumn"]
    assert (in_zone(first, Zone.footer), in_zone(second, Zone.footer)) == (["Costs"], ["Plan"])


def test_hidden_sheets_rows_and_columns_are_told_so_and_comments_are_comments() -> None:
    style = """<style:style style:name="off" style:family="table">
    <style:table-properties table:display="false"/></style:style>"""
    comment = "<office:annotation><dc:creator>A</dc:creator><text:p>Why?</text:p></office:annotation>"
    data = flat(
        "spreadsheet",
        table(
            '<table:table-column/><table:table-column table:visibility="collapse"/>',
            rows(cell("Item", more=comment), cell("UK SECRET")),
            rows(cell("UK TOP SECRET"), attributes='table:visibility="filter"'),
        )
        + table(rows(cell("Old")), name="Past", style="off"),
        automatic=style,
    )
    document = opened(data)
    first, second = document.pages
    assert sorted(in_zone(first, Zone.hidden)) == ["UK SECRET", "UK TOP SECRET"]
    assert in_zone(first, Zone.comment) == ["Why?"]
    assert (second.live, in_zone(second, Zone.hidden)) == (False, ["Old"])
    assert [line.text for line in document.lines if line.zone is Zone.bookmark] == ["Costs", "Past"]


def test_rows_that_stay_are_header() -> None:
    settings = """<config:config-item-map-entry config:name="Costs">
    <config:config-item config:name="VerticalSplitMode">2</config:config-item>
    <config:config-item config:name="VerticalSplitPosition">2</config:config-item>
    </config:config-item-map-entry>"""
    space = 'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
    body = table(*(rows(cell(text), cell("x")) for text in ("Item", "UK SECRET", "Rig")))
    content = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    parts = {
        "content.xml": part("document-content", content),
        "settings.xml": f"<a {space}>{settings}</a>".encode(),
    }
    [costs] = opened(zipped(parts, kind="application/vnd.oasis.opendocument.spreadsheet"), "a.ods").pages
    assert in_zone(costs, Zone.header) == ["Item", "x", "UK SECRET", "x"]


def test_a_damaged_one_says_so() -> None:
    document = opened(flat("spreadsheet", table(rows(cell("Item"))))[:-60], "a.fods")
    assert [found.reason for found in document.problems] == [Reason.odf_broken]


FOOTER_OF_SLIDE = 'type="ftr" idx="11"'
BUILT = {
    "deck.pptx": slides_file(
        slide(
            shape("UK SECRET", TOP),
            shape("Plan"),
            shape("Copy 3 of 5", None, placeholder=FOOTER_OF_SLIDE),
        ),
        slide(shape("Costs"), attributes='show="0"'),
        layout=layout(shape("", BOTTOM, placeholder=FOOTER_OF_SLIDE)),
        master=master(shape("RAIDEN", (20, 10, 120, 24)), shape("", BOTTOM, placeholder=FOOTER_OF_SLIDE)),
    ),
    "book.xlsx": sheets_file(
        sheet(
            row("Item", "Cost"), row("Rig", "UK SECRET"), after=printed("&LRAIDEN&CUK SECRET", "&CCopy && 3")
        ),
        sheet(row("Plan", "Day"), after=printed('&C&"Arial,Bold"&14UK OFFICIAL', "&R&A")),
        states=("visible", "hidden"),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "form"), [("deck.pptx", "odp"), ("book.xlsx", "ods")])
def test_saved_by_libreoffice_it_says_the_same(office: str, tmp_path: Path, name: str, form: str) -> None:
    source = tmp_path / name
    source.write_bytes(BUILT[name])
    made = convert(office, tmp_path, [source], form)
    if not made:
        pytest.skip("LibreOffice has neither Impress nor Calc here")
    [saved] = made.values()
    both = [opened(path.read_bytes(), path.name) for path in (source, saved)]
    ours, theirs = ([[(line.zone, line.text) for line in page.lines] for page in one.pages] for one in both)
    assert ours == theirs
    assert [found.kind for found in both[0].pages] == [found.kind for found in both[1].pages]


@pytest.mark.parametrize("suffix", [".ods", ".odp"])
def test_a_package_that_breaks_off_is_what_its_name_says(suffix: str) -> None:
    whole = zipped({"content.xml": b"<a/>"}, kind="application/vnd.oasis.opendocument.spreadsheet")
    document = opened(whole[: len(whole) // 2], f"a{suffix}")
    assert [found.reason for found in document.problems] == [Reason.odf_broken]
