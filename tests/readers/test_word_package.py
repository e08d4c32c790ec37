"""Packages as other writers make them: names, encodings, archives."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Document, Unseen, Zone
from countermark.readers.read import read as read_any
from countermark.readers.zip_parts import part_name
from countermark.support.limits import Limits
from support.word_files import MAIN, paragraph, read, section, word_file, xml, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

USUAL = word_file(
    paragraph("text") + section("header-default-h"),
    bands={"h": paragraph("UK SECRET")},
    linked={"settings": "", "styles": ""},
)
EXPECTED = [("header", "UK SECRET"), ("body", "text")]


def entries(data: bytes = USUAL) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines(document: Document) -> list[tuple[str, str]]:
    return [(str(line.zone), line.text) for page in document.live_pages for line in page.lines]


def renamed(change: Callable[[str], str]) -> bytes:
    return zipped({change(name): content for name, content in entries().items()})


def replaced(part: str, before: str, after: str) -> bytes:
    parts = entries()
    parts[part] = parts[part].replace(before.encode(), after.encode())
    return zipped(parts)


def without(part: str) -> bytes:
    return zipped({name: content for name, content in entries().items() if name != part})


def encoded(name: str, encoding: str) -> bytes:
    parts = entries()
    content = parts[name].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    parts[name] = content.encode(encoding)
    return zipped(parts)


def all_in(encoding: str) -> bytes:
    parts = entries()
    return zipped(
        {name: data.decode().replace('"UTF-8"', '"UTF-16"').encode(encoding) for name, data in parts.items()}
    )


def streamed() -> bytes:
    """Written to where nothing can be taken back: sizes follow the data."""

    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for name, content in entries().items():
            archive.writestr(name, content)
    return pipe.getvalue()


def in_64_bits() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, content in entries().items():
            with archive.open(ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(content)
    return file.getvalue()


HEADER, RELS, TYPES = "word/h.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(renamed(lambda name: name.replace("/", "\\")), id="backslashes"),
        pytest.param(renamed(lambda name: "/" + name), id="leading slashes"),
        pytest.param(renamed(lambda name: "\\" + name.replace("/", "\\")), id="leading backslashes"),
        pytest.param(renamed(lambda name: "./" + name), id="leading dots"),
        pytest.param(renamed(str.upper), id="capitals"),
        pytest.param(renamed(lambda name: name.replace("h.xml", "%68.xml")), id="percent signs in the zip"),
        pytest.param(replaced(RELS, '"h.xml"', '"%68.xml"'), id="percent signs in a target"),
        pytest.param(replaced(RELS, '"h.xml"', '"/word/h.xml"'), id="absolute target"),
        pytest.param(replaced(RELS, '"h.xml"', '"../word/./h.xml"'), id="target with dots"),
        pytest.param(replaced(RELS, '"h.xml"', '"..\\word\\h.xml"'), id="target with backslashes"),
        pytest.param(replaced(RELS, '"h.xml"', '"H.XML"'), id="target in capitals"),
        pytest.param(replaced("_rels/.rels", '"word/', '"/word/'), id="absolute main part"),
        pytest.param(replaced("_rels/.rels", '"word/', '"../../word/'), id="main part from above"),
        pytest.param(zipped(dict(reversed(entries().items()))), id="content types last"),
        pytest.param(without("_rels/.rels"), id="no root"),
        pytest.param(without("word/styles.xml"), id="a part missing"),
        pytest.param(encoded(HEADER, "utf-16"), id="UTF-16 header"),
        pytest.param(encoded(TYPES, "utf-16"), id="UTF-16 content types"),
        pytest.param(all_in("utf-16"), id="UTF-16"),
        pytest.param(all_in("utf-16-le"), id="UTF-16, no mark"),
        pytest.param(all_in("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(replaced(HEADER, "<?xml", "\ufeff<?xml"), id="byte order mark"),
        pytest.param(replaced(TYPES, "<Types", "\ufeff<Types"), id="mark of the content types"),
        pytest.param(replaced(TYPES, MAIN, MAIN.upper()), id="content type in capitals"),
        pytest.param(replaced(TYPES, MAIN, f" {MAIN} "), id="content type between blanks"),
        pytest.param(streamed(), id="streamed"),
        pytest.param(in_64_bits(), id="zip64"),
    ],
)  # fmt: skip
def test_a_package_is_read_as_word_reads_it(data: bytes) -> None:
    document = read_any(data, "a.docx", Limits())
    assert lines(document) == EXPECTED
    lost = [problem for problem in document.problems if problem.args.get("part") != "word/styles.xml"]
    assert lost == []


def test_strict_namespaces_in_utf_16() -> None:
    parts = entries()
    for name in (HEADER, "word/document.xml"):
        strict = (
            parts[name]
            .decode()
            .replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/",
                "http://purl.oclc.org/ooxml/wordprocessingml/",
            )
        )
        parts[name] = strict.replace('"UTF-8"', '"UTF-16"').encode("utf-16")
    assert lines(read(zipped(parts))) == EXPECTED


def test_a_second_entry_of_a_name_is_the_part_and_the_first_is_read_too() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("WORD\\H.XML", xml("hdr", paragraph("UK TOP SECRET")))
        for name, content in entries().items():
            archive.writestr(name, content)
    document = read(file.getvalue())
    assert lines(document) == EXPECTED
    assert [(line.text, line.zone, line.unseen) for line in document.lines] == [
        ("UK TOP SECRET", Zone.hidden, Unseen.unused)
    ]
    assert [(problem.reason, problem.args) for problem in document.problems] == [
        ("package-part-repeated", {"part": HEADER})
    ]


def test_a_part_that_no_file_could_have_is_one_missing_part() -> None:
    data = replaced(RELS, '"h.xml"', '"\\\\..\\..//%00//?#"')
    assert [problem.reason for problem in read(data).problems] == ["package-part"]


@given(st.text("aA.%/\\ 2Ff0é", max_size=30))
def test_a_part_name_has_neither_a_leading_slash_nor_backslashes(written: str) -> None:
    name = part_name(written)
    assert not name.startswith("/")
    assert "\\" not in name or "%5C" in written.upper()


@pytest.mark.parametrize(
    "written", ["word/h.xml", "/word/h.xml", "word\\h.xml", "word/x/../h.xml", "word/%68.xml"]
)
def test_names_of_one_part(written: str) -> None:
    assert part_name(written) == HEADER
