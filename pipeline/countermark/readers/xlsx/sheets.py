"""A sheet with its print headers and footers to pages (ECMA-376 18.3.1.46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, PageKind
from countermark.readers.flow.pages import HeaderFooterPart
from countermark.readers.flow.sheets import sheet_pages
from countermark.readers.ooxml.values import OFF
from countermark.readers.xlsx.print_headers import PICTURE, print_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.model import Page
    from countermark.readers.flow.sheets import Sheet
    from countermark.readers.xlsx.cells import PrintedRows

PRINTED = {
    (zone, kind): f"{prefix}{zone.value.capitalize()}"
    for zone in HEADER_FOOTER
    for prefix, kind in (("odd", PageKind.default), ("even", PageKind.even), ("first", PageKind.first))
}
"""Zone and kind of page -> the element of headerFooter that has its text."""


def printed_pages(sheet: Sheet, content: PrintedRows, fields: Mapping[str, str]) -> Iterator[Page]:
    """Return the pages of a sheet; `fields` are what the fields of its print header show."""
    parts = {}
    for (zone, kind), name in PRINTED.items():
        written = content.print_texts.get(name)
        if written is not None:
            lines = list(print_lines(written, zone, sheet.part, fields))
            parts[zone, kind] = HeaderFooterPart(lines, PICTURE in written.upper())
    return sheet_pages(sheet, content, parts, {kind for kind in PageKind if _is_live(content, kind)})


def _is_live(content: PrintedRows, kind: PageKind) -> bool:
    """Return whether pages of this kind have a header and footer of their own."""
    flags = {PageKind.first: "differentFirst", PageKind.even: "differentOddEven"}
    return kind is PageKind.default or (
        kind in flags and content.print_flags.get(flags[kind], "0") not in OFF
    )
