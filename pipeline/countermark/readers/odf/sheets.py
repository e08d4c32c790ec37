"""The sheets of an OpenDocument spreadsheet to pages (ODF 1.3 part 3, 9).

A number, a date or a truth value bears no marking and gives no line, but where its format adds words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.model import PageKind, Zone
from countermark.readers.flow.colour import AUTO, WHITE
from countermark.readers.flow.lines import TextContext
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.flow.sheets import Row, Sheet, SheetRows, sheet_pages
from countermark.readers.odf.masters import STANDARD, masters_of
from countermark.readers.odf.namespaces import CONFIG, OFFICE, TABLE, TEXT
from countermark.readers.odf.package import CONTENT
from countermark.readers.odf.text import CELLS, ROW, Flow
from countermark.support.limits import READING_SHARE, LimitReached, UnitFailed
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from countermark.model import Page
    from countermark.readers.flow.lines import Text
    from countermark.readers.odf.document import OpenedText
    from countermark.support.safe_xml import XmlElement

SHEET, COLUMN = f"{TABLE}table", f"{TABLE}table-column"
GROUPS = frozenset(
    f"{TABLE}{name}"
    for name in (
        *("table-rows", "table-row-group", "table-header-rows"),
        *("table-columns", "table-column-group", "table-header-columns"),
    )
)
TITLES = f"{TABLE}table-header-rows"
NAMED = (f"{TABLE}named-range", f"{TABLE}named-expression", f"{TABLE}database-range")
SPLIT, FROZEN = "VerticalSplitPosition", ("VerticalSplitMode", "2")
"""Settings of a sheet's view: how many rows stay when the others move, where it says that they do."""
SHOWN, MOST_REPEATED = "visible", 1 << 24


def pages_of_sheets(body: XmlElement, opened: OpenedText) -> Iterator[Page]:
    """Yield the pages of each sheet in the order of their tabs."""
    frozen = frozen_rows(opened.settings)
    for number, table in enumerate(body.iterchildren(SHEET), 1):
        yield from _SheetReader(table, opened).pages(number, frozen)


def names_in(body: XmlElement) -> Iterator[str]:
    """Yield what sheets and parts of them are called."""
    for element in body.iter(SHEET, *NAMED):
        yield element.get(f"{TABLE}name", "")


def frozen_rows(settings: XmlElement | None) -> Mapping[str, int]:
    """Return how many rows stay when the others move, by the names of sheets."""
    found: dict[str, int] = {}
    for entry in settings.iter(f"{CONFIG}config-item-map-entry") if settings is not None else ():
        items = {
            item.get(f"{CONFIG}name"): item.text or "" for item in entry.iterchildren(f"{CONFIG}config-item")
        }
        if items.get(FROZEN[0]) == FROZEN[1]:
            found[entry.get(f"{CONFIG}name", "")] = _number(items.get(SPLIT), 0)
    return found


