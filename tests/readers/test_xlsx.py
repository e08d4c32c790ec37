"""Sheets: what each shows and prints, and what the file carries beside it."""

from __future__ import annotations

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Line, Location, PageKind, ProblemKind, Reason, Unseen, Zone
from countermark.readers.xlsx.print_headers import print_lines
from countermark.reporting.places import places
from countermark.support.limits import Limits
from support.sheet_files import (
    NAMESPACES,
    cell,
    lines,
    printed,
    read,
    row,
    sheet,
    sheets_file,
    strings,
    styles,
)
from support.word_files import zipped

FILLED = [row("Item", "Cost"), row("Sensor", "<c><v>12</v></c>")]
WHITE = '<font><color rgb="FFFFFFFF"/></font>'


def only(data: bytes, text: str) -> Line:
    """The one line of the first page with this text."""
    (line,) = (line for line in read(data).pages[0].lines if line.text == text)
    return line


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("&CUK SECRET", ["UK SECRET"]),
        ("UK SECRET", ["UK SECRET"]),
        ("&LLeft&CMiddle&RRight", ["Left", "Middle", "Right"]),
        ("&RRight&LLeft", ["Left", "Right"]),
        ('&C&"Arial,Bold"&14UK SECRET', ["UK SECRET"]),
        ("&C&KFF0000UK SECRET", ["UK SECRET"]),
        ("&C&K01+000UK SECRET", ["UK SECRET"]),
        ("&CResearch && Development", ["Research & Development"]),
        ("&CPage &P of &N", ["Page 1 of 1"]),
        ("&L&F&R&A", ["test.xlsx", "Costs"]),
        ("&CUK SECRET\n&BCopy 3", ["UK SECRET", "Copy 3"]),
        ("&CUK &USECRET&U", ["UK SECRET"]),
        ("&G", []),
        ("&", []),
        ('&"', []),
        ("&C", []),
    ],
)
def test_codes_of_print_headers(written: str, expected: list[str]) -> None:
    fields = {"P": "1", "N": "1", "A": "Costs", "F": "test.xlsx"}
    assert [line.text for line in print_lines(written, Zone.header, "part", fields)] == expected


def test_the_look_of_a_print_header() -> None:
    (line,) = print_lines('&C&"Arial,Bold"&14&KFF0000UK SECRET', Zone.header, "part", {})
    assert (line.format.size, line.format.bold, line.format.colour, line.centred) == (
        14,
        True,
        "FF0000",
        True,
    )
    (white,) = print_lines("&C&KFFFFFFUK SECRET", Zone.header, "part", {})
    assert (white.zone, white.unseen) == (Zone.hidden, Unseen.colour)


def test_a_sheet_is_a_page_with_its_name() -> None:
    data = sheets_file(sheet(*FILLED, after=printed("&CUK SECRET", "&CUK SECRET")), sheet(*FILLED))
    pages = read(data).pages
    assert [(page.section, page.name, page.kind) for page in pages] == [
        (1, "Costs", PageKind.default),
        (2, "Plan", PageKind.default),
    ]
    assert lines(data) == [
        ("header", "UK SECRET"),
        ("header", "Item"),
        ("header", "Cost"),
        ("table", "Sensor"),
        ("footer", "UK SECRET"),
    ]


def test_first_and_even_pages_have_headers_of_their_own() -> None:
    more = "<firstHeader>&amp;CUK SECRET</firstHeader><evenHeader>&amp;CUK OFFICIAL</evenHeader>"
    flags = 'differentFirst="1" differentOddEven="1"'
    data = sheets_file(sheet(*FILLED, after=printed("&COdd", attributes=flags, more=more)))
    found = {page.kind: (page.live, page.lines[0].text) for page in read(data).pages}
    assert found == {
        PageKind.first: (True, "UK SECRET"),
        PageKind.even: (True, "UK OFFICIAL"),
        PageKind.default: (True, "Odd"),
    }
    off = sheets_file(sheet(*FILLED, after=printed("&COdd", more=more)))
    assert [(page.kind, page.live) for page in read(off).pages] == [
        (PageKind.default, True),
        (PageKind.first, False),
        (PageKind.even, False),
    ]


