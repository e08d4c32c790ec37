"""The package of a Word file: what bounds it, what breaks it, what it carries besides text."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import docx
import pytest

from countermark.model import ProblemKind
from countermark.support.limits import LimitReached, Limits
from support.word_files import lines, links, paragraph, read, read_by_reader, section, word_file, xml, zipped

MIB = 1024 * 1024
SECRET = paragraph("SECRET")
OFFICE = "http://schemas.microsoft.com/office"


@pytest.mark.parametrize(
    ("entry", "limits", "limit", "reached"),
    [
        (b"\0" * 3 * MIB, Limits(ratio=100), "ratio", None),
        (b"\0" * 3 * MIB, Limits(expanded_mb=2, ratio=10**6), "expanded_mb", "3"),
        (b"", Limits(parts=4), "parts", "5"),
    ],
)
def test_limits_of_the_package(entry: bytes, limits: Limits, limit: str, reached: str | None) -> None:
    data = word_file(SECRET, more={"word/media/image1.png": entry})
    with pytest.raises(LimitReached) as stopped:
        read_by_reader(data, "bomb.docx", limits)
    assert stopped.value.limit == limit
    assert reached in (None, stopped.value.reached)


def test_expansion_adds_up_over_the_entries() -> None:
    data = word_file(SECRET, more={f"word/media/{i}.png": b"\0" * (MIB // 2) for i in range(6)})
    with pytest.raises(LimitReached) as stopped:
        read(data, Limits(expanded_mb=2, ratio=10**6))
    assert stopped.value.limit == "expanded_mb"


def test_small_entries_may_inflate_to_many_times_their_size() -> None:
    data = word_file(SECRET, more={"word/media/image1.png": b"\0" * (MIB // 2)})
    assert read(data, Limits(ratio=10)).problems == ()


def test_an_entry_that_lies_about_its_size_is_not_believed() -> None:
    data = word_file(SECRET, more={"word/media/image1.png": b"\0" * 2 * MIB})
    lying = data.replace(struct.pack("<I", 2 * MIB), struct.pack("<I", 10))
    assert lying != data
    document = read(lying)
    assert [line.text for line in document.pages[0].lines] == ["SECRET"]
    assert [(problem.reason, problem.args) for problem in document.problems] == [
        ("package-part", {"part": "word/media/image1.png"})
    ]


def test_compression_that_packages_do_not_know_is_a_broken_part() -> None:
    packed = BytesIO(word_file(SECRET))
    with ZipFile(packed, "a", ZIP_BZIP2) as archive:
        archive.writestr("word/media/image1.png", b"\0" * MIB)
    (problem,) = read(packed.getvalue()).problems
    assert (problem.kind, problem.args) == (
        ProblemKind.part_unreadable,
        {"part": "word/media/image1.png"},
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_occurs_twice_is_told() -> None:
    packed = BytesIO(word_file(SECRET))
    with ZipFile(packed, "a") as archive:
        archive.writestr("WORD/document.xml", xml("document", f"<w:body>{paragraph('OFFICIAL')}</w:body>"))
    (problem,) = read(packed.getvalue()).problems
    assert (problem.reason, problem.args) == ("package-part-repeated", {"part": "WORD/document.xml"})


@pytest.mark.parametrize(
    "more",
    [
        {"word/document.xml": "SECRET"},
        {"word/document.xml": "<w:document"},
        {"word/document.xml": b""},
        {"_rels/.rels": links({"main": ("officeDocument", "word/gone.xml")})},
        {"_rels/.rels": links({"main": ("officeDocument", "https://example.org/document.xml")})},
        {"word/_rels/document.xml.rels": "<Relationships"},
    ],
)
def test_without_its_main_part_a_file_is_unreadable(more: dict[str, str | bytes]) -> None:
    if "_rels/.rels" in more:
        more = {**more, "word/document.xml": b""}
    document = read(word_file(SECRET, more=more))
    assert document.pages == ()
    told = [problem.reason for problem in document.problems if problem.is_loss and not problem.locations]
    assert told == ["word-broken"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_main_part_with_a_dtd_is_refused(encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY e "SECRET">]><a>&e;</a>'
    document = read(word_file("", more={"word/document.xml": bomb.encode(encoding)}))
    assert document.pages == ()
    (problem,) = document.problems
    assert (problem.kind, problem.reason) == (ProblemKind.unreadable, "package-dtd")


@pytest.mark.parametrize("kind", ["styles", "settings", "footnotes", "comments"])
def test_a_broken_side_part_costs_only_itself(kind: str) -> None:
    data = word_file(SECRET, linked={kind: ""}, more={f"word/{kind}.xml": "<"})
    document = read(data)
    assert [line.text for line in document.pages[0].lines] == ["SECRET"]
    assert [(problem.reason, problem.args) for problem in document.problems] == [
        ("package-part", {"part": f"word/{kind}.xml"})
    ]


def test_comments_in_the_xml_are_no_text() -> None:
    assert lines(word_file(f"<!-- TOP -->{SECRET}<?note TOP?>")) == [("body", "SECRET")]


def test_core_properties_of_a_file_by_python_docx() -> None:
    made = docx.Document()
    made.core_properties.title = "Exercise plan"
    made.core_properties.category = "UK SECRET"
    made.core_properties.keywords = "秘"
    saved = BytesIO()
    made.save(saved)
    told = {prop.name: (prop.value, prop.source) for prop in read(saved.getvalue()).properties}
    assert told["title"] == ("Exercise plan", "docProps/core.xml")
    assert told["category"] == ("UK SECRET", "docProps/core.xml")
    assert told["keywords"] == ("秘", "docProps/core.xml")
    assert told["Application"][1] == "docProps/app.xml"


CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Classification">'
    "<vt:lpwstr>UK SECRET</vt:lpwstr></property></Properties>"
)


def test_custom_properties_and_their_labels() -> None:
    data = word_file(
        SECRET,
        more={"docProps/custom.xml": CUSTOM},
        root_links={"custom": ("custom-properties", "docProps/custom.xml")},
    )
    document = read(data)
    assert [(prop.name, prop.value, prop.source) for prop in document.properties] == [
        ("Classification", "UK SECRET", "docProps/custom.xml")
    ]
    assert "UK SECRET" in [label.text for label in document.labels]


@pytest.mark.parametrize(
    ("attributes", "enabled"),
    [('enabled="1" removed="0"', True), ('enabled="1" removed="1"', False), ('enabled="0"', False)],
)
def test_label_info(attributes: str, enabled: bool) -> None:
    info = (
        f'<clbl:labelList xmlns:clbl="{OFFICE}/2020/mipLabelMetadata">'
        f'<clbl:label id="{{6c32ec10-11ab-4f0c-9df9-8a2a5a1e2c11}}" {attributes}/></clbl:labelList>'
    )
    data = word_file(
        SECRET,
        more={"docMetadata/LabelInfo.xml": info},
        root_links={"labels": ("classificationlabels", "docMetadata/LabelInfo.xml")},
    )
    (label,) = read(data).labels
    assert (label.name, label.text) == ("LabelInfo", "6c32ec10-11ab-4f0c-9df9-8a2a5a1e2c11")
    assert (label.source, label.enabled) == ("docMetadata/LabelInfo.xml", enabled)


def embedding(**targets: tuple[str, str]) -> bytes:
    embedded: dict[str, str | bytes] = {
        "word/embeddings/plan.docx": word_file(SECRET),
        "word/embeddings/object.bin": b"\xd0\xcf\x11\xe0 a sheet",
        "word/embeddings/paper.bin": b"%PDF-1.7",
    }
    return word_file(SECRET, more=embedded, more_links=targets)


def test_embedded_files_are_children() -> None:
    data = embedding(
        one=("package", "embeddings/plan.docx"),
        two=("oleObject", "embeddings/paper.bin"),
        three=("package", "embeddings/plan.docx"),
    )
    document = read(data)
    assert [child.name for child in document.children] == ["plan.docx", "paper.bin"]
    assert document.problems == ()


def test_embedded_files_of_a_header_are_children_too() -> None:
    data = word_file(
        section("header-default-h"),
        bands={"h": SECRET},
        more={
            "word/_rels/h.xml.rels": links({"one": ("package", "embeddings/plan.docx")}),
            "word/embeddings/plan.docx": word_file(SECRET),
        },
    )
    assert [child.name for child in read(data).children] == ["plan.docx"]


@pytest.mark.parametrize(
    ("target", "reason"),
    [("embeddings/object.bin", "package-embedded"), ("embeddings/gone.bin", "package-part")],
)
def test_an_embedded_object_that_cannot_be_read(target: str, reason: str) -> None:
    document = read(embedding(one=("oleObject", target)))
    assert document.children == ()
    (problem,) = document.problems
    assert (problem.kind, problem.reason) == (ProblemKind.part_unreadable, reason)
    assert problem.args == {"part": f"word/{target}"}


def test_more_children_than_allowed() -> None:
    data = embedding(one=("package", "embeddings/plan.docx"), two=("oleObject", "embeddings/paper.bin"))
    document = read(data, Limits(children=1))
    assert [child.name for child in document.children] == ["plan.docx"]
    (problem,) = document.problems
    assert (problem.kind, problem.args) == (
        ProblemKind.limit,
        {"limit": "children", "allowed": "1", "reached": "2"},
    )


def test_links_that_leave_the_package_are_not_followed() -> None:
    document = read(embedding(one=("oleObject", "https://example.org/a.docx")))
    assert document.children == ()
    assert [problem.args for problem in document.problems] == [{"kinds": "oleObject"}]


def test_a_file_that_is_no_zip() -> None:
    (problem,) = read(zipped({"a": "b"})[:20]).problems
    assert (problem.kind, problem.reason) == (ProblemKind.unreadable, "word-broken")