class _SheetReader:
    """One sheet while it is read."""

    def __init__(self, table: XmlElement, opened: OpenedText) -> None:
        self._table, self._opened = table, opened
        self._styles = opened.in_body.styles
        self._hidden: list[tuple[int, int]] = []
        self._usual: list[tuple[int, str | None]] = []
        self._beside: list[Text] = []
        self._titles, self._pictured, self._failed = 0, False, False
        self._rows = SheetRows()

    def pages(self, number: int, frozen: Mapping[str, int]) -> Iterator[Page]:
        """Yield the pages of the sheet."""
        name, style = self._table.get(f"{TABLE}name", ""), self._table.get(f"{TABLE}style-name")
        try:
            self._read()
        except (LimitReached, UnitFailed) as stop:
            self._opened.stops.append(stop)
            self._failed = True
        self._rows.frozen = frozen.get(name, 0)
        is_hidden = self._styles.is_hidden_table(style)
        beside = tuple(self._beside)
        sheet = Sheet(number, name, CONTENT, is_hidden, self._titles, beside, self._pictured, self._failed)
        rows = self._rows
        if not (rows.filled or rows.rows or beside or self._pictured):
            yield from sheet_pages(sheet, rows, {}, {PageKind.default})
            return
        fields = {f"{TEXT}sheet-name": name}
        masters = masters_of(self._opened.roots.styles, self._opened.reads_part(fields))
        wanted = self._styles.table_master(style) or STANDARD
        master = masters.get(wanted) or next(iter(masters.values()), None)
        kinds = {kind for kind in PageKind if kind is PageKind.default or (master and master.has(kind))}
        parts = [master.on(kind) for kind in kinds] if master else []
        yield from sheet_pages(
            sheet, rows, {place: part for on in parts for place, part in on.items()}, kinds
        )

    def _read(self) -> None:
        row_number = column = 0
        for element, is_title in _flat(self._table, is_title=False):
            checkpoint(READING_SHARE)
            if element.tag == COLUMN:
                repeated = _number(element.get(f"{TABLE}number-columns-repeated"))
                if element.get(f"{TABLE}visibility", SHOWN) != SHOWN:
                    self._hidden.append((column + 1, column + repeated))
                column += repeated
                self._usual.append((column, element.get(f"{TABLE}default-cell-style-name")))
            elif element.tag == ROW:
                self._row(element, row_number + 1)
                row_number += _number(element.get(f"{TABLE}number-rows-repeated"))
                self._titles = row_number if is_title else self._titles
            elif element.tag == f"{TABLE}shapes":
                self._beside += self._flow(element, TextContext(Zone.body), RunFormat())

    def _row(self, row: XmlElement, number: int) -> None:
        is_hidden = row.get(f"{TABLE}visibility", SHOWN) != SHOWN
        usual = row.get(f"{TABLE}default-cell-style-name")
        lines: list[Text] = []
        cells = column = 0
        for cell in row.iterchildren(*CELLS):
            column += 1
            if len(cell):
                cells += 1
                if not _is_number(cell):
                    lines += self._cell(cell, column, usual, is_hidden=is_hidden)
            column += _number(cell.get(f"{TABLE}number-columns-repeated")) - 1
        self._rows.filled = self._rows.filled or cells > 0
        if lines:
            self._rows.rows.append(Row(number, lines, cells))

    def _cell(self, cell: XmlElement, column: int, usual: str | None, *, is_hidden: bool) -> Sequence[Text]:
        name = cell.get(f"{TABLE}style-name") or usual or self._style_of(column)
        ground = self._styles.cell_ground(name)
        unseen = is_hidden or cell.tag == CELLS[1] or any(at <= column <= end for at, end in self._hidden)
        where = TextContext(
            Zone.table, ground=WHITE if ground == AUTO else ground, hidden=unseen, block=column
        )
        return self._flow(cell, where, self._styles.look("table-cell", name, RunFormat()))

    def _style_of(self, column: int) -> str | None:
        return next((style for end, style in self._usual if column <= end), None)

    def _flow(self, element: XmlElement, where: TextContext, base: RunFormat) -> list[Text]:
        """Return the lines of a cell; its comments go beside the sheet."""
        flow = Flow(element, CONTENT, where, self._opened.in_body, base)
        if flow.stop:
            raise flow.stop
        self._beside += [text for note in flow.notes for text in note.texts]
        self._pictured = self._pictured or bool(flow.pictured)
        return flow.texts


def _flat(container: XmlElement, *, is_title: bool) -> Iterator[tuple[XmlElement, bool]]:
    """Yield columns, rows and what else a table holds; and whether they are repeated on each page."""
    for child in container:
        if child.tag in GROUPS:
            yield from _flat(child, is_title=is_title or child.tag == TITLES)
        else:
            yield child, is_title


def _is_number(cell: XmlElement) -> bool:
    """Return whether a cell shows a value that is no text, and no word with it."""
    kind = cell.get(f"{OFFICE}value-type", "string")
    if kind == "string" or cell.find(f"{OFFICE}annotation") is not None:
        return False
    return not any(map(str.isalpha, "".join(cell.itertext())))


def _number(written: str | None, absent: int = 1) -> int:
    return (
        min(int(written), MOST_REPEATED) if written and written.isdecimal() and len(written) < 10 else absent
    )
