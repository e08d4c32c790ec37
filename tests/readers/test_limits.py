"""Every named limit, each with a file that trips it; what hostile files must not do."""

from __future__ import annotations

import io
import zlib
from zipfile import ZIP_STORED, ZipFile

import msgspec
import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from countermark.checking.check import check_document
from countermark.config.policy import Policy, load_policy
from countermark.model import Document, ProblemKind, Status, Zone
from countermark.readers.read import read
from countermark.support.limits import (
    READING_SHARE,
    RECOGNITION_SHARE,
    RULES_SHARE,
    LimitReached,
    Limits,
    UnitFailed,
)
from countermark.support.progress import listening
from support.pdf_files import HELVETICA, changed, dictionary, page, pdf, stream, written
from support.word_files import paragraph, section, word_file, xml

MIB = 1 << 20
POLICY = load_policy(lang="en")


def limits_told(document: Document) -> list[str]:
    """The limits that the document's Problems name."""
    return [one.args["limit"] for one in document.problems if one.kind is ProblemKind.limit]


def within(**limits: int) -> Policy:
    config = msgspec.structs.replace(POLICY.config, limits=Limits(**limits))
    return msgspec.structs.replace(POLICY, config=config)


def texts(document: Document) -> list[str]:
    return [line.text for one in document.pages for line in one.lines]


def flate_bomb(mebibytes: int) -> bytes:
    """Deflated blanks that inflate to so many MiB: one flushed block, again and again."""
    packer = zlib.compressobj(9)
    first = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (mebibytes - 1)


def with_content(data: bytes, filters: object = None) -> bytes:
    """A PDF of one page whose content is `data`, said to be deflated."""
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    head += b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    head += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
    head += b"4 0 obj<</Length %d/Filter%s>>stream\n" % (len(data), filters or b"/FlateDecode")
    return head + data + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def test_a_zip_bomb_is_stopped_while_it_is_inflated() -> None:
    data = word_file(paragraph("SECRET"), more={"word/media/a.bin": b"\0" * (64 * MIB)})
    assert limits_told(read(data, "a.docx", Limits())) == ["ratio"]
    assert limits_told(read(data, "a.docx", Limits(ratio=5000, expanded_mb=32))) == ["expanded_mb"]


def test_the_size_that_a_zip_declares_is_not_believed() -> None:
    data = bytearray(word_file(paragraph("SECRET"), more={"word/media/a.bin": b"\0" * (64 * MIB)}))
    for at in range(len(data) - 4):
        if data[at : at + 4] == (64 * MIB).to_bytes(4, "little"):
            data[at : at + 4] = (10).to_bytes(4, "little")
    document = read(bytes(data), "a.docx", Limits(ratio=5000, expanded_mb=32))
    assert document.problems


def test_a_bomb_inside_an_attachment_costs_the_attachment() -> None:
    bomb = word_file(paragraph("SECRET"), more={"word/media/a.bin": b"\0" * (64 * MIB)})
    data = word_file(
        paragraph("outer"),
        more={"word/embeddings/a.docx": bomb},
        more_links={"a": ("package", "embeddings/a.docx")},
    )
    document = read(data, "a.docx", Limits())
    assert (texts(document), document.problems) == (["outer"], ())
    assert [limits_told(child) for child in document.children] == [["ratio"]]


def test_ten_thousand_and_one_parts() -> None:
    packed = io.BytesIO(word_file(paragraph("SECRET")))
    with ZipFile(packed, "a", ZIP_STORED) as archive:
        for number in range(10_001 - len(archive.namelist())):
            archive.writestr(f"word/media/{number}.png", b"")
    document = read(packed.getvalue(), "a.docx", Limits())
    assert limits_told(document) == ["parts"]
    assert document.problems[0].args["reached"] == "10001"


@pytest.mark.slow
def test_six_thousand_pages_are_read_up_to_the_limit() -> None:
    data = pdf(*[page(head="UK SECRET", body=[], rule=False)] * 6000)
    report = check_document(data, "a.pdf", POLICY)
    assert (report.pages, report.status) == (5000, Status.partly_read)
    (told,) = [one for one in report.findings if one.code.startswith("READ")]
    assert (told.code, told.args["limit"], told.args["reached"]) == ("READ004", "pages", "6000")


