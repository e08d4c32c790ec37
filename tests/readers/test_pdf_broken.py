"""Damaged, cut and unreadable PDFs: never passed as read, never more than themselves lost."""

from __future__ import annotations

import zlib

import pytest

from countermark.model import Document, ProblemKind
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.needs import CORPUS
from support.pdf_files import HELVETICA, changed, one_page, page, pdf, stream, written

LINEARIZED = CORPUS / "docling" / "tests__data__pdf__sources__code_and_formula.pdf"


def opened(data: bytes) -> Document:
    return read(data, "test.pdf", Limits())


def reasons(data: bytes) -> list[str]:
    return [problem.reason for problem in opened(data).problems]


def updated(data: bytes, number: int) -> bytes:
    """The PDF with an incremental update that adds an object."""
    start = len(data)
    last = data.rindex(b"startxref") + len(b"startxref")
    previous = int(data[last:].split()[0])
    update = b"%d 0 obj\n<</Note(a later saving)>>\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\n" % (number + 1, previous)
    return data + update + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (start + len(update))


TEXT = stream(b"BT /F 12 Tf 20 270 Td (UK SECRET) Tj ET")


def test_the_files_built_here_are_whole() -> None:
    assert reasons(one_page(TEXT)) == []
    assert reasons(updated(one_page(TEXT), 6)) == []


@pytest.mark.parametrize("kept", range(20, 330, 30))
def test_a_file_cut_anywhere_is_truncated(kept: int) -> None:
    assert reasons(one_page(TEXT)[:kept]) == ["pdf-truncated"]


def test_a_file_cut_within_a_later_saving_is_truncated_and_its_pages_are_read() -> None:
    whole = updated(one_page(TEXT), 6)
    document = opened(whole[: whole.index(b"later saving")])
    assert [problem.reason for problem in document.problems] == ["pdf-truncated"]
    assert [line.text for line in document.pages[0].lines] == ["UK SECRET"]


@pytest.mark.corpus
@pytest.mark.parametrize("kept", [0.5, 0.7, 0.9, 0.97])
def test_a_linearized_file_cut_behind_its_first_end_is_truncated(kept: float) -> None:
    whole = LINEARIZED.read_bytes()
    assert reasons(whole) == []
    assert "pdf-truncated" in reasons(whole[: int(len(whole) * kept)])


@pytest.mark.parametrize(
    "tail", [b"", b"\r\n", b"\0" * 5000, b"\n<!-- served by a careless proxy -->\n", b"%%EOF\n%%EOF\n"]
)
def test_what_follows_the_end_is_no_matter(tail: bytes) -> None:
    assert reasons(one_page(TEXT).rstrip() + tail) == []


@pytest.mark.parametrize("missing", [b"%%EOF\n", b"\n%%EOF\n"])
def test_a_file_that_lacks_only_its_last_words_is_whole(missing: bytes) -> None:
    data = one_page(TEXT)
    assert reasons(data[: data.rindex(missing)]) == []


def test_a_wrong_place_of_the_cross_references_is_repaired() -> None:
    data = one_page(TEXT)
    start = data.rindex(b"startxref\n") + len(b"startxref\n")
    document = opened(data[:start] + b"17\n%%EOF\n")
    assert not document.problems
    assert [line.text for line in document.pages[0].lines] == ["UK SECRET"]


@pytest.mark.parametrize(
    "content",
    [stream(b"no deflate at all", b"/Filter/FlateDecode"), b"null"],
    ids=["not to be inflated", "missing"],
)
def test_a_page_whose_content_is_lost_is_not_passed_as_blank(content: bytes) -> None:
    document = opened(one_page(content))
    [problem] = document.problems
    assert (problem.kind, problem.reason) == (ProblemKind.unreadable, "pdf-pages")
    assert [place.page for place in problem.locations] == [1]
    assert [each.readable for each in document.pages] == [False]


@pytest.mark.parametrize(
    "drawing",
    [b"", b"BT /F 12 Tf 20 270 Td (   ) Tj ET", b"1 g 0 0 300 300 re f", b"0 0 300 300 re n"],
    ids=["nothing", "blanks", "white", "unpainted"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_shows_nothing_is_readable(drawing: bytes, packed: bool) -> None:
    content = stream(zlib.compress(drawing), b"/Filter/FlateDecode") if packed else stream(drawing)
    document = opened(one_page(content))
    assert not document.problems
    assert document.pages[0].readable


@pytest.mark.parametrize(
    "drawing",
    [b"0 g 0 0 30 30 re f", b"0 G 0 0 m 30 30 l S", b"BI /W 1/H 1/CS/G/BPC 8 ID x EI"],
    ids=["filled", "drawn", "picture"],
)
def test_a_page_that_shows_something_but_text_is_not_readable(drawing: bytes) -> None:
    assert reasons(one_page(stream(drawing))) == ["no-text"]


def test_a_page_that_is_no_page_is_told_and_the_others_are_read() -> None:
    data = written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R 3 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>",
        b"null",
        TEXT,
        HELVETICA,
    )
    document = opened(data)
    assert ProblemKind.unreadable in {problem.kind for problem in document.problems}
    assert [each.readable for each in document.pages] == [False, True]
    assert "UK SECRET" in {line.text for each in document.pages for line in each.lines}


def test_a_pdf_without_pages_is_unreadable() -> None:
    data = written(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
    assert [problem.kind for problem in opened(data).problems] == [ProblemKind.unreadable]


def test_a_locked_file_says_nothing_of_the_next_one() -> None:
    locked = changed(pdf(page("UK SECRET")), lambda writer: writer.encrypt("user", algorithm="AES-256"))
    assert [problem.kind for problem in opened(locked).problems] == [ProblemKind.encrypted]
    test_a_pdf_without_pages_is_unreadable()


def test_an_unknown_way_of_encryption_is_encryption() -> None:
    locked = changed(pdf(page("UK SECRET")), lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    other = locked.replace(b"/Filter /Standard", b"/Filter /Sandbard")
    assert other != locked
    assert [problem.kind for problem in opened(other).problems] == [ProblemKind.encrypted]
