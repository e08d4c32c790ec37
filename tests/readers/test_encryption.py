"""Encrypted files: opened with the passwords given, told as encrypted otherwise."""

from __future__ import annotations

import logging
import random
import re
from io import BytesIO
from typing import TYPE_CHECKING

import msoffcrypto
import pypdfium2
import pytest
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from pypdf import PdfReader
from pypdf.annotations import FreeText
from pypdf.generic import NameObject

from countermark.model import Document, ProblemKind, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.messages import LANGUAGES, text
from countermark.support.passwords import Passwords
from countermark.support.progress import listening
from support.needs import CORPUS
from support.pdf_files import HELVETICA, changed, dictionary, page, pdf, stream, written
from support.word_files import paragraph, word_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PdfWriter

METHODS = ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"]


def opened(data: bytes, *passwords: str, name: str = "test") -> Document:
    return read(data, name, Limits(), passwords=Passwords(passwords))


def locked_pdf(user: str, owner: str = "owner", method: str = "AES-256") -> bytes:
    def lock(writer: PdfWriter) -> None:
        writer.add_metadata({"/Title": "Trials"})
        writer.add_annotation(0, FreeText(text="UK TOP SECRET", rect=(100, 400, 300, 430)))
        writer.encrypt(user, owner, algorithm=method)

    return changed(pdf(page("UK SECRET", "UK SECRET")), lock)


def locked_word(password: str) -> bytes:
    package = BytesIO()
    more = {"docProps/thumbnail.jpeg": random.Random(1).randbytes(8192)}  # smaller files it writes wrongly
    plain = word_file(paragraph("UK SECRET"), more=more)
    msoffcrypto.OfficeFile(BytesIO(plain)).encrypt(password, package)
    return package.getvalue()


def reasons(document: Document) -> list[tuple[ProblemKind, str]]:
    for problem in document.problems:
        assert all(text(lang, f"reasons.{problem.reason}", problem.args) for lang in LANGUAGES)
    return [(problem.kind, problem.reason) for problem in document.problems]


def texts(document: Document) -> list[str]:
    return [line.text for each in document.pages for line in each.lines]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("password", ["user", "owner"])
def test_both_engines_open_a_pdf_with_either_password(method: str, password: str) -> None:
    document = opened(locked_pdf("user", method=method), "another", password)
    assert not document.problems
    zones = {line.zone: line.text for line in document.pages[0].lines}
    assert (zones[Zone.header], zones[Zone.annotation]) == ("UK SECRET", "UK TOP SECRET")
    assert ("Title", "Trials") in [(item.name, item.value) for item in document.properties]


@pytest.mark.parametrize("method", METHODS)
def test_a_pdf_that_needs_no_password_to_open_opens(method: str) -> None:
    document = opened(locked_pdf("", method=method))
    assert not document.problems
    assert {"UK SECRET", "UK TOP SECRET"} <= set(texts(document))


@pytest.mark.parametrize("method", METHODS)
def test_earlier_revisions_of_an_encrypted_pdf_are_read(method: str) -> None:
    """The update lets the first page show what the second shows."""
    two = pdf(page("UK TOP SECRET"), page("UK SECRET"))
    locked = changed(two, lambda writer: writer.encrypt("user", "owner", algorithm=method))
    reader = PdfReader(BytesIO(locked), password="user")
    first, other = (each.indirect_reference.idnum for each in reader.pages if each.indirect_reference)
    kept = re.search(rb"\b%d 0 obj(.+?)endobj" % other, locked, re.DOTALL)
    trailer = re.search(rb"trailer\s*<<(.+)>>\s*startxref\s+(\d+)", locked, re.DOTALL)
    assert kept
    assert trailer
    update = b"\n%d 0 obj%bendobj\n" % (first, kept[1])
    start, end = len(locked) + 1, len(locked) + len(update)
    update += b"xref\n%d 1\n%010d 00000 n \n" % (first, start)
    update += b"trailer\n<<%b/Prev %b>>\n" % (trailer[1], trailer[2])
    document = opened(locked + update + b"startxref\n%d\n%%%%EOF\n" % end, "user")
    assert not document.problems
    lines = [(line.text, line.zone, line.part) for line in document.pages[0].lines]
    assert lines[0] == ("UK SECRET", Zone.header, None)
    assert lines[-1] == ("UK TOP SECRET", Zone.revision, "revision 1")


