"""Word files as programs make them: LibreOffice and python-docx for real, Google Docs and Pages by the
shape of the files that they write.

The last two programs run on other people's machines only. What their tests build has the structure of
such files (which parts there are, how runs, fields, content controls and text boxes are nested), not
their bytes.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from countermark.model import Document, PageKind, Unseen, Zone
from support.libreoffice import FLAT_TEXT, convert
from support.word_files import links, read, word_file

if TYPE_CHECKING:
    from pathlib import Path


def told(document: Document) -> list[tuple[PageKind | None, Zone, str]]:
    return [(page.kind, line.zone, line.text) for page in document.live_pages for line in page.lines]


@pytest.fixture(scope="module")
def by_libreoffice(office: str, tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    source = folder / "plan.fodt"
    source.write_text(FLAT_TEXT, encoding="utf-8")
    return read(convert(office, folder, [source], "docx")["plan"].read_bytes())


FIRST, DEFAULT = PageKind.first, PageKind.default


@pytest.mark.slow
def test_a_file_by_libreoffice(by_libreoffice: Document) -> None:
    assert told(by_libreoffice) == [
        (FIRST, Zone.header, "UK TOP SECRET"),
        (FIRST, Zone.footer, "First foot"),
        (DEFAULT, Zone.header, "UK SECRET"),
        (DEFAULT, Zone.header, "極秘"),
        (DEFAULT, Zone.watermark, "UK SECRET DRAFT"),
        (DEFAULT, Zone.body, "Opening"),
        (DEFAULT, Zone.body, "added words"),
        (DEFAULT, Zone.body, "Kept"),
        (DEFAULT, Zone.deleted, "gone words"),
        (DEFAULT, Zone.deleted, "Keptgone words"),
        (DEFAULT, Zone.body, "Seen "),
        (DEFAULT, Zone.hidden, "concealed"),
        (DEFAULT, Zone.hidden, "white words"),
        (DEFAULT, Zone.body, "Asked here"),
        (DEFAULT, Zone.table, "In a cell"),
        (DEFAULT, Zone.table, "In an inner cell"),
        (DEFAULT, Zone.body, "Anchor"),
        (DEFAULT, Zone.textbox, "Boxed words"),
        (DEFAULT, Zone.body, "Second page"),
        (DEFAULT, Zone.footnote, "\tA footnote"),
        (DEFAULT, Zone.endnote, "\tAn endnote"),
        (DEFAULT, Zone.comment, "A question"),
        (DEFAULT, Zone.comment, "An answer"),
        (DEFAULT, Zone.footer, "Page 2 of 3"),
    ]
    assert by_libreoffice.problems == ()


@pytest.mark.slow
def test_what_a_file_by_libreoffice_says_of_its_lines_and_itself(by_libreoffice: Document) -> None:
    lines = {line.text: line for page in by_libreoffice.pages for line in page.lines}
    assert (lines["concealed"].unseen, lines["white words"].unseen) == (Unseen.hidden, Unseen.colour)
    assert lines["added words"].tracked
    assert ("title", "Exercise plan") in [(one.name, one.value) for one in by_libreoffice.properties]
    assert [(one.name, one.text) for one in by_libreoffice.labels] == [("Classification", "UK SECRET")]


def test_a_file_by_python_docx() -> None:
    made = docx.Document()
    made.core_properties.subject = "UK SECRET"
    made.sections[0].header.paragraphs[0].text = "\tUK SECRET\tPage"
    made.sections[0].footer.paragraphs[0].text = "Foot"
    made.add_heading("Plan", 1)
    words = made.add_paragraph("Words")
    words.add_run(" in bold").bold = True
    made.add_comment(words.runs, text="A comment", author="A", initials="A")
    cell = made.add_table(1, 1).cell(0, 0)
    cell.text = "In a cell"
    cell.add_table(1, 1).cell(0, 0).text = "In an inner cell"
    saved = BytesIO()
    made.save(saved)
    document = read(saved.getvalue())
    assert told(document) == [
        (DEFAULT, Zone.header, "\tUK SECRET\tPage"),
        (DEFAULT, Zone.body, "Plan"),
        (DEFAULT, Zone.body, "Words in bold"),
        (DEFAULT, Zone.table, "In a cell"),
        (DEFAULT, Zone.table, "In an inner cell"),
        (DEFAULT, Zone.comment, "A comment"),
        (DEFAULT, Zone.footer, "Foot"),
    ]
    assert document.problems == ()


GOOGLE = "http://customooxmlschemas.google.com/"


def google_run(content: str) -> str:
    deletions = 'w:rsidDel="00000000" w:rsidR="00000000" w:rsidRPr="00000000"'
    return f'<w:r {deletions}><w:rPr><w:rtl w:val="0"/></w:rPr>{content}</w:r>'


def google_text(said: str) -> str:
    return google_run(f'<w:t xml:space="preserve">{said}</w:t>')


def google_control(number: int, content: str) -> str:
    tag = f'<w:id w:val="{number}"/><w:tag w:val="goog_rdk_{number}"/>'
    return f"<w:sdt><w:sdtPr>{tag}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def google_paragraph(content: str) -> str:
    return f'<w:p w:rsidR="00000000"><w:pPr><w:rPr/></w:pPr>{content}</w:p>'


def test_a_file_in_the_shape_of_google_docs() -> None:
    """No application or core properties, a custom XML part of its own, a field's whole code in one run
    with no result, comments and suggestions inside content controls, drawings with a picture to fall
    back on."""
    page = (
        '<w:fldChar w:fldCharType="begin"/><w:instrText xml:space="preserve">PAGE</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/>'
    )
    commented = google_control(0, '<w:commentRangeStart w:id="0"/>') + google_text("Asked")
    commented += '<w:commentRangeEnd w:id="0"/>' + google_run('<w:commentReference w:id="0"/>')
    inserted = f'<w:ins w:author="A" w:id="0">{google_text("suggested ")}</w:ins>'
    deleted = google_text("dropped").replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    deleted = f'<w:del w:author="A" w:id="1">{deleted}</w:del>'
    shape = (
        "<wps:wsp><wps:cNvSpPr/><wps:spPr><a:solidFill><a:srgbClr val='EEEEEE'/></a:solidFill></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{google_paragraph(google_text('Drawn words'))}</w:txbxContent></wps:txbx>"
        "</wps:wsp>"
    )
    drawing = (
        "<mc:AlternateContent><mc:Choice Requires='wpg'><w:drawing><wp:inline><a:graphic><a:graphicData>"
        f"{shape}</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        "<mc:Fallback><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed='rId9'/>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Fallback></mc:AlternateContent>"
    )
    table = f"<w:tbl><w:tblPr/><w:tr><w:tc>{google_paragraph(google_text('In a cell'))}</w:tc></w:tr></w:tbl>"
    body = (
        google_paragraph(commented)
        + google_paragraph(google_control(1, inserted) + google_control(2, deleted) + google_text("end"))
        + google_control(3, table)
        + google_paragraph(google_run(drawing))
        + '<w:sectPr><w:headerReference r:id="h" w:type="default"/><w:footerReference r:id="f" '
        'w:type="default"/><w:pgSz w:h="16834" w:w="11909" w:orient="portrait"/><w:pgNumType w:start="1"/>'
        "</w:sectPr>"
    )
    comment = f'<w:comment w:author="A" w:id="0">{google_paragraph(google_text("A comment"))}</w:comment>'
    data = word_file(
        body,
        bands={
            "h": google_paragraph(google_control(4, google_text("UK ")) + google_text("SECRET")),
            "f": google_paragraph(google_text("Page ") + google_run(page)),
        },
        linked={"comments": comment},
        more={
            "customXML/item1.xml": (
                f'<go:gDocsCustomXmlDataStorage xmlns:go="{GOOGLE}"><go:docsCustomData '
                'roundtripDataSignature="AMtx7mg" roundtripDataChecksum="1"/></go:gDocsCustomXmlDataStorage>'
            ),
            "customXML/_rels/item1.xml.rels": links({"a": ("customXmlProps", "itemProps1.xml")}),
            "customXML/itemProps1.xml": "<ds:datastoreItem xmlns:ds='urn:x'/>",
        },
        more_links={"data": ("customXml", "../customXML/item1.xml")},
    )
    document = read(data)
    assert told(document) == [
        (DEFAULT, Zone.header, "UK SECRET"),
        (DEFAULT, Zone.body, "Asked"),
        (DEFAULT, Zone.body, "suggested end"),
        (DEFAULT, Zone.deleted, "dropped"),
        (DEFAULT, Zone.deleted, "droppedend"),
        (DEFAULT, Zone.table, "In a cell"),
        (DEFAULT, Zone.textbox, "Drawn words"),
        (DEFAULT, Zone.comment, "A comment"),
        (DEFAULT, Zone.footer, "Page 1"),
    ]
    assert (document.properties, document.labels, document.problems) == ((), (), ())


def pages_box(content: str, fill: str = "") -> str:
    """A text box of Pages: a drawing and, for old programs, the same in VML."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="0">'
        f'<wp:extent cx="5000000" cy="1000000"/><wp:wrapTopAndBottom/><a:graphic><a:graphicData><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr>{fill or "<a:noFill/>"}</wps:spPr>'
        f'<wps:txbx id="1">{box}</wps:txbx>'
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:rect style="visibility:visible;position:absolute"><v:textbox>{box}'
        "</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def pages_paragraph(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def pages_text(said: str) -> str:
    return f'<w:r><w:rPr><w:rtl w:val="0"/><w:lang w:val="en-US"/></w:rPr><w:t>{said}</w:t></w:r>'


