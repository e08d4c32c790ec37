"""What the file holds and a reader does not see, and what changes left behind."""

from __future__ import annotations

import pytest

from countermark.model import Line, Unseen, Zone
from support.word_content import run, table, text, text_box, vml_text_box
from support.word_files import only_line, paragraph, read, section, word_file

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme>'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>'
    '<a:accent1><a:srgbClr val="C00000"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Dark"><w:pPr>'
    '<w:shd w:val="clear" w:fill="202020"/></w:pPr></w:style>'
    '<w:style w:type="table" w:styleId="Plain"><w:rPr/></w:style>'
    '<w:style w:type="table" w:styleId="Banded"><w:basedOn w:val="Plain"/><w:tblStylePr w:type="firstRow">'
    '<w:tcPr><w:shd w:val="clear" w:fill="000080"/></w:tcPr></w:tblStylePr></w:style>'
)
WHITE = '<w:color w:val="FFFFFF"/>'


def first_line(body: str) -> Line:
    data = word_file(
        body,
        linked={"styles": STYLES},
        more={"word/theme/theme1.xml": THEME},
        more_links={"theme": ("theme", "theme/theme1.xml")},
    )
    return only_line(data)


@pytest.mark.parametrize(
    ("properties", "run_properties", "unseen"),
    [
        pytest.param("", "", None, id="plain"),
        pytest.param("", "<w:vanish/>", Unseen.hidden, id="hidden"),
        pytest.param("", '<w:vanish w:val="0"/>', None, id="not hidden"),
        pytest.param("", "<w:webHidden/>", None, id="hidden on the web only"),
        pytest.param('<w:pStyle w:val="Ghost"/>', "", Unseen.hidden, id="hidden by style"),
        pytest.param("", WHITE, Unseen.colour, id="white"),
        pytest.param("", '<w:color w:val="FDFDFA"/>', Unseen.colour, id="nearly white"),
        pytest.param("", '<w:color w:val="D0D0D0"/>', None, id="grey"),
        pytest.param("", '<w:color w:val="auto"/>', None, id="automatic"),
        pytest.param(
            "", '<w:color w:val="000000" w:themeColor="background1"/>', Unseen.colour, id="white by theme"
        ),
        pytest.param("", '<w:color w:val="FFFFFF" w:themeColor="text1"/>', None, id="black by theme"),
        pytest.param("", WHITE + '<w:shd w:val="clear" w:fill="000000"/>', None, id="white on black"),
        pytest.param(
            "",
            '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
            Unseen.colour,
            id="black on black",
        ),
        pytest.param(
            "", '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', Unseen.colour, id="marker"
        ),
        pytest.param("", WHITE + '<w:shd w:val="pct50" w:fill="FFFFFF"/>', None, id="on a pattern"),
        pytest.param('<w:shd w:val="clear" w:fill="101010"/>', WHITE, None, id="in a shaded paragraph"),
        pytest.param('<w:pStyle w:val="Dark"/>', WHITE, None, id="in a paragraph shaded by style"),
        pytest.param("", '<w:sz w:val="2"/>', Unseen.size, id="one point"),
        pytest.param("", '<w:sz w:val="12"/>', None, id="six points"),
    ],
)
def test_why_text_is_not_seen(properties: str, run_properties: str, unseen: Unseen | None) -> None:
    line = first_line(paragraph("SECRET", properties, run_properties))
    assert (line.zone, line.unseen) == (Zone.hidden if unseen else Zone.body, unseen)


@pytest.mark.parametrize(
    ("cell", "style", "unseen"),
    [
        ("", "", Unseen.colour),
        ('<w:tcPr><w:shd w:val="clear" w:fill="000080"/></w:tcPr>', "", None),
        ("", '<w:tblStyle w:val="Plain"/>', Unseen.colour),
        ("", '<w:tblStyle w:val="Banded"/>', None),
    ],
)
def test_white_text_in_a_table(cell: str, style: str, unseen: Unseen | None) -> None:
    line = first_line(table(cell + paragraph("SECRET", run=WHITE), properties=style))
    assert line.unseen == unseen


