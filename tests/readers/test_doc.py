"""Word files of 1997 to 2003: headers by kind of page, drawn letters, properties, encryption, older ones."""

from __future__ import annotations

import struct
from pathlib import Path

import olefile
import pytest
from doc2docx.msdoc.encryption import xor_password_verifier, xor_transform
from hypothesis import given
from hypothesis import strategies as st

from countermark.model import Document, PageKind, ProblemKind, Reason, Zone
from countermark.readers.doc.word_art import Drawn, drawn_texts
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.passwords import NO_PASSWORDS, Passwords
from support.libreoffice import convert
from support.word_files import ole_file
from support.word_layouts import anchored, body, box, document, lines, table

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "doc"
HEADERS = CORPUS / "apache+poi__test-data__document__PageSpecificHeadFoot.doc"
WATERMARK = CORPUS / "apache+poi__test-data__document__watermark.doc"
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of other people's files is not here"
)


def read_doc(data: bytes, passwords: Passwords = NO_PASSWORDS) -> Document:
    return read(data, "a.doc", Limits(), passwords=passwords)


def lines_in(document: Document, kind: PageKind, zone: Zone) -> list[str]:
    pages = [page for page in document.pages if page.kind is kind and page.live]
    return [line.text for page in pages for line in page.lines if line.zone is zone]


@needs_corpus
def test_each_kind_of_page_has_its_header_and_footer() -> None:
    document = read_doc(HEADERS.read_bytes())
    assert document.media_type == "application/msword"
    assert lines_in(document, PageKind.default, Zone.header) == ["August 20, 2008", "[ODD PAGE HEADER TEXT]"]
    assert "[THIS IS AN EVEN PAGE, WITH A HEADER]" in lines_in(document, PageKind.even, Zone.header)
    assert ("title", "ODD Page Header text") in [(found.name, found.value) for found in document.properties]


@needs_corpus
def test_letters_that_are_drawn_are_a_watermark_of_the_pages_that_show_them() -> None:
    document = read_doc(WATERMARK.read_bytes())
    assert lines_in(document, PageKind.default, Zone.watermark) == ["DRAFT CONTRACT"] * 3
    assert not any("\ufffc" in line.text for page in document.pages for line in page.lines)


@needs_corpus
def test_files_by_others() -> None:
    for path in sorted(CORPUS.iterdir()):
        document = read(path.read_bytes(), path.name, Limits())
        assert document.pages or document.problems, path.name
        assert not [one for one in document.problems if one.kind is ProblemKind.internal], path.name


@pytest.fixture
def encrypted(tmp_path: Path) -> bytes:
    """A file whose streams are obfuscated with the password `open` ([MS-DOC] 2.2.6.1)."""
    if not HEADERS.is_file():
        pytest.skip("the corpus of other people's files is not here")
    path = tmp_path / "encrypted.doc"
    path.write_bytes(HEADERS.read_bytes())
    with olefile.OleFileIO(path, write_mode=True) as container:
        text = bytearray(container.openstream("WordDocument").read())
        (flags,) = struct.unpack_from("<H", text, 10)
        struct.pack_into("<H", text, 10, flags | 0x8100)
        struct.pack_into("<I", text, 14, xor_password_verifier("open"))
        table = "1Table" if flags & 0x0200 else "0Table"
        container.write_stream("WordDocument", xor_transform(bytes(text), "open", clear_prefix=68))
        for name in (table, "Data"):
            container.write_stream(name, xor_transform(container.openstream(name).read(), "open"))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("passwords", "reason"), [((), Reason.encrypted), (("wrong", "no"), Reason.no_password_fits)]
)
def test_an_encrypted_file_is_not_read(encrypted: bytes, passwords: tuple[str, ...], reason: Reason) -> None:
    document = read_doc(encrypted, Passwords(passwords))
    assert [(found.kind, found.reason) for found in document.problems] == [(ProblemKind.encrypted, reason)]
    assert document.pages == ()


def test_the_first_password_that_fits_opens_it(encrypted: bytes) -> None:
    document = read_doc(encrypted, Passwords(("wrong", "open")))
    assert document.problems == ()
    assert "[ODD PAGE HEADER TEXT]" in lines_in(document, PageKind.default, Zone.header)


def test_a_file_of_an_older_word_is_named() -> None:
    document = read_doc(ole_file("WordDocument", b"\xec\xa5\x68\0"))
    assert [found.reason for found in document.problems] == [Reason.kind_legacy_word]


@pytest.mark.parametrize("start", [b"\xec\xa5\xc1\0", b"\xec\xa5\xc1\0" + b"\xff" * 900])
def test_a_damaged_file_is_a_problem(start: bytes) -> None:
    (problem,) = read_doc(ole_file("WordDocument", start)).problems
    assert (problem.kind, problem.reason) == (ProblemKind.unreadable, Reason.doc_not_converted)


@given(st.binary(max_size=600))
def test_any_stream_gives_a_document(data: bytes) -> None:
    document = read_doc(ole_file("WordDocument", b"\xec\xa5\xc1\0" + data))
    assert not [found for found in document.problems if found.kind is ProblemKind.internal]


def _record(kind: int, content: bytes, *, version: int = 3, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(content)) + content


def _properties(*texts: tuple[int, str]) -> bytes:
    values = [(identifier, (text + "\0").encode("utf-16-le")) for identifier, text in texts]
    table = b"".join(struct.pack("<HI", identifier | 0x8000, len(value)) for identifier, value in values)
    return _record(0xF00B, table + b"".join(value for _, value in values), instance=len(texts))


def test_texts_of_drawings() -> None:
    main = _record(0xF002, _properties((0x0381, "a seal")), version=0xF)
    headers = _record(0xF002, _properties((0x00C0, "UK SECRET"), (0x0380, "name")) * 2, version=0xF)
    art = _record(0xF000, b"", version=0xF) + b"\0" + main + b"\1" + headers
    assert [*drawn_texts(art)] == [Drawn("a seal", True, False), Drawn("UK SECRET", False, True)]


@given(st.binary(max_size=300))
def test_damaged_drawings_end(data: bytes) -> None:
    assert all(drawn.text for drawn in drawn_texts(data))


@pytest.fixture(scope="module")
def boxed(office: str, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A file by LibreOffice that the converter refuses, and whose first header ends in a table."""
    folder = tmp_path_factory.mktemp("boxed")
    (folder / "a.docx").write_bytes(
        document(
            anchored(box(lines("極秘"), "page 30")) + body(),
            lines("") + table(("JWG/26", "UK SECRET")),
            anchored(box(lines("RELEASABLE TO JAPAN"), "page 780")) + lines("Copy 3 of 5"),
        )
    )
    return read_doc(convert(office, folder, [folder / "a.docx"], "doc")["a"].read_bytes())


@pytest.mark.slow
def test_of_a_file_whose_shapes_are_refused_the_rest_is_read_and_the_loss_told(boxed: Document) -> None:
    parts = {found.args["part"] for found in boxed.problems if found.reason is Reason.doc_part}
    assert "SHAPES_NOT_PLACED" in parts
    assert lines_in(boxed, PageKind.default, Zone.header) == ["JWG/26", "UK SECRET"]
    assert {line.text for line in boxed.lines} >= {"RELEASABLE TO JAPAN", "極秘"}
