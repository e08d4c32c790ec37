"""What of a paragraph a reader sees, and in which zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Zone
from support.word_content import field, run, table, text, text_box, vml_text_box
from support.word_files import lines, only_line, paragraph, read, section, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

POLICY = load_policy(lang="en", originator="GB", recipient="JP")


def word_art(content: str, warp: str = "textPlain") -> str:
    return text_box(paragraph(content)).replace(
        "</wps:txbx>", f'</wps:txbx><wps:bodyPr><a:prstTxWarp prst="{warp}"/></wps:bodyPr>'
    )


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        pytest.param(run(text("SEC")) + run(text("RET")), ["SECRET"], id="split runs"),
        pytest.param(run(text("UK") + "<w:tab/>" + text("SECRET")), ["UK\tSECRET"], id="tab"),
        pytest.param(run(text("UK") + "<w:ptab/>" + text("SECRET")), ["UK\tSECRET"], id="position tab"),
        pytest.param(run(text("UK") + "<w:br/>" + text("SECRET")), ["UK", "SECRET"], id="line break"),
        pytest.param(
            run(text("one") + '<w:br w:type="page"/>' + text("two")), ["one", "two"], id="page break"
        ),
        pytest.param(run(text("one") + "<w:cr/>" + text("two")), ["one", "two"], id="carriage return"),
        pytest.param(
            run(text("OFFICIAL") + "<w:noBreakHyphen/>" + text("SENSITIVE")),
            ["OFFICIAL-SENSITIVE"],
            id="no-break hyphen",
        ),
        pytest.param(run(text("SEC") + "<w:softHyphen/>" + text("RET")), ["SECRET"], id="soft hyphen"),
        pytest.param(run(text("UK\nSECRET")), ["UK SECRET"], id="line feed in the file"),
        pytest.param(run(text("  ")) + run("<w:tab/>"), [], id="blank"),
        pytest.param(f"<w:ins>{run(text('SECRET'))}</w:ins>", ["SECRET"], id="insertion"),
        pytest.param(f"<w:moveTo>{run(text('SECRET'))}</w:moveTo>", ["SECRET"], id="moved here"),
        pytest.param(f"<w:hyperlink>{run(text('SECRET'))}</w:hyperlink>", ["SECRET"], id="hyperlink"),
        pytest.param(f"<w:smartTag>{run(text('SECRET'))}</w:smartTag>", ["SECRET"], id="smart tag"),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run(text('SECRET'))}</w:sdtContent></w:sdt>",
            ["SECRET"],
            id="content control",
        ),
        pytest.param(
            f'<w:fldSimple w:instr="TITLE">{run(text("SECRET"))}</w:fldSimple>', ["SECRET"], id="simple field"
        ),
        pytest.param(
            f"<w:r><w:ruby><w:rt>{run(text('ごくひ'))}</w:rt><w:rubyBase>{run(text('極秘'))}</w:rubyBase></w:ruby></w:r>",
            ["極秘"],
            id="phonetic guide",
        ),
        pytest.param("<m:oMath><m:r><m:t>SECRET</m:t></m:r></m:oMath>", ["SECRET"], id="formula"),
        pytest.param(run(text("uk secret"), "<w:caps/>"), ["UK SECRET"], id="caps"),
        pytest.param(run(text("uk secret"), '<w:caps w:val="0"/>'), ["uk secret"], id="caps off"),
        pytest.param(run(text("uk secret"), "<w:smallCaps/>"), ["UK SECRET"], id="small caps"),
    ],
)
def test_text_of_a_paragraph(content: str, seen: list[str]) -> None:
    assert lines(word_file(f"<w:p>{content}</w:p>")) == [("body", line) for line in seen]


def test_a_field_shows_its_cached_result_and_not_its_code() -> None:
    code = run(field("begin")) + run("<w:instrText> IF </w:instrText>")
    nested = run(field("begin")) + run(field("separate")) + run(text("code")) + run(field("end"))
    result = run(field("separate")) + run(text("SECRET")) + run(field("end"))
    assert lines(word_file(f"<w:p>{code}{nested}{result}{run(text(' here'))}</w:p>")) == [
        ("body", "SECRET here")
    ]


def test_an_unclosed_field_does_not_swallow_what_follows() -> None:
    broken = f"<w:p>{run(field('begin'))}{run(text('code'))}</w:p>"
    assert lines(word_file(broken + paragraph("SECRET"))) == [("body", "SECRET")]


def test_deletions_are_taken_out_of_the_line() -> None:
    deleted = f"<w:del>{run('<w:delText>TOP </w:delText>')}</w:del>"
    moved = f"<w:moveFrom>{run(text('gone'))}</w:moveFrom>"
    body = f"<w:p>{run(text('UK '))}{deleted}{run(text('SECRET'))}{moved}</w:p>"
    assert lines(word_file(body)) == [
        ("body", "UK SECRET"),
        ("deleted", "TOP "),
        ("deleted", "gone"),
        ("deleted", "UK TOP SECRETgone"),
    ]


def test_hidden_runs_are_taken_out_of_the_line() -> None:
    body = f"<w:p>{run(text('UK '))}{run(text('TOP '), '<w:vanish/>')}{run(text('SECRET'))}</w:p>"
    assert lines(word_file(body)) == [("body", "UK SECRET"), ("hidden", "TOP ")]


def test_tables_in_the_body() -> None:
    nested = table(paragraph("inner"))
    body = paragraph("before") + table(paragraph("left"), nested + paragraph("right")) + paragraph("after")
    assert lines(word_file(body)) == [
        ("body", "before"),
        ("table", "left"),
        ("table", "inner"),
        ("table", "right"),
        ("body", "after"),
    ]


def test_deeply_nested_tables() -> None:
    body = paragraph("SECRET")
    for _ in range(50):
        body = table(body + "<w:p/>")
    assert lines(word_file(body)) == [("table", "SECRET")]


def test_content_controls_around_paragraphs() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('one')}{table(paragraph('two'))}</w:sdtContent></w:sdt>"
    assert lines(word_file(body)) == [("body", "one"), ("body", "two")]


@pytest.mark.parametrize("box", [text_box, vml_text_box])
def test_text_boxes_in_the_body(box: Callable[..., str]) -> None:
    body = f"<w:p>{run(text('anchor'))}{run(box(paragraph('SECRET')))}</w:p>"
    assert lines(word_file(body)) == [("body", "anchor"), ("textbox", "SECRET")]


@pytest.mark.parametrize("box", [text_box, vml_text_box])
@pytest.mark.parametrize("where", ["header", "footer"])
def test_text_boxes_and_tables_in_headers_and_footers_are_headers_and_footers(
    box: Callable[..., str], where: str
) -> None:
    band = f"<w:p>{run(box(paragraph('SECRET') + table(paragraph('cell'))))}</w:p>" + table(paragraph("two"))
    data = word_file(section(f"{where}-default-{where[0]}"), bands={where[0]: band})
    assert lines(data) == [(where, "SECRET"), (where, "cell"), (where, "two")]


def test_alternate_content_is_read_once() -> None:
    both = f"<mc:Choice>{text_box(paragraph('SECRET'))}</mc:Choice>"
    both += f"<mc:Fallback>{vml_text_box(paragraph('SECRET'))}</mc:Fallback>"
    body = f"<w:p>{run(f'<mc:AlternateContent>{both}</mc:AlternateContent>')}</w:p>"
    assert lines(word_file(body)) == [("textbox", "SECRET")]


def test_the_fallback_is_read_where_no_choice_has_text() -> None:
    both = (
        f"<mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{vml_text_box(paragraph('SECRET'))}</mc:Fallback>"
    )
    body = f"<w:p>{run(f'<mc:AlternateContent>{both}</mc:AlternateContent>')}</w:p>"
    assert lines(word_file(body)) == [("textbox", "SECRET")]


def test_vml_watermark() -> None:
    shape = '<v:shapetype><v:textpath on="t"/></v:shapetype><v:shape><v:textpath string="SECRET"/></v:shape>'
    band = f"<w:p>{run(f'<w:pict>{shape}</w:pict>')}</w:p>"
    data = word_file(section("header-default-h"), bands={"h": band})
    assert lines(data) == [("watermark", "SECRET")]


@pytest.mark.parametrize(("warp", "zone"), [("textPlain", "watermark"), ("textNoShape", "header")])
def test_drawingml_word_art_in_a_header_is_a_watermark(warp: str, zone: str) -> None:
    band = f"<w:p>{run(word_art('SECRET', warp))}</w:p>"
    assert lines(word_file(section("header-default-h"), bands={"h": band})) == [(zone, "SECRET")]


@pytest.mark.parametrize(
    ("kind", "root", "zone"),
    [
        ("footnotes", "footnote", Zone.footnote),
        ("endnotes", "endnote", Zone.endnote),
        ("comments", "comment", Zone.comment),
    ],
)
def test_notes_and_comments_stand_on_the_last_section(kind: str, root: str, zone: Zone) -> None:
    data = word_file(
        paragraph("one", section()) + paragraph("two") + section("footer-default-f"),
        bands={"f": paragraph("Foot")},
        linked={kind: f"<w:{root}>{paragraph('SECRET')}</w:{root}>"},
    )
    last = list(read(data).live_pages)[-1]
    assert [(line.zone, line.part, line.text) for line in last.lines] == [
        (Zone.body, "word/document.xml", "two"),
        (zone, f"word/{kind}.xml", "SECRET"),
        (Zone.footer, "word/f.xml", "Foot"),
    ]


STYLES = """
<w:docDefaults>
  <w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr/></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal">
  <w:rPr><w:color w:val="101010"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Mark"><w:basedOn w:val="Normal"/>
  <w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:caps/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Red"><w:basedOn w:val="Mark"/>
  <w:pPr><w:jc w:val="left"/></w:pPr><w:rPr><w:color w:val="c00000"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:tabs>
  <w:tab w:val="center" w:pos="4513"/><w:tab w:val="right" w:pos="9026"/></w:tabs></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Circle"><w:basedOn w:val="Circle"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "run_properties", "size", "weight", "colour", "seen"),
    [
        ("", "", 10.5, 400, "101010", "a"),
        ('<w:pStyle w:val="Mark"/>', "", 16, 700, "101010", "A"),
        ('<w:pStyle w:val="Red"/>', "", 16, 700, "C00000", "A"),
        ('<w:pStyle w:val="Red"/>', '<w:b w:val="0"/><w:color w:val="auto"/>', 16, 400, None, "A"),
        ('<w:pStyle w:val="Mark"/>', '<w:rStyle w:val="Strong"/>', 16, 400, "101010", "A"),
        ("", '<w:rStyle w:val="Strong"/>', 10.5, 700, "101010", "a"),
        ("", '<w:rStyle w:val="Strong"/><w:sz w:val="40"/>', 20, 700, "101010", "a"),
        ('<w:pStyle w:val="Circle"/>', "", 10.5, 400, None, "a"),
        ('<w:pStyle w:val="Nowhere"/>', "", 10.5, 400, "101010", "a"),
        ("", '<w:sz w:val="14.5pt"/>', 14.5, 400, "101010", "a"),
        ("", '<w:sz w:val="large"/><w:color w:val="red"/>', None, 400, None, "a"),
    ],
)
def test_look_through_styles(
    properties: str, run_properties: str, size: float | None, weight: int, colour: str | None, seen: str
) -> None:
    line = only_line(word_file(paragraph("a", properties, run_properties), linked={"styles": STYLES}))
    assert (line.text, line.size, line.weight, line.colour) == (seen, size, weight, colour)


