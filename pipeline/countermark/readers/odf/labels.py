"""The labels of lists, where they say something: `(UK S)` before a paragraph may be its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.odf.namespaces import STYLE, TEXT

if TYPE_CHECKING:
    from countermark.readers.odf.styles import Styles
    from countermark.support.safe_xml import XmlElement

MOST_LEVELS = 10
NUMBERED = (f"{TEXT}list-level-style-number", f"{TEXT}list-level-style-bullet")


class ListLabels:
    """Counts the paragraphs of lists as they are asked for."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[tuple[str, int], int] = {}

    def label(self, style: str, level: int) -> str:
        """Return the label of the next paragraph on that level, counted from 1, of a list of the style, with
        what parts it from the text; empty where it has no words.
        """
        definition = self._level(style, level)
        if definition is None:
            return ""
        start = definition.get(f"{TEXT}start-value", "1")
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        count = self._counts.get((style, level), first - 1) + 1
        self._counts[style, level] = count
        for deeper in range(level + 1, MOST_LEVELS + 1):
            self._counts.pop((style, deeper), None)
        before, after = definition.get(f"{STYLE}num-prefix", ""), definition.get(f"{STYLE}num-suffix", "")
        if not any(map(str.isalpha, before + after)):
            return ""
        number = str(count) if definition.get(f"{STYLE}num-format") else ""
        return f"{before}{number}{after}\t"

    def _level(self, style: str, level: int) -> XmlElement | None:
        levels = self._styles.lists.get(style)
        for definition in levels if levels is not None else ():
            if definition.tag in NUMBERED and definition.get(f"{TEXT}level") == str(level):
                return definition
        return None