def test_pages_beyond_the_limit_are_told() -> None:
    report = check_document(pdf(*[page(head="UK SECRET")] * 4), "a.pdf", within(pages=3))
    assert (report.pages, report.status) == (3, Status.partly_read)
    assert "READ004" in [finding.code for finding in report.findings]


def test_a_stream_of_five_gigabytes_is_not_inflated_by_any_engine() -> None:
    data = with_content(flate_bomb(5 * 1024))
    assert len(data) < 8 * MIB
    document = read(data, "a.pdf", Limits())
    assert (limits_told(document), document.pages) == (["expanded_mb"], ())


def test_a_stream_deflated_twice_is_measured_too() -> None:
    data = with_content(zlib.compress(flate_bomb(1024), 9), b"[/FlateDecode /FlateDecode]")
    assert len(data) < MIB // 8
    assert limits_told(read(data, "a.pdf", Limits())) == ["expanded_mb"]


def test_a_large_page_is_no_bomb() -> None:
    drawn = b"BT /F1 12 Tf 72 700 Td (SECRET) Tj ET\n" * 20_000
    assert limits_told(read(with_content(zlib.compress(drawn)), "a.pdf", Limits(expanded_mb=1))) == []


def test_an_embedded_bomb_costs_itself_only() -> None:
    def embed(writer: PdfWriter) -> None:
        writer.add_attachment("a.txt", b"")
        (embedded,) = (
            held
            for held in writer._objects
            if isinstance(held, StreamObject) and held.get("/Type") == "/EmbeddedFile"
        )
        embedded._data = flate_bomb(64)
        embedded[NameObject("/Filter")] = NameObject("/FlateDecode")

    document = read(changed(pdf(page(head="UK SECRET")), embed), "a.pdf", Limits(expanded_mb=32))
    assert "UK SECRET" in texts(document)
    assert limits_told(document) == ["expanded_mb"]
    assert document.problems[0].locations[0].part == "a.txt"


def test_too_many_attachments() -> None:
    def embed(writer: PdfWriter) -> None:
        for number in range(6):
            writer.add_attachment(f"{number}.txt", b"%d" % number)

    document = read(changed(pdf(page(head="UK SECRET")), embed), "a.pdf", Limits(children=5))
    assert (len(document.children), limits_told(document)) == (5, ["children"])


@pytest.mark.slow
def test_xml_of_more_tags_than_allowed() -> None:
    body = paragraph("SECRET") + "<w:p/>" * 1_000_000
    document = read(word_file(body), "a.docx", Limits(ratio=10_000, xml_tags=1_000_000))
    assert limits_told(document) == ["xml_tags"]
    assert texts(read(word_file(body), "a.docx", Limits(ratio=10_000))) == ["SECRET"]


def test_xml_that_nests_too_deep() -> None:
    body = "<w:sdt><w:sdtContent>" * 5000 + paragraph("SECRET") + "</w:sdtContent></w:sdt>" * 5000
    assert limits_told(read(word_file(body), "a.docx", Limits())) == ["xml_nesting"]


def test_xml_with_one_piece_of_text_that_is_too_long() -> None:
    document = read(word_file(paragraph("x" * 10_000_001)), "a.docx", Limits(ratio=5000))
    assert limits_told(document) == ["xml_text"]


def test_a_part_that_reaches_a_limit_costs_itself_only() -> None:
    deep = xml("footnotes", "<w:p>" * 300 + "</w:p>" * 300)
    data = word_file(
        paragraph("SECRET"),
        more={"word/footnotes.xml": deep},
        more_links={"notes": ("footnotes", "footnotes.xml")},
    )
    document = read(data, "a.docx", Limits())
    assert (texts(document), limits_told(document)) == (["SECRET"], ["xml_nesting"])
    assert document.problems[0].locations[0].part == "word/footnotes.xml"


