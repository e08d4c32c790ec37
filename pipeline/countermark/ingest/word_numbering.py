"""The labels of Word lists, where they say something: `(UK S)` before a paragraph may be its number.

Labels that are only numbers and bullets are left out: they carry no marking (ECMA-376 17.9).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.ingest.word_colour import VAL, W

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.ingest.word_package import Element

PLACEHOLDER = re.compile(r"%([1-9])")
SUFFIXES = {"space": " ", "nothing": ""}
LETTERS = {"lowerLetter": "a", "upperLetter": "A"}


class _Level(NamedTuple):
    label: str
    suffix: str
    start: int
    format: str


class Numbering:
    """The lists of a document, from the root of its numbering part; None where it has no such part.
    Counts as the paragraphs are asked for in their order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._styles: dict[tuple[str, str], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        abstract = {each.get(f"{W}abstractNumId", ""): each for each in root.iterfind(f"{W}abstractNum")}
        linked = {_value(each, "styleLink"): each for each in abstract.values()}
        for number in root.iterfind(f"{W}num"):
            identifier = number.get(f"{W}numId", "")
            element = abstract.get(_value(number, "abstractNumId"))
            if element is not None:
                style = _value(element, "numStyleLink")
                element = linked.get(style, element) if style else element
                self._read(identifier, element.iterfind(f"{W}lvl"))
                self._read(identifier, number.iterfind(f"{W}lvlOverride/{W}lvl"))

    def label(self, list_id: str, level: str | None, style: str | None) -> str:
        """The label of the next paragraph of that list and level, with what parts it from the text;
        empty where it has no words. Without a level that of the paragraph's style holds."""
        levels = self._lists.get(list_id, {})
        depth = int(level) if level and level.isdecimal() else self._styles.get((list_id, style or ""), 0)
        own = levels.get(depth)
        if own is None:
            return ""
        self._counts[list_id, depth] = self._counts.get((list_id, depth), own.start - 1) + 1
        for deeper in levels:
            if deeper > depth:
                self._counts.pop((list_id, deeper), None)
        if own.format == "bullet" and len(own.label) == 1:
            return ""
        if not any(character.isalpha() for character in PLACEHOLDER.sub("", own.label)):
            return ""
        return PLACEHOLDER.sub(lambda found: self._number(list_id, int(found[1]) - 1), own.label) + own.suffix

    def _number(self, list_id: str, depth: int) -> str:
        level = self._lists[list_id].get(depth)
        count = self._counts.get((list_id, depth), level.start if level else 1)
        first = LETTERS.get(level.format if level else "")
        return chr(ord(first) + count - 1) if first and 1 <= count <= 26 else str(count)

    def _read(self, identifier: str, levels: Iterable[Element]) -> None:
        for element in levels:
            depth = element.get(f"{W}ilvl", "")
            start = _value(element, "start")
            if depth.isdecimal():
                self._lists.setdefault(identifier, {})[int(depth)] = _Level(
                    label=_value(element, "lvlText"),
                    suffix=SUFFIXES.get(_value(element, "suff"), "\t"),
                    start=int(start) if start.isdecimal() else 1,
                    format=_value(element, "numFmt"),
                )
                style = _value(element, "pStyle")
                if style:
                    self._styles[identifier, style] = int(depth)


def _value(element: Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(VAL, "") if child is not None else ""
