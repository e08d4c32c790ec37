"""Where each kind of text that a Word file can carry is told to stand: zone, section, page kind, part.

One small file a kind, whose text UK SECRET stands once, in the second of two sections; what a kind
means in detail is the matter of the other tests.
"""

from __future__ import annotations

import pytest

from countermark.model import Document, Location, PageKind, Unseen, Zone
from countermark.readers.read import read as read_any
from countermark.support.limits import Limits
from support.word_content import run, table, text, text_box, vml_text_box, whole_field
from support.word_files import paragraph, read, section, word_file, xml

MARK = "UK SECRET"
MARKED = paragraph(MARK)
MAIN = "word/document.xml"
FIRST, EVEN, DEFAULT = PageKind.first, PageKind.even, PageKind.default


def in_body(content: str, **parts: object) -> bytes:
    """Two sections, `content` in the second."""
    return word_file(paragraph("one", section()) + content + section(), **parts)  # type: ignore[arg-type]


def in_band(
    content: str, band: str = "header-default-h", *, title_page: bool = False, settings: str = ""
) -> bytes:
    """Two sections; `content` is what a header or footer part says that the second defines."""
    end = section(band, title_page=title_page)
    linked = {"settings": settings} if settings else {}
    return word_file(
        paragraph("one", section()) + paragraph("two") + end,
        bands={band.split("-")[2]: content},
        linked=linked,
    )


def line_with_mark(data: bytes) -> tuple[Location, Unseen | None, bool]:
    """The place of the one line that says UK SECRET, why it is not seen, and whether its page is live."""
    found = [
        (page.locate(line), line.unseen, page.live)
        for page in read(data).pages
        for line in page.lines
        if MARK in line.text
    ]
    assert len(found) == 1
    return found[0]


def drawn(content: str) -> str:
    return f"<w:p>{run(content)}</w:p>"


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def group(content: str) -> str:
    """A DrawingML group in a group, on a canvas."""
    names = 'xmlns:wpg="urn:g" xmlns:wpc="urn:c"'
    inside = f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
    grouped = f"<wpc:wpc {names}><wpg:wgp><wpg:grpSp>{inside}</wpg:grpSp></wpg:wgp></wpc:wpc>"
    graphic = f"<a:graphic><a:graphicData>{grouped}</a:graphicData></a:graphic>"
    return f"<w:drawing><wp:inline>{graphic}</wp:inline></w:drawing>"


def word_art(content: str) -> str:
    bent = '</wps:txbx><wps:bodyPr><a:prstTxWarp prst="textPlain"/></wps:bodyPr>'
    return text_box(content).replace("</wps:txbx>", bent)


VML_WORD_ART = f'<w:pict><v:shape><v:textpath string="{MARK}"/></v:shape></w:pict>'
PICTURE = f'<w:drawing><wp:inline><wp:docPr id="1" name="a" descr="{MARK}"/></wp:inline></w:drawing>'
DELETED = f"<w:p><w:del>{run(f'<w:delText>{MARK}</w:delText>')}</w:del></w:p>"
MOVED = f"<w:p><w:moveFrom>{run(text(MARK))}</w:moveFrom></w:p>"
LIST = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    f'<w:lvlText w:val="({MARK})"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
CHART = (
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>{MARK}</a:t></a:r></a:p></c:chart>'
)


def noted(kind: str) -> bytes:
    root = kind.removesuffix("s")
    led = f'<w:p>{run(f"""<w:{root}Reference w:id="1"/>""")}</w:p>'
    return in_body(led, linked={kind: f'<w:{root} w:id="1">{MARKED}</w:{root}>'})


