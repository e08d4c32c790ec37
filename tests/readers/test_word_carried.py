"""What a Word file carries besides its own text: embedded files, foreign text, active content, labels."""

from __future__ import annotations

import struct

import pytest

from countermark.model import ProblemKind, Property, Unseen, Zone
from countermark.readers.labels import labels_from_properties
from countermark.readers.ooxml.embedded import embedded_file
from countermark.readers.read import read as read_any
from countermark.support.limits import Limits
from support.needs import CORPUS
from support.word_content import whole_field
from support.word_files import lines, links, ole_file, paragraph, read, section, word_file

SECRET = paragraph("SECRET")


def native(label: str, content: bytes) -> bytes:
    """An Ole10Native stream ([MS-OLEDS] 2.3.6)."""
    path = b"C:\\Users\\clerk\\" + label.encode("cp1252") + b"\0"
    named = label.encode("cp1252") + b"\0" + path + struct.pack("<II", 0x30000, len(path)) + path
    stream = struct.pack("<H", 2) + named + struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(stream)) + stream


def embedding(data: bytes, name: str = "oleObject1.bin", kind: str = "oleObject") -> bytes:
    return word_file(
        SECRET, more={f"word/embeddings/{name}": data}, more_links={"one": (kind, f"embeddings/{name}")}
    )


@pytest.mark.parametrize(
    ("stream", "content", "name"),
    [
        ("Package", word_file(SECRET), "oleObject1.bin"),
        ("CONTENTS", b"%PDF-1.7 and so on", "oleObject1.bin"),
        ("\x01Ole10Native", native("plan.txt", b"a plan"), "plan.txt"),
        ("\x01Ole10Native", native("..\\..\\plan.txt", b"a plan"), "plan.txt"),
    ],
)
def test_what_an_ole_object_holds_is_a_child(stream: str, content: bytes, name: str) -> None:
    (child,) = read(embedding(ole_file(stream, content))).children
    inside = b"a plan" if "Native" in stream else content.ljust(4096, b"\0")
    assert (child.name, child.media_type) == (name, f"size/{len(inside)}")


def test_a_word_file_in_an_ole_object_is_read_to_its_text() -> None:
    data = embedding(ole_file("Package", word_file(SECRET)))
    (child,) = read_any(data, "a.docx", Limits()).children
    assert [line.text for page in child.pages for line in page.lines] == ["SECRET"]


def test_an_object_of_another_program_is_given_whole() -> None:
    data = ole_file("Workbook", b"a sheet")
    (child,) = read(embedding(data)).children
    assert child.media_type == f"size/{len(data)}"


def test_a_formula_is_no_child_and_no_problem() -> None:
    document = read(embedding(ole_file("Equation Native", b"x")))
    assert (document.children, document.problems) == ((), ())


@pytest.mark.parametrize("cut", [600, 1400])
def test_a_damaged_object_is_told(cut: int) -> None:
    document = read(embedding(ole_file("\x01Ole10Native", native("plan.txt", b"a plan"))[:cut]))
    assert document.children == ()
    assert [problem.reason for problem in document.problems] == ["package-embedded"]


def test_a_stream_that_is_shorter_than_it_says() -> None:
    size = struct.pack("<I", len(b"a plan"))
    broken = native("plan.txt", b"a plan").replace(size + b"a plan", struct.pack("<I", 10**6) + b"a plan")
    document = read(embedding(ole_file("\x01Ole10Native", broken)))
    assert [problem.reason for problem in document.problems] == ["package-embedded"]


def test_a_package_keeps_the_name_of_its_part() -> None:
    found = embedded_file(word_file(SECRET), "word/embeddings/plan.docx")
    assert found is not None
    assert found.name == "plan.docx"


HTML = (
    b"<html><head><title>no</title><style>p{}</style></head>"
    b"<body><p>UK <b>SEC</b>RET<p>two<script>no</script>"
)
WEB_ARCHIVE = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + HTML

RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset128 MS Mincho;}}"
    b"{\\info{\\title no}}\\f0 %s\\par}"
)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("chunk.html", HTML, ["UK SECRET", "two"]),
        ("chunk.mht", WEB_ARCHIVE, ["UK SECRET", "two"]),
        ("chunk.txt", b"UK SECRET\ntwo", ["UK SECRET", "two"]),
        ("chunk.txt", "極秘".encode("utf-16"), ["極秘"]),
        ("chunk.html", b"", []),
        ("chunk.rtf", RTF % b"UK \\b SEC\\b0 RET\\par two", ["UK SECRET", "two"]),
        ("chunk.rtf", RTF % b"SECRET{\\footnote TOP SECRET}", ["SECRET", "TOP SECRET"]),
        ("chunk.rtf", RTF % b"\\f1\\'8b\\'c9\\'94\\'e9\\f0\\par\\u31192?", ["極秘", "秘"]),
    ],
)
def test_inserted_text_stands_where_it_is_inserted(name: str, content: bytes, told: list[str]) -> None:
    data = word_file(
        paragraph("before") + '<w:altChunk r:id="one"/>' + paragraph("after", section()) + paragraph("end"),
        more={f"word/{name}": content},
        more_links={"one": ("aFChunk", name)},
    )
    document = read(data)
    assert [line.text for line in document.pages[0].lines] == ["before", *told, "after"]
    assert (document.children, document.problems) == ((), ())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("chunk.rtf", RTF % b"SECRET{\\header UK SECRET}", ["SECRET"]),
        ("chunk.rtf", RTF % b"SECRET\\headery720", None),
        ("chunk.rtf", b"{\\rtf1{\\fonttbl" + b"\\f1 \\fcharset0 " * 500, []),
        ("chunk.xml", b"<pkg:package xmlns:pkg='urn:x'/>", []),
    ],
)
def test_inserted_text_that_is_not_all_read_is_told(
    name: str, content: bytes, told: list[str] | None
) -> None:
    data = word_file(
        '<w:altChunk r:id="one"/>', more={f"word/{name}": content}, more_links={"one": ("aFChunk", name)}
    )
    document = read(data)
    problems = [(one.kind, one.reason, one.args) for one in document.problems]
    part = (ProblemKind.part_unreadable, "word-inserted", {"part": f"word/{name}"})
    assert problems == ([] if told is None else [part])
    assert [line.text for page in document.pages for line in page.lines] == (
        ["SECRET"] if told is None else told
    )
    assert document.children == ()


@pytest.mark.parametrize("name", ["chunk.docx", "chunk.rtf"])
def test_an_inserted_file_is_a_child(name: str) -> None:
    data = word_file(
        '<w:altChunk r:id="one"/>',
        more={f"word/{name}": word_file(SECRET)},
        more_links={"one": ("aFChunk", name)},
    )
    assert [child.name for child in read(data).children] == [name]


@pytest.mark.parametrize(
    ("kind", "root"),
    [
        ("diagramData", "<x {a}><a:p><a:r><a:t>SEC</a:t></a:r><a:r><a:t>RET</a:t></a:r></a:p></x>"),
        ("chart", "<x {a} {c}><c:cat><c:strCache><c:pt><c:v>SECRET</c:v></c:pt></c:strCache></c:cat></x>"),
        (
            "chart",
            "<x {c}><c:multiLvlStrCache><c:lvl><c:v>SECRET</c:v></c:lvl></c:multiLvlStrCache></x>",
        ),
        ("chartEx", "<x {cx}><cx:strDim><cx:lvl><cx:pt>SECRET</cx:pt></cx:lvl></cx:strDim></x>"),
        ("chartEx", "<x {cx}><cx:tx><cx:txData><cx:v>SECRET</cx:v></cx:txData></cx:tx></x>"),
    ],
)
@pytest.mark.parametrize("where", ["body", "header"])
def test_diagrams_and_charts(kind: str, root: str, where: str) -> None:
    content = root.format(
        a='xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
        c='xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
        cx='xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"',
    )
    target = {"one": (kind, "drawn.xml")}
    more: dict[str, str | bytes] = {"word/drawn.xml": content}
    if where == "header":
        more["word/_rels/h.xml.rels"] = links(target)
    data = word_file(
        section("header-default-h"),
        bands={"h": "<w:p/>"},
        more=more,
        more_links=target if where == "body" else {},
    )
    assert lines(data) == [("textbox" if where == "body" else "header", "SECRET")]


def test_texts_kept_for_insertion_stand_on_no_page() -> None:
    data = word_file(
        paragraph("a"),
        more={"word/glossary/document.xml": word_part("glossaryDocument", SECRET)},
        more_links={"one": ("glossaryDocument", "glossary/document.xml")},
    )
    document = read(data)
    (line,) = document.lines
    assert (line.text, line.zone, line.unseen) == ("SECRET", Zone.hidden, Unseen.unused)
    assert line.part == "word/glossary/document.xml"
    assert lines(data) == [("body", "a")]


