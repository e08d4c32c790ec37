"""Word files in the strict form (ISO/IEC 29500-1), whose parts and links have namespaces of their own."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import msgspec
import pytest

from countermark.model import Document, Zone
from support.word_content import run, table, text_box, whole_field
from support.word_files import TYPE, links, paragraph, read, section, word_file, xml, zipped

OFFICE = TYPE.removesuffix("/relationships")
TRANSITIONAL = re.compile(
    r"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/"
)
SPELLED_ANEW = {"extended-properties": "extendedProperties", "custom-properties": "customProperties"}
ITEM = "{11111111-AAAA-4BBB-8CCC-222222222222}"
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Mark"><w:name w:val="Mark"/><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:caps w:val="true"/><w:color w:val="C00000"/><w:sz w:val="32"/></w:rPr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="(S)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)
NOTED = '<w:footnoteReference w:id="1"/>'
MARKED = paragraph("uk secret", '<w:pStyle w:val="Mark"/>')
BOUND = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/mark" w:storeItemID="' + ITEM + '"/></w:sdtPr>'
    "<w:sdtContent><w:p/></w:sdtContent></w:sdt>"
)


def strict(data: bytes) -> bytes:
    """The same file with the names of the strict form in all its parts and links."""
    entries: dict[str, str | bytes] = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            content = TRANSITIONAL.sub(r"http://purl.oclc.org/ooxml/\1/", archive.read(name).decode())
            for transitional, own in SPELLED_ANEW.items():
                content = content.replace(f"/{transitional}", f"/{own}")
            entries[name] = content
    return zipped(entries)


def whole_file() -> bytes:
    """A file with text in every kind of part."""
    body = (
        paragraph("one", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + MARKED
        + table(paragraph("cell"))
        + f"<w:p>{run(text_box(paragraph('box'), fill='000080'))}{run(NOTED)}</w:p>"
        + f"<w:p><w:del>{run('<w:delText>gone</w:delText>')}</w:del>{whole_field('DOCPROPERTY Mark')}</w:p>"
        + BOUND
        + "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"
        + section(
            "header-first-h1",
            "header-default-h2",
            "header-even-h3",
            "footer-default-f1",
            properties='<w:pgSz w:w="595.3pt" w:h="841.9pt"/>',
            title_page=True,
        )
    )
    notes = {
        kind: f'<w:{kind[:-1]} w:id="1">{MARKED}</w:{kind[:-1]}>'
        for kind in ("footnotes", "endnotes", "comments")
    }
    custom = (
        f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        '<property name="Mark"><vt:lpwstr>UK SECRET</vt:lpwstr></property></Properties>'
    )
    app = f'<Properties xmlns="{OFFICE}/extended-properties"><Company>MOD</Company></Properties>'
    item = f'<ds:datastoreItem ds:itemID="{ITEM}" xmlns:ds="{OFFICE}/customXml"/>'
    return word_file(
        body,
        bands={"h1": MARKED, "h2": MARKED + f"<w:p>{run(text_box(MARKED))}</w:p>", "h3": MARKED, "f1": BOUND},
        linked={
            "styles": STYLES,
            "numbering": NUMBERING,
            "settings": '<w:evenAndOddHeaders w:val="true"/>',
            **notes,
        },
        more={
            "docProps/custom.xml": custom,
            "docProps/app.xml": app,
            "customXml/item1.xml": "<mark>UK SECRET</mark>",
            "customXml/itemProps1.xml": item,
            "customXml/_rels/item1.xml.rels": links({"a": ("customXmlProps", "itemProps1.xml")}),
            "word/glossary/document.xml": xml("glossaryDocument", paragraph("kept")),
        },
        more_links={
            "data": ("customXml", "../customXml/item1.xml"),
            "kept": ("glossaryDocument", "glossary/document.xml"),
        },
        root_links={
            "app": ("extended-properties", "docProps/app.xml"),
            "custom": ("custom-properties", "docProps/custom.xml"),
        },
    )


def without_digest(document: Document) -> Document:
    return msgspec.structs.replace(document, sha256="")


def test_every_part_of_a_strict_file_is_read_like_its_transitional_twin() -> None:
    plain, own = whole_file(), strict(whole_file())
    assert b"purl.oclc.org" in ZipFile(BytesIO(own)).read("word/h1.xml")
    document = read(own)
    assert without_digest(document) == without_digest(read(plain))
    assert [line.text for line in document.lines] == ["kept"]
    assert document.problems == ()


@pytest.mark.parametrize(
    "zone",
    [
        Zone.header,
        Zone.footer,
        Zone.body,
        Zone.table,
        Zone.textbox,
        Zone.footnote,
        Zone.endnote,
        Zone.comment,
        Zone.deleted,
    ],
)
def test_a_strict_file_has_text_in_every_zone(zone: Zone) -> None:
    found = [
        line for page in read(strict(whole_file())).live_pages for line in page.lines if line.zone is zone
    ]
    assert found