def test_a_header_that_reaches_a_limit_names_the_limit() -> None:
    body = paragraph("one", section("header-default-h")) + section()
    data = word_file(body, bands={"h": "<w:sdt>" * 300 + "</w:sdt>" * 300})
    (problem,) = read(data, "a.docx", Limits()).problems
    assert (problem.kind, problem.args["limit"]) == (ProblemKind.limit, "xml_nesting")
    assert [(where.section, where.zone) for where in problem.locations] == [
        (1, Zone.header),
        (2, Zone.header),
    ]


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
DTD = f'<!DOCTYPE x [<!ENTITY e0 "SECRET">{ENTITIES}]>'


@pytest.mark.parametrize("dtd", [DTD, '<!DOCTYPE x SYSTEM "http://example.com/x.dtd">'])
def test_a_document_type_definition_is_refused(dtd: str) -> None:
    main = xml("document", f"<w:body>{paragraph('&e9;')}</w:body>").replace("?>", "?>" + dtd, 1)
    document = read(word_file("", more={"word/document.xml": main}), "a.docx", Limits())
    assert [one.reason for one in document.problems] == ["package-dtd"]
    assert document.pages == ()


def _page_tree_loop(writer: PdfWriter) -> None:
    root = dictionary(writer._root_object["/Pages"])
    kids = root["/Kids"]
    assert isinstance(kids, ArrayObject)
    kids.append(writer._root_object.raw_get("/Pages"))
    root[NameObject("/Count")] = NumberObject(2)


def _form_loop(writer: PdfWriter) -> None:
    form = DecodedStreamObject()
    form.set_data(b"/Me Do BT /F1 12 Tf 10 10 Td (again) Tj ET")
    kind = {"/Type": "/XObject", "/Subtype": "/Form"}
    form.update({NameObject(key): NameObject(name) for key, name in kind.items()})
    form[NameObject("/BBox")] = ArrayObject([NumberObject(one) for one in (0, 0, 100, 100)])
    reference = writer._add_object(form)
    form[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Me"): reference})}
    )
    resources = dictionary(writer.pages[0]["/Resources"])
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Me"): reference})
    draw = DecodedStreamObject()
    draw.set_data(b"/Me Do")
    contents = writer.pages[0].raw_get("/Contents")
    writer.pages[0][NameObject("/Contents")] = ArrayObject([contents, writer._add_object(draw)])


def _name_tree_loop(writer: PdfWriter) -> None:
    node = DictionaryObject()
    reference = writer._add_object(node)
    node[NameObject("/Kids")] = ArrayObject([reference, reference])
    names = DictionaryObject({NameObject("/EmbeddedFiles"): reference})
    writer._root_object[NameObject("/Names")] = names


def _outline_loop(writer: PdfWriter) -> None:
    item = writer.add_outline_item(title="UK SECRET", page_number=0)
    entries = dictionary(item)
    entries[NameObject("/Next")] = item
    entries[NameObject("/First")] = item


@pytest.mark.parametrize("loop", [_page_tree_loop, _form_loop, _name_tree_loop, _outline_loop])
def test_what_refers_to_itself_in_a_pdf_is_read_once(loop: object) -> None:
    report = check_document(changed(pdf(page(head="UK SECRET")), loop), "a.pdf", POLICY)  # type: ignore[arg-type]
    assert "UK SECRET" in [one.text for one in report.markings]


def test_word_parts_that_refer_to_themselves_are_read_once() -> None:
    links = {
        "self": ("package", "document.xml"),
        "chunk": ("aFChunk", "document.xml"),
        "sub": ("subDocument", "document.xml"),
    }
    body = paragraph("UK SECRET") + '<w:altChunk r:id="chunk"/><w:subDoc r:id="sub"/>'
    report = check_document(word_file(body, more_links=links), "a.docx", POLICY)
    assert "UK SECRET" in [one.text for one in report.markings]


