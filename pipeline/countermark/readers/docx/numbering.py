"""The labels of Word lists, where they say something: `(UK S)` before a paragraph may be its number.

Labels that are only numbers and bullets are left out: they carry no marking (ECMA-376 17.9).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.docx.numbers import formatted
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.values import is_on, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.support.safe_xml import XmlElement

PLACEHOLDER = re.compile(r"%([1-9])")
SUFFIXES = {"space": " ", "nothing": ""}


class _Level(NamedTuple):
    label: str
    suffix: str
    start: int
    format: str
    in_digits: bool


class ListNumbering:
    """The lists of a document, from the root of its numbering part; None where it has no such part.

    Counts as the paragraphs are asked for in their order.
    """

    def __init__(self, root: XmlElement | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._styles: dict[tuple[str, str], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._shared: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        abstract = {
            definition.get(f"{W}abstractNumId", ""): definition
            for definition in root.iterfind(f"{W}abstractNum")
        }
        linked = {_value(definition, "styleLink"): definition for definition in abstract.values()}
        for number in root.iterfind(f"{W}num"):
            identifier = number.get(f"{W}numId", "")
            element = abstract.get(_value(number, "abstractNumId"))
            if element is not None:
                style = _value(element, "numStyleLink")
                element = linked.get(style, element) if style else element
                self._read(identifier, element.iterfind(f"{W}lvl"))
                self._read(identifier, number.iterfind(f"{W}lvlOverride/{W}lvl"))
                self._shared[identifier] = _value(number, "abstractNumId")
                for override in number.iterfind(f"{W}lvlOverride"):
                    start = whole_number(_value(override, "startOverride"))
                    depth = whole_number(override.get(f"{W}ilvl"))
                    if start is not None and depth is not None:
                        self._starts[identifier, depth] = start

    def label(self, list_id: str, level: str | None, style: str | None) -> str:
        """Return the label of the next paragraph of that list and level, with what parts it from the text.

        Empty where it has no words. Without a level that of the paragraph's style holds.
        """
        levels = self._lists.get(list_id, {})
        depth = whole_number(level)
        if depth is None:
            depth = self._styles.get((list_id, style or ""), 0)
        own = levels.get(depth)
        if own is None:
            return ""
        self._count(list_id, depth, own.start)
        if own.format == "bullet" and len(own.label) == 1:
            return ""
        if not any(character.isalpha() for character in PLACEHOLDER.sub("", own.label)):
            return ""
        return (
            PLACEHOLDER.sub(lambda found: self._number(list_id, int(found[1]) - 1, own), own.label)
            + own.suffix
        )

    def _count(self, list_id: str, depth: int, start: int) -> None:
        """Count a paragraph.

        Lists of one definition count on together, unless one has a start of its own (ECMA-376
        17.9.26).
        """
        shared = self._shared[list_id]
        own_start = self._starts.pop((list_id, depth), None)
        before = self._counts.get((shared, depth), start - 1) if own_start is None else own_start - 1
        self._counts[shared, depth] = before + 1
        for deeper in self._lists[list_id]:
            if deeper > depth:
                self._counts.pop((shared, deeper), None)

    def _number(self, list_id: str, depth: int, shown_in: _Level) -> str:
        """Return the count of a level as a label shows it.

        Some labels have all numbers in digits (17.9.4).
        """
        level = self._lists[list_id].get(depth)
        count = self._counts.get((self._shared[list_id], depth), level.start if level else 1)
        return formatted(count, level.format) if level and not shown_in.in_digits else str(count)

    def _read(self, identifier: str, levels: Iterable[XmlElement]) -> None:
        for element in levels:
            depth = whole_number(element.get(f"{W}ilvl"))
            start = whole_number(_value(element, "start"))
            if depth is not None:
                self._lists.setdefault(identifier, {})[depth] = _Level(
                    label=_value(element, "lvlText"),
                    suffix=SUFFIXES.get(_value(element, "suff"), "\t"),
                    start=1 if start is None else start,
                    format=_value(element, "numFmt"),
                    in_digits=is_on(element.find(f"{W}isLgl")),
                )
                style = _value(element, "pStyle")
                if style:
                    self._styles[identifier, style] = depth


def _value(element: XmlElement, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(VAL, "") if child is not None else ""
