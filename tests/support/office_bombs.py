"""Office files that are small and claim to be endless, by name."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from support.drawing_files import contents, drawing_file
from support.libreoffice import NAMESPACES
from support.odf_files import open_document, part, zipped
from support.sheet_files import cell, row, sheet, sheets_file
from support.slide_files import group, shape, slide, slides_file

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHOLE = (0, 0, 720, 540)


def _nested_shapes(depth: int) -> str:
    opening, closing = group("@", place=_WHOLE, inner=_WHOLE).split("@")
    return opening * depth + shape("UK SECRET") + closing * depth


def _flat(kind: str, body: str) -> bytes:
    return (
        f'<office:document {NAMESPACES} office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def _open_sheet(rows: str) -> bytes:
    body = f"<office:spreadsheet><table:table>{rows}</table:table></office:spreadsheet>"
    content = {"content.xml": part("document-content", f"<office:body>{body}</office:body>")}
    return zipped(content, kind="application/vnd.oasis.opendocument.spreadsheet")


def _nested(opening: str, content: str, closing: str, depth: int) -> str:
    return opening * depth + content + closing * depth


_OPEN_CELL = "<table:table-cell><text:p>UK SECRET</text:p></table:table-cell>"


def _rows_of_cells(rows: int) -> Iterator[str]:
    """Yield rows of 1,000 cells that hardly repeat within what a zip looks back on."""
    chance = random.Random(1)
    some = ["".join(f'<c s="{chance.randrange(100)}"/>' for _ in range(1000)) for _ in range(8)]
    for at in range(rows):
        yield f"<row>{some[at % len(some)]}</row>"


_FILES = {
    "groups 100,000 deep.rtf": b"{\\rtf1 UK SECRET " + b"{" * 100_000 + b"x" + b"}" * 100_001,
    "groups without end.rtf": b"{\\rtf1 UK SECRET " + b"{\\b " * 100_000,
    "tables 10,000 deep.rtf": b"{\\rtf1 UK SECRET" + b"\\intbl\\itap999 x\\nestcell\\nestrow" * 10_000 + b"}",
    "a binary of 2^31.rtf": b"{\\rtf1 UK SECRET {\\*\\objdata \\bin2147483647 abc}}",
    "unicode skips of 10^9.rtf": b"{\\rtf1\\uc1000000000 \\u8364 UK SECRET}",
    "5,200,000 cells of many styles.xlsx": sheets_file(sheet(*_rows_of_cells(5200))),
    "10,000,000 empty cells.xlsx": sheets_file(sheet(*["<row>" + "<c/>" * 1000 + "</row>"] * 10_000)),
    "a row of 10^9.xlsx": sheets_file(sheet(row(cell("S", 'r="XFD999999999"'), attributes='r="999999999"'))),
    "20,000 hidden columns.xlsx": sheets_file(
        sheet(row("S"), before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols>")
    ),
    "shapes 10,000 deep.pptx": slides_file(slide(_nested_shapes(10_000))),
    "shapes 50 deep.pptx": slides_file(slide(_nested_shapes(50))),
    "20,000 shapes over each other.pptx": slides_file(slide(shape("S", _WHOLE) * 20_000)),
    "shapes 10,000 deep.vsdx": drawing_file(
        ('ID="0"', contents(_nested("<Shape><Shapes>", "", "</Shapes></Shape>", 10_000)))
    ),
    "20,000 shapes.vsdx": drawing_file(('ID="0"', contents("<Shape><Text>S</Text></Shape>" * 20_000))),
    "sections 10,000 deep.odt": open_document(
        _nested("<text:section>", "<text:p>UK SECRET</text:p>", "</text:section>", 10_000)
    ),
    "sections 200 deep.odt": open_document(
        _nested("<text:section>", "<text:p>UK SECRET</text:p>", "</text:section>", 200)
    ),
    "blanks of 10^9.odt": open_document('<text:p>UK SECRET<text:s text:c="999999999"/></text:p>' * 100),
    "rows and cells of 10^9.ods": _open_sheet(
        '<table:table-row table:number-rows-repeated="999999999">'
        + _OPEN_CELL.replace("cell>", 'cell table:number-columns-repeated="999999999">', 1)
        + "</table:table-row>"
    ),
    "1,000,000 cells.ods": _open_sheet(
        (
            "<table:table-row>"
            + "<table:table-cell><text:p>S</text:p></table:table-cell>" * 1000
            + "</table:table-row>"
        )
        * 1000
    ),
    "groups 10,000 deep.fodp": _flat(
        "presentation",
        "<draw:page>" + _nested("<draw:g>", "<draw:frame/>", "</draw:g>", 10_000) + "</draw:page>",
    ),
    "elements 100,000 deep.html": _nested("<div>", "UK SECRET", "</div>", 100_000)
    .join(("<html><body>", "</body></html>"))
    .encode(),
    "tables 10,000 deep.html": ("<html><body>" + "<table><tr><td>" * 10_000 + "UK SECRET").encode(),
    "a style of many rules.html": (
        "<html><style>"
        + "div p{color:red}" * 1000
        + "</style><body>"
        + "<div><p>S</p></div>" * 2000
        + "</body></html>"
    ).encode(),
    "elements 100,000 deep.xml": (
        "<?xml version='1.0'?>" + _nested("<a>", "UK SECRET", "</a>", 100_000)
    ).encode(),
    "entities.xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'SECRET'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
    "one line of 7 MB.txt": b"UK SECRET " * 700_000,
    "500,000 lines.txt": b"UK\n" * 500_000,
}
BOMBS = {f"{at:03} {name}": data for at, (name, data) in enumerate(_FILES.items(), 900)}
