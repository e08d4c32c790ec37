"""The formatting of Word text: document defaults, styles with what they are based on, direct.

The style hierarchy is that of ECMA-376 17.7.2: a table's style, then the paragraph's, then the
characters'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.docx.colour import shade
from countermark.readers.docx.formats import (
    TOGGLES,
    Explicit,
    Layout,
    character_settings,
    layout_settings,
    with_layout,
)
from countermark.readers.docx.tables import WHOLE, CellLook, TableStyle
from countermark.readers.flow.run_format import Items, RunFormat
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.theme import Palette
from countermark.readers.ooxml.values import is_on, whole_number

if TYPE_CHECKING:
    from countermark.support.safe_xml import XmlElement

Look = tuple[str | None, str | None, Items]
"""A paragraph style, a character style, and what is around the text sets."""


class _Style(NamedTuple):
    characters: Explicit
    layout: Explicit


class Styles:
    """The styles of a document, from the root of its styles part; None where it has no such part.

    A style is read when it is first asked for: templates carry hundreds that nobody uses.
    """

    def __init__(self, root: XmlElement | None, theme: Palette | None = None) -> None:
        self.theme = theme or {}
        self._elements: dict[str, XmlElement] = {}
        self._default: str | None = None
        self._default_table: str | None = None
        self._read: dict[str, _Style] = {}
        self._formats: dict[Look, RunFormat] = {}
        self._direct: dict[tuple[Look, Items], RunFormat] = {}
        self._tables: dict[str | None, TableStyle | None] = {}
        self._layouts: dict[str | None, Layout] = {}
        self._defaults = _Style({}, {})
        if root is None:
            return
        defaults = f"{W}docDefaults/{W}"
        self._defaults = _Style(
            character_settings(root.find(f"{defaults}rPrDefault/{W}rPr"), self.theme),
            layout_settings(root.find(f"{defaults}pPrDefault/{W}pPr"), self.theme),
        )
        for style in root.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._elements[name] = style
            if is_on(style, f"{W}default", "0"):
                if style.get(f"{W}type") == "paragraph":
                    self._default = name
                elif style.get(f"{W}type") == "table":
                    self._default_table = name

    def format(
        self, paragraph_style: str | None, character_style: str | None, around: Items = ()
    ) -> RunFormat:
        """Return the look of a run without direct formatting; `around` is what its table or shape sets.

        Toggle properties that several styles set cancel each other out (ECMA-376 17.7.3).
        """
        key = (paragraph_style, character_style, around)
        if key not in self._formats:
            levels = [dict(around), RunFormat()._asdict(), RunFormat()._asdict()]
            for style in self._chain(self._known(paragraph_style)):
                levels[1].update(style.characters)
            for style in self._chain(character_style):
                levels[2].update(style.characters)
            defaults = self._defaults.characters
            merged: Explicit = {
                name: defaults.get(name) or sum(bool(level.get(name)) for level in levels) % 2 == 1
                for name in TOGGLES.values()
            }
            for name in ("size", "colour", "shade", "highlight"):
                set_by = (level.get(name) for level in (levels[2], levels[1], levels[0], defaults))
                merged[name] = next((value for value in set_by if value is not None), None)
            merged["filled"] = all(level.get("filled", True) for level in levels)
            merged["outlined"] = any(level.get("outlined") for level in levels)
            self._formats[key] = RunFormat(**merged)
        return self._formats[key]

    def direct(self, paragraph_style: str | None, settings: Explicit, around: Items = ()) -> RunFormat:
        """Return the look of a run that sets `settings` by itself."""
        look = (paragraph_style, settings.pop("style", None), around)
        key = (look, tuple(settings.items()))
        if key not in self._direct:
            self._direct[key] = self.format(*look)._replace(**settings)
        return self._direct[key]

    def layout(self, paragraph_style: str | None) -> Layout:
        """Return the layout of a paragraph without direct formatting."""
        if paragraph_style not in self._layouts:
            layout = with_layout(Layout(), self._defaults.layout)
            for style in self._chain(self._known(paragraph_style)):
                layout = with_layout(layout, style.layout)
            self._layouts[paragraph_style] = layout
        return self._layouts[paragraph_style]

    def table(self, table_style: str | None) -> TableStyle | None:
        """Return what the style of a table sets for its cells (ECMA-376 17.7.6).

        None where that is nothing.
        """
        if table_style not in self._tables:
            names = self._names(table_style if table_style in self._elements else self._default_table)
            looks: dict[str, CellLook] = {}
            bands = [1, 1]
            for name in reversed(names):
                style = self._elements[name]
                for at, size in enumerate(("tblStyleRowBandSize", "tblStyleColBandSize")):
                    element = style.find(f"{W}tblPr/{W}{size}")
                    number = whole_number(element.get(VAL)) if element is not None else None
                    bands[at] = number or bands[at]
                for part, condition in self._conditions(style):
                    own, before = self._cell_look(part), looks.get(condition, CellLook())
                    characters = tuple({**dict(before.characters), **dict(own.characters)}.items())
                    ground = before.ground if own.ground is None else own.ground
                    if characters or ground is not None:
                        looks[condition] = CellLook(ground, characters)
            self._tables[table_style] = TableStyle(looks, *bands) if looks else None
        return self._tables[table_style]

    @staticmethod
    def _conditions(style: XmlElement) -> list[tuple[XmlElement, str]]:
        """Return the parts of a table style, each with the cells that it holds for."""
        named = [(part, part.get(f"{W}type", "")) for part in style.iterfind(f"{W}tblStylePr")]
        return [(style, WHOLE), *named]

    def _cell_look(self, part: XmlElement) -> CellLook:
        characters = character_settings(part.find(f"{W}rPr"), self.theme)
        grounds = (shade(part.find(f"{W}{name}/{W}shd"), self.theme) for name in ("pPr", "tcPr"))
        ground = next((colour for colour in grounds if colour is not None), None)
        return CellLook(ground, tuple(characters.items()))

    def named(self, name: str) -> str | None:
        """Return the identifier of the style that users know by `name`."""
        for identifier, style in self._elements.items():
            shown = style.find(f"{W}name")
            if shown is not None and shown.get(VAL, "").casefold() == name.casefold():
                return identifier
        return name if name in self._elements else None

    def _known(self, paragraph_style: str | None) -> str | None:
        """Return the style itself, or the default one where it is not given or does not exist."""
        return paragraph_style if paragraph_style in self._elements else self._default

    def _chain(self, name: str | None) -> list[_Style]:
        return [self._style(style) for style in reversed(self._names(name))]

    def _names(self, name: str | None) -> list[str]:
        """Return the style and all it is based on, the most special first; a circle ends where it closes."""
        chain: dict[str, None] = {}
        while name is not None and name in self._elements and name not in chain:
            chain[name] = None
            based_on = self._elements[name].find(f"{W}basedOn")
            name = based_on.get(VAL) if based_on is not None else None
        return list(chain)

    def _style(self, name: str) -> _Style:
        if name not in self._read:
            element = self._elements[name]
            self._read[name] = _Style(
                character_settings(element.find(f"{W}rPr"), self.theme),
                layout_settings(element.find(f"{W}pPr"), self.theme),
            )
        return self._read[name]
