"""How the cells of a Word table look: by what they set, else by the table's style.

What a table style says of the first row, of bands and corners holds for the cells that stand there
(ECMA-376 17.7.6), as far as the table asks for it by its tblLook (17.4.55). The shading of a table as a
whole is painted between its cells only ([MS-OI29500] 2.1.142).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.docx.colour import shade
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.values import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.readers.flow.run_format import Items
    from countermark.support.safe_xml import XmlElement

ROW, CELL = f"{W}tr", f"{W}tc"
PROPERTIES = frozenset(f"{W}{name}" for name in ("tblPr", "tblGrid", "tblPrEx", "trPr", "tbl", "tcPr", "p"))
LOOK = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200,
        "noVBand": 0x400}  # fmt: skip
WHOLE = "wholeTable"
LAST_COLUMN = 63
"""Word has no more columns."""
USUAL_LOOK = 0x04A0
"""What Word takes where a table says nothing ([MS-OI29500] 2.1.160)."""


class CellLook(NamedTuple):
    """How the text of a cell looks that sets nothing by itself.

    The colour behind it, None where nothing sets one, and its characters.
    """

    ground: str | None = None
    characters: Items = ()


class TableStyle(NamedTuple):
    """What a table style sets under each of its conditions, and how many rows and columns make a band."""

    looks: Mapping[str, CellLook]
    rows_in_band: int = 1
    columns_in_band: int = 1


class _Place(NamedTuple):
    """Where a cell is: `row` and `column` from 0, and how many rows there are."""

    row: int
    rows: int
    column: int
    is_last: bool


def cell_looks(
    table: XmlElement, style: TableStyle | None, theme: Mapping[str, str]
) -> Iterator[tuple[XmlElement, int, CellLook]]:
    """Return the cells of a table, not of those inside it, each with its column, from 0, and its look."""
    properties = table.find(f"{W}tblPr")
    asked = _asked(properties)
    rows = list(_rows(table))
    for number, row in enumerate(rows):
        column = min(_grid_before(row), LAST_COLUMN)
        cells = list(_cells(row))
        for cell in cells:
            own = cell.find(f"{W}tcPr")
            place = _Place(number, len(rows), column, cell is cells[-1])
            look = _styled(style, _conditions(style, asked, place)) if style else CellLook()
            ground = shade(own.find(f"{W}shd"), theme) if own is not None else None
            yield cell, column, look if ground is None else look._replace(ground=ground)
            column = min(column + _number(own, "gridSpan", 1), LAST_COLUMN)


def _conditions(style: TableStyle, asked: frozenset[str], place: _Place) -> tuple[str, ...]:
    """Return the conditions that hold for a cell, those that go before others last."""
    first_row = "firstRow" in asked and place.row == 0
    last_row = "lastRow" in asked and place.row == place.rows - 1 and not first_row
    first_column = "firstColumn" in asked and place.column == 0
    last_column = "lastColumn" in asked and place.is_last and not first_column
    found = [WHOLE]
    if not (first_column or last_column or "noVBand" in asked):
        number = place.column - ("firstColumn" in asked)
        found.append(f"band{number // style.columns_in_band % 2 + 1}Vert")
    if not (first_row or last_row or "noHBand" in asked):
        number = place.row - ("firstRow" in asked)
        found.append(f"band{number // style.rows_in_band % 2 + 1}Horz")
    edges = {"firstCol": first_column, "lastCol": last_column, "firstRow": first_row, "lastRow": last_row}
    found += [name for name, holds in edges.items() if holds]
    if (first_row or last_row) and (first_column or last_column):
        found.append(f"{'n' if first_row else 's'}{'w' if first_column else 'e'}Cell")
    return tuple(found)


def _styled(style: TableStyle, conditions: tuple[str, ...]) -> CellLook:
    looks = [style.looks[name] for name in conditions if name in style.looks]
    characters: dict[str, object] = {}
    for look in looks:
        characters.update(look.characters)
    grounds = [look.ground for look in looks if look.ground is not None]
    return CellLook(grounds[-1] if grounds else None, tuple(characters.items()))


def _asked(properties: XmlElement | None) -> frozenset[str]:
    """Return what of its style a table asks for."""
    look = properties.find(f"{W}tblLook") if properties is not None else None
    if look is None:
        return _look(None, ())
    return _look(look.get(VAL), tuple(look.get(f"{W}{name}") for name in LOOK))


@lru_cache(maxsize=256)
def _look(value: str | None, attributes: tuple[str | None, ...]) -> frozenset[str]:
    """Return the conditions by the attributes, where there is any of them, else by the bits of the value."""
    if any(written is not None for written in attributes):
        pairs = zip(LOOK, attributes, strict=True)
        return frozenset(name for name, written in pairs if written in ("1", "true", "on"))
    try:
        bits = USUAL_LOOK if value is None else int(value[:8], 16)
    except ValueError:
        bits = USUAL_LOOK
    return frozenset(name for name, bit in LOOK.items() if bits & bit)


def _rows(container: XmlElement) -> Iterator[XmlElement]:
    """Yield the rows, those in content controls and changes too."""
    for child in container:
        if child.tag == ROW:
            yield child
        elif child.tag not in PROPERTIES:
            yield from _rows(child)


def _cells(container: XmlElement) -> Iterator[XmlElement]:
    for child in container:
        if child.tag == CELL:
            yield child
        elif child.tag not in PROPERTIES:
            yield from _cells(child)


def _grid_before(row: XmlElement) -> int:
    return _number(row.find(f"{W}trPr"), "gridBefore", 0)


def _number(properties: XmlElement | None, name: str, absent: int) -> int:
    element = properties.find(f"{W}{name}") if properties is not None else None
    number = whole_number(element.get(VAL)) if element is not None else None
    return absent if number is None else number
