"""What streams inflate to is measured however they hide."""

from __future__ import annotations

import base64
import zlib

import pytest

from countermark.readers.pdf.streams import oversized
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import HELVETICA, one_page, stream, written

MIB = 1 << 20
ALLOWED = 4 * MIB
BOMB = zlib.compress(b" " * (16 * MIB), 9)
RUNS = b"\x81 " * (16 * MIB // 128)


def lzw(repeats: int) -> bytes:
    """Blanks by the LZW codes of ever longer runs of them, cleared before the table is full."""
    codes: list[tuple[int, int]] = []
    for _ in range(repeats):
        codes.append((256, 9))
        codes.append((32, 9))
        codes += [(256 + at, (256 + at + 1).bit_length()) for at in range(2, 3830)]
    bits = "".join(f"{code:0{width}b}" for code, width in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


HIDDEN = {
    "plain": (BOMB, b"/Filter/FlateDecode"),
    "short": (BOMB, b"/Filter/Fl"),
    "escaped": (BOMB, b"/Filter/#46late#44ecode"),
    "escaped key": (BOMB, b"/#46ilter/FlateDecode"),
    "array": (BOMB, b"/Filter[/FlateDecode]"),
    "note": (BOMB, b"/Note/Image/Filter/FlateDecode"),
    "embedded note": (BOMB, b"/Filter/FlateDecode/Note(/Type/EmbeddedFile)"),
    "comment": (BOMB, b"%/Subtype/Image\n/Filter/FlateDecode"),
    "other filter in a comment": (BOMB, b"%/LZWDecode/ASCIIHexDecode\n/Filter/FlateDecode"),
    "long dictionary": (BOMB, b"/Filter/FlateDecode/Note(" + b"x" * 70_000 + b")"),
    "indirect": (BOMB, b"/Filter 6 0 R"),
    "indirect in an object stream": (BOMB, b"/Filter 99 0 R"),
    "no filter named": (BOMB, b""),
    "end in a string": (BOMB, b"/Filter/FlateDecode/Note(endstream)"),
    "parameters": (BOMB, b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>"),
    "twice": (zlib.compress(BOMB), b"/Filter[/FlateDecode/FlateDecode]"),
    "base 85": (base64.a85encode(BOMB) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode]"),
    "hexadecimal": (BOMB.hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]"),
    "hexadecimal, indirect": (BOMB.hex().encode() + b">", b"/Filter 7 0 R"),
    "runs": (RUNS, b"/Filter/RunLengthDecode"),
    "runs deflated": (zlib.compress(RUNS, 9), b"/Filter[/Fl/RL]"),
    "LZW": (lzw(8), b"/Filter/LZWDecode"),
    "LZW deflated": (zlib.compress(lzw(8)), b"/Filter[/Fl/LZW]"),
    "XRef": (BOMB, b"/Type/XRef/Filter/FlateDecode"),
    "object stream": (BOMB, b"/Type/ObjStm/N 9/First 9/Filter/FlateDecode"),
    "colour profile": (BOMB, b"/N 3/Filter/FlateDecode"),
    "font": (BOMB, b"/Length1 999/Filter/FlateDecode"),
    "code map": (BOMB, b"/Type/CMap/Filter/FlateDecode"),
    "function": (BOMB, b"/FunctionType 0/Filter/FlateDecode"),
    "form": (BOMB, b"/Type/XObject/Subtype/Form/Filter/FlateDecode"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_every_stream_that_inflates_to_too_much_is_found(name: str) -> None:
    content, entries = HIDDEN[name]
    data = one_page(stream(content, entries), HELVETICA, b"/FlateDecode", b"[/ASCIIHexDecode/FlateDecode]")
    [found] = oversized(data, ALLOWED)
    assert (found.number, found.is_needless) == (4, False)
    document = read(data, "test.pdf", Limits(expanded_mb=4))
    assert [one.args.get("limit") for one in document.problems] == ["expanded_mb"]


def test_a_keyword_within_the_data_ends_no_stream() -> None:
    packer = zlib.compressobj(0)
    stored = packer.compress(b"endstream endobj") + packer.flush(zlib.Z_FULL_FLUSH)
    rest = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = one_page(stream(stored + rest.compress(b" " * (16 * MIB)) + rest.flush(), b"/Filter/FlateDecode"))
    assert [one.number for one in oversized(data, ALLOWED)] == [4]


@pytest.mark.parametrize("kind", [b"/Type/EmbeddedFile", b"/Type/XObject/Subtype/Image/Width 9/Height 9"])
def test_a_picture_or_file_costs_itself_only(kind: bytes) -> None:
    data = one_page(
        stream(b"BT/F 12 Tf 100 270 Td(UK SECRET)Tj ET"),
        HELVETICA,
        stream(BOMB, kind + b"/Filter/FlateDecode"),
    )
    [found] = oversized(data, ALLOWED)
    assert found.is_needless
    document = read(data, "test.pdf", Limits(expanded_mb=4))
    assert [line.text for line in document.pages[0].lines] == ["UK SECRET"]


@pytest.mark.parametrize("kind", [b"/Type/EmbeddedFile", b"/Type/XObject/Subtype/Image"])
def test_content_that_calls_itself_a_picture_or_file_is_told(kind: bytes) -> None:
    data = one_page(stream(BOMB, kind + b"/Filter/FlateDecode"))
    document = read(data, "test.pdf", Limits(expanded_mb=4))
    assert [one.args.get("limit") for one in document.problems] == ["expanded_mb"]


def test_large_streams_within_the_limit_are_none() -> None:
    drawn = b"BT/F 12 Tf 100 270 Td(UK SECRET)Tj ET\n" * 50_000
    data = one_page(stream(zlib.compress(drawn), b"/Filter/FlateDecode"))
    assert list(oversized(data, ALLOWED)) == []
    assert list(oversized(written(b"<</Type/Catalog>>"), ALLOWED)) == []
