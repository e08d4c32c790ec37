"""Excel files for the tests, written part by part, so that each test says all that matters of its file."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from countermark.readers.builder import DocumentBuilder
from countermark.readers.xlsx.reader import read_sheets
from support.word_files import links, no_child, zipped

if TYPE_CHECKING:
    from countermark.model import Document
    from countermark.support.limits import Limits

MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
NAMESPACES = " ".join(
    f'xmlns{prefix}="{uri}"'
    for prefix, uri in {
        "": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        ":r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        ":a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        ":xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        ":c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        ":v": "urn:schemas-microsoft-com:vml",
    }.items()
)
MARKED = "&amp;CUK SECRET"


def cell(text: str, attributes: str = "") -> str:
    """A cell with text of its own."""
    return f'<c t="inlineStr" {attributes}><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row(*cells: str, attributes: str = "") -> str:
    """A row; of cells that are no elements, the text."""
    written = "".join(each if each.startswith("<c") else cell(each) for each in cells)
    return f"<row {attributes}>{written}</row>"


def sheet(*rows: str, before: str = "", after: str = "") -> str:
    """A sheet's part: what stands before its rows, its rows, what stands after them."""
    return f"<worksheet {NAMESPACES}>{before}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"


def printed(header: str = "", footer: str = "", attributes: str = "", more: str = "") -> str:
    """A print header and footer; their codes are escaped here."""
    written = f"<oddHeader>{escape(header)}</oddHeader><oddFooter>{escape(footer)}</oddFooter>"
    return f"<headerFooter {attributes}>{written}{more}</headerFooter>"


def sheets_file(
    *sheets: str,
    names: tuple[str, ...] = ("Costs", "Plan", "Notes"),
    states: tuple[str, ...] = ("visible",) * 3,
    workbook: str = "",
    linked: dict[str, str] | None = None,
    sheet_links: dict[str, tuple[str, str]] | None = None,
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """An .xlsx with these sheets. `workbook`: what its main part holds besides; `linked`: content of parts
    such as styles and sharedStrings, by their kind; `sheet_links`: relationships of the first sheet: id ->
    kind and target; `more`: further zip entries, which replace those made here."""
    count = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" state="{state}" r:id="s{number}"/>'
        for number, name, state in zip(count, names, states, strict=False)
    )
    targets = {f"s{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in count}
    parts: dict[str, str | bytes] = {}
    for kind, content in (linked or {}).items():
        targets[kind] = (kind, f"{kind}.xml")
        parts[f"xl/{kind}.xml"] = content
    parts |= {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN}"/></Types>'
        ),
        "_rels/.rels": links({"main": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f"<workbook {NAMESPACES}><sheets>{listed}</sheets>{workbook}</workbook>",
        "xl/_rels/workbook.xml.rels": links(targets),
        "xl/worksheets/_rels/sheet1.xml.rels": links(sheet_links or {}),
        **{
            f"xl/worksheets/sheet{number}.xml": content for number, content in zip(count, sheets, strict=True)
        },
    }
    return zipped({**parts, **(more or {})})


def strings(*items: str) -> str:
    """The shared strings; of items that are no elements, the text."""
    written = "".join(
        f"<si>{item}</si>" if item.startswith("<") else f"<si><t>{item}</t></si>" for item in items
    )
    return f"<sst {NAMESPACES}>{written}</sst>"


def styles(*, fonts: str = "<font/>", fills: str = "", formats: str = "", cells: str = "<xf/>") -> str:
    none = '<fill><patternFill patternType="none"/></fill>'
    return (
        f"<styleSheet {NAMESPACES}><numFmts>{formats}</numFmts><fonts>{fonts}</fonts>"
        f"<fills>{none}{fills}</fills><cellXfs>{cells}</cellXfs></styleSheet>"
    )


def read(data: bytes, limits: Limits | None = None) -> Document:
    document = DocumentBuilder("folder/test.xlsx", "", limits, read_child=no_child)
    read_sheets(data, document)
    return document.build("")


def lines(data: bytes, page: int = 0) -> list[tuple[str, str]]:
    """Zone and text of every line of a page."""
    return [(str(line.zone), line.text) for line in read(data).pages[page].lines]
