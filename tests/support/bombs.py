# ruff: noqa: E501
"""Files that are small and claim to be endless, by name."""

from __future__ import annotations

import base64
import struct
import zipfile
import zlib
from io import BytesIO

MIB = 1 << 20
BLANKS = zlib.compress(b" " * (64 * MIB), 9)
SHOWN = b"BT/F 12 Tf 100 270 Td(UK SECRET)Tj ET"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MAIN_LINK = '<Relationship Id="m" Type="{R}/officeDocument" Target="word/document.xml"/>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="docx" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


# PDF


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(content), entries, content)


def pdf(
    *more: bytes, content: bytes = SHOWN, page: bytes = b"", root: bytes = b"", **replaced: bytes
) -> bytes:
    """A PDF of one page; `more` are its objects from 6 on, `root` and `page` further entries of those
    dictionaries, `replaced` other objects in place of the usual, by `_` and number."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%b>>" % root,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        b"/XObject<</X 6 0 R>>/Pattern<</P 6 0 R>>/Shading<</S 6 0 R>>>>%b>>" % page,
        stream(content),
        HELVETICA,
        *more,
    ]
    for name, one in replaced.items():
        objects[int(name[1:]) - 1] = one
    return raw(objects)


def raw(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out) + b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def tree(depth: int) -> bytes:
    """A page at the end of a chain of nodes."""
    nodes = [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (6 + at + 1, 6 + at - 1)
        for at in range(depth)
    ]
    last = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return pdf(*nodes, last % (5 + depth), _2=b"<</Type/Pages/Kids[6 0 R]/Count 1>>")


def object_stream(count: int, own: int, broken: bytes = b"") -> bytes:
    """A PDF with `count` objects in an object stream numbered `own` of which nobody has need."""
    body = [broken or b"<</A %d>>" % at for at in range(count)]
    starts, at = [], 0
    for number, one in enumerate(body, 100):
        starts.append(b"%d %d" % (number, at))
        at += len(one) + 1
    head = b" ".join(starts) + b" "
    held = stream(
        zlib.compress(head + b" ".join(body)),
        b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (count, len(head)),
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names 100 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(SHOWN),
        HELVETICA,
        held,
    ]
    out, rows = bytearray(b"%PDF-1.5\n"), bytearray(b"\0\0\0\0\0\xff\xff")
    for number, one in enumerate(objects, 1):
        rows += b"\x01" + len(out).to_bytes(4, "big") + b"\0\0"
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    rows += b"".join(
        b"\x02" + own.to_bytes(4, "big") + (at % 65536).to_bytes(2, "big") for at in range(count)
    )
    start = len(out)
    entries = b"/Type/XRef/Size %d/W[1 4 2]/Index[0 7 100 %d]/Root 1 0 R/Filter/FlateDecode" % (
        100 + count,
        count,
    )
    out += b"7 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        stream(zlib.compress(bytes(rows)), entries),
        start,
    )
    return bytes(out)


def form(content: bytes, resources: bytes = b"", entries: bytes = b"") -> bytes:
    return stream(
        content, b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<<%b>>%b" % (resources, entries)
    )


def code_map(*lines: bytes) -> bytes:
    """A page in a font whose ToUnicode has these lines."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    body = b"/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange<00><ffffffff>endcodespacerange\n"
    return pdf(stream(body + b"\n".join(lines)), _5=font)


def doubling(levels: int) -> list[bytes]:
    """Forms of which each draws the next ten times."""
    return [form(b"/X Do " * 10, b"/XObject<</X %d 0 R>>" % (7 + at)) for at in range(levels)] + [
        form(SHOWN, b"/Font<</F 5 0 R>>")
    ]


def embedded(content: bytes, entries: bytes = b"") -> bytes:
    return pdf(
        b"<</Names[(a) 7 0 R]>>",
        b"<</Type/Filespec/F(a.pdf)/EF<</F 8 0 R>>>>",
        stream(content, b"/Type/EmbeddedFile" + entries),
        root=b"/Names<</EmbeddedFiles 6 0 R>>",
    )


def nested(depth: int) -> bytes:
    data = pdf()
    for _ in range(depth):
        data = embedded(data)
    return data


def encrypted(entries: bytes) -> bytes:
    return pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard%b>>" % entries)


