"""What is read does not depend on the fonts of the machine."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from countermark.readers.pdf.fonts import font_file, last_resort_font
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.pdf_files import one_page, page, pdf, stream

JAPANESE = ["HeiseiMin-W3", "HeiseiKakuGo-W5"]
for name in JAPANESE:
    pdfmetrics.registerFont(UnicodeCIDFont(name))

READ = """
import ctypes, sys
import pypdfium2.raw as pdfium
from countermark.readers.read import read
from countermark.support.limits import Limits

folders = (ctypes.POINTER(ctypes.c_char) * 2)()
folders[0] = ctypes.cast(ctypes.c_char_p(sys.argv[1].encode()), ctypes.POINTER(ctypes.c_char))
pdfium.FPDF_DestroyLibrary()
pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders))
data = open(sys.argv[2], "rb").read()
if sys.argv[3] == "plain":
    page = pdfium.FPDF_LoadPage(pdfium.FPDF_LoadMemDocument(data, len(data), None), 0)
    print(pdfium.FPDFText_CountChars(pdfium.FPDFText_LoadPage(page)))
else:
    print(ascii([(line.text, line.box, line.size) for line in read(data, "a.pdf", Limits()).pages[0].lines]))
"""


def tables_of(font: bytes) -> dict[bytes, bytes]:
    tables = {}
    for at in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16):
        tag, _, start, length = struct.unpack(">4sIII", font[at : at + 16])
        tables[tag] = font[start : start + length]
    return tables


def japanese_font() -> bytes:
    """A font for the folder of a machine on which Japanese fonts are installed."""
    strings = [(1, "Test Gothic"), (2, "Regular"), (6, "TestGothic")]
    texts = [text.encode("utf-16-be") for _, text in strings]
    starts = [sum(map(len, texts[:n])) for n in range(len(texts))]
    records = b"".join(
        struct.pack(">6H", 3, 1, 0x409, number, len(text), start)
        for (number, _), text, start in zip(strings, texts, starts, strict=True)
    )
    shift_jis = struct.pack(">H76xII8x", 4, 1 << 17, 0)
    tables = tables_of(last_resort_font())
    tables[b"OS/2"] = shift_jis
    tables[b"name"] = struct.pack(">HHH", 0, len(strings), 6 + len(records)) + records + b"".join(texts)
    return font_file(tables)


@pytest.mark.skipif(sys.platform != "linux", reason="PDFium takes a folder of fonts on Linux only")
def test_installed_fonts_make_no_difference(tmp_path: Path) -> None:
    paper, bare, equipped = tmp_path / "paper.pdf", tmp_path / "bare", tmp_path / "equipped"
    bare.mkdir()
    equipped.mkdir()
    (equipped / "gothic.ttf").write_bytes(japanese_font())
    paper.write_bytes(one_character("HeiseiKakuGo-W5"))

    def told(folder: Path, how: str) -> str:
        call = [sys.executable, "-c", READ, str(folder), str(paper), how]
        return subprocess.run(call, capture_output=True, check=True, text=True).stdout

    assert int(told(equipped, "plain")) > int(told(bare, "plain"))
    assert told(equipped, "read") == told(bare, "read")
    assert "\\u79d8" in told(bare, "read")


def one_character(font: str, text: str = "秘") -> bytes:
    def draw(canvas: Canvas, width: float, height: float) -> None:
        page()(canvas, width, height)
        canvas.setFont(font, 14)
        canvas.drawCentredString(width / 2, height - 40, text)

    return pdf(draw)


@pytest.mark.parametrize("font", JAPANESE)
def test_a_lone_character_of_a_font_that_is_not_embedded_is_read(font: str) -> None:
    [line, *_] = read(one_character(font), "test.pdf", Limits()).pages[0].lines
    assert line.text == "秘"
    assert line.box is not None
    assert line.box.width == pytest.approx(14, abs=1)
    assert line.box.height == pytest.approx(14, abs=3)


def test_a_lone_character_whose_glyph_is_empty_is_read() -> None:
    """Text layers of scans are set in fonts without any outline."""
    tables = tables_of(last_resort_font())
    tables |= {b"glyf": bytes(4), b"loca": bytes(12)}
    unicode = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <79d8> endbfchar"
    data = one_page(
        stream(b"BT /F 14 Tf 100 200 Td <0001> Tj ET"),
        b"<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[6 0 R]"
        b"/ToUnicode 9 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/None/CIDToGIDMap/Identity/DW 1000/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/FontDescriptor/FontName/None/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 80/FontFile2 8 0 R>>",
        stream(font_file(tables)),
        stream(unicode),
    )
    [line] = read(data, "test.pdf", Limits()).pages[0].lines
    assert line.text == "秘"
    assert line.box is not None
    assert line.box.width == pytest.approx(14, abs=1)


def test_the_last_resort_font_is_what_a_font_library_takes_for_one() -> None:
    font = ImageFont.truetype(io.BytesIO(last_resort_font()), 100)
    assert font.getbbox("秘") == font.getbbox("A") == font.getbbox("𠮷")
    assert font.getlength("秘") == 100