@pytest.mark.parametrize(
    ("name", "root", "linked"),
    [
        ("word/header9.xml", "hdr", True),
        ("word/footer9.xml", "ftr", False),
        ("word/comments2.xml", "comments", False),
        ("word/document_old.xml", "document", False),
    ],
)
def test_what_a_program_left_behind_stands_on_no_page(name: str, root: str, linked: bool) -> None:
    """Headers of sections that are gone stay in the package when documents are put together."""
    content = {"comments": f"<w:comment>{SECRET}</w:comment>", "document": f"<w:body>{SECRET}</w:body>"}
    data = word_file(
        paragraph("a") + section("header-default-h"),
        bands={"h": paragraph("head")},
        more={name: word_part(root, content.get(root, SECRET))},
        more_links={"old": ("header", name.removeprefix("word/"))} if linked else {},
    )
    document = read(data)
    assert [(line.text, line.zone, line.unseen, line.part) for line in document.lines] == [
        ("SECRET", Zone.hidden, Unseen.unused, name)
    ]
    assert lines(data) == [("header", "head"), ("body", "a")]
    assert document.problems == ()


def test_a_header_of_two_sections_is_not_left_behind() -> None:
    data = word_file(
        paragraph("a", section("header-default-h", "header-first-h1")) + section(),
        bands={"h": paragraph("head"), "h1": paragraph("first")},
    )
    assert read(data).lines == ()


def word_part(root: str, content: str) -> str:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:{root} xmlns:w="{w}">{content}</w:{root}>'


OUTSIDE = "https://example.org/x"


@pytest.mark.parametrize(
    ("more_links", "more", "kinds"),
    [
        ({"a": ("vbaProject", "vbaProject.bin")}, {"word/vbaProject.bin": b"x"}, "vbaProject"),
        ({"a": ("image", OUTSIDE)}, {}, "image"),
        ({"a": ("oleObject", OUTSIDE), "b": ("aFChunk", OUTSIDE)}, {}, "aFChunk, oleObject"),
        ({"a": ("subDocument", "file:///C:/part.docx")}, {}, "subDocument"),
        (
            {},
            {"word/_rels/settings.xml.rels": links({"t": ("attachedTemplate", OUTSIDE)})},
            "attachedTemplate",
        ),
        ({"a": ("control", "activeX1.xml")}, {"word/activeX1.xml": b"<x/>"}, "control"),
        ({"a": ("hyperlink", OUTSIDE)}, {}, None),
        ({"a": ("image", "cid:image001.png@01DB0000.00000000")}, {}, None),
        ({}, {}, None),
    ],
)
def test_active_content_is_told_and_not_followed(
    more_links: dict[str, tuple[str, str]], more: dict[str, str | bytes], kinds: str | None
) -> None:
    problems = read(word_file(SECRET, more=more, more_links=more_links)).problems
    told = [(problem.kind, problem.reason, problem.args["kinds"]) for problem in problems]
    assert told == ([(ProblemKind.active_content, "package-active", kinds)] if kinds else [])


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("file:///C:\\Users\\clerk\\AppData\\Roaming\\Microsoft\\Templates\\Minute.dotx", False),
        ("file:///C:/Program%20Files/Templates/Minute.dotm", False),
        ("file:///Users/clerk/Minute.dotx", False),
        ("C:\\Templates\\Minute.dot", False),
        ("Normal.dotm", False),
        ("https://example.org/minute.dotm", True),
        ("ftp://example.org/minute.dotm", True),
        ("\\\\server\\share\\minute.dotm", True),
        ("file:///\\\\server\\share\\minute.dotm", True),
        ("file:///%5C%5Cserver%5Cshare%5Cminute.dotm", True),
        ("file://server/share/minute.dotm", True),
        ("FILE:////server/share/minute.dotm", True),
    ],
)
def test_a_template_is_told_where_it_is_fetched_from_elsewhere(target: str, told: bool) -> None:
    """Word writes the path of its own machine into every document made from a template."""
    template = links({"t": ("attachedTemplate", target)}).replace(
        f'Target="{target}"/>', f'Target="{target}" TargetMode="External"/>'
    )
    document = read(word_file(SECRET, more={"word/_rels/settings.xml.rels": template}))
    assert [problem.args for problem in document.problems] == (
        [{"kinds": "attachedTemplate"}] if told else []
    )


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe", ["DDEAUTO"]),
        ('INCLUDETEXT "https://example.org/a.docx"', ["INCLUDETEXT"]),
        ('includepicture "https://example.org/a.png" \\d', ["INCLUDEPICTURE"]),
        ("HYPERLINK https://example.org", []),
        ("PAGE", []),
    ],
)
@pytest.mark.parametrize("result", ["shown", "", None])
def test_fields_that_reach_outside(code: str, kinds: list[str], result: str | None) -> None:
    data = word_file(section("header-default-h"), bands={"h": f"<w:p>{whole_field(code, result)}</w:p>"})
    problems = read(data).problems
    assert [problem.args["kinds"] for problem in problems] == kinds
    assert all(where.part == "word/h.xml" for problem in problems for where in problem.locations)


