"""Text given in place of what is drawn: what a person sees decides, the other is read as unseen."""

from __future__ import annotations

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Document, DocumentReport, Unseen, Zone
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import HELVETICA, one_page, stream, written

UTF16 = "<feff{}>"


def text_string(text: str) -> bytes:
    return UTF16.format(text.encode("utf-16-be").hex()).encode()


def marked(drawn: str, given: str, key: bytes = b"ActualText", *, named: bool = False) -> bytes:
    """A page whose head is drawn with a text given for it, its body plain, its foot drawn alike."""
    entry = b"/%b%b" % (key, text_string(given))
    span = b"/Span /P0 BDC" if named else b"/Span<<%b>>BDC" % entry
    line = b"%b BT/F 12 Tf 80 %d Td(%b)Tj ET EMC"
    content = b"\n".join(
        (
            line % (span, 270, drawn.encode("cp1252")),
            b"BT/F 11 Tf 40 150 Td(The loads were measured on the rig in the spring.)Tj ET",
            line % (span, 20, drawn.encode("cp1252")),
        )
    )
    return one_page(
        stream(content), HELVETICA, resources=b"/Font<</F 5 0 R>>/Properties<</P0<<%b>>>>" % entry
    )


def tagged(drawn: str, entries: bytes, content: bytes = b"") -> bytes:
    """A page whose head belongs to a structure element with these entries."""
    body = b"/P<</MCID 0>>BDC BT/F 12 Tf 80 270 Td(%b)Tj ET EMC\n%b" % (drawn.encode("cp1252"), content)
    return written(
        b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/StructParents 0"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        stream(body),
        HELVETICA,
        b"<</Type/StructTreeRoot/K[7 0 R]/ParentTree<</Nums[0[7 0 R]]>>>>",
        b"<</Type/StructElem/S/P/P 6 0 R/Pg 3 0 R/K 0%b>>" % entries,
    )


def opened(data: bytes) -> Document:
    return read(data, "test.pdf", Limits())


def checked(data: bytes) -> DocumentReport:
    return check_document(data, "test.pdf", load_policy(lang="en"))


def unseen(document: Document) -> list[str]:
    return [line.text for line in document.pages[0].lines if line.unseen is Unseen.replacement]


@pytest.mark.parametrize("named", [False, True])
def test_what_is_drawn_is_the_marking(named: bool) -> None:
    document = opened(marked("UK TOP SECRET", "UK OFFICIAL", named=named))
    seen = [line.text for line in document.pages[0].lines if not line.unseen]
    assert (seen[0], seen[-1]) == ("UK TOP SECRET", "UK TOP SECRET")
    assert unseen(document) == ["UK OFFICIAL"]
    assert [(one.reason, [place.zone for place in one.locations]) for one in document.problems] == [
        ("replaced-text", [Zone.header, Zone.footer])
    ]


@pytest.mark.parametrize("named", [False, True])
def test_a_higher_marking_given_for_what_is_drawn_is_hidden(named: bool) -> None:
    report = checked(marked("UK OFFICIAL", "UK SECRET", named=named))
    assert {"HIDE001", "READ008"} <= {finding.code for finding in report.findings}
    assert {one.text for one in report.markings if one.zone is not Zone.hidden} == {"UK OFFICIAL"}


def test_letters_given_one_by_one_make_a_line() -> None:
    spans = b"".join(
        b"/Span<</ActualText%b>>BDC BT/F 12 Tf %d 270 Td(%c)Tj ET EMC "
        % (text_string(given), 80 + 9 * at, drawn)
        for at, (given, drawn) in enumerate(zip("UKSECRET", b"UKMEMOSX", strict=True))
    )
    document = opened(one_page(stream(spans)))
    assert "".join(unseen(document)[0].split()) == "UKSECRET"


def test_a_marking_given_for_blanks_is_hidden() -> None:
    assert "DOC016" in {finding.code for finding in checked(marked("   ", "UK SECRET")).findings}


@pytest.mark.parametrize(
    ("drawn", "given"),
    [
        ("UK SECRET", "UK SECRET"),
        ("UK  SECRET", "UK SECRET "),
        ("OFFICIAL-SENSITIVE", "OFFICIAL\u00adSENSITIVE"),
        ("UK OFFICIAL", "UK OF\ufb01CIAL".replace("\ufb01", "FI")),
        ("UK SECRET -", "UK SECRET"),
        ("UK SECRET", "ＵＫ ＳＥＣＲＥＴ"),
    ],
)
def test_the_same_in_other_characters_is_no_other_text(drawn: str, given: str) -> None:
    document = opened(marked(drawn, given))
    assert (unseen(document), document.problems) == ([], ())


def test_glyphs_that_can_not_be_read_are_what_is_given_and_told() -> None:
    lost = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    codes = b" ".join(b"<%02x><e0%02x>" % (code, code) for code in range(0x20, 0x7F))
    content = b"/Span<</ActualText%b>>BDC BT/F 12 Tf 80 270 Td(UK SECRET)Tj ET EMC" % text_string(
        "UK OFFICIAL"
    )
    data = one_page(
        stream(content),
        lost,
        stream(b"1 begincodespacerange<00><ff>endcodespacerange 95 beginbfchar %b endbfchar" % codes),
    )
    document = opened(data)
    assert document.pages[0].lines[0].text == "UK OFFICIAL"
    assert [one.reason for one in document.problems] == ["unknown-characters"]


def test_a_structure_element_gives_other_text() -> None:
    document = opened(tagged("UK OFFICIAL", b"/ActualText" + text_string("UK SECRET")))
    assert unseen(document) == ["UK SECRET"]
    assert [one.reason for one in document.problems] == ["replaced-text"]
    assert unseen(opened(tagged("UK OFFICIAL", b"/ActualText" + text_string("UK OFFICIAL")))) == []


@pytest.mark.parametrize("key", [b"/Alt", b"/E"])
def test_what_a_screen_reader_says_beside_it_is_unseen(key: bytes) -> None:
    document = opened(tagged("UK OFFICIAL", key + text_string("UK SECRET")))
    assert (unseen(document), document.problems) == (["UK SECRET"], ())


def test_the_description_of_a_picture_is_its_text() -> None:
    data = tagged("", b"/Alt" + text_string("The stamp UK SECRET"))
    assert [(line.text, line.zone) for line in opened(data).pages[0].lines] == [
        ("The stamp UK SECRET", Zone.image)
    ]


@pytest.mark.parametrize(
    "entry", [b"<feffff35ff2b>", b"(\\357\\273\\277UK)", b"<fffe55004b00>", b"(UK\\255)", b"(UK)"]
)
def test_given_text_is_read_in_every_encoding(entry: bytes) -> None:
    content = b"/Span<</ActualText%b>>BDC BT/F 12 Tf 80 270 Td(UK)Tj ET EMC" % entry
    document = opened(one_page(stream(content)))
    assert (unseen(document), document.problems) == ([], ())