@pytest.mark.parametrize(
    ("before", "workbook", "headers"),
    [
        ("", "", 1),
        ('<sheetViews><sheetView><pane ySplit="3" state="frozen"/></sheetView></sheetViews>', "", 3),
        ('<sheetViews><sheetView><pane ySplit="3" state="split"/></sheetView></sheetViews>', "", 1),
        (
            "",
            '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">Costs!$A:$A,Costs!$1:$2'
            "</definedName></definedNames>",
            2,
        ),
    ],
)
def test_rows_that_stay_are_header(before: str, workbook: str, headers: int) -> None:
    rows = [row(f"a{number}", f"b{number}") for number in range(1, 6)]
    found = lines(sheets_file(sheet(*rows, before=before), workbook=workbook))
    assert [zone for zone, _ in found] == ["header"] * 2 * headers + ["table"] * 2 * (5 - headers)


def test_rows_of_one_cell_at_the_edges_are_header_and_footer() -> None:
    rows = [row("UK SECRET"), row("Costs of the trial"), *FILLED, row("a", "b"), row("UK SECRET")]
    assert [zone for zone, _ in lines(sheets_file(sheet(*rows)))] == [
        *("header", "header", "table", "table", "table", "table", "table", "footer"),
    ]


def test_shared_strings_and_results_of_formulas() -> None:
    shared = strings(
        "UK SECRET", "<r><t>UK </t></r><r><t>OFFICIAL</t></r><rPh><t>ユーケー</t></rPh>", "left over"
    )
    cells = ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="str"><f>A1</f><v>Result</v></c>']
    broken = ['<c t="s"><v>99</v></c>', '<c t="s"><v>x</v></c>', '<c t="e"><v>#REF!</v></c>', "<c/>"]
    data = sheets_file(sheet(row("a", "b"), row(*cells, *broken)), linked={"sharedStrings": shared})
    assert [text for _, text in lines(data)[2:]] == ["UK SECRET", "UK OFFICIAL", "Result"]
    unused = [(line.text, line.unseen) for line in read(data).lines if line.zone is Zone.hidden]
    assert unused == [("left over", Unseen.unused)]


def test_the_words_of_number_formats_are_shown() -> None:
    formats = (
        '<numFmt numFmtId="164" formatCode="&quot;UK SECRET &quot;0;&quot;minus &quot;0"/>'
        '<numFmt numFmtId="165" formatCode=";;;"/>'
        '<numFmt numFmtId="166" formatCode="&quot;UK &quot;@"/>'
    )
    cells = "<xf/>" + "".join(f'<xf numFmtId="{number}"/>' for number in (164, 165, 166))
    written = [
        '<c s="1"><v>7</v></c>',
        '<c s="1"><v>-7</v></c>',
        "<c><v>7</v></c>",
        cell("concealed", 's="2"'),
        cell("SECRET", 's="3"'),
    ]
    data = sheets_file(
        sheet(row("a", "b"), row(*written)), linked={"styles": styles(formats=formats, cells=cells)}
    )
    assert lines(data)[2:] == [
        ("table", "UK SECRET"),
        ("table", "minus"),
        ("hidden", "concealed"),
        ("table", "UK SECRET"),
    ]


