"""The cells of a sheet, row by row, and what the sheet's part says besides (ECMA-376 18.3.1).

A number, a date or a truth value bears no marking and gives no line, but for the words that its number format
adds. A formula gives what it was last worked out to be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from countermark.model import Zone
from countermark.readers.flow.lines import TextContext, lines_of
from countermark.readers.flow.sheets import Row, SheetRows
from countermark.readers.ooxml.streamed import elements
from countermark.readers.ooxml.values import is_on, whole_number
from countermark.readers.xlsx.names import S
from countermark.readers.xlsx.strings import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countermark.readers.flow.lines import Text
    from countermark.readers.ooxml.package import Package
    from countermark.readers.xlsx.strings import CellText, SharedStrings
    from countermark.readers.xlsx.styles import CellStyle, Styles
    from countermark.support.safe_xml import XmlElement

ROW, COLUMN, PANE, HEADER_FOOTER = f"{S}row", f"{S}col", f"{S}pane", f"{S}headerFooter"
INLINE = f"{S}is"
VALUES = frozenset((f"{S}v", INLINE))
LETTERS, MOST_LETTERS = 26, 3
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
                lines, cells = self._row(element, part, hidden)
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

    def _row(self, row: XmlElement, part: str, hidden: Sequence[tuple[int, int]]) -> tuple[list[Text], int]:
        """Return the lines of a row, and how many of its cells have a value."""
        is_hidden = _is_hidden(row, "ht")
        lines: list[Text] = []
        column = cells = 0
        for cell in row:
            column += 1
            value = cell[-1] if len(cell) else cell
            if value.tag not in VALUES:
                value = next(cell.iterchildren(*VALUES), None)
                if value is None:
                    continue
            cells += 1
            style = self._styles.of(cell.get("s"))
            pieces = self._cell(cell.get("t"), value, style)
            if pieces:
                column = column_of(cell.get("r", "")) or column
                unseen = is_hidden or any(first <= column <= last for first, last in hidden)
                context = TextContext(Zone.table, ground=style.ground, hidden=unseen, block=column)
                lines += _lines(pieces, style, part, context)
        return lines, cells

    def _cell(self, kind: str | None, value: XmlElement, style: CellStyle) -> CellText:
        """Return the pieces of text that a cell of this kind shows; `value` is what it holds."""
        if value.tag == INLINE:
            return text_of(value, self._styles) if kind == "inlineStr" else ()
        text = value.text or ""
        if kind == "s":
            index = whole_number(text)
            return (self._strings.at(index) if index is not None else None) or ()
        if kind in ("str", "d"):
            return ((text, None),)
        words = style.words(text) if style.sections and kind not in ("e", "inlineStr") else ""
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


def column_of(reference: str) -> int:
    """Return the number of the column that a reference names, from 1; 0 for what is none."""
    letters = reference.rstrip("0123456789")
    return _column(letters) if 0 < len(letters) <= MOST_LETTERS and letters.isalpha() else 0


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
