"""Content controls that show what a data part or a property keeps."""

from __future__ import annotations

import pytest

from countermark.model import Unseen, Zone
from support.word_content import run, table, text, text_box
from support.word_files import TYPE, lines, links, read, section, word_file

ITEM = "{11111111-AAAA-4BBB-8CCC-222222222222}"
CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
APP = "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
APP_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
DATA = (
    '<d:cover xmlns:d="urn:cover"><d:mark>UK SECRET</d:mark><d:mark>UK TOP SECRET</d:mark><d:empty/>'
    '<d:level code="2"/><d:date>2026-03-01T00:00:00</d:date><d:lines>UK SECRET\nJP EYES ONLY</d:lines>'
    "<d:rich>&lt;pkg:package/&gt;</d:rich></d:cover>"
)
ITEM_PROPERTIES = (
    f'<ds:datastoreItem ds:itemID="{ITEM}" xmlns:ds="{TYPE.removesuffix("/relationships")}/customXml"/>'
)
MARK = "/d:cover[1]/d:mark[1]"

LIST = '<w:dropDownList><w:listItem w:displayText="SECRET" w:value="2"/></w:dropDownList>'
CORE_NAMES = f"xmlns:c='{CORE_TYPE}' xmlns:dc='{DC}'"
APP_NAMES = f"xmlns:p='{APP_TYPE}'"


def control(
    path: str = MARK,
    shown: str = "",
    *,
    item: str = ITEM,
    kind: str = "<w:text/>",
    names: str = "xmlns:d='urn:cover'",
) -> str:
    binding = f'<w:dataBinding w:prefixMappings="{names}" w:xpath="{path}" w:storeItemID="{item}"/>'
    return f"<w:sdt><w:sdtPr>{binding}{kind}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def file(content: str, header: str = "<w:p/>") -> bytes:
    """A file with a data part, a title and a company, and these content controls."""
    return word_file(
        content + section("header-default-h"),
        bands={"h": header},
        more={
            "customXml/item1.xml": DATA,
            "customXml/itemProps1.xml": ITEM_PROPERTIES,
            "customXml/_rels/item1.xml.rels": links({"a": ("customXmlProps", "itemProps1.xml")}),
            "docProps/core.xml": (
                f'<c:coreProperties xmlns:c="{CORE_TYPE}" xmlns:dc="{DC}"><dc:title>UK SECRET</dc:title>'
                "</c:coreProperties>"
            ),
            "docProps/app.xml": f'<Properties xmlns="{APP_TYPE}"><Company>UK SECRET</Company></Properties>',
        },
        more_links={"data": ("customXml", "../customXml/item1.xml")},
        root_links={
            "core": ("metadata/core-properties", "docProps/core.xml"),
            "app": ("extended-properties", "docProps/app.xml"),
        },
    )


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        pytest.param(f"<w:p>{control()}</w:p>", ("body", "UK SECRET"), id="in a line, nothing stored"),
        pytest.param(f"<w:p>{control(shown=run(''))}</w:p>", ("body", "UK SECRET"), id="an empty run stored"),
        pytest.param(control(shown="<w:p/>"), ("body", "UK SECRET"), id="around a paragraph"),
        pytest.param(control(), ("body", "UK SECRET"), id="around nothing"),
        pytest.param(
            "<w:tbl><w:tr>" + control(shown="<w:tc><w:p/></w:tc>") + "</w:tr></w:tbl>",
            ("table", "UK SECRET"),
            id="around a cell",
        ),
        pytest.param(table(f"<w:p>{control()}</w:p>"), ("table", "UK SECRET"), id="in a cell"),
        pytest.param(f"<w:p>{run(text_box(control()))}</w:p>", ("textbox", "UK SECRET"), id="in a text box"),
        pytest.param(
            f"<w:p>{control('/d:cover/d:mark[2]')}</w:p>", ("body", "UK TOP SECRET"), id="the second"
        ),
        pytest.param(f"<w:p>{control('/d:cover/d:level/@code')}</w:p>", ("body", "2"), id="an attribute"),
        pytest.param(
            f"<w:p>{control('/c:coreProperties[1]/dc:title[1]', item=CORE, names=CORE_NAMES)}</w:p>",
            ("body", "UK SECRET"),
            id="a core property",
        ),
        pytest.param(
            f"<w:p>{control('/p:Properties[1]/p:Company[1]', item=APP, names=APP_NAMES)}</w:p>",
            ("body", "UK SECRET"),
            id="an application property",
        ),
        pytest.param(f"<w:p>{control(item='')}</w:p>", ("body", "UK SECRET"), id="any part with that path"),
        pytest.param(
            f"<w:p>{control('/d:cover/d:level/@code', kind=LIST)}</w:p>",
            ("body", "SECRET"),
            id="the name of an entry",
        ),
        pytest.param(
            f"<w:p>{control('/d:cover/d:date', kind='<w:date/>')}</w:p>", ("body", "2026-03-01"), id="a date"
        ),
    ],
)
def test_a_bound_control_shows_what_its_data_part_keeps(content: str, shown: tuple[str, ...]) -> None:
    assert lines(file(content)) == [shown]