@pytest.mark.parametrize(
    ("box", "unseen"),
    [
        (text_box(paragraph("SECRET", run=WHITE)), Unseen.colour),
        (text_box(paragraph("SECRET", run=WHITE), fill="FFFFFF"), Unseen.colour),
        (text_box(paragraph("SECRET", run=WHITE), fill="203040"), None),
        (text_box(paragraph("SECRET"), inside='<wp:docPr id="1" name="a" hidden="1"/>'), Unseen.hidden),
        (vml_text_box(paragraph("SECRET", run=WHITE), 'fillcolor="#ffffff"'), Unseen.colour),
        (vml_text_box(paragraph("SECRET"), 'style="position:absolute;visibility:hidden"'), Unseen.hidden),
    ],
)
def test_unseen_in_text_boxes(box: str, unseen: Unseen | None) -> None:
    line = first_line(f"<w:p>{run(box)}</w:p>")
    assert (line.zone, line.unseen) == (Zone.hidden if unseen else Zone.textbox, unseen)


def test_text_in_the_colour_of_the_paper() -> None:
    data = word_file(
        paragraph("SECRET", run='<w:color w:val="000000"/>'),
        linked={"settings": "<w:displayBackgroundShape/>"},
        background="000000",
    )
    assert only_line(data).unseen is Unseen.colour


def test_hidden_text_in_a_header_says_where_it_is() -> None:
    data = word_file(section("header-default-h"), bands={"h": paragraph("SECRET", run="<w:vanish/>")})
    line = only_line(data)
    assert (line.zone, line.unseen, line.part) == (Zone.hidden, Unseen.hidden, "word/h.xml")


def test_a_hidden_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    body = paragraph("UK ", mark) + paragraph("SECRET") + paragraph("next")
    (page,) = read(word_file(body)).pages
    assert [line.text for line in page.lines] == ["UK SECRET", "next"]


def test_a_dropped_capital_belongs_to_the_paragraph_below() -> None:
    body = paragraph("S", '<w:framePr w:dropCap="drop" w:lines="3"/>') + paragraph("ECRET")
    assert only_line(word_file(body)).text == "SECRET"


def test_text_that_is_left_hanging_is_not_lost() -> None:
    assert only_line(word_file(paragraph("SECRET", "<w:rPr><w:vanish/></w:rPr>"))).text == "SECRET"


def test_a_frame_is_a_text_box() -> None:
    line = only_line(word_file(paragraph("SECRET", '<w:framePr w:w="2000" w:xAlign="center"/>')))
    assert (line.zone, line.centred) == (Zone.textbox, True)


def told(body: str) -> list[tuple[str, str, bool, bool]]:
    (page,) = read(word_file(body)).pages
    return [(line.zone.value, line.text, line.tracked, line.struck) for line in page.lines]


INSERTED = f"<w:ins w:id='1'>{run(text('TOP '))}</w:ins>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{INSERTED}{run(text('SECRET'))}</w:p>", [("body", "TOP SECRET", True, False)]),
        (f"<w:p><w:moveTo>{run(text('a'))}</w:moveTo></w:p>", [("body", "a", True, False)]),
        (f"<w:p><w:moveFrom>{run(text('a'))}</w:moveFrom></w:p>", [("deleted", "a", False, False)]),
        (paragraph("a", "<w:rPr><w:ins/></w:rPr>"), [("body", "a", True, False)]),
        (paragraph("a", "<w:rPr><w:del/></w:rPr>"), [("body", "a", True, False)]),
        (paragraph("a", "<w:pPrChange><w:pPr/></w:pPrChange>"), [("body", "a", True, False)]),
        (paragraph("a", run="<w:rPrChange><w:rPr/></w:rPrChange>"), [("body", "a", True, False)]),
        (table(paragraph("a"), row="<w:ins/>"), [("table", "a", True, False)]),
        (table(paragraph("a"), row="<w:del/>"), [("deleted", "a", False, False)]),
        (table("<w:tcPr><w:cellIns/></w:tcPr>" + paragraph("a")), [("table", "a", True, False)]),
        (table("<w:tcPr><w:cellDel/></w:tcPr>" + paragraph("a")), [("deleted", "a", False, False)]),
        (
            f"<w:p>{run(text('SECRET'), '<w:strike/>')}{run(text('OFFICIAL'))}</w:p>",
            [("body", "SECRET", False, True), ("body", "OFFICIAL", False, False)],
        ),
        (paragraph("a", run="<w:dstrike/>"), [("body", "a", False, True)]),
        (paragraph("a", run='<w:strike w:val="0"/>'), [("body", "a", False, False)]),
    ],
)
def test_changes_and_struck_text(body: str, expected: list[tuple[str, str, bool, bool]]) -> None:
    assert told(body) == expected


