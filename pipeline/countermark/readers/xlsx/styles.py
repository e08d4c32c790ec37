"""How cells look: fonts, fills and number formats by the index of a cell's style (ECMA-376 18.8)."""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from countermark.readers.flow.colour import RRGGBB, UNKNOWN, WHITE
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.ooxml.values import OFF, whole_number
from countermark.readers.xlsx.names import S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countermark.support.safe_xml import XmlElement

T = TypeVar("T")
THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""The theme's colours in the order in which cells name them (18.8.3, [MS-OI29500] 2.1.709)."""
_PALETTE = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080"
    "C0C0C08080809999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF"
    "8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC"
    "99CC00FFCC00FF9900FF6600666699969696003366339966003300333300993300993366333399333333"
)
INDEXED = tuple(_PALETTE[at : at + 6] for at in range(0, len(_PALETTE), 6))
"""The colours that are named by number (18.8.27): 0 to 7 as 8 to 15."""
SYSTEM = {64: "000000", 65: WHITE}
LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(@)')
SECTION_BREAK = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
LONGEST_FORMAT = 255


class CellStyle(NamedTuple):
    """How a cell looks: its characters, the `ground` below them, its number format's `sections`."""

    look: RunFormat = RunFormat()
    ground: str = WHITE
    sections: Sequence[str] = ()
    centred: bool = False

    def shown(self, text: str) -> str | None:
        """Return a cell's text as its number format shows it; None where it hides it."""
        if len(self.sections) == 4:
            return _filled(self.sections[3], text)
        if len(self.sections) == 1 and "@" in self.sections[0]:
            return _filled(self.sections[0], text)
        return text

    def words(self, value: str) -> str:
        """Return the words with which the number format shows a number."""
        sign = 0 if not value.startswith("-") else 1
        if value.strip("0.-") == "" and len(self.sections) > 2:
            sign = 2
        section = self.sections[sign] if sign < len(self.sections) else (*self.sections, "")[0]
        return (_filled(section, "") or "").strip()


class Styles:
    """The styles part of a workbook; `theme` has the theme's colours by their names."""

    def __init__(self, root: XmlElement | None, theme: Mapping[str, str]) -> None:
        self._theme = theme
        self._styles: list[CellStyle] = []
        self._by_index: dict[str | None, CellStyle] = {}
        if root is None:
            return
        fonts = [self.font(element) for element in root.iterfind(f"{S}fonts/{S}font")]
        fills = [self._fill(element) for element in root.iterfind(f"{S}fills/{S}fill")]
        formats = {
            element.get("numFmtId"): SECTION_BREAK.split(element.get("formatCode", "")[:LONGEST_FORMAT])
            for element in root.iterfind(f"{S}numFmts/{S}numFmt")
        }
        for element in root.iterfind(f"{S}cellXfs/{S}xf"):
            alignment = element.find(f"{S}alignment")
            self._styles.append(
                CellStyle(
                    _at(fonts, element.get("fontId"), RunFormat()),
                    _at(fills, element.get("fillId"), WHITE),
                    formats.get(element.get("numFmtId"), ()),
                    alignment is not None and alignment.get("horizontal", "").startswith("center"),
                )
            )

    def of(self, index: str | None) -> CellStyle:
        """Return the style with this index, as a cell names it."""
        found = self._by_index.get(index)
        if found is None:
            found = self._by_index[index] = _at(self._styles, index or "0", CellStyle())
        return found

    def font(self, element: XmlElement) -> RunFormat:
        """Return the look that a font, or the properties of a run of text (18.4.7), sets."""
        size = element.find(f"{S}sz")
        try:
            points = float(size.get("val", "")[:8]) if size is not None else None
        except ValueError:
            points = None
        return RunFormat(
            size=points,
            colour=self._colour(element.find(f"{S}color")),
            bold=_is_set(element.find(f"{S}b")),
            struck=_is_set(element.find(f"{S}strike")),
        )

    def _fill(self, element: XmlElement) -> str:
        pattern = element.find(f"{S}patternFill")
        kind = pattern.get("patternType", "none") if pattern is not None else None
        if kind == "solid":
            return self._colour(pattern.find(f"{S}fgColor")) or UNKNOWN
        return WHITE if kind == "none" else UNKNOWN

    def _colour(self, element: XmlElement | None) -> str | None:
        """Return a colour as RRGGBB; None where there is none, or where it is the system's to choose."""
        if element is None:
            return None
        written, number = element.get("rgb", ""), whole_number(element.get("indexed"))
        theme = whole_number(element.get("theme"))
        if RRGGBB.fullmatch(written[-6:]):
            colour: str | None = written[-6:].upper()
        elif number is not None:
            known = INDEXED[number % 8 : number % 8 + 1] if number < 8 else INDEXED[number - 8 : number - 7]
            colour = SYSTEM.get(number) or next(iter(known), None)
        else:
            colour = self._theme.get(THEME[theme]) if theme is not None and theme < len(THEME) else None
        return _tinted(colour, element.get("tint")) if colour else None


def _tinted(colour: str, tint: str | None) -> str:
    """Return a colour lightened (above 0) or darkened (18.8.19)."""
    try:
        share = max(-1.0, min(1.0, float((tint or "0")[:24])))
    except ValueError:
        share = 0.0
    if not share:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in bytes.fromhex(colour)))
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def _filled(section: str, text: str) -> str | None:
    """Return a section of a number format with its words and the text in its place.

    None where it shows nothing.
    """
    found = [
        quoted or escaped or (text if place else "") for quoted, escaped, place in LITERAL.findall(section)
    ]
    return "".join(found) if section.strip() else None


def _is_set(element: XmlElement | None) -> bool:
    return element is not None and element.get("val", "1") not in OFF


def _at(items: Sequence[T], index: str | None, absent: T) -> T:
    number = whole_number(index)
    return items[number] if number is not None and number < len(items) else absent