@pytest.mark.parametrize(
    ("before", "attributes", "cell_attributes", "why"),
    [
        ("", 'hidden="1"', "", Unseen.hidden),
        ("", 'ht="0"', "", Unseen.hidden),
        ('<cols><col min="2" max="3" hidden="1"/></cols>', "", 'r="C2"', Unseen.hidden),
        ('<cols><col min="2" max="3" width="0"/></cols>', "", 'r="B2"', Unseen.hidden),
        ('<cols><col min="2" max="3" hidden="1"/></cols>', "", 'r="D2"', None),
        ("", "", 's="1"', Unseen.colour),
        ("", "", 's="2"', None),
    ],
)
def test_what_nobody_sees_on_a_sheet(
    before: str, attributes: str, cell_attributes: str, why: Unseen | None
) -> None:
    look = styles(
        fonts=f"<font/>{WHITE}",
        fills='<fill><patternFill patternType="solid"><fgColor rgb="FF0000FF"/></patternFill></fill>',
        cells='<xf/><xf fontId="1"/><xf fontId="1" fillId="1"/>',
    )
    written = row(cell("UK SECRET", cell_attributes), attributes=f'r="2" {attributes}')
    data = sheets_file(sheet(row("a", "b"), written, row("c", "d"), before=before), linked={"styles": look})
    line = only(data, "UK SECRET")
    assert (line.unseen, line.zone) == (why, Zone.hidden if why else Zone.table)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_hidden_text_of_a_page_that_is_not_live(state: str) -> None:
    data = sheets_file(
        sheet(*FILLED),
        sheet(row("UK SECRET"), after=printed("&CUK SECRET")),
        states=("visible", state),
    )
    page = read(data).pages[1]
    assert (page.live, page.name) == (False, "Plan")
    assert {(line.zone, line.unseen) for line in page.lines} == {(Zone.hidden, Unseen.hidden)}


def test_an_empty_sheet_is_no_page_and_one_of_numbers_is() -> None:
    data = sheets_file(sheet(*FILLED), sheet(), sheet(row("<c><v>1</v></c>")))
    assert [page.name for page in read(data).pages if page.live] == ["Costs", "Notes"]


def test_comments_text_boxes_and_alternative_texts() -> None:
    comment = "<comment><text><r><t>Is it?</t></r></text></comment>"
    comments = f"<comments {NAMESPACES}><commentList>{comment}</commentList></comments>"
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    answer = "<threadedComment><text>No.</text></threadedComment>"
    threaded = f'<ThreadedComments xmlns="{space}">{answer}</ThreadedComments>'
    box = (
        f"<xdr:wsDr {NAMESPACES}><xdr:sp><xdr:nvSpPr><xdr:cNvPr descr='A stamp'/></xdr:nvSpPr>"
        "<xdr:txBody><a:p><a:r><a:t>UK SECRET</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    control = f"<xml {NAMESPACES}><v:shape><v:textbox><div>Press<br>me</div></v:textbox></v:shape></xml>"
    kinds = {"comments": comments, "threadedComment": threaded, "drawing": box, "vmlDrawing": control}
    data = sheets_file(
        sheet(*FILLED),
        sheet_links={kind: (kind, f"../{kind}.xml") for kind in kinds},
        more={f"xl/{kind}.xml": content for kind, content in kinds.items()},
    )
    assert lines(data)[3:] == [
        ("textbox", "UK SECRET"),
        ("image", "A stamp"),
        ("textbox", "Pressme"),
        ("comment", "Is it?"),
        ("comment", "No."),
    ]


def test_names_of_sheets_and_cells_and_the_texts_they_hold() -> None:
    names = '<definedNames><definedName name="Level">"UK SECRET"</definedName></definedNames>'
    found = [line.text for line in read(sheets_file(sheet(*FILLED), workbook=names)).lines]
    assert found == ["Costs", "Level", "UK SECRET"]


def test_values_kept_of_other_files_are_carried() -> None:
    book = (
        f"<externalLink {NAMESPACES}><externalBook><sheetDataSet><sheetData><row>"
        '<cell t="str"><v>UK SECRET</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>'
    )
    data = sheets_file(sheet(*FILLED), linked={"externalLink": book})
    assert [(line.text, line.unseen) for line in read(data).lines][1:] == [("UK SECRET", Unseen.unused)]


def test_a_sheet_of_pictures_alone_says_that_it_gave_no_text() -> None:
    drawing = f"<xdr:wsDr {NAMESPACES}><xdr:pic/></xdr:wsDr>"
    data = sheets_file(sheet(), sheet_links={"d": ("drawing", "../d.xml")}, more={"xl/d.xml": drawing})
    (problem,) = read(data).problems
    place = Location(section=1, kind=PageKind.default, name="Costs")
    assert (problem.kind, problem.locations) == (ProblemKind.no_text, (place,))


def test_embedded_files_are_children() -> None:
    data = sheets_file(
        sheet(*FILLED),
        sheet_links={"e": ("package", "../embeddings/Plan.docx")},
        more={"xl/embeddings/Plan.docx": zipped({"word/document.xml": "<a/>"})},
    )
    assert [child.name for child in read(data).children] == ["Plan.docx"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", Reason.package_part),
        (sheet(*FILLED)[:-40], Reason.package_part),
        (f'<!DOCTYPE a [<!ENTITY e "SECRET">]>{sheet()}', Reason.package_dtd),
    ],
)
def test_a_sheet_that_cannot_be_read_costs_that_sheet(content: str, reason: Reason) -> None:
    document = read(sheets_file(sheet(*FILLED), content, sheet(*FILLED)))
    assert [page.readable for page in document.pages] == [True, False, True]
    (problem,) = document.problems
    assert (problem.reason, problem.locations) == (
        reason,
        (Location(section=2, kind=PageKind.default, name="Plan"),),
    )