class LimitAt:
    """Raises from the unit of that number on, or at that one only; only units of one `share` count if it is
    given."""

    def __init__(self, number: int, stop: Exception | None = None, share: float | None = None) -> None:
        self.number, self.stop, self.share, self.heard = number, stop, share, 0

    def heartbeat(self) -> None:
        """Nothing ends here."""

    def unit(self, share: float) -> None:
        self.heard += self.share in (None, share)
        if self.share not in (None, share):
            return
        if self.stop and self.heard == self.number:
            raise self.stop
        if not self.stop and self.heard >= self.number and share == READING_SHARE:
            raise LimitReached("seconds", 60, "60")

    def grant(self, seconds: float) -> None:
        """No clock runs here."""


@pytest.mark.parametrize(
    ("stop", "code"),
    [(LimitReached("silence", 20, "20", ends=False), "READ004"), (UnitFailed("SIGSEGV"), "READ009")],
)
def test_a_page_that_is_left_out_costs_itself_only(stop: Exception, code: str) -> None:
    data = pdf(*[page(head="UK SECRET", foot="UK SECRET")] * 5)
    with listening(LimitAt(3, stop)):
        report = check_document(data, "a.pdf", POLICY)
    assert report.status is Status.partly_read
    assert len(report.markings) == 8
    (finding,) = (one for one in report.findings if one.code.startswith("READ"))
    assert finding.code == code
    assert [place.page for place in finding.locations] == [2]


@pytest.mark.parametrize("stop", [LimitReached("silence", 20, "20", ends=False), UnitFailed("SIGSEGV")])
def test_a_paragraph_that_is_left_out_costs_itself_only(stop: Exception) -> None:
    data = word_file("".join(paragraph(f"({word})") for word in ("SECRET", "OFFICIAL", "TOP SECRET")))
    with listening(LimitAt(3, stop)):
        document = read(data, "a.docx", Limits())
    assert [line.text for line in document.pages[0].lines] == ["(SECRET)", "(TOP SECRET)"]
    (problem,) = document.problems
    assert problem.locations[0].part == "word/document.xml"


def test_headers_are_read_though_the_body_had_to_end() -> None:
    body = "".join(paragraph(f"line {number}") for number in range(9)) + section("header-default-h1")
    data = word_file(body, bands={"h1": paragraph("UK SECRET")})
    with listening(LimitAt(4)):
        document = read(data, "a.docx", Limits())
    texts = [line.text for line in document.pages[0].lines]
    assert "UK SECRET" in texts
    assert "line 8" not in texts


@pytest.mark.parametrize("share", [RECOGNITION_SHARE, RULES_SHARE])
def test_a_limit_in_recognition_or_in_the_rules_costs_what_is_left_out(share: float) -> None:
    """The last unit of each is left out, and what came before it is judged."""
    data = pdf(*[page(head="UK SECRET", foot="UK SECRET")] * 3)
    with listening(LimitAt(3, LimitReached("silence", 20, "20", ends=False), share)):
        report = check_document(data, "a.pdf", POLICY)
    assert report.status is Status.partly_read
    assert len(report.markings) == (4 if share == RECOGNITION_SHARE else 6)
    assert "READ004" in [one.code for one in report.findings]


def test_reading_that_has_to_end_keeps_the_pages_read() -> None:
    data = pdf(*[page(head="UK SECRET", foot="UK SECRET")] * 5)
    with listening(LimitAt(5)):
        report = check_document(data, "a.pdf", POLICY)
    assert report.status is Status.partly_read
    assert len(report.markings) == 6
    told = next(one for one in report.findings if one.code == "READ004")
    assert [place.page for place in told.locations] == [4, 5]


def test_a_claim_that_can_not_be_is_no_limit_on_inflating() -> None:
    data = written(
        b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT/F 12 Tf 100 270 Td(UK SECRET)Tj ET"),
        HELVETICA,
        b"<</Type/Metadata/Length 999999999999>>\nstream\n<x/>\nendstream",
    )
    document = read(data, "a.pdf", Limits())
    assert [line.text for line in document.pages[0].lines] == ["UK SECRET"]
    assert [problem.reason for problem in document.problems] == ["pdf-structure"]
