"""Which reader takes a file: its content decides, whatever its name says."""

from __future__ import annotations

import hashlib
import random
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas

from countermark.model import Document, ProblemKind
from countermark.readers.read import read
from countermark.support.limits import Limits
from countermark.support.messages import LANGUAGES, text
from support.needs import CORPUS
from support.word_files import MAIN, ole_file, paragraph, section, word_file, zipped

if TYPE_CHECKING:
    from pathlib import Path

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECRET = paragraph("SECRET")


def pdf_file() -> bytes:
    drawn = BytesIO()
    canvas = Canvas(drawn)
    canvas.drawString(72, 800, "SECRET")
    canvas.save()
    return drawn.getvalue()


def texts(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def only_problem(document: Document) -> tuple[ProblemKind, str]:
    """The one problem, after its reason was found in both languages."""
    (problem,) = document.problems
    for language in LANGUAGES:
        assert text(language, f"reasons.{problem.reason}", problem.args)
    return problem.kind, problem.reason


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a"])
def test_word_by_content(name: str) -> None:
    document = read(word_file(SECRET), name, Limits())
    assert (document.name, document.media_type, texts(document)) == (name, WORD, ["SECRET"])


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a"])
@pytest.mark.parametrize("before", [b"", b"\n" * 500])
def test_pdf_by_content(name: str, before: bytes) -> None:
    document = read(before + pdf_file(), name, Limits())
    assert (document.media_type, texts(document)) == ("application/pdf", ["SECRET"])


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        (
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "application/vnd.ms-word.document.macroEnabled.12",
        ),
        (MAIN.replace("document.main", "template.main"), WORD.replace(".document", ".template")),
        (
            "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
            "application/vnd.ms-word.template.macroEnabled.12",
        ),
    ],
)
def test_macro_files_and_templates(content_type: str, media_type: str) -> None:
    types = f'<Types xmlns="{"http://schemas.openxmlformats.org/package/2006/content-types"}">'
    types += f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    document = read(word_file(SECRET, more={"[Content_Types].xml": types}), "a.docm", Limits())
    assert (document.media_type.lower(), texts(document)) == (media_type.lower(), ["SECRET"])


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.docx", (ProblemKind.unreadable, "empty")),
        (b"", "a.txt", (ProblemKind.no_document, "kind-empty")),
        (b"SECRET", "a.docx", (ProblemKind.unreadable, "not-a-document")),
        (b"SECRET", "A.PDF", (ProblemKind.unreadable, "not-a-document")),
        (b"SECRET", "a.xls", (ProblemKind.unsupported, "kind-plain-text")),
        (b"SECRET", "a.doc", (ProblemKind.unreadable, "not-a-document")),
        (zipped({"[Content_Types].xml": "<"}), "a.docx", (ProblemKind.unreadable, "not-a-document")),
        (word_file(SECRET)[:700], "a.docx", (ProblemKind.unreadable, "word-broken")),
        (word_file(SECRET)[:700], "a.zip", (ProblemKind.unreadable, "archive-broken")),
        (ole_file("EncryptedPackage"), "a.docx", (ProblemKind.encrypted, "encrypted")),
        (ole_file("EncryptedPackage"), "a", (ProblemKind.encrypted, "encrypted")),
        (ole_file("WordDocument"), "a.doc", (ProblemKind.unsupported, "kind-legacy-word")),
        (ole_file("WordDocument"), "a.docx", (ProblemKind.unsupported, "kind-legacy-word")),
        (ole_file("Workbook"), "a.xls", (ProblemKind.unsupported, "kind-legacy-sheet")),
        (ole_file("WordDocument")[:100], "a.doc", (ProblemKind.unreadable, "not-a-document")),
    ],
)
def test_what_is_not_read(data: bytes, name: str, expected: tuple[ProblemKind, str]) -> None:
    document = read(data, name, Limits())
    assert document.pages == ()
    assert only_problem(document) == expected
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.png", "image/png"), ("a.doc", "application/msword"), ("a.xyz", "application/octet-stream")],
)
def test_media_type_of_what_is_not_read(name: str, media_type: str) -> None:
    assert read(b"\0SECRET", name, Limits()).media_type == media_type


