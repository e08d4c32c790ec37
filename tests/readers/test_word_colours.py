"""Colours of text and of what lies behind it, after ECMA-376 and what Word does where it differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from countermark.model import Line, Unseen
from countermark.readers.docx.colour import shade, text_colour
from countermark.readers.docx.fills import vml_colour
from countermark.readers.flow.colour import AUTO, is_same
from countermark.readers.ooxml.theme import drawn_colour, opacity, palette
from support.word_colours import INVERTED, MAPPING, OFFICE, cell, filled, grid, mapping, plain, theme, themed
from support.word_content import run, text_box, vml_text_box
from support.word_files import NAMESPACES, only_line, paragraph, read, section, word_file

WHITE = '<w:color w:val="FFFFFF"/>'


def element(content: str) -> etree._Element:
    return etree.fromstring(f"<r {NAMESPACES}>{content}</r>")[0]


def colours(names: dict[str, str] | None = None) -> dict[str, str]:
    return palette(element(theme()), element(mapping(names)) if names else None)


@pytest.mark.parametrize("names", [None, MAPPING], ids=["no mapping", "usual mapping"])
def test_the_usual_mapping_of_a_theme(names: dict[str, str] | None) -> None:
    found = colours(names)
    pairs = {"text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2", "accent4": "accent4",
             "hyperlink": "hlink", "tx1": "dk1", "bg1": "lt1", "lt2": "lt2", "dark1": "dk1"}  # fmt: skip
    assert {name: found[name] for name in pairs} == {name: OFFICE[to] for name, to in pairs.items()}


def test_an_inverted_mapping_of_a_theme() -> None:
    found = colours(INVERTED)
    assert (found["text1"], found["bg1"], found["dark1"], found["dk1"]) == (
        "FFFFFF",
        "000000",
        "000000",
        "000000",
    )


def test_a_mapping_that_says_what_no_theme_has_is_the_usual_one() -> None:
    assert colours({"bg1": "none", "t1": ""})["background1"] == "FFFFFF"


@pytest.mark.parametrize(
    ("attributes", "colour"),
    [
        (themed("accent1", "000000", tint="99"), "9CC2E5"),
        (themed("accent1", "000000", shade="BF"), "2E74B5"),
        (themed("background1", "000000", shade="D9"), "D9D9D9"),
        (themed("text1", "000000", tint="80"), "7F7F7F"),
        (themed("text2", "000000", tint="33"), "D5DCE4"),
        (themed("accent6", "000000", tint="33"), "E2EFD9"),
        (themed("accent1", "000000", tint="99") + ' w:themeShade="10"', "9CC2E5"),
        (themed("unknown", "123456"), "123456"),
        ('w:val="auto"', AUTO),
        ('w:val="x" w:themeColor="accent1" w:themeTint="-5" w:themeShade="FFFFF"', "FFFFFF"),
    ],
)
def test_a_theme_colour_is_as_light_as_word_makes_it(attributes: str, colour: str) -> None:
    found = text_colour(element(f"<w:color {attributes}/>"), colours())
    assert _same(found, colour)


def _same(found: str | None, expected: str | None) -> bool:
    return found == expected or (found is not None and expected is not None and is_same(found, expected))


@pytest.mark.parametrize(
    ("attributes", "ground"),
    [
        ('w:val="clear" w:fill="00FF00"', "00FF00"),
        ('w:val="clear" w:color="FF0000" w:fill="auto"', AUTO),
        ('w:val="solid" w:color="auto" w:fill="00FF00"', "000000"),
        ('w:val="solid" w:color="112233"', "112233"),
        ('w:val="pct25" w:color="000000" w:fill="FFFFFF"', "BFBFBF"),
        ('w:val="pct50" w:color="auto" w:fill="auto"', "808080"),
        ('w:val="diagStripe" w:color="FF0000" w:fill="FFFFFF"', ""),
        ('w:val="diagStripe" w:color="FFFFFF" w:fill="FFFFFF"', "FFFFFF"),
        ('w:val="nil" w:fill="00FF00"', None),
        ('w:val="clear" w:fill="FFFFFF" w:themeFill="accent1" w:themeFillTint="99"', "9DC3E6"),
        ('w:val="solid" w:themeColor="text2"', "44546A"),
    ],
)
def test_what_a_shading_paints(attributes: str, ground: str | None) -> None:
    found = shade(element(f"<w:shd {attributes}/>"), colours())
    assert _same(found, ground)


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ('<a:srgbClr val="5b9bd5"/>', "5B9BD5"),
        ('<a:sysClr val="window" lastClr="101010"/>', "101010"),
        ('<a:sysClr val="window"/>', "FFFFFF"),
        ('<a:prstClr val="navy"/>', "000080"),
        ('<a:prstClr val="no such"/>', None),
        ('<a:schemeClr val="accent1"/>', "5B9BD5"),
        ('<a:schemeClr val="phClr"/>', None),
        ('<a:scrgbClr r="100000" g="0" b="50000"/>', "FF00BC"),
        ('<a:hslClr hue="14400000" sat="100%" lum="50%"/>', "0000FF"),
        ('<a:schemeClr val="accent1"><a:lumMod val="75000"/></a:schemeClr>', "2E75B6"),
        ('<a:schemeClr val="accent1"><a:lumMod val="20000"/><a:lumOff val="80000"/></a:schemeClr>', "DEEBF7"),
        ('<a:srgbClr val="000000"><a:lumMod val="50%"/><a:lumOff val="50%"/></a:srgbClr>', "7F7F7F"),
        ('<a:srgbClr val="808080"><a:shade val="50000"/></a:srgbClr>', "5C5C5C"),
        ('<a:srgbClr val="808080"><a:tint val="0"/></a:srgbClr>', "FFFFFF"),
        ('<a:srgbClr val="8080FF"><a:satMod val="0"/></a:srgbClr>', "C0C0C0"),
        ('<a:srgbClr val="xyz"/>', None),
    ],
)
def test_what_a_drawing_writes_out(written: str, colour: str | None) -> None:
    found = drawn_colour(element(f"<a:solidFill>{written}</a:solidFill>"), colours())
    assert _same(found, colour)


@given(
    st.sampled_from(["srgbClr", "sysClr", "schemeClr", "prstClr", "scrgbClr", "hslClr"]),
    st.sampled_from(["val", "lastClr", "r", "g", "b", "hue", "sat", "lum"]),
    st.sampled_from(["lumMod", "lumOff", "lum", "sat", "satMod", "satOff", "tint", "shade", "alpha"]),
    st.text("0123456789ABCDEF%-+._", max_size=20) | st.sampled_from(["accent1", "window", "white"]),
)
def test_no_colour_of_a_drawing_is_too_odd(kind: str, attribute: str, change: str, value: str) -> None:
    inside = f'<a:{kind} {attribute}="{value}"><a:{change} val="{value}"/></a:{kind}>'
    found = drawn_colour(element(f"<a:solidFill>{inside}</a:solidFill>"), colours())
    assert found is None or is_same(found, found)
    assert 0 <= opacity(element(f"<a:solidFill>{inside}</a:solidFill>")) <= 1


@given(st.text("0123456789abcdefABCDEF#[] -.", max_size=12))
def test_a_vml_colour_is_one_or_none(written: str) -> None:
    found = vml_colour(written)
    assert found is None or is_same(found, found)


def first_line(body: str, styles: str = "") -> Line:
    data = word_file(
        body,
        linked={"styles": styles},
        more={"word/theme/theme1.xml": theme()},
        more_links={"theme": ("theme", "theme/theme1.xml")},
    )
    return next(line for page in read(data).pages for line in page.lines)


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Auto"><w:rPr><w:color w:val="auto"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Ink"><w:rPr><w:color w:val="000000"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Shaded"><w:pPr><w:shd w:val="clear" w:fill="203040"/></w:pPr>'
    "</w:style>"
)


@pytest.mark.parametrize(
    ("properties", "run_properties", "unseen"),
    [
        ('<w:pStyle w:val="Pale"/>', "", Unseen.colour),
        ('<w:pStyle w:val="Pale"/>', '<w:rStyle w:val="Auto"/>', None),
        ('<w:pStyle w:val="Pale"/>', '<w:rStyle w:val="Ink"/>', None),
        ('<w:pStyle w:val="Pale"/>', '<w:color w:val="auto"/>', None),
        ('<w:pStyle w:val="Shaded"/>', WHITE, None),
        ('<w:pStyle w:val="Shaded"/>' + plain("auto"), WHITE, Unseen.colour),
        ('<w:pStyle w:val="Shaded"/><w:shd w:val="nil"/>', WHITE, None),
        ("", WHITE + plain("203040") + '<w:highlight w:val="white"/>', Unseen.colour),
        ("", WHITE + plain("203040") + '<w:highlight w:val="none"/>', None),
        ("", WHITE + "<w:emboss/>", None),
        ("", '<w:color w:val="F2F2F2"/>', Unseen.colour),
        ("", f"<w:color {themed('background1', '000000')}/>", Unseen.colour),
        (filled("text1", "FFFFFF"), WHITE, None),
    ],
)
def test_styles_and_what_goes_before_them(
    properties: str, run_properties: str, unseen: Unseen | None
) -> None:
    assert first_line(paragraph("SECRET", properties, run_properties), STYLES).unseen is unseen


def test_without_a_theme_the_colour_written_beside_counts() -> None:
    line = only_line(word_file(paragraph("SECRET", run=f"<w:color {themed('text1', 'FFFFFF')}/>")))
    assert line.unseen is Unseen.colour


TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="Usual"><w:tcPr>'
    + plain("203040")
    + "</w:tcPr></w:style>"
    '<w:style w:type="table" w:styleId="Head"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr>' + plain("203040") + "</w:tcPr></w:tblStylePr></w:style>"
)


@pytest.mark.parametrize(
    ("style", "look", "expected"),
    [
        ("Head", "", [None, Unseen.colour]),
        ("Head", '<w:tblLook w:val="0400"/>', [Unseen.colour, Unseen.colour]),
        ("Head", '<w:tblLook w:val="0000" w:firstRow="1"/>', [None, Unseen.colour]),
        ("Head", '<w:tblLook w:val="0020" w:firstRow="0"/>', [Unseen.colour, Unseen.colour]),
    ],
)
def test_the_first_row_of_a_table_style(style: str, look: str, expected: list[Unseen | None]) -> None:
    rows = [[cell(paragraph("SECRET"))], [cell(paragraph("SECRET"))]]
    table = grid(rows, f'<w:tblStyle w:val="{style}"/>{look}')
    wrapped = table.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace(
        "</w:tr>", "</w:tr></w:sdtContent></w:sdt>"
    )
    for body in (table, wrapped):
        (page,) = read(word_file(body, linked={"styles": TABLE})).pages
        assert [line.unseen for line in page.lines] == expected


@pytest.mark.parametrize(("shading", "unseen"), [("", None), (plain("auto"), Unseen.colour)])
def test_the_default_table_style_and_a_cell_without_colour(shading: str, unseen: Unseen | None) -> None:
    body = grid([[cell(paragraph("SECRET", run=WHITE), shading)]])
    assert first_line(body, TABLE).unseen is unseen


def test_a_table_style_hides_no_text_of_a_box_in_its_cells() -> None:
    box = f"<w:p>{run(text_box(paragraph('SECRET'), fill='FFFFFF'))}</w:p>"
    assert first_line(grid([[cell(box)]], '<w:tblStyle w:val="Head"/>'), TABLE).unseen is None


def shape(properties: str, style: str = "", content: str = WHITE) -> str:
    box = text_box(paragraph("SECRET", run=content))
    return f"<w:p>{run(box.replace('<wps:wsp>', f'<wps:wsp><wps:spPr>{properties}</wps:spPr>{style}'))}</w:p>"


def vml_shape(attributes: str) -> str:
    return f"<w:p>{run(vml_text_box(paragraph('SECRET', run=WHITE), attributes))}</w:p>"


def alone(shape: str) -> str:
    """The shape without the group that it stands in."""
    return shape.replace("<v:group>", "").replace("</v:group>", "")


def solid(colour: str) -> str:
    return f"<a:solidFill>{colour}</a:solidFill>"


FILLED = '<wps:style><a:fillRef idx="{}"><a:schemeClr val="accent1"/></a:fillRef></wps:style>'
FONT = (
    '<wps:style><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef>'
    '<a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></wps:style>'
)


@pytest.mark.parametrize(
    ("body", "unseen"),
    [
        (shape("<a:noFill/>"), Unseen.colour),
        (shape(solid('<a:schemeClr val="bg1"/>')), Unseen.colour),
        (shape(solid('<a:schemeClr val="tx1"/>')), None),
        (shape(solid('<a:prstClr val="white"/>')), Unseen.colour),
        (shape(solid('<a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr>')), Unseen.colour),
        (shape(solid('<a:srgbClr val="000000"><a:alpha val="60000"/></a:srgbClr>')), None),
        (shape("<a:gradFill/>"), None),
        (shape("", FILLED.format(1)), None),
        (shape("", FILLED.format(0)), Unseen.colour),
        (shape("", FILLED.format(3)), None),
        (shape("", FONT, ""), None),
        (shape("<a:noFill/>", FONT, ""), Unseen.colour),
        (shape("<a:noFill/>", FONT, '<w:color w:val="auto"/>'), None),
        (vml_shape(""), Unseen.colour),
        (vml_shape('fillcolor="navy"'), None),
        (vml_shape('fillcolor="#004 [1]"'), None),
        (vml_shape('filled="f"'), None),
        (alone(vml_shape('fillcolor="navy" filled="f"')), Unseen.colour),
    ],
)
def test_what_fills_a_shape(body: str, unseen: Unseen | None) -> None:
    assert first_line(body).unseen is unseen


def test_a_box_without_fill_in_a_group_may_stand_on_another_shape() -> None:
    wpg = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
    body = shape("<a:noFill/>").replace("<wps:wsp>", f'<g:wgp xmlns:g="{wpg}"><wps:wsp>', 1)
    assert first_line(body.replace("</wps:wsp>", "</wps:wsp></g:wgp>")).unseen is None


@pytest.mark.parametrize(("colour", "unseen"), [("FFFFFF", None), ("203040", Unseen.colour)])
def test_a_header_stands_on_the_paper_of_its_page(colour: str, unseen: Unseen | None) -> None:
    data = word_file(
        section("header-default-h"),
        bands={"h": paragraph("SECRET", run=f'<w:color w:val="{colour}"/>')},
        linked={"settings": "<w:displayBackgroundShape/>"},
        background="203040",
    )
    assert only_line(data).unseen is unseen


@pytest.mark.parametrize(
    ("fill", "unseen"),
    [('<w14:schemeClr w14:val="bg1"/>', Unseen.colour), ('<w14:schemeClr w14:val="tx1"/>', None)],
)
def test_letters_filled_by_the_theme(fill: str, unseen: Unseen | None) -> None:
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    look = f"<w14:textFill {w14}><w14:solidFill>{fill}</w14:solidFill></w14:textFill>"
    assert first_line(paragraph("SECRET", run=look)).unseen is unseen
