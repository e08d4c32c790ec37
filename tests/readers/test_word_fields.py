"""What a field shows that stores no result, and which fields reach out of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countermark.model import Zone
from support.word_content import field, run, text, whole_field
from support.word_files import lines, paragraph, read, section, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>UK SECRET</dc:title>'
    "<dc:creator>A. Clerk</dc:creator></cp:coreProperties>"
)
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property name="Security Marking"><vt:lpwstr>UK TOP SECRET</vt:lpwstr></property></Properties>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Mark"><w:name w:val="Marking Text"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
)
BODY = (
    paragraph("極秘", '<w:pStyle w:val="Mark"/>')
    + paragraph("Chapter", '<w:pStyle w:val="H1"/>')
    + f'<w:p><w:bookmarkStart w:id="3" w:name="Marking"/>{run(text("UK "))}{run(text("SECRET"))}'
    f'<w:bookmarkEnd w:id="3"/>{run(text(" not this"))}</w:p>'
)
LIST = (
    '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="OFFICIAL"/>'
    '<w:listEntry w:val="SECRET"/></w:ddList></w:ffData>'
)


def shown_in_header(content: str) -> list[str]:
    """The header lines of a document with the properties, styles and bookmarks above."""
    data = word_file(
        BODY + section("header-default-h"),
        bands={"h": f"<w:p>{content}</w:p>"},
        linked={"styles": STYLES, "settings": '<w:docVars><w:docVar w:name="Mark" w:val="秘"/></w:docVars>'},
        more={"docProps/core.xml": CORE, "docProps/custom.xml": CUSTOM},
        root_links={
            "core": ("metadata/core-properties", "docProps/core.xml"),
            "custom": ("custom-properties", "docProps/custom.xml"),
        },
    )
    return [line for zone, line in lines(data) if zone == "header"]


@pytest.mark.parametrize("stored", ["", None])
@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("TITLE", "UK SECRET"),
        ("AUTHOR", "A. Clerk"),
        ("DOCPROPERTY Title", "UK SECRET"),
        ('DOCPROPERTY "security marking" \\* MERGEFORMAT', "UK TOP SECRET"),
        ('STYLEREF "Marking Text"', "極秘"),
        ("STYLEREF 1", "Chapter"),
        ("REF Marking \\h", "UK SECRET"),
        ("Marking", "UK SECRET"),
        ("DOCVARIABLE mark", "秘"),
        ('QUOTE "OFFICIAL"', "OFFICIAL"),
        ("MACROBUTTON NoMacro Choose a marking", "Choose a marking"),
        ("FILENAME \\p", "test.docx"),
        ("PAGE", "1"),
        ("NUMPAGES", "1"),
    ],
)
def test_a_field_without_a_result_shows_what_it_stands_for(code: str, shown: str, stored: str | None) -> None:
    assert shown_in_header(run(text("[")) + whole_field(code, stored) + run(text("]"))) == [f"[{shown}]"]


def test_a_stored_result_goes_before_what_the_field_stands_for() -> None:
    assert shown_in_header(whole_field("TITLE", "OFFICIAL")) == ["OFFICIAL"]


def test_a_simple_field_without_a_result() -> None:
    assert shown_in_header('<w:fldSimple w:instr=" DOCPROPERTY Title "/>') == ["UK SECRET"]


@pytest.mark.parametrize("code", ["DOCPROPERTY Nothing", "STYLEREF Nothing", "REF Nothing", "DATE", ""])
def test_a_field_of_which_nothing_tells(code: str) -> None:
    assert shown_in_header(whole_field(code)) == []


def test_a_form_list_shows_its_chosen_entry() -> None:
    assert shown_in_header(whole_field("FORMDROPDOWN", None, LIST)) == ["SECRET"]


def test_the_result_of_a_field_inside_a_code_is_part_of_the_code() -> None:
    nested = run(field("begin")) + run("<w:instrText>DOCPROPERTY </w:instrText>")
    nested += whole_field("QUOTE x", "Title") + run(field("end"))
    assert shown_in_header(nested) == ["UK SECRET"]


def test_properties_that_are_broken_cost_only_the_field() -> None:
    data = word_file(
        f"<w:p>{run(text('a'))}{whole_field('TITLE')}</w:p>",
        more={"docProps/core.xml": "<"},
        root_links={"core": ("metadata/core-properties", "docProps/core.xml")},
    )
    assert lines(data) == [("body", "a")]
    assert [problem.args["part"] for problem in read(data).problems] == ["docProps/core.xml"]


def chapter(text: str, style: str = "Mark") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def shown_by_sections(code: str, *sections: str) -> list[list[str]]:
    """The header lines of each section, all of which show the one header with the field."""
    ends = [section("header-default-h"), *[section() for _ in sections[1:]]]
    body = "".join(
        content + f"<w:p><w:pPr>{end}</w:pPr></w:p>" for content, end in zip(sections, ends, strict=True)
    )
    data = word_file(
        body.removesuffix(f"<w:p><w:pPr>{ends[-1]}</w:pPr></w:p>") + ends[-1],
        bands={"h": f"<w:p>{whole_field(code)}</w:p>"},
        linked={"styles": STYLES},
    )
    return [[line.text for line in page.lines if line.zone is Zone.header] for page in read(data).live_pages]


@pytest.mark.parametrize(
    ("code", "sections", "shown"),
    [
        pytest.param("{}", (chapter("A") + chapter("B"),), ["A"], id="first on the page"),
        pytest.param("{} \\l", (chapter("A") + chapter("B"),), ["B"], id="last on the page"),
        pytest.param("{}", (chapter("A"), chapter("B")), ["A", "B"], id="each section its own"),
        pytest.param(
            "{}", (chapter("A") + chapter("B"), paragraph("x")), ["A", "B"], id="else the last before"
        ),
        pytest.param(
            "{}", (paragraph("x"), chapter("A") + chapter("B")), ["A", "A"], id="else the first after"
        ),
        pytest.param("{} \\n", (chapter("A"),), ["1"], id="its number"),
    ],
)
def test_a_header_shows_the_text_in_a_style_that_is_nearest(
    code: str, sections: tuple[str, ...], shown: list[str]
) -> None:
    """ECMA-376 17.16.5.59; the section stands for the page."""
    told = shown_by_sections(code.format('STYLEREF "Marking Text"'), *sections)
    assert told == [[text] for text in shown]


@pytest.mark.parametrize(
    "code", ["STYLEREF 1", 'STYLEREF "heading 1"', 'styleref "見出し 1"', "STYLEREF 見出し1"]
)
def test_built_in_headings_by_number_and_by_their_names(code: str) -> None:
    assert shown_by_sections(code, chapter("A", "H1"), chapter("B", "H1")) == [["A"], ["B"]]


@pytest.mark.parametrize("whole", [whole_field, lambda code: f"<w:fldSimple w:instr='{code}'/>"])
def test_in_the_body_the_last_before_the_field_goes_first(whole: Callable[..., str]) -> None:
    field_line = f"<w:p>{whole('STYLEREF Mark')}</w:p>"
    body = field_line + chapter("A") + chapter("B") + field_line + chapter("C")
    data = word_file(body, linked={"styles": STYLES.replace("Marking Text", "Mark")})
    assert [text for _, text in lines(data)] == ["A", "A", "B", "B", "C"]