@pytest.mark.parametrize(
    "drawing",
    [
        '<w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="Plan marked SECRET"/>'
        '<pic:cNvPr descr="Plan marked SECRET"/></wp:inline></w:drawing>',
        '<w:drawing><wp:anchor><wp:docPr id="1" name="Picture 1" title="Plan marked SECRET"/>'
        "</wp:anchor></w:drawing>",
        '<w:pict><v:shape alt="Plan marked SECRET"/></w:pict>',
    ],
)
def test_alternative_text(drawing: str) -> None:
    picture = 'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    line = only_line(word_file(f"<w:p {picture}>{run(drawing)}</w:p>"))
    assert (line.text, line.zone, line.unseen) == ("Plan marked SECRET", Zone.image, Unseen.hidden)


def position(relative: str, align: str) -> str:
    return f'<wp:positionV relativeFrom="{relative}"><wp:align>{align}</wp:align></wp:positionV>'


@pytest.mark.parametrize(
    ("box", "zone"),
    [
        (text_box(paragraph("a"), inside=position("page", "top")), Zone.header),
        (text_box(paragraph("a"), inside=position("page", "bottom")), Zone.footer),
        (text_box(paragraph("a"), inside=position("bottomMargin", "top")), Zone.footer),
        (text_box(paragraph("a"), inside=position("paragraph", "bottom")), Zone.header),
        (text_box(paragraph("a"), inside=position("margin", "center")), Zone.textbox),
        (text_box(paragraph("a"), anchor='behindDoc="1"', inside=position("page", "center")), Zone.watermark),
        (
            vml_text_box(
                paragraph("a"), 'style="mso-position-vertical:bottom;mso-position-vertical-relative:page"'
            ),
            Zone.footer,
        ),
    ],
)
def test_a_box_that_hangs_on_a_header_stands_where_it_is_aligned(box: str, zone: Zone) -> None:
    data = word_file(section("header-default-h"), bands={"h": f"<w:p>{run(box)}</w:p>"})
    assert only_line(data).zone is zone


def test_text_drawn_in_place() -> None:
    runs = "<a:r><a:t>SEC</a:t></a:r><a:r><a:t>RET</a:t></a:r>"
    drawn = f"<w:drawing><a:graphic><a:p>{runs}</a:p></a:graphic></w:drawing>"
    line = only_line(word_file(f"<w:p>{run(drawn)}</w:p>"))
    assert (line.text, line.zone) == ("SECRET", Zone.textbox)


@pytest.mark.parametrize(
    ("font", "character", "shown"),
    [
        ("MS Mincho", "3299", "㊙"),
        ("Arial", "F053", "S"),
        ("Wingdings", "F053", "\uf053"),
        ("Arial", "x", None),
    ],
)
def test_symbols(font: str, character: str, shown: str | None) -> None:
    body = f'<w:p>{run(text("a"))}{run(f"""<w:sym w:font="{font}" w:char="{character}"/>""")}</w:p>'
    assert only_line(word_file(body)).text == f"a{shown or ''}"


WHITE_LINE = paragraph("SECRET", run=WHITE)
PAGE_BREAK = "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"