def test_hidden_by_a_style() -> None:
    data = word_file(paragraph("a", run='<w:rStyle w:val="Secret"/>'), linked={"styles": STYLES})
    assert lines(data) == [("hidden", "a")]


def test_the_look_of_a_line_is_that_of_its_first_text() -> None:
    content = run(text(" "), '<w:sz w:val="8"/>') + run(text("A"), '<w:sz w:val="30"/>') + run(text("b"))
    line = only_line(word_file(f"<w:p>{content}</w:p>"))
    assert line.size == 15


def test_without_styles_nothing_is_made_up() -> None:
    line = only_line(word_file(paragraph("a")))
    assert (line.size, line.weight, line.colour, line.centred) == (None, 400, None, False)


@pytest.mark.parametrize(
    ("properties", "content", "centred"),
    [
        ("", text("a"), False),
        ('<w:jc w:val="center"/>', text("a"), True),
        ('<w:jc w:val="right"/>', text("a"), True),
        ('<w:jc w:val="end"/>', text("a"), True),
        ('<w:jc w:val="both"/>', text("a"), False),
        ('<w:pStyle w:val="Mark"/>', text("a"), True),
        ('<w:pStyle w:val="Red"/>', text("a"), False),
        ('<w:pStyle w:val="Head"/>', "<w:tab/>" + text("a"), True),
        ('<w:pStyle w:val="Head"/>', "<w:tab/>" + text("a") + "<w:tab/>", True),
        ('<w:pStyle w:val="Head"/>', "<w:tab/><w:tab/>" + text("a"), False),
        ('<w:pStyle w:val="Head"/>', text("a") + "<w:tab/>" + text("b"), False),
        ("", "<w:tab/>" + text("a"), False),
        (
            '<w:pStyle w:val="Head"/><w:tabs><w:tab w:val="clear" w:pos="4513"/></w:tabs>',
            "<w:tab/>" + text("a"),
            False,
        ),
        ("", '<w:ptab w:alignment="center"/>' + text("a"), True),
    ],
)
def test_centred_by_its_paragraph_or_alone_behind_a_centre_tab(
    properties: str, content: str, centred: bool
) -> None:
    body = f"<w:p><w:pPr>{properties}</w:pPr><w:r>{content}</w:r></w:p>"
    assert only_line(word_file(body, linked={"styles": STYLES})).centred is centred


