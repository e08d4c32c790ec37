"""The texts that the cells of a workbook share (ECMA-376 18.4), without the readings of Japanese ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.ooxml.streamed import elements
from countermark.readers.xlsx.names import S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.flow.run_format import RunFormat
    from countermark.readers.ooxml.package import Package
    from countermark.readers.xlsx.styles import Styles
    from countermark.support.safe_xml import XmlElement

    CellText = Sequence[tuple[str, RunFormat | None]]
    """Pieces of a cell's text, with the look of those that set one."""

ITEM, TEXT, RUN = f"{S}si", f"{S}t", f"{S}r"


class SharedStrings:
    """The shared texts by their index; which of them cells show is noted."""

    def __init__(self) -> None:
        self._texts: list[str | CellText] = []
        self._used = bytearray()

    def read(self, package: Package, part: str, styles: Styles) -> None:
        """Read the part that has them. Raises as `elements` does; what was read by then is kept."""
        for item in elements(package, part, [ITEM]):
            self._texts.append(_compact(text_of(item, styles)))
        self._used = bytearray(len(self._texts))

    def at(self, index: int) -> CellText | None:
        """Return the text with this index; None where there is none."""
        if index >= len(self._texts):
            return None
        if index < len(self._used):
            self._used[index] = 1
        text = self._texts[index]
        return ((text, None),) if isinstance(text, str) else text

    def unused(self) -> list[str]:
        """Return the texts that no cell shows."""
        return [
            text if isinstance(text, str) else "".join(piece for piece, _ in text)
            for text, used in zip(self._texts, self._used, strict=False)
            if not used
        ]


def text_of(item: XmlElement, styles: Styles) -> CellText:
    """Return the text of an item (si) or of an inline string (is)."""
    pieces: list[tuple[str, RunFormat | None]] = []
    for element in item:
        if element.tag == TEXT:
            pieces.append((element.text or "", None))
        elif element.tag == RUN:
            properties = element.find(f"{S}rPr")
            look = styles.font(properties) if properties is not None else None
            pieces.append((element.findtext(TEXT) or "", look))
    return pieces


def _compact(pieces: CellText) -> str | CellText:
    return pieces[0][0] if len(pieces) == 1 and pieces[0][1] is None else pieces
