"""The cells of a sheet, row by row, and what the sheet's part says besides (ECMA-376 18.3.1).

A number, a date or a truth value bears no marking and gives no line, but for the words that its number format
adds. A formula gives what it was last worked out to be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countermark.model import Zone
from countermark.readers.flow.lines import TextContext, lines_of
from countermark.readers.flow.sheets import Row, SheetRows
from countermark.readers.ooxml.streamed import elements
from countermark.readers.ooxml.values import is_on, whole_number
from countermark.readers.xlsx.names import S
from countermark.readers.xlsx.strings import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from countermark.readers.flow.lines import Text
    from countermark.readers.ooxml.package import Package
    from countermark.readers.xlsx.strings import CellText, SharedStrings
    from countermark.readers.xlsx.styles import CellStyle, Styles
    from countermark.support.safe_xml import XmlElement

ROW, COLUMN, PANE, HEADER_FOOTER = f"{S}row", f"{S}col", f"{S}pane", f"{S}headerFooter"
VALUES = (f"{S}v", f"{S}is")
REFERENCE = re.compile(r"([A-Za-z]{1,3})[0-9]{1,7}")
LETTERS = 26
FROZEN = frozenset(("frozen", "frozenSplit"))
HIDDEN_COLUMNS_AT_MOST = 1000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class PrintedRows(SheetRows):
    """What a sheet's part holds, with texts and attributes of its headerFooter by their names."""

    print_texts: dict[str, str] = field(default_factory=dict)
    print_flags: Mapping[str, str] = field(default_factory=dict)


class CellReader:
    """What the sheets of a workbook share: its texts and its styles."""

    def __init__(self, package: Package, strings: SharedStrings, styles: Styles) -> None:
        self._package, self._strings, self._styles = package, strings, styles

    def read(self, part: str, sheet: PrintedRows) -> None:
        """Read a sheet's part into `sheet`. Raises as `elements` does; what was read by then is kept."""
        hidden: list[tuple[int, int]] = []
        number = 0
        for element in elements(self._package, part, [ROW, COLUMN, PANE, HEADER_FOOTER]):
            if element.tag == ROW:
                number = whole_number(element.get("r")) or number + 1
                lines = self._row(element, part, hidden)
                cells = sum(1 for _ in element.iter(*VALUES)) if lines or not sheet.filled else 0
                sheet.filled = sheet.filled or cells > 0
                if lines:
                    sheet.rows.append(Row(number, lines, cells))
            elif element.tag == COLUMN:
                if _is_hidden(element, "width") and len(hidden) < HIDDEN_COLUMNS_AT_MOST:
                    hidden.append((_number(element, "min"), _number(element, "max")))
            elif element.tag == PANE:
                if element.get("state") in FROZEN:
                    sheet.frozen = _number(element, "ySplit")
            else:
                sheet.print_flags = dict(element.attrib)
                sheet.print_texts = {child.tag.rpartition("}")[2]: child.text or "" for child in element}

    def _row(self, row: XmlElement, part: str, hidden: Iterable[tuple[int, int]]) -> list[Text]:
        is_hidden = _is_hidden(row, "ht")
        lines: list[Text] = []
        column = 0
        for cell in row:
            reference = REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(reference[1]) if reference else column + 1
            style = self._styles.of(cell.get("s"))
            pieces = self._cell(cell, style)
            if pieces:
                unseen = is_hidden or any(first <= column <= last for first, last in hidden)
                context = TextContext(Zone.table, ground=style.ground, hidden=unseen, block=column)
                lines += _lines(pieces, style, part, context)
        return lines

    def _cell(self, cell: XmlElement, style: CellStyle) -> CellText:
        """Return the pieces of text that a cell shows."""
        kind = cell.get("t")
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return text_of(inline, self._styles) if inline is not None else ()
        value = cell.findtext(f"{S}v")
        if value is None:
            return ()
        if kind == "s":
            index = whole_number(value)
            return (self._strings.at(index) if index is not None else None) or ()
        if kind in ("str", "d"):
            return ((value, None),)
        words = style.words(value) if style.sections and kind != "e" else ""
        return ((words, None),) if words else ()


def _lines(pieces: CellText, style: CellStyle, part: str, context: TextContext) -> list[Text]:
    if len(pieces) == 1 and style.sections:
        shown = style.shown(pieces[0][0])
        if shown is None:
            context = context._replace(hidden=True)
        else:
            pieces = ((shown, pieces[0][1]),)
    found: list[Text] = []
    line = []
    for text, look in pieces:
        first, *others = _unescaped(text).split("\n")
        line.append((first, context, look or style.look))
        for other in others:
            found += lines_of(line, part, centred=style.centred)
            line = [(other, context, look or style.look)]
    return [*found, *lines_of(line, part, centred=style.centred)]


def _unescaped(text: str) -> str:
    """Return a text with its escaped characters (ECMA-376 22.9.2.19)."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _is_hidden(element: XmlElement, measure: str) -> bool:
    return is_on(element, "hidden", absent="0") or element.get(measure) in ("0", "0.0")


def _number(element: XmlElement, name: str) -> int:
    return whole_number((element.get(name) or "").partition(".")[0]) or 0


def _column(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