def floating(
    content: str = "<pic><a:blip/></pic>",
    *,
    behind: str = "1",
    width: int = 5000,
    height: int = 2000,
    wrap: str = "wrapNone",
) -> str:
    """A paragraph with an object that floats: width and height in thousands of English metric units."""
    extent = f'<wp:extent cx="{width}000" cy="{height}000"/><wp:{wrap}/>'
    return (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="{behind}">{extent}<a:graphic><a:graphicData>{content}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def filled(fill: str, more: str = "") -> str:
    return f"<wps:wsp><wps:spPr>{fill}</wps:spPr>{more}</wps:wsp>"


def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def vml(attributes: str, inside: str = "") -> str:
    style = "position:absolute;width:400pt;height:100pt;z-index:-1"
    return f'<w:p><w:r><w:pict><v:rect style="{style}" {attributes}>{inside}</v:rect></w:pict></w:r></w:p>'


BY_STYLE = '<wps:style><a:fillRef idx="{}"/></wps:style>'


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        pytest.param(floating(), True, id="picture behind"),
        pytest.param(floating(behind="0"), True, id="picture in front"),
        pytest.param(floating(behind="0", wrap="wrapSquare"), False, id="text flows around the picture"),
        pytest.param(floating(width=1000), False, id="a logo"),
        pytest.param(floating(height=50), False, id="a rule"),
        pytest.param(floating(filled(solid("203040"))), True, id="dark shape"),
        pytest.param(floating(filled(solid("FFFFFF"))), False, id="white shape"),
        pytest.param(
            floating(filled("<a:solidFill><a:schemeClr val='dk1'/></a:solidFill>")), True, id="by theme"
        ),
        pytest.param(floating(filled("<a:gradFill/>")), True, id="gradient"),
        pytest.param(floating(filled("<a:noFill/>", BY_STYLE.format(1))), False, id="no fill"),
        pytest.param(floating(filled("", BY_STYLE.format(1))), True, id="filled by style"),
        pytest.param(floating(filled("", BY_STYLE.format(0))), False, id="not filled by style"),
        pytest.param(vml('fillcolor="#203040 [3215]"'), True, id="VML, dark"),
        pytest.param(vml('fillcolor="white"'), False, id="VML, white"),
        pytest.param(vml('fillcolor="navy" filled="f"'), False, id="VML, not filled"),
        pytest.param(vml("", "<v:imagedata/>"), True, id="VML, picture"),
        pytest.param(vml('fillcolor="silver"', "<v:textpath string=' '/>"), False, id="VML, watermark"),
    ],
)
def test_white_text_where_something_is_painted_behind_it(drawn: str, seen: bool) -> None:
    for body in (drawn + WHITE_LINE, WHITE_LINE + drawn):
        assert first_line(body).unseen is (None if seen else Unseen.colour)
    data = word_file(section("header-default-h"), bands={"h": drawn + WHITE_LINE})
    assert only_line(data).zone is (Zone.header if seen else Zone.hidden)


@pytest.mark.parametrize(
    ("between", "seen"),
    [
        ("<w:p/>", True),
        (PAGE_BREAK, False),
        (f"<w:p><w:pPr>{section()}</w:pPr></w:p>", False),
        ("<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>", False),
        ("<w:p><w:pPr><w:pageBreakBefore w:val='0'/></w:pPr></w:p>", True),
    ],
)
def test_what_is_painted_reaches_as_far_as_its_page(between: str, seen: bool) -> None:
    data = word_file(floating() + between + WHITE_LINE + section())
    (line,) = [line for page in read(data).pages for line in page.lines]
    assert line.unseen is (None if seen else Unseen.colour)


def test_a_section_that_goes_on_on_the_same_page() -> None:
    first = f"<w:p><w:pPr>{section()}</w:pPr></w:p>"
    data = word_file(floating() + first + WHITE_LINE + section(properties='<w:type w:val="continuous"/>'))
    (line,) = [line for page in read(data).pages for line in page.lines]
    assert line.unseen is None