def test_a_simple_field_that_reaches_outside() -> None:
    data = word_file('<w:p><w:fldSimple w:instr="LINK Excel.Sheet.8 a.xls"/></w:p>')
    assert [problem.args for problem in read(data).problems] == [{"kinds": "LINK"}]


GUID = "6c32ec10-11ab-4f0c-9df9-8a2a5a1e2c11"
MSIP = {"Name": "Secret", "Enabled": "true", "SiteId": "a-site", "ContentBits": "3"}
TSCP = "urn:bails:NationalSecurity:BusinessAuthorizationCategory:Name"
CUSTOM_XML = {"one": ("customXml", "../customXml/item1.xml")}


def custom(properties: dict[str, str]) -> list[Property]:
    return [
        Property(name=name, value=value, source="docProps/custom.xml") for name, value in properties.items()
    ]


SISL = '<sisl policy="p"><element uid="id_classification_secret" value="" /></sisl>'


@pytest.mark.parametrize(
    ("properties", "name", "text"),
    [
        (
            {"bjDocumentSecurityLabel": "UK SECRET", "bjDocumentLabelXML": ""},
            "bjDocumentSecurityLabel",
            "UK SECRET",
        ),
        (
            {"bjDocumentLabelXML-0": SISL[30:], "bjDocumentLabelXML": SISL[:30]},
            "bjDocumentLabelXML",
            "id_classification_secret",
        ),
        ({"TitusGUID": "1", "MODClassification": "UK SECRET"}, "MODClassification", "UK SECRET"),
        ({TSCP: "UK SECRET"}, TSCP, "UK SECRET"),
        ({"Classification": "UK SECRET"}, "Classification", "UK SECRET"),
    ],
)
def test_labels_of_labelling_tools(properties: dict[str, str], name: str, text: str) -> None:
    (label,) = labels_from_properties(custom(properties))
    assert (label.name, label.text, label.source) == (name, text, "docProps/custom.xml")


@pytest.mark.parametrize(
    "properties", [{"MODClassification": "UK SECRET"}, {"bjDocumentLabelXML": "<sisl/>"}]
)
def test_properties_that_are_no_labels(properties: dict[str, str]) -> None:
    assert labels_from_properties(custom(properties)) == ()


@pytest.mark.parametrize("bits", ["", "x", "-1", "9" * 5000])
def test_a_sensitivity_label_with_bits_that_are_no_number(bits: str) -> None:
    (label,) = labels_from_properties(custom({f"MSIP_Label_{GUID}_ContentBits": bits}))
    assert label.content_bits == 0


def test_a_sensitivity_label_keeps_what_it_promised() -> None:
    kept = [Property(name=f"MSIP_Label_{GUID}_{key}", value=value, source="x") for key, value in MSIP.items()]
    (label,) = labels_from_properties(kept)
    assert (label.name, label.text) == (f"MSIP_Label_{GUID}", "Secret")
    assert (label.content_bits, label.site) == (3, "a-site")


STANAG = (
    '<slab:originatorConfidentialityLabel xmlns:slab="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">'
    "<slab:ConfidentialityInformation><slab:PolicyIdentifier>UK</slab:PolicyIdentifier>"
    "<slab:Classification>SECRET</slab:Classification></slab:ConfidentialityInformation>"
    "</slab:originatorConfidentialityLabel>"
)


BOUND = (
    '<mb:BindingInformation xmlns:mb="urn:nato:stanag:4778:bindinginformation:1:0">'
    f"<mb:MetadataBindingContainer><mb:MetadataBinding><mb:Metadata>{STANAG}</mb:Metadata>"
    "<mb:DataReference URI=''/></mb:MetadataBinding>"
    "</mb:MetadataBindingContainer></mb:BindingInformation>"
)
SIE = "http://www.boldonjames.com/2008/01/sie/internal/label"
SISL_PART = (
    f'<sisl sislVersion="0" policy="p" origin="userSelected" xmlns="{SIE}">'
    '<element uid="id_classification_secret" value=""/><element uid="id_descriptor" value=""/></sisl>'
)