def test_entities_in_shared_strings_are_refused_and_said() -> None:
    bomb = f'<!DOCTYPE sst [<!ENTITY a "{"UK SECRET " * 10}">]>{strings("&a;")}'
    document = read(sheets_file(sheet(*FILLED), linked={"sharedStrings": bomb}))
    assert [(problem.kind, problem.reason) for problem in document.problems] == [
        (ProblemKind.part_unreadable, Reason.package_dtd)
    ]


def test_cells_beyond_the_limit_are_left_out_and_said() -> None:
    rows = [row("UK SECRET"), *[row("a", "b")] * 50_000]
    document = read(sheets_file(sheet(*rows)), Limits(xml_tags=100_000, ratio=10_000))
    (problem,) = document.problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "xml_tags")
    assert problem.locations == (Location(section=1, kind=PageKind.default, name="Costs"),)
    (page,) = document.pages
    assert (page.readable, page.lines[0].zone, page.lines[0].text) == (False, Zone.header, "UK SECRET")
    assert 1000 < len(page.lines) < 50_000


def test_shared_strings_beyond_the_limit_are_left_out_and_said() -> None:
    shared = strings(*["UK SECRET"] * 60_000)
    data = sheets_file(sheet(row('<c t="s"><v>59999</v></c>')), linked={"sharedStrings": shared})
    document = read(data, Limits(xml_tags=100_000, ratio=10_000))
    assert [problem.args["limit"] for problem in document.problems] == ["xml_tags"]


def test_rows_nested_deeply_stop_at_a_limit() -> None:
    nested = "<row>" * 10_000 + "</row>" * 10_000
    document = read(sheets_file(sheet(*FILLED), sheet(nested)))
    assert [(problem.kind, problem.locations[0].name) for problem in document.problems] == [
        (ProblemKind.limit, "Plan")
    ]


def test_a_sheet_without_its_markings_is_named() -> None:
    marked = sheet(*FILLED, after=printed("&CUK SECRET", "&CUK SECRET"))
    report = check_document(sheets_file(marked, sheet(*FILLED)), "a.xlsx", load_policy())
    found = {finding.code: places(finding.locations, "en") for finding in report.findings}
    assert found["DOC020"] == "sheet Plan"


def test_a_hidden_sheet_that_bears_more_than_the_others_is_found() -> None:
    marked = sheet(*FILLED, after=printed("&CUK OFFICIAL", "&CUK OFFICIAL"))
    data = sheets_file(marked, sheet(row("UK SECRET"), row("a", "b")), states=("visible", "veryHidden"))
    report = check_document(data, "a.xlsx", load_policy())
    found = {finding.code: places(finding.locations, "en") for finding in report.findings}
    assert found["HIDE001"] == "sheet Plan, hidden text, line 1"