def test_a_file_in_the_shape_of_pages() -> None:
    """A header set with tabs in a style of its own; in documents laid out page by page all text stands
    in boxes that hang on empty paragraphs."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="Header &amp; Footer"><w:name w:val="Header &amp; Footer"/>'
        '<w:pPr><w:tabs><w:tab w:val="right" w:pos="9020"/></w:tabs></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Body A"><w:name w:val="Body A"/></w:style>'
    )
    white = pages_text("White title").replace("<w:rPr>", '<w:rPr><w:color w:val="ffffff"/>')
    dark = '<a:solidFill><a:srgbClr val="203040"/></a:solidFill>'
    cell = pages_paragraph("Table Style 2", pages_text("In a cell"))
    table = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    body = (
        pages_paragraph("Body A", pages_box(pages_paragraph("Title", white), dark))
        + pages_paragraph("Body A", pages_box(pages_paragraph("Body A", pages_text("UK SECRET")) + table))
        + '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" '
        'r:id="f"/><w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/><w:bidi w:val="0"/></w:sectPr>'
    )
    tabs = (
        '<w:pPr><w:tabs><w:tab w:val="center" w:pos="4819"/><w:tab w:val="right" w:pos="9638"/>'
        '<w:tab w:val="clear" w:pos="9020"/></w:tabs></w:pPr>'
    )
    header = pages_paragraph("Header &amp; Footer", "<w:r><w:tab/></w:r>" + pages_text("UK SECRET"))
    header = header.replace("</w:pPr>", tabs.removeprefix("<w:pPr>"), 1)
    data = word_file(body, bands={"h": header, "f": "<w:p/>"}, linked={"styles": styles})
    document = read(data)
    assert told(document) == [
        (DEFAULT, Zone.header, "\tUK SECRET"),
        (DEFAULT, Zone.textbox, "White title"),
        (DEFAULT, Zone.textbox, "UK SECRET"),
        (DEFAULT, Zone.textbox, "In a cell"),
    ]
    assert document.pages[0].lines[0].centred
    assert document.problems == ()