FLATE = b"/Filter/FlateDecode"
TEXT32, TEXT48 = b"<%b>" % (b"00" * 32), b"<%b>" % (b"00" * 48)

PDFS = {
    "content": pdf(_4=stream(BLANKS * 9, FLATE)),
    "content deflated twice": pdf(
        _4=stream(zlib.compress(BLANKS * 20), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "content escaped": pdf(_4=stream(BLANKS * 9, b"/Filter/#46lateDecode")),
    "content noted as a picture": pdf(_4=stream(BLANKS * 9, b"/Note/Image" + FLATE)),
    "content in a long dictionary": pdf(_4=stream(BLANKS, FLATE + b"/Note(%b)" % (b"x" * 100_000))),
    "content in base 85": pdf(_4=stream(base64.a85encode(BLANKS) + b"~>", b"/Filter[/A85/Fl]")),
    "content of runs": pdf(_4=stream(b"\x81 " * MIB, b"/Filter/RunLengthDecode")),
    "a filter 1,000 times": pdf(_4=stream(b"x" * 99, b"/Filter[%b]" % (b"/FlateDecode" * 1000))),
    "hexadecimal 1,000 times": pdf(_4=stream(b"20" * 999, b"/Filter[%b]" % (b"/ASCIIHexDecode" * 1000))),
    "a predictor of many columns": pdf(
        _4=stream(
            zlib.compress(b"\0" * 999), FLATE + b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>"
        )
    ),
    "operators": pdf(content=b"q Q " * 300_000),
    "saved states": pdf(content=b"q " * 500_000 + SHOWN),
    "paths": pdf(content=b"0 0 m 9 9 l S " * 60_000 + SHOWN),
    "one path of many points": pdf(content=b"0 0 m " + b"9 9 l " * 300_000 + b"f " + SHOWN),
    "clips": pdf(content=b"0 0 300 300 re W n " * 20_000 + SHOWN),
    "rectangles over each other": pdf(content=b"0 0 300 300 re f " * 20_000 + SHOWN),
    "marked content nested": pdf(content=b"/P BMC " * 5000 + SHOWN),
    "given text nested": pdf(content=b"/Span<</ActualText(A)>>BDC " * 2000 + SHOWN),
    "given text for every letter": pdf(
        content=b"BT/F 9 Tf 9 270 Td " + b"/Span<</ActualText(AB)>>BDC(x)Tj EMC " * 5000 + b"ET"
    ),
    "given text of a MiB": pdf(content=b"/Span<</ActualText(%b)>>BDC %b EMC" % (b"A" * MIB, SHOWN)),
    "arrays nested": pdf(content=b"[" * 100_000 + SHOWN),
    "dictionaries nested": pdf(content=b"/P" + b"<</A" * 50_000 + SHOWN),
    "a name without end": pdf(content=b"/" + b"N" * MIB + b" gs " + SHOWN),
    "a number without end": pdf(content=b"9" * MIB + b" w " + SHOWN),
    "a string without end": pdf(content=SHOWN + b" BT(" + b"((" * 100_000),
    "letters": pdf(content=b"BT/F 1 Tf 9 9 Td(%b)Tj ET" % (b"SECRET " * 3000)),
    "letters one by one": pdf(content=b"BT/F 9 Tf 9 270 Td " + b"(x)Tj " * 30_000 + b"ET"),
    "letters in one place": pdf(content=b"BT/F 9 Tf 1 0 0 1 9 9 Tm(x)Tj ET " * 20_000),
    "a text matrix of 10^9": pdf(content=b"BT/F 12 Tf 1e9 0 0 1e9 1e9 1e9 Tm(UK SECRET)Tj ET"),
    "a matrix of nothing": pdf(content=b"1e-30 0 0 1e-30 0 0 cm " + SHOWN),
    "a matrix of no number": pdf(content=b"1e999 0 0 -1e999 1e999 0 cm " + SHOWN),
    "matrices multiplied": pdf(content=b"9 0 0 9 0 0 cm " * 1000 + SHOWN),
    "type of 10^9 points": pdf(content=b"BT/F 1e9 Tf 9 9 Td(UK SECRET)Tj ET"),
    "spaces of 10^9": pdf(content=b"BT/F 12 Tf 1e9 Tc 1e9 Tw 1e9 Tz 9 9 Td(U K S)Tj ET"),
    "dashes": pdf(content=b"[%b] 0 d 0 0 m 300 300 l S " % (b"0.0001 " * 9999) + SHOWN),
    "a huge page": pdf(page=b"/MediaBox[0 0 1e30 1e30]/UserUnit 1e9"),
    "a page of no size": pdf(page=b"/MediaBox[0 0 0 0]/CropBox[9 9 1 1]"),
    "a page of no number": pdf(page=b"/MediaBox[-1e999 -1e999 1e999 1e999]"),
    "a turn of 2^31": pdf(page=b"/Rotate 2147483647"),
    "inline picture": pdf(
        content=b"BI/W 99999/H 99999/BPC 8/CS/RGB/F/Fl ID %b EI " % BLANKS[:60_000] + SHOWN
    ),
    "inline pictures": pdf(content=b"BI/W 1/H 1/BPC 8/CS/G ID x EI " * 20_000 + SHOWN),
    "a picture of 2^31 points": pdf(
        stream(b"x", b"/Type/XObject/Subtype/Image/Width 2147483647/Height 2147483647/BitsPerComponent 8"),
        content=b"/X Do " + SHOWN,
    ),
    "a picture deflated": pdf(
        stream(
            BLANKS * 9,
            b"/Type/XObject/Subtype/Image/Width 65535/Height 65535/BitsPerComponent 8/ColorSpace/DeviceRGB"
            + FLATE,
        ),
        content=b"300 0 0 300 0 0 cm /X Do " + SHOWN,
    ),
    "a fax of 2^31 points": pdf(
        stream(
            b"\0" * 99,
            b"/Type/XObject/Subtype/Image/Width 99999/Height 999999/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 99999/Rows 999999>>",
        ),
        content=b"300 0 0 300 0 0 cm /X Do " + SHOWN,
    ),
    "JBIG2 of 2^31 points": pdf(
        stream(
            struct.pack(">IBBBIIIIIBH", 0, 48, 0, 1, 19, 0x7FFFFFFF, 0x7FFFFFFF, 0, 0, 0, 0),
            b"/Type/XObject/Subtype/Image/Width 99999/Height 99999/BitsPerComponent 1/Filter/JBIG2Decode",
        ),
        content=b"300 0 0 300 0 0 cm /X Do " + SHOWN,
    ),
    "JPEG 2000 of 2^31 points": pdf(
        stream(
            b"\xff\x4f\xff\x51"
            + struct.pack(">HHIIIIIIIIH", 41, 0, 2**31 - 1, 2**31 - 1, 0, 0, 1, 1, 0, 0, 1)
            + b"\7\1\1",
            b"/Type/XObject/Subtype/Image/Width 99999/Height 99999/Filter/JPXDecode",
        ),
        content=b"300 0 0 300 0 0 cm /X Do " + SHOWN,
    ),
    "masks of masks": pdf(
        stream(
            b"x",
            b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 6 0 R",
        ),
        content=b"300 0 0 300 0 0 cm /X Do " + SHOWN,
    ),
    "a form in itself": pdf(form(b"/X Do " + SHOWN, b"/XObject<</X 6 0 R>>"), content=b"/X Do"),
    "forms in turn": pdf(
        form(b"/X Do", b"/XObject<</X 7 0 R>>"),
        form(b"/X Do", b"/XObject<</X 6 0 R>>"),
        content=b"/X Do " + SHOWN,
    ),
    "forms doubling": pdf(*doubling(3), content=b"/X Do"),
    "a form 2,000 times": pdf(form(SHOWN, b"/Font<</F 5 0 R>>"), content=b"/X Do " * 2000),
    "a tiling of nothing": pdf(
        stream(
            SHOWN,
            b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 1e-9/YStep 1e-9/Resources<<>>",
        ),
        content=b"/Pattern cs/P scn 0 0 300 300 re f " + SHOWN,
    ),
    "a tiling in itself": pdf(
        stream(
            b"/Pattern cs/P scn 0 0 9 9 re f",
            b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Pattern<</P 6 0 R>>>>",
        ),
        content=b"/Pattern cs/P scn 0 0 300 300 re f " + SHOWN,
    ),
    "a shading of many samples": pdf(
        b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 300 300]/Function 7 0 R>>",
        stream(b"x", b"/FunctionType 0/Domain[0 1]/Range[0 1 0 1 0 1]/Size[2147483647]/BitsPerSample 32"),
        content=b"/S sh " + SHOWN,
    ),
    "functions in themselves": pdf(
        b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 300 300]/Function 7 0 R>>",
        b"<</FunctionType 3/Domain[0 1]/Functions[7 0 R 7 0 R]/Bounds[.5]/Encode[0 1 0 1]>>",
        content=b"/S sh " + SHOWN,
    ),
    "colour spaces in themselves": pdf(
        b"[/Indexed 6 0 R 255 6 0 R]",
        page=b"/Resources<</ColorSpace<</C 6 0 R>>>>",
        content=b"/C cs 0 sc " + SHOWN,
    ),
    "Type 3 in itself": pdf(
        stream(b"500 0 d0 BT/F 9 Tf(a)Tj ET"),
        _5=b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97"
        b"/Widths[500]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>",
        content=b"BT/F 12 Tf 9 9 Td(aaaa)Tj ET",
    ),
    "a font in itself": pdf(
        _5=b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"
    ),
    "widths": pdf(_5=HELVETICA[:-2] + b"/FirstChar 0/LastChar 2147483647/Widths[%b]>>" % (b"500 " * 70_000)),
    "a code map of 2^32": code_map(b"1 beginbfrange<00000000><ffffffff><0041>endbfrange"),
    "code maps of 2^32": code_map(
        *[b"100 beginbfrange " + b"<00><ffffffff><0041>" * 100 + b"endbfrange"] * 20
    ),
    "a code map of long texts": code_map(b"1 beginbfrange<00><ff><%b>endbfrange" % (b"0041" * 2000)),
    "a code map of many lines": code_map(*[b"100 beginbfchar " + b"<41><0042>" * 100 + b"endbfchar"] * 500),
    "a code map of itself": code_map(b"/X usecmap " * 9999),
    "a page tree in itself": pdf(_2=b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"),
    "a page tree 1,000 deep": tree(1000),
    "a page tree 20,000 deep": tree(20_000),
    "a page 50,000 times": pdf(_2=b"<</Type/Pages/Kids[%b]/Count 50000>>" % (b"3 0 R " * 50_000)),
    "2^31 pages claimed": pdf(_2=b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"),
    "parents in circles": pdf(_2=b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>"),
    "contents 20,000 times": pdf(page=b"/Contents[%b]" % (b"4 0 R " * 20_000)),
    "objects": raw(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            stream(SHOWN),
            HELVETICA,
            *[b"null"] * 100_000,
        ]
    ),
    "a reference to itself": pdf(
        b"6 0 R", root=b"/Names 6 0 R/AcroForm 6 0 R/Outlines 6 0 R/OCProperties 6 0 R"
    ),
    "references 50,000 deep": pdf(*[b"%d 0 R" % (7 + at) for at in range(50_000)], root=b"/Names 6 0 R"),
    "an object nested 50,000 deep": pdf(b"[" * 50_000 + b"]" * 50_000, root=b"/Names 6 0 R"),
    "a length of itself": pdf(_4=b"<</Length 4 0 R>>stream\n%b\nendstream" % SHOWN),
    "a length of 10^12": pdf(_4=b"<</Length 999999999999>>stream\n%b\nendstream" % SHOWN),
    "a filter of itself": pdf(_4=b"<</Length 9/Filter 4 0 R>>stream\n%b\nendstream" % SHOWN),
    "revisions in circles": pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"),
    "a revision of itself": pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % pdf().rfind(b"xref\n0")),
    "2,000 revisions": pdf() + b"%%EOF\n" * 2000,
    "a table of 2^31 entries": pdf().replace(b"xref\n0 6", b"xref\n0 2147483647"),
    "no table": pdf().replace(b"xref", b"xxxx").replace(b"startxxxx", b"startxref"),
    "1,000 trailers": pdf().replace(b"startxref", b"trailer<</Root 1 0 R>>\n" * 1000 + b"startxref"),
    "an object stream of 65,500": object_stream(65_500, 6),
    "an object stream in itself": object_stream(10, 100),
    "an object stream of broken objects": object_stream(300, 6, b"<</A[("),
    "annotations": pdf(
        b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(SECRET)>>",
        page=b"/Annots[%b]" % (b"6 0 R " * 20_000),
    ),
    "annotations of their own": pdf(
        *[b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(SECRET %d)>>" % at for at in range(5000)],
        page=b"/Annots[%b]" % b" ".join(b"%d 0 R" % (6 + at) for at in range(5000)),
    ),
    "replies in circles": pdf(
        b"<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/IRT 6 0 R/Popup 6 0 R/Parent 6 0 R>>",
        page=b"/Annots[6 0 R]",
    ),
    "an appearance in itself": pdf(
        b"<</Type/Annot/Subtype/Stamp/Rect[9 9 99 99]/AP<</N 7 0 R>>>>",
        form(b"/X Do", b"/XObject<</X 7 0 R>>"),
        page=b"/Annots[6 0 R]",
    ),
    "fields": pdf(
        *[b"<</FT/Tx/T(%d)/V(SECRET)/Parent 6 0 R>>" % at for at in range(20_000)],
        root=b"/AcroForm<</Fields[%b]>>" % b" ".join(b"%d 0 R" % (6 + at) for at in range(20_000)),
    ),
    "fields in circles": pdf(
        b"<</FT/Tx/T(a)/Kids[7 0 R]/Parent 7 0 R>>",
        b"<</T(b)/Kids[6 0 R 7 0 R]/Parent 6 0 R>>",
        root=b"/AcroForm<</Fields[6 0 R]>>",
    ),
    "fields doubling": pdf(
        *[b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (7 + at, 7 + at) for at in range(60)],
        b"<</FT/Tx/T(z)/V(SECRET)>>",
        root=b"/AcroForm<</Fields[6 0 R]>>",
    ),
    "a form of XML": pdf(
        stream(
            b"<!DOCTYPE a[<!ENTITY b 'x'>%b]><a>&c20;</a>"
            % b"".join(
                b"<!ENTITY c%d '%b'>" % (at, b"&c%d;" % (at - 1) * 9 if at else b"&b;") for at in range(21)
            )
        ),
        root=b"/AcroForm<</XFA 6 0 R/Fields[]>>",
    ),
    "bookmarks in circles": pdf(
        b"<</Title(A)/First 6 0 R/Next 6 0 R/Last 6 0 R/Parent 6 0 R>>",
        root=b"/Outlines<</First 6 0 R/Last 6 0 R>>",
    ),
    "bookmarks 5,000 deep": pdf(
        *[b"<</Title(A)/First %d 0 R>>" % (7 + at) for at in range(5000)], root=b"/Outlines<</First 6 0 R>>"
    ),
    "names in circles": pdf(
        b"<</Kids[6 0 R 6 0 R]/Names[(a) 6 0 R]>>", root=b"/Names<</EmbeddedFiles 6 0 R>>"
    ),
    "names doubling": pdf(
        *[b"<</Kids[%d 0 R %d 0 R]>>" % (7 + at, 7 + at) for at in range(60)],
        root=b"/Names<</EmbeddedFiles 6 0 R/JavaScript 6 0 R/Dests 6 0 R>>",
    ),
    "names 5,000 deep": pdf(
        *[b"<</Kids[%d 0 R]>>" % (7 + at) for at in range(5000)], root=b"/Names<</EmbeddedFiles 6 0 R>>"
    ),
    "page labels in circles": pdf(b"<</Kids[6 0 R]>>", root=b"/PageLabels 6 0 R"),
    "page labels of 10^9": pdf(root=b"/PageLabels<</Nums[0<</S/r/St 1000000000>>]>>"),
    "structure in circles": pdf(
        b"<</Type/StructTreeRoot/K 7 0 R/ParentTree<</Nums[0[7 0 R]]>>>>",
        b"<</Type/StructElem/S/P/P 7 0 R/K[7 0 R 7 0 R 0]/Pg 3 0 R/ActualText(A)>>",
        root=b"/StructTreeRoot 6 0 R",
        page=b"/StructParents 0",
        content=b"/P<</MCID 0>>BDC %b EMC" % SHOWN,
    ),
    "structure of many": pdf(
        b"<</Type/StructTreeRoot/K[%b]/ParentTree<</Nums[0[%b]]>>>>" % (b"7 0 R " * 9999, b"7 0 R " * 9999),
        b"<</Type/StructElem/S/P/P 6 0 R/K[%b]/Pg 3 0 R/ActualText(A)>>" % (b"0 " * 9999),
        root=b"/StructTreeRoot 6 0 R",
        page=b"/StructParents 0",
        content=b"/P<</MCID 0>>BDC %b EMC" % SHOWN,
    ),
    "layers in circles": pdf(
        b"<</Type/OCMD/OCGs 6 0 R/VE[/And 7 0 R]>>",
        b"[/Or 7 0 R 7 0 R]",
        root=b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[7 0 R]>>>>",
        page=b"/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R>>>>",
        content=b"/OC/L BDC %b EMC" % SHOWN,
    ),
    "metadata": pdf(stream(BLANKS * 2, b"/Type/Metadata/Subtype/XML" + FLATE), root=b"/Metadata 6 0 R"),
    "metadata of entities": pdf(
        stream(b"<!DOCTYPE a[<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", b"/Type/Metadata"),
        root=b"/Metadata 6 0 R",
    ),
    "scripts": pdf(
        b"<</S/JavaScript/JS(while(1){})/Next 6 0 R>>",
        root=b"/OpenAction 6 0 R/AA<</WC 6 0 R>>",
    ),
    "a file in a file 30 deep": nested(30),
    "a file that is a bomb": embedded(BLANKS * 9, FLATE),
    "5,000 files": pdf(
        b"<</Names[%b]>>"
        % b"".join(b"(%d) <</F(%d)/EF<</F %d 0 R>>>>" % (at, at, 7 + at) for at in range(5000)),
        *[stream(b"x", b"/Type/EmbeddedFile")] * 5000,
        root=b"/Names<</EmbeddedFiles 6 0 R>>",
    ),
    "a key of 2^31 bits": encrypted(b"/V 4/R 4/Length 2147483647/P 0/O%b/U%b" % (TEXT32, TEXT32)),
    "a key of no method": encrypted(
        b"/V 5/R 6/Length 256/P 0/O%b/U%b/OE%b/UE%b/Perms%b/StmF/A/StrF/A/CF<</A<</CFM/A>>>>"
        % (TEXT48, TEXT48, TEXT32, TEXT32, TEXT32)
    ),
    "encryption of itself": pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 5 0 R/ID[<00><00>]"),
}


# Packages and XML


def package(parts: dict[str, str | bytes], links: str = "") -> bytes:
    """A Word file of these parts and relationships of its main part."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations(MAIN_LINK))
        if "word/_rels/document.xml.rels" not in parts:
            archive.writestr("word/_rels/document.xml.rels", relations(links))
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations(links: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{links.replace("{R}", R)}</Relationships>'


def main_part(body: str, before: str = "") -> str:
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}"'
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {spaces}><w:body>{body}</w:body></w:document>'


def word(body: str, before: str = "", links: str = "", **parts: str | bytes) -> bytes:
    named = {f"word/{name}.xml": content for name, content in parts.items()}
    return package({"word/document.xml": main_part(body, before), **named}, links)


def line(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def field(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inside}'


def entities(levels: int, each: int) -> str:
    return (
        "<!DOCTYPE x [<!ENTITY e0 'SECRET'>"
        + "".join(f"<!ENTITY e{at} '{f'&e{at - 1};' * each}'>" for at in range(1, levels))
        + "]>"
    )


def overlapping(count: int) -> bytes:
    """A package whose many entries are one and the same data."""
    out = bytearray()
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(b" " * (16 * MIB)) + packed.flush()
    crc = zlib.crc32(b" " * (16 * MIB))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(data), 16 * MIB, 1, 0) + b"a"
    out += local + data
    directory = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            *(b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(data), 16 * MIB, len(name), 0, 0, 0, 0, 0, 0),
        )
        + name
        for name in (b"word/document.xml", b"[Content_Types].xml", *(b"word/%d" % at for at in range(count)))
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count + 2, count + 2, len(directory), len(out), 0)
    return bytes(out) + directory + end


def lying(data: bytes) -> bytes:
    """A package whose entries claim to hold nearly nothing."""
    out = bytearray(data)
    for signature, at in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        start = out.find(signature)
        while start >= 0:
            out[start + at : start + at + 4] = (9).to_bytes(4, "little")
            start = out.find(signature, start + 4)
    return bytes(out)


def in_itself(depth: int) -> bytes:
    data = word(line("SECRET"))
    for _ in range(depth):
        data = package(
            {"word/document.xml": main_part('<w:altChunk r:id="c"/>'), "word/c.docx": data},
            '<Relationship Id="c" Type="{R}/aFChunk" Target="c.docx"/>',
        )
    return data


def styles(count: int, last: str) -> str:
    each = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{at + 1}"/></w:style>'
        for at in range(count)
    )
    return f'<w:styles xmlns:w="{W}">{each.replace(f"s{count}", last)}</w:styles>'


ONE = '<Relationship Id="{0}" Type="{{R}}/{0}" Target="{0}.xml"/>'
TABLE = "<w:tbl><w:tr><w:tc>"
GOOD = word(line("UK SECRET"))

WORDS = {
    "blanks": package({"word/document.xml": main_part(line(" " * (64 * MIB)))}),
    "a part of blanks": package(
        {"word/document.xml": main_part(line("SECRET")), "word/a.bin": b" " * (64 * MIB)}
    ),
    "sizes that lie": lying(package({"word/document.xml": main_part(line("x" * (8 * MIB)))})),
    "overlapping entries": overlapping(5000),
    "one name 2,000 times": GOOD[: GOOD.find(b"PK\1\2")]
    + GOOD[GOOD.find(b"PK\1\2") : GOOD.find(b"PK\5\6")] * 400
    + GOOD[GOOD.find(b"PK\5\6") :],
    "20,000 parts": package(
        {"word/document.xml": main_part(line("SECRET")), **{f"word/{at}": b"" for at in range(20_000)}}
    ),
    "a directory of 2^32": GOOD[:-22]
    + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0),
    "a directory that begins in itself": GOOD[:-6] + struct.pack("<IH", len(GOOD) - 22, 0),
    "a package cut short": GOOD[: len(GOOD) // 2],
    "a package in a package 30 deep": in_itself(30),
    "names of 60,000 letters": package(
        {"word/document.xml": main_part(line("SECRET")), "word/" + "a" * 60_000: b""}
    ),
    "billion laughs": word(line("&e9;"), entities(10, 10)),
    "quadratic": word(line("&a;" * 5000), f"<!DOCTYPE x [<!ENTITY a '{'A' * 100_000}'>]>"),
    "an entity of itself": word(line("&a;"), "<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"),
    "an entity of a file": word(line("&a;"), "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///dev/zero'>]>"),
    "an entity of the network": word(line("&a;"), "<!DOCTYPE x [<!ENTITY a SYSTEM 'http://192.0.2.1/'>]>"),
    "a parameter entity": word(line("a"), "<!DOCTYPE x [<!ENTITY % a SYSTEM 'file:///dev/zero'> %a;]>"),
    "a definition elsewhere": word(line("a"), "<!DOCTYPE x SYSTEM 'file:///dev/zero'>"),
    "entities in relationships": package(
        {
            "word/document.xml": main_part(line("SECRET")),
            "word/_rels/document.xml.rels": entities(10, 10) + "<a>&e9;</a>",
        }
    ),
    "UTF-16": package({"word/document.xml": (entities(10, 10) + "<a>&e9;</a>").encode("utf-16")}),
    "UTF-7": package({"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-a+AD4-'}),
    "UTF-32": package(
        {"word/document.xml": main_part(line("SECRET")).replace("UTF-8", "UTF-32").encode("utf-32")}
    ),
    "elements 100,000 deep": word("<w:sdt><w:sdtContent>" * 50_000),
    "elements 200 deep": word(
        "<w:sdt><w:sdtContent>" * 100 + line("SECRET") + "</w:sdtContent></w:sdt>" * 100
    ),
    "100,000 attributes": word("<w:p " + " ".join(f"a{at}=''" for at in range(100_000)) + "/>"),
    "100,000 namespaces": word("<w:p " + " ".join(f"xmlns:a{at}='u{at}'" for at in range(20_000)) + "/>"),
    "an attribute of 9 MiB": word(f'<w:p a="{"x" * (9 * MIB)}"/>'),
    "a text of 9 MiB": word(line("SECRET " * (9 * MIB // 7))),
    "100,000 comments": word("<!-- a -->" * 100_000 + line("SECRET")),
    "100,000 instructions": word("<?a b?>" * 100_000 + line("SECRET")),
    "200,000 references": word(line("&#83;" * 200_000)),
    "one section of characters": word(line(f"<![CDATA[{'SECRET ' * 10_000}]]>")),
    "100,000 paragraphs": word("<w:p/>" * 100_000),
    "100,000 runs": word(f"<w:p>{'<w:r><w:t>S</w:t></w:r>' * 100_000}</w:p>"),
    "tables 10,000 deep": word(TABLE * 10_000),
    "tables 60 deep": word(TABLE * 60 + line("SECRET") + "</w:tc></w:tr></w:tbl>" * 60),
    "a table of 50,000 cells": word(
        "<w:tbl><w:tr>" + f"<w:tc>{line('S')}</w:tc>" * 50_000 + "</w:tr></w:tbl>"
    ),
    "spans of 10^9": word(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "choices nested": word(
        "<mc:AlternateContent><mc:Choice Requires='w'>" * 100
        + line("SECRET")
        + "</mc:Choice></mc:AlternateContent>" * 100
    ),
    "choices without end": word("<mc:AlternateContent><mc:Choice Requires='w'>" * 50_000),
    "50,000 choices": word(
        "<mc:AlternateContent>" + "<mc:Choice Requires='q'/>" * 50_000 + "</mc:AlternateContent>"
    ),
    "fields nested": word(
        f"<w:p>{field('begin') * 5000}<w:r><w:t>SECRET</w:t></w:r>{field('end') * 5000}</w:p>"
    ),
    "fields without end": word(f"<w:p>{field('begin', field('separate')) * 20_000}</w:p>"),
    "styles in circles": word(
        '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>' + line("SECRET"),
        links=ONE.format("styles"),
        styles=styles(50, "s0"),
    ),
    "styles 5,000 deep": word(
        '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>SECRET</w:t></w:r></w:p>',
        links=ONE.format("styles"),
        styles=styles(5000, "none"),
    ),
    "numbers in circles": word(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 2000,
        links=ONE.format("numbering"),
        numbering=f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/><w:styleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    ),
    "numbers of 10^9": word(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>S</w:t></w:r></w:p>'
        * 50,
        links=ONE.format("numbering"),
        numbering=f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1000000000"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%1%1%1%1%1%1%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    ),
    "links in circles": word(
        line("SECRET") + '<w:altChunk r:id="a"/><w:subDoc r:id="b"/>',
        links='<Relationship Id="a" Type="{R}/aFChunk" Target="document.xml"/><Relationship Id="b" Type="{R}/subDocument" Target="document.xml"/>',
    ),
    "20,000 links": word(
        line("SECRET"),
        links="".join(
            f'<Relationship Id="i{at}" Type="{{R}}/header" Target="h.xml"/>' for at in range(20_000)
        ),
    ),
    "links out of the package": word(
        line("SECRET"), links='<Relationship Id="a" Type="{R}/header" Target="../../../../etc/passwd"/>'
    ),
    "20,000 notes": word(
        "<w:p>"
        + "".join(f"<w:r><w:footnoteReference w:id='{at}'/></w:r>" for at in range(20_000))
        + "</w:p>",
        links=ONE.format("footnotes"),
        footnotes=f"<w:footnotes xmlns:w='{W}'>"
        + "".join(f"<w:footnote w:id='{at}'>{line('S')}</w:footnote>" for at in range(20_000))
        + "</w:footnotes>",
    ),
    "a note in itself": word(
        '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        links=ONE.format("footnotes"),
        footnotes=f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>',
    ),
    "2,000 sections": word("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" * 2000 + line("SECRET")),
    "20,000 changes": word(
        f"<w:p>{'<w:ins><w:del><w:r><w:delText>S</w:delText></w:r></w:del></w:ins>' * 20_000}</w:p>"
    ),
    "a line of 500,000 marks": word(line("秘" * 500_000)),
}


BOMBS = {f"{at:03} {name}.pdf": data for at, (name, data) in enumerate(PDFS.items())}
BOMBS |= {f"{at:03} {name}.docx": data for at, (name, data) in enumerate(WORDS.items(), len(PDFS))}