def test_a_japanese_password_opens_a_pdf() -> None:
    assert not opened(locked_pdf("秘密の語"), "秘密の語").problems


@pytest.mark.parametrize(
    ("used", "given"), [("IX", "\u2168"), ("pass", "pass  "), ("caf\u00e9", "cafe\u0301")]
)
@pytest.mark.parametrize("lock", [locked_pdf, locked_word])
def test_a_password_that_its_program_prepared(lock: Callable[[str], bytes], used: str, given: str) -> None:
    assert not opened(lock(used), given).problems


@pytest.mark.parametrize("method", METHODS[:3])
@pytest.mark.parametrize(
    ("password", "code_page"), [("秘密", "cp932"), ("caf\u00e9 \u20ac", "cp1252"), ("caf\u00e9", "mac_roman")]
)
def test_a_password_of_a_code_page(method: str, password: str, code_page: str) -> None:
    used = password.encode(code_page).decode("latin-1")
    document = opened(locked_pdf(used, method=method), password)
    assert not document.problems
    assert ("Title", "Trials") in [(item.name, item.value) for item in document.properties]


def test_a_password_that_does_not_fit_costs_one_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    data = locked_word("user")
    derived = []
    derive = ECMA376Agile._derive_iterated_hash_from_password

    def counted(password: str, *more: object) -> object:
        derived.append(password)
        return derive(password, *more)

    monkeypatch.setattr(ECMA376Agile, "_derive_iterated_hash_from_password", staticmethod(counted))
    assert not opened(data, "one", "two", "user", "four", name="a.docx").problems
    assert derived == ["one", "two", *["user"] * 3]


class Listening:
    """Counts the signs of life, and the seconds that were granted."""

    def __init__(self) -> None:
        self.signs = 0
        self.granted = 0.0

    def heartbeat(self) -> None:
        self.signs += 1

    def unit(self, share: float) -> None:  # noqa: ARG002
        self.signs += 1

    def grant(self, seconds: float) -> None:
        self.granted += seconds


def test_every_password_that_is_tried_is_a_sign_of_life() -> None:
    data = locked_word("user")
    listener = Listening()
    with listening(listener):
        opened(data, *map(str, range(5)))
    assert listener.signs >= 5
    assert listener.granted == 5


@pytest.mark.parametrize("data", [locked_pdf("user"), locked_word("user")], ids=["pdf", "word"])
def test_what_no_password_opens_is_told(data: bytes) -> None:
    assert reasons(opened(data)) == [(ProblemKind.encrypted, "encrypted")]
    assert reasons(opened(data, "wrong", "Wrong")) == [(ProblemKind.encrypted, "no-password-fits")]


def test_an_encrypted_word_file_is_read_with_its_password() -> None:
    data = locked_word("パスワード")
    document = opened(data, "wrong", "パスワード", name="a.docx")
    assert (texts(document), document.problems) == (["UK SECRET"], ())
    assert document.media_type.endswith("wordprocessingml.document")
    assert document.sha256 == opened(data).sha256


@pytest.mark.parametrize("start", [b"<!DOCTYPE encryption [<!ENTITY a 'b'>]>", b"rubbish", b"<!--"])
def test_an_office_file_that_is_encrypted_in_no_known_way_is_told(start: bytes) -> None:
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    whole = locked_word("user")
    data = whole.replace(declaration, start.ljust(len(declaration)))
    assert data != whole
    assert reasons(opened(data, "user")) == [(ProblemKind.encrypted, "unknown-encryption")]


def test_the_passwords_open_embedded_files_too() -> None:
    inner = locked_pdf("inner")
    outer = changed(pdf(page("UK SECRET")), lambda writer: writer.add_attachment("annex.pdf", inner))
    [child] = opened(outer, "inner").children
    assert "UK TOP SECRET" in texts(child)


