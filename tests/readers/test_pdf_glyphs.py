"""Fonts that hardly say which characters their glyphs stand for: right words, or a finding."""

from __future__ import annotations

import unicodedata

import pytest

from countermark.checking.check import check_document
from countermark.config.policy import load_policy
from countermark.model import Box, Document, ProblemKind, Stage, Zone
from countermark.readers.pdf.fonts import last_resort_font
from countermark.readers.pdf.frame import Frame
from countermark.readers.read import read
from countermark.recognition.normalise import normalise
from countermark.support.limits import Limits
from support.pdf_files import HELVETICA, one_page, stream

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


def spelt(text: bytes, mappings: dict[bytes, int]) -> Document:
    """A page whose head is this text in a font that maps these characters so, the others to themselves."""
    codes = {bytes([code]): code for code in range(0x20, 0x7F)} | mappings
    unicode = b"".join(b"<%02x> <%04x> " % (ord(char), code) for char, code in codes.items())
    return opened(
        one_page(
            stream(b"BT /F 12 Tf 60 270 Td (%b) Tj ET" % text),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            stream(
                b"1 begincodespacerange <00> <ff> endcodespacerange 95 beginbfchar %b endbfchar" % unicode
            ),
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
    assert told(mapped(*[b"<%x> <%x> <fffd>" % (code, code) for code in b"KSECRT"])) == [
        ("unknown-characters", [Zone.header])
    ]


def test_characters_that_are_none_are_no_blank_page() -> None:
    document = mapped(*[b"<%x> <%x> <0000>" % (code, code) for code in b" UKSECRT"])
    assert told(document) == [("no-text", [None])]
    assert [line.text for line in document.pages[0].lines] == [
        "\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"
    ]


@pytest.mark.parametrize(
    "unicode",
    [0x0000, 0x0002, 0x001F, 0x0085, 0x00AD, 0x2010, 0x2011, 0x2013, 0x2212, 0xE02D, 0xFFFD, 0xFFFF],
)
def test_a_drawn_hyphen_is_one_whatever_it_is_mapped_to(unicode: int) -> None:
    document = spelt(b"UK OFFICIAL-SENSITIVE", {b"-": unicode})
    [line] = document.pages[0].lines
    assert normalise(line.text).text == "UK OFFICIAL-SENSITIVE"
    assert told(document) == []


@pytest.mark.parametrize("unicode", [0x0000, 0x0002, 0x0007, 0x00A0, 0x2003, 0xE020, 0xFFFD, 0xFFFF])
def test_a_drawn_blank_is_one_whatever_it_is_mapped_to(unicode: int) -> None:
    document = spelt(b"UK SECRET", {b" ": unicode})
    assert [" ".join(line.text.split()) for line in document.pages[0].lines] == ["UK SECRET"]
    assert told(document) == []


def test_a_hyphen_at_the_end_of_a_line_is_no_blank() -> None:
    content = b"BT /F 12 Tf 20 270 Td (OFFICIAL-) Tj 0 -14 Td (SENSITIVE) Tj ET"
    document = opened(one_page(stream(content)))
    assert [line.text for line in document.pages[0].lines] == ["OFFICIAL-", "SENSITIVE"]


def test_a_drawn_letter_is_no_hyphen() -> None:
    document = spelt(b"UK SECRET - A", {b"S": 0x0002, b"E": 0x00})
    assert [line.text for line in document.pages[0].lines] == ["UK \ufffd\ufffdCR\ufffdT - A"]
    assert told(document) == [("unknown-characters", [Zone.header])]


@pytest.mark.parametrize("codes", [b"\\001\\002", b"\\013\\014", b"\\200\\201", b"\\037\\036"])
def test_glyphs_without_a_code_map_are_told_where_a_marking_stands(codes: bytes) -> None:
    """The second half of the head has no code map; what the rules miss there is not missing."""
    content = (
        b"BT /F 12 Tf 80 270 Td (UK SECRET) Tj /G 12 Tf ( %b) Tj /F 12 Tf -40 -120 Td (The pump drew 4 A.) Tj"
        % codes
    )
    content += b" 40 -130 Td (UK SECRET) Tj ET"
    data = one_page(
        stream(content),
        HELVETICA,
        b"<</Type/Font/Subtype/TrueType/BaseFont/Lost/FirstChar 1/LastChar 2/Widths[1000 1000]"
        b"/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/Lost/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800"
        b"/Descent -200/CapHeight 700/StemV 80/FontFile2 8 0 R>>",
        stream(last_resort_font()),
        resources=b"/Font<</F 5 0 R/G 6 0 R>>",
    )
    report = check_document(
        data, "test.pdf", load_policy(lang="en", stage=Stage.received, originator="GB", recipient="JP")
    )
    codes_told = [finding.code for finding in report.findings]
    assert "READ008" in codes_told
    assert not {"EX002", "DOC001", "DOC002", "DOC003"} & set(codes_told)


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
