"""Fonts that hardly say which characters their glyphs stand for: right words, or a finding."""

from __future__ import annotations

import unicodedata

import pytest
from pdf_files import one_page, stream

from countermark.ingest.pdf_frame import Frame
from countermark.ingest.reader import read
from countermark.limits import Limits
from countermark.model import Box, Document, ProblemKind, Zone

DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 4/FontBBox[-123 -257 1001 910]/ItalicAngle 0"
    b"/Ascent 723/Descent -241/CapHeight 709/StemV 69>>"
)


def opened(data: bytes) -> Document:
    return read(data, "test.pdf", Limits())


def composite(encoding: bytes, codes: bytes, ordering: bytes = b"Japan1") -> Document:
    """A page whose head is set in a CID-keyed font that is not embedded, without ToUnicode."""
    return opened(
        one_page(
            stream(b"BT /F 12 Tf 100 270 Td <%b> Tj ET" % codes.hex().encode()),
            b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/%b/DescendantFonts[6 0 R]>>"
            % encoding,
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/DW 1000/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(%b)/Supplement 2>>/FontDescriptor 7 0 R>>" % ordering,
            DESCRIPTOR,
        )
    )


def mapped(*mappings: bytes) -> Document:
    """A page whose head is UK SECRET in a font with these lines in its ToUnicode."""
    unicode = b"1 begincodespacerange <00> <ff> endcodespacerange %d beginbfrange %b endbfrange" % (
        len(mappings),
        b" ".join(mappings),
    )
    return opened(
        one_page(
            stream(b"BT /F 12 Tf 100 270 Td (UK SECRET) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            stream(unicode),
        )
    )


def drawn(text: bytes, names: bytes) -> Document:
    """A page whose head is set in a Type 3 font of nameless drawings."""
    return opened(
        one_page(
            stream(b"BT /F 12 Tf 100 270 Td (%b) Tj ET" % text),
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 1"
            b"/LastChar 90/Widths[%b]/Encoding<</Type/Encoding/Differences[%b]>>/CharProcs<</g1 6 0 R"
            b"/g2 6 0 R/g3 6 0 R>>/Resources<<>>>>" % (b"500 " * 90, names),
            stream(b"500 0 0 0 400 700 d1 0 0 400 700 re f"),
        )
    )


def told(document: Document) -> list[tuple[str, list[Zone | None]]]:
    return [(problem.reason, [place.zone for place in problem.locations]) for problem in document.problems]


@pytest.mark.parametrize("text", ["秘", "極秘", "特定秘密"])
@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        (b"90ms-RKSJ-H", "cp932"),
        (b"90msp-RKSJ-H", "cp932"),
        (b"EUC-H", "euc-jp"),
        (b"UniJIS-UCS2-H", "utf-16-be"),
        (b"UniJIS-UTF16-H", "utf-16-be"),
    ],
)
def test_encodings_of_japanese_fonts_are_known(encoding: bytes, codec: str, text: str) -> None:
    document = composite(encoding, text.encode(codec))
    assert [(line.text, line.zone) for line in document.pages[0].lines] == [(text, Zone.header)]
    assert not document.problems


def test_glyph_numbers_of_a_japanese_collection_are_known() -> None:
    """CIDs 1919 and 3337 of Adobe-Japan1."""
    document = composite(b"Identity-H", bytes.fromhex("0925094a"))
    assert [line.text for line in document.pages[0].lines] == ["樹柔"]
    assert not document.problems


def test_glyph_numbers_of_no_collection_are_what_to_unicode_says() -> None:
    document = opened(
        one_page(
            stream(b"BT /F 12 Tf 100 270 Td <00010002> Tj ET"),
            b"<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[6 0 R]"
            b"/ToUnicode 8 0 R>>",
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/DW 1000/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>",
            DESCRIPTOR,
            stream(
                b"1 begincodespacerange <0000> <ffff> endcodespacerange "
                b"2 beginbfchar <0001> <6975> <0002> <79d8> endbfchar"
            ),
        )
    )
    assert [(line.text, line.zone) for line in document.pages[0].lines] == [("極秘", Zone.header)]
    assert not document.problems


@pytest.mark.parametrize("unicode", [b"004600460049", b"fb03"])
def test_a_ligature_is_its_letters(unicode: bytes) -> None:
    """UK OFFICIAL, the three letters FFI being one glyph, by its letters or by the character U+FB03."""
    characters = b" ".join(b"<%02x> <%04x>" % (code, code) for code in b" UKOCAL")
    mappings = b"9 beginbfchar <01> <%b> %b <49> <0049> endbfchar" % (unicode, characters)
    document = opened(
        one_page(
            stream(rb"BT /F 12 Tf 100 270 Td (UK O\001CIAL) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            stream(b"1 begincodespacerange <00> <ff> endcodespacerange " + mappings),
        )
    )
    [line] = document.pages[0].lines
    assert (unicodedata.normalize("NFKC", line.text).upper(), line.zone) == ("UK OFFICIAL", Zone.header)
    assert not document.problems


def test_glyph_numbers_of_no_collection_are_told() -> None:
    document = composite(b"Identity-H", bytes.fromhex("09250a4a"), b"Identity")
    assert told(document) == [("unknown-characters", [Zone.header])]
    assert document.problems[0].kind is ProblemKind.text_disagrees


def test_characters_for_private_use_are_told() -> None:
    assert told(mapped(b"<41> <5a> <e041>")) == [("unknown-characters", [Zone.header])]


def test_replacement_characters_are_told() -> None:
    assert told(mapped(*[b"<%x> <%x> <fffd>" % (code, code) for code in b"UKSECRT"])) == [
        ("unknown-characters", [Zone.header])
    ]


def test_characters_that_are_none_are_no_blank_page() -> None:
    document = mapped(*[b"<%x> <%x> <0000>" % (code, code) for code in b" UKSECRT"])
    assert told(document) == [("unknown-characters", [Zone.header])]
    assert [line.text for line in document.pages[0].lines] == ["\ufffd" * 9]


def test_a_single_private_character_beside_words_is_no_doubt() -> None:
    assert mapped(b"<20> <20> <f0b7>").problems == ()


def test_drawings_without_names_are_told() -> None:
    told_of = told(drawn(rb"\001\002\003ABC", b"1/g1/g2/g3 65/g1/g2/g3"))
    assert told_of == [("unknown-characters", [Zone.header])]


def test_drawings_that_stand_for_control_characters_are_no_blank_page() -> None:
    assert drawn(rb"\001\002\003", b"1/g1/g2/g3").problems


def test_a_place_beyond_all_numbers_is_a_place() -> None:
    frame = Frame(0, 0, 600, 800, 0)
    assert frame.seen(float("nan"), 0, float("inf"), 800) == Box(0, 0, 0, 0)
    assert frame.seen(0.004, 800.004, 100.126, 700) == Box(0, 0, 100.13, 100)