@pytest.mark.parametrize(("height", "seen"), [(2000, False), (9000, True)])
def test_a_picture_of_the_header_that_covers_the_page(height: int, seen: bool) -> None:
    data = word_file(
        WHITE_LINE + section("header-default-h"), bands={"h": floating(width=7000, height=height)}
    )
    assert only_line(data).unseen is (None if seen else Unseen.colour)


@pytest.mark.parametrize(
    ("properties", "unseen"),
    [
        ('<w:shd w:val="clear" w:fill="000080"/>', Unseen.colour),
        ('<w:shd w:val="clear" w:fill="auto"/>', Unseen.colour),
    ],
)
def test_the_shading_of_a_whole_table_is_painted_between_its_cells_only(
    properties: str, unseen: Unseen
) -> None:
    assert first_line(table(WHITE_LINE, properties=properties)).unseen is unseen
    exception = table(WHITE_LINE).replace("<w:trPr>", f"<w:tblPrEx>{properties}</w:tblPrEx><w:trPr>")
    assert first_line(exception).unseen is unseen


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (paragraph("SECRET", '<w:shd w:val="clear" w:fill="000080"/>', WHITE), "body"),
        (table(paragraph("SECRET", '<w:shd w:val="clear" w:fill="000080"/>', WHITE)), "table"),
        (paragraph("SECRET", run=WHITE + '<w:highlight w:val="darkBlue"/>'), "body"),
    ],
)
def test_white_text_on_a_dark_ground_is_seen(content: str, line: str) -> None:
    assert (first_line(content).zone.value, first_line(content).unseen) == (line, None)


def text_fill(colour: str, alpha: int = 0) -> str:
    return (
        f'<w14:textFill><w14:solidFill><w14:srgbClr w14:val="{colour}"><w14:alpha w14:val="{alpha}"/>'
        "</w14:srgbClr></w14:solidFill></w14:textFill>"
    )


OUTLINE = "<w14:textOutline><w14:solidFill/></w14:textOutline>"
NO_FILL = "<w14:textFill><w14:noFill/></w14:textFill>"


@pytest.mark.parametrize(
    ("properties", "unseen"),
    [
        pytest.param(NO_FILL, Unseen.invisible, id="no fill"),
        pytest.param(OUTLINE + NO_FILL, None, id="outlined"),
        pytest.param(
            "<w14:textOutline><w14:noFill/></w14:textOutline>" + NO_FILL, Unseen.invisible, id="no line"
        ),
        pytest.param(text_fill("000000"), None, id="black"),
        pytest.param(text_fill("FFFFFF"), Unseen.colour, id="white"),
        pytest.param(OUTLINE + text_fill("FFFFFF"), None, id="white, outlined"),
        pytest.param(text_fill("000000", 100000), Unseen.invisible, id="transparent"),
        pytest.param(text_fill("000000", 50000), None, id="half transparent"),
        pytest.param("<w14:textFill><w14:gradFill/></w14:textFill>", None, id="gradient"),
    ],
)
def test_letters_that_are_not_painted(properties: str, unseen: Unseen | None) -> None:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    named = paragraph("SECRET", run=properties).replace("<w:p>", f'<w:p xmlns:w14="{w14}">')
    style = (
        f'<w:style w:type="character" w:styleId="S" xmlns:w14="{w14}"><w:rPr>{properties}</w:rPr></w:style>'
    )
    by_style = word_file(paragraph("SECRET", run='<w:rStyle w:val="S"/>'), linked={"styles": style})
    assert (only_line(word_file(named)).unseen, only_line(by_style).unseen) == (unseen, unseen)


@pytest.mark.parametrize(
    ("hidden", "unseen"), [("<w:hidden/>", Unseen.hidden), ('<w:hidden w:val="0"/>', None)]
)
def test_a_hidden_row(hidden: str, unseen: Unseen | None) -> None:
    line = first_line(table(paragraph("SECRET"), row=hidden))
    assert (line.zone, line.unseen) == (Zone.hidden if unseen else Zone.table, unseen)