def test_a_bound_control_in_a_header_stands_there() -> None:
    data = file("", header=f"<w:p>{control()}</w:p>")
    (line,) = next(read(data).live_pages).lines
    assert (line.text, line.zone, line.part) == ("UK SECRET", Zone.header, "word/h.xml")


def test_the_text_stands_in_the_look_that_the_control_has() -> None:
    data = file(f"<w:p>{control(shown=run(text(''), '<w:b/>'))}</w:p>")
    (line,) = next(read(data).live_pages).lines
    assert (line.text, line.weight) == ("UK SECRET", 700)


def test_lines_of_a_text_stay_lines() -> None:
    data = file(f"<w:p>{control('/d:cover/d:lines', run(text('')))}</w:p>")
    assert lines(data) == [("body", "UK SECRET"), ("body", "JP EYES ONLY")]


def test_lines_that_the_control_stores_as_lines() -> None:
    stored = run(text("UK SECRET") + "<w:br/>" + text("JP EYES ONLY"))
    data = file(f"<w:p>{control('/d:cover/d:lines', stored)}</w:p>")
    assert lines(data) == [("body", "UK SECRET"), ("body", "JP EYES ONLY")]


def test_what_was_shown_before_is_not_lost() -> None:
    """Word shows the data part's text, other programs what the control stores."""
    data = file(f"<w:p>{run(text('['))}{control(shown=run(text('UK OFFICIAL')))}{run(text(']'))}</w:p>")
    (page,) = read(data).live_pages
    assert [(line.text, line.zone, line.unseen) for line in page.lines] == [
        ("[UK SECRET]", Zone.body, None),
        ("UK OFFICIAL", Zone.hidden, Unseen.hidden),
    ]


def test_a_placeholder_is_only_shown_while_there_is_nothing_else() -> None:
    kind = "<w:showingPlcHdr/><w:text/>"
    empty = control("/d:cover/d:empty", run(text("Choose a marking")), kind=kind)
    full = control(shown=run(text("Choose a marking")), kind=kind)
    assert lines(file(f"<w:p>{empty}</w:p><w:p>{full}</w:p>")) == [
        ("body", "Choose a marking"),
        ("body", "UK SECRET"),
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        pytest.param(MARK, "<w:text/>", id="the same text"),
        pytest.param("/d:cover/d:empty", "<w:text/>", id="nothing kept"),
        pytest.param("/d:cover/d:gone", "<w:text/>", id="no such element"),
        pytest.param("/d:cover/d:date", "<w:date/>", id="a date in its own form"),
        pytest.param("/d:cover/d:rich", "", id="formatted text in a form of its own"),
        pytest.param("//d:mark[2]", "<w:text/>", id="a search"),
        pytest.param("/x:cover/x:mark[2]", "<w:text/>", id="a prefix without a name"),
        pytest.param("/d:cover/d:mark[2]", "<w:picture/>", id="a picture"),
    ],
)
def test_else_a_control_shows_what_it_stores(path: str, kind: str) -> None:
    data = file(f"<w:p>{control(path, run(text('UK SECRET')), kind=kind)}</w:p>")
    assert lines(data) == [("body", "UK SECRET")]


def test_a_section_that_repeats_keeps_what_its_own_controls_show() -> None:
    items = control(MARK, run(text("UK SECRET"))) + run(text(" and ")) + control("/d:cover/d:mark[2]")
    data = file(f"<w:p>{control('/d:cover', items, kind='')}</w:p>")
    assert lines(data) == [("body", "UK SECRET and UK TOP SECRET")]


def test_nothing_stored_and_nothing_kept() -> None:
    data = file(f"<w:p>{control('/d:cover/d:gone')}</w:p>")
    assert lines(data) == []


def test_a_broken_data_part_costs_only_itself() -> None:
    content = f"<w:p>{run(text('a'))}{control()}</w:p>"
    data = word_file(
        content,
        more={"customXml/item1.xml": "<"},
        more_links={"data": ("customXml", "../customXml/item1.xml")},
    )
    document = read(data)
    assert [line.text for page in document.pages for line in page.lines] == ["a"]
    assert [problem.args["part"] for problem in document.problems] == ["customXml/item1.xml"]