@pytest.mark.parametrize("leader", ["none", "dot", "hyphen", "underscore", "heavy", "middleDot"])
@pytest.mark.parametrize(
    ("content", "shown", "canonical"),
    [
        (("UK SECRET", "", "Page 1 of 2"), "UK SECRET\t\tPage 1 of 2", "UK SECRET"),
        (("", "UK SECRET", "Page 1 of 2"), "\tUK SECRET\tPage 1 of 2", "UK SECRET"),
        (("Copy 1 of 3", "極秘"), "Copy 1 of 3\t極秘", "極秘"),
        (("UK", "SECRET"), "UK\tSECRET", "UK SECRET"),
    ],
)
def test_a_header_set_with_tabs(leader: str, content: tuple[str, ...], shown: str, canonical: str) -> None:
    """What fills the way to a tab stop (ECMA-376 17.18.72) is no text."""
    stops = "".join(f'<w:tab w:val="center" w:leader="{leader}" w:pos="{at}"/>' for at in (4513, 9026))
    runs = run("<w:tab/>".join(text(piece) for piece in content))
    header = f"<w:p><w:pPr><w:tabs>{stops}</w:tabs></w:pPr>{runs}</w:p>"
    data = word_file(paragraph("Body") + section("header-default-h"), bands={"h": header})
    assert lines(data)[0] == ("header", shown)
    marking = check_document(data, "a.docx", POLICY).markings[0]
    assert (marking.canonical, marking.zone) == (canonical, Zone.header)