BODY = {
    "paragraph": (MARKED, Zone.body, None),
    "content control around a paragraph": (control(MARKED), Zone.body, None),
    "content control in a line": (f"<w:p>{control(run(text(MARK)))}</w:p>", Zone.body, None),
    "content control around a cell": (
        f"<w:tbl><w:tr>{control(f'<w:tc>{MARKED}</w:tc>')}</w:tr></w:tbl>",
        Zone.table,
        None,
    ),
    "content control around a row": (
        f"<w:tbl>{control(f'<w:tr><w:tc>{MARKED}</w:tc></w:tr>')}</w:tbl>",
        Zone.table,
        None,
    ),
    "custom XML around a paragraph": (f"<w:customXml>{MARKED}</w:customXml>", Zone.body, None),
    "field": (f"<w:p>{whole_field('TITLE', MARK)}</w:p>", Zone.body, None),
    "field without a result": (
        f"<w:p>{whole_field(f'QUOTE {chr(34)}{MARK}{chr(34)}')}</w:p>",
        Zone.body,
        None,
    ),
    "table": (table(MARKED), Zone.table, None),
    "table in a table": (table(table(MARKED) + "<w:p/>"), Zone.table, None),
    "DrawingML text box": (drawn(text_box(MARKED)), Zone.textbox, None),
    "VML text box": (drawn(vml_text_box(MARKED)), Zone.textbox, None),
    "text box in a table": (table(drawn(text_box(MARKED))), Zone.textbox, None),
    "table in a text box": (drawn(text_box(table(MARKED))), Zone.textbox, None),
    "group on a canvas": (drawn(group(MARKED)), Zone.textbox, None),
    "frame": (paragraph(MARK, '<w:framePr w:w="2000"/>'), Zone.textbox, None),
    "insertion": (f"<w:p><w:ins>{run(text(MARK))}</w:ins></w:p>", Zone.body, None),
    "deletion": (DELETED, Zone.deleted, None),
    "moved away": (MOVED, Zone.deleted, None),
    "moved here": (f"<w:p><w:moveTo>{run(text(MARK))}</w:moveTo></w:p>", Zone.body, None),
    "hidden text": (paragraph(MARK, run="<w:vanish/>"), Zone.hidden, Unseen.hidden),
    "hidden paragraph": (
        paragraph(MARK, "<w:rPr><w:vanish/></w:rPr>", "<w:vanish/>"),
        Zone.hidden,
        Unseen.hidden,
    ),
    "hidden text in a table": (table(paragraph(MARK, run="<w:vanish/>")), Zone.hidden, Unseen.hidden),
    "WordArt in VML": (drawn(VML_WORD_ART), Zone.watermark, None),
    "alternative text": (drawn(PICTURE), Zone.image, Unseen.hidden),
    "formula": (f"<w:p><m:oMath><m:r><m:t>{MARK}</m:t></m:r></m:oMath></w:p>", Zone.body, None),
}


@pytest.mark.parametrize(("content", "zone", "unseen"), BODY.values(), ids=BODY)
def test_in_the_body(content: str, zone: Zone, unseen: Unseen | None) -> None:
    where, why, live = line_with_mark(in_body(content))
    assert (where.zone, where.section, where.kind, where.part) == (zone, 2, DEFAULT, MAIN)
    assert (why, live) == (unseen, True)


BAND = {
    "paragraph": (MARKED, None, None),
    "content control": (control(MARKED), None, None),
    "field": (f"<w:p>{whole_field('TITLE', MARK)}</w:p>", None, None),
    "table": (table(MARKED), None, None),
    "DrawingML text box": (drawn(text_box(MARKED)), None, None),
    "VML text box": (drawn(vml_text_box(MARKED)), None, None),
    "group on a canvas": (drawn(group(MARKED)), None, None),
    "frame": (paragraph(MARK, '<w:framePr w:w="2000"/>'), None, None),
    "insertion": (f"<w:p><w:ins>{run(text(MARK))}</w:ins></w:p>", None, None),
    "deletion": (DELETED, Zone.deleted, None),
    "hidden text": (paragraph(MARK, run="<w:vanish/>"), Zone.hidden, Unseen.hidden),
    "WordArt in DrawingML": (drawn(word_art(MARKED)), Zone.watermark, None),
    "WordArt in VML": (drawn(VML_WORD_ART), Zone.watermark, None),
    "alternative text": (drawn(PICTURE), Zone.image, Unseen.hidden),
}


@pytest.mark.parametrize("band", [Zone.header, Zone.footer])
@pytest.mark.parametrize(("content", "zone", "unseen"), BAND.values(), ids=BAND)
def test_in_headers_and_footers(content: str, zone: Zone | None, unseen: Unseen | None, band: Zone) -> None:
    name = band.value[0]
    where, why, live = line_with_mark(in_band(content, f"{band.value}-default-{name}"))
    assert (where.zone, where.section, where.kind) == (zone or band, 2, DEFAULT)
    assert (where.part, why, live) == (f"word/{name}.xml", unseen, True)