def test_no_password_is_logged_or_told() -> None:
    seen: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append(record.getMessage())  # type: ignore[method-assign]
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        documents = [opened(data, "opensesame", "user") for data in (locked_pdf("user"), locked_word("user"))]
        documents += [opened(locked_pdf("x"), "opensesame"), opened(b"%PDF-1.4 /Encrypt", "opensesame")]
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert not seen
    assert "opensesame" not in repr(documents)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("encryption__r2-user-password", "asdfzxcv"),
        ("encryption__r3-user-password", "asdfzxcv"),
        ("encryption__r4-user-password", "asdfzxcv"),
        ("encryption__r4-aes-user-password", "asdfzxcv"),
        ("encryption__r5-user-password", "asdfzxcv"),
        ("encryption__r6-user-password", "asdfzxcv"),
        ("encryption__r6-both-passwords", "foo"),
        ("encryption__r6-both-passwords", "bar"),
        ("libreoffice-writer-password", "openpassword"),
        ("encrypted-file", "test"),
        ("crazyones-encrypted-256", "password"),
    ],
)
def test_encrypted_files_by_others_are_read(name: str, password: str) -> None:
    data = (CORPUS / "pypdf" / f"resources__{name}.pdf").read_bytes()
    document = opened(data, password)
    assert not document.problems
    assert any(texts(document))


def locked_attachment(password: str, *, filter_named: bool) -> bytes:
    """A PDF whose one embedded file alone is encrypted (ISO 32000-2, 7.6.6)."""
    held = PdfReader(BytesIO(locked_pdf(password)))
    held.decrypt(password)
    entries = dictionary(held.trailer["/Encrypt"])
    for key, name in (("/StmF", "/Identity"), ("/StrF", "/Identity"), ("/EFF", "/StdCF")):
        entries[NameObject(key)] = NameObject(name)
    encrypt = BytesIO()
    entries.write_to_stream(encrypt)
    crypt = held._encryption._make_crypt_filter(8, 0)  # type: ignore[union-attr]
    inner = crypt.ef_crypt.encrypt(pdf(page("UK TOP SECRET", "UK TOP SECRET")))
    own = b"/Filter[/Crypt]/DecodeParms[<</Name/StdCF>>]" if filter_named else b""
    plain = written(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 6 0 R>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT/F 12 Tf 100 270 Td(UK SECRET)Tj ET"),
        HELVETICA,
        b"<</Names[(inner.pdf) 7 0 R]>>",
        b"<</Type/Filespec/F(inner.pdf)/UF(inner.pdf)/EF<</F 8 0 R>>>>",
        stream(inner, b"/Type/EmbeddedFile" + own),
    )
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt " + encrypt.getvalue())


@pytest.mark.parametrize("filter_named", [True, False])
def test_an_embedded_file_that_alone_is_encrypted_is_opened(filter_named: bool) -> None:
    document = opened(locked_attachment("000000", filter_named=filter_named), "wrong", "000000")
    assert reasons(document) == []
    assert document.children[0].pages[0].lines[0].text == "UK TOP SECRET"


@pytest.mark.parametrize("filter_named", [True, False])
def test_an_embedded_file_that_no_password_opens_is_named(filter_named: bool) -> None:
    document = opened(locked_attachment("000000", filter_named=filter_named))
    assert reasons(document) == [(ProblemKind.encrypted, "encrypted")]
    assert [place.part for place in document.problems[0].locations] == ["inner.pdf"]
    assert document.pages[0].lines[0].text == "UK SECRET"


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_variant_of_aes_that_pdfium_refuses_is_opened(password: str) -> None:
    """The crypt filter states no length, and the dictionary one that AES does not have."""
    data = locked_pdf(password, method="AES-128")
    data = re.sub(rb"/CFM /AESV2\s*/Length 16", b"/CFM /AESV2", data).replace(b"/Length 128", b"/Length 40 ")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data, password)
    document = opened(data, *filter(None, [password]))
    assert reasons(document) == []
    assert document.pages[0].lines[0].text == "UK SECRET"