@pytest.mark.parametrize(
    ("part", "name", "text"),
    [
        (STANAG, "STANAG 4774", "UK SECRET"),
        (BOUND, "STANAG 4774", "UK SECRET"),
        (SISL_PART, "bjDocumentLabelXML", "id_classification_secret id_descriptor"),
    ],
)
def test_labels_in_custom_xml(part: str, name: str, text: str) -> None:
    document = read(word_file(SECRET, more={"customXml/item1.xml": part}, more_links=CUSTOM_XML))
    told = [(label.name, label.text, label.source) for label in document.labels if label.name == name]
    assert told == [(name, text, "customXml/item1.xml")]


LABELS = CORPUS / "labels"


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("number", "text", "properties"),
    [
        (
            1,
            "NATO UNCLASSIFIED",
            {"Context": "NATO Releasable", "Releasable To": "NATO ISAF KFOR RESOLUTE SUPPORT"},
        ),
        (2, "NATO UNCLASSIFIED", {"Context": "NATO"}),
        (3, "NATO UNCLASSIFIED", {"Context": "NATO", "Administrative": "STAFF"}),
        (4, "NATO RESTRICTED", {"Context": "NATO Releasable", "Releasable To": "NATO JPN CHE UKR"}),
        (5, "NATO CONFIDENTIAL", {"Context": "EAPC Releasable", "Releasable To": "EAPC ISAF"}),
        (6, "NATO CONFIDENTIAL", {"Context": "KFOR", "Only": "NATO IRL SWE UKR"}),
    ],
)
def test_the_example_labels_of_nato_are_read(number: int, text: str, properties: dict[str, str]) -> None:
    part = (LABELS / f"nato-4774-17-{number}.nato").read_text("utf-8")
    document = read(word_file(SECRET, more={"customXml/item1.xml": part}, more_links=CUSTOM_XML))
    assert [label.text for label in document.labels] == [text]
    told = {item.name: item.value for item in document.properties if item.source == "customXml/item1.xml"}
    assert told == {f"STANAG 4774 {name}": value for name, value in properties.items()}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (
            {f"MSIP_Label_{GUID}_{key}": value for key, value in MSIP.items()},
            (f"MSIP_Label_{GUID}", "Secret", 3, "a-site"),
        ),
        ({"bjDocumentSecurityLabel": "UK SECRET"}, ("bjDocumentSecurityLabel", "UK SECRET", 0, None)),
        ({"TitusGUID": "1", "MODClassification": "UK SECRET"}, ("MODClassification", "UK SECRET", 0, None)),
        ({TSCP: "UK SECRET"}, (TSCP, "UK SECRET", 0, None)),
    ],
)
def test_labels_in_the_custom_properties_of_a_file(
    properties: dict[str, str], expected: tuple[str, str, int, str | None]
) -> None:
    kept = "".join(
        f'<property name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for name, value in properties.items()
    )
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    data = word_file(
        SECRET,
        more={"docProps/custom.xml": f'<Properties xmlns:vt="{types}">{kept}</Properties>'},
        root_links={"custom": ("custom-properties", "docProps/custom.xml")},
    )
    (label,) = read(data).labels
    assert (label.name, label.text, label.content_bits, label.site) == expected
    assert label.source == "docProps/custom.xml"


def test_custom_xml_gives_properties_and_stanag_labels() -> None:
    part = f"<kept><Project>Lantern</Project>{STANAG}</kept>"
    document = read(word_file(SECRET, more={"customXml/item1.xml": part}, more_links=CUSTOM_XML))
    assert [(label.text, label.source) for label in document.labels] == [("UK SECRET", "customXml/item1.xml")]
    assert [(one.name, one.value, one.source) for one in document.properties] == [
        ("Project", "Lantern", "customXml/item1.xml")
    ]


def test_a_schema_in_custom_xml_says_nothing() -> None:
    schema = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:documentation>x</xs:documentation></xs:schema>'
    data = word_file(
        SECRET,
        more={"customXml/item1.xml": schema},
        more_links={"one": ("customXml", "../customXml/item1.xml")},
    )
    assert read(data).properties == ()