def test_legacy_word_without_its_suffix() -> None:
    assert read(ole_file("WordDocument"), "a", Limits()).media_type == "application/msword"


@pytest.mark.parametrize(
    ("limits", "limit"),
    [(Limits(file_mb=1), "file_mb"), (Limits(parts=3), "parts"), (Limits(ratio=10), "ratio")],
)
def test_limits_are_problems(limits: Limits, limit: str) -> None:
    noise = b"".join(hashlib.sha256(bytes([i % 256, i // 256])).digest() for i in range(40_000))
    more = {"word/media/noise.png": noise, "word/media/zeros.png": b"\0" * 2**21}
    document = read(word_file(SECRET, more=more), "a.docx", limits)
    assert only_problem(document) == (ProblemKind.limit, "limit")
    assert document.problems[0].args["limit"] == limit


def nested(levels: int) -> bytes:
    data = word_file(paragraph("level 0"))
    for level in range(1, levels + 1):
        data = word_file(
            paragraph(f"level {level}"),
            more={"word/embeddings/inner.docx": data},
            more_links={"inner": ("package", "embeddings/inner.docx")},
        )
    return data


def test_nesting_is_followed_to_its_limit_and_the_rest_told() -> None:
    document = read(nested(3), "outer.docx", Limits(depth=2))
    found = []
    while True:
        found.append((texts(document), [problem.args.get("limit") for problem in document.problems]))
        if not document.children:
            break
        (document,) = document.children
    assert found == [(["level 3"], []), (["level 2"], []), (["level 1"], []), ([], ["depth"])]


def test_an_embedded_file_is_read_by_its_content() -> None:
    data = word_file(
        SECRET,
        more={"word/embeddings/object1.bin": pdf_file()},
        more_links={"object": ("oleObject", "embeddings/object1.bin")},
    )
    (child,) = read(data, "a.docx", Limits()).children
    assert (child.name, child.media_type, texts(child)) == ("object1.bin", "application/pdf", ["SECRET"])


def test_a_failing_parser_costs_its_document_only_and_quotes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_stream: object) -> None:
        raise RuntimeError("UK TOP SECRET")

    monkeypatch.setattr("olefile.OleFileIO", fail)
    document = read(ole_file("WordDocument"), "a.doc", Limits())
    assert only_problem(document) == (ProblemKind.unreadable, "file-broken")
    assert document.problems[0].args == {"error": "RuntimeError"}


def test_damaged_files_always_get_a_verdict() -> None:
    whole = word_file(
        SECRET + section("header-default-h"),
        bands={"h": SECRET},
        more={"docProps/core.xml": "<core/>"},
        root_links={"core": ("core-properties", "docProps/core.xml")},
    )
    chance = random.Random(5)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        document = read(bytes(damaged), "a.docx", Limits())
        assert document.problems or "SECRET" in texts(document)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_truncated_word_files_are_unreadable(kept: float) -> None:
    whole = word_file(SECRET)
    assert only_problem(read(whole[: int(len(whole) * kept)], "a.docx", Limits())) == (
        ProblemKind.unreadable,
        "word-broken",
    )


ONLY_PICTURES = ("tests__test_files__having-images.docx",)


@pytest.mark.corpus
@pytest.mark.parametrize("path", sorted(CORPUS.rglob("*.docx")), ids=lambda path: path.name)
def test_word_files_by_others(path: Path) -> None:
    document = read(path.read_bytes(), path.name, Limits())
    assert document.pages
    lost = [problem.reason for problem in document.problems if problem.is_loss]
    assert lost == (["no-text"] if path.name in ONLY_PICTURES else [])
    assert [page.section for page in document.live_pages] == sorted(
        page.section or 0 for page in document.live_pages
    )