@pytest.mark.parametrize("band", [Zone.header, Zone.footer])
@pytest.mark.parametrize(
    ("kind", "title_page", "alternating", "live"),
    [
        (FIRST, True, False, True),
        (FIRST, False, False, False),
        (EVEN, False, True, True),
        (EVEN, False, False, False),
        (DEFAULT, False, False, True),
    ],
)
def test_in_each_kind_of_header_and_footer(
    kind: PageKind, title_page: bool, alternating: bool, live: bool, band: Zone
) -> None:
    name = band.value[0]
    data = in_band(
        MARKED,
        f"{band.value}-{kind.value}-{name}",
        title_page=title_page,
        settings="<w:evenAndOddHeaders/>" if alternating else "",
    )
    where, _, is_live = line_with_mark(data)
    assert (where.zone, where.section, where.kind, where.part) == (band, 2, kind, f"word/{name}.xml")
    assert is_live is live


PARTS = {
    "footnote": (noted("footnotes"), Zone.footnote, "word/footnotes.xml"),
    "endnote": (noted("endnotes"), Zone.endnote, "word/endnotes.xml"),
    "comment": (noted("comments"), Zone.comment, "word/comments.xml"),
    "label of a list": (in_body(paragraph("a", NUMBERED), linked={"numbering": LIST}), Zone.body, MAIN),
    "chart": (
        in_body("", more={"word/chart.xml": CHART}, more_links={"one": ("chart", "chart.xml")}),
        Zone.textbox,
        "word/chart.xml",
    ),
    "inserted HTML": (
        in_body(
            '<w:altChunk r:id="one"/>',
            more={"word/chunk.html": f"<p>{MARK}</p>"},
            more_links={"one": ("aFChunk", "chunk.html")},
        ),
        Zone.body,
        MAIN,
    ),
}


@pytest.mark.parametrize(("data", "zone", "part"), PARTS.values(), ids=PARTS)
def test_in_parts_of_their_own(data: bytes, zone: Zone, part: str) -> None:
    where, unseen, live = line_with_mark(data)
    assert (where.zone, where.section, where.kind, where.part) == (zone, 2, DEFAULT, part)
    assert (unseen, live) == (None, True)


def embedding(name: str, kind: str) -> bytes:
    return in_body(
        '<w:altChunk r:id="one"/>' if kind == "aFChunk" else "",
        more={f"word/embeddings/{name}": word_file(MARKED)},
        more_links={"one": (kind, f"embeddings/{name}")},
    )


@pytest.mark.parametrize(
    ("name", "kind"), [("plan.docx", "package"), ("object1.bin", "oleObject"), ("chunk.docx", "aFChunk")]
)
def test_in_embedded_files(name: str, kind: str) -> None:
    document = read_any(embedding(name, kind), "a.docx", Limits())
    (child,) = document.children
    (page,) = child.pages
    assert (child.name, [line.text for line in page.lines]) == (name, [MARK])
    assert page.locate(page.lines[0]) == Location(section=1, kind=DEFAULT, part=MAIN, zone=Zone.body, line=1)


def of_no_page() -> Document:
    """A file that keeps a text for insertion, a custom XML part and properties of all three kinds."""
    kept = f"<w:docParts><w:docPart><w:docPartBody>{MARKED}</w:docPartBody></w:docPart></w:docParts>"
    data = word_file(
        "<w:p/>",
        more={
            "word/glossary/document.xml": xml("glossaryDocument", kept),
            "customXml/item1.xml": f"<a><Mark>{MARK}</Mark></a>",
            "docProps/core.xml": f"<a><title>{MARK}</title></a>",
            "docProps/app.xml": f"<a><Company>{MARK}</Company></a>",
            "docProps/custom.xml": f'<a><property name="Own"><b>{MARK}</b></property></a>',
        },
        more_links={
            "kept": ("glossaryDocument", "glossary/document.xml"),
            "data": ("customXml", "../customXml/item1.xml"),
        },
        root_links={
            "core": ("metadata/core-properties", "docProps/core.xml"),
            "app": ("extended-properties", "docProps/app.xml"),
            "custom": ("custom-properties", "docProps/custom.xml"),
        },
    )
    return read(data)


def test_what_stands_on_no_page() -> None:
    document = of_no_page()
    assert len(document.lines) == 1
    line = document.lines[0]
    assert (line.text, line.zone, line.unseen) == (MARK, Zone.hidden, Unseen.unused)
    assert line.part == "word/glossary/document.xml"
    assert [(one.name, one.value, one.source) for one in document.properties] == [
        ("title", MARK, "docProps/core.xml"),
        ("Company", MARK, "docProps/app.xml"),
        ("Own", MARK, "docProps/custom.xml"),
        ("Mark", MARK, "customXml/item1.xml"),
    ]
