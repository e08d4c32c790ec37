"""The formatting of Word text: document defaults, styles with what they are based on, direct.

Of the style hierarchy (ECMA-376 17.7.2) paragraph and character styles count; of a table style only
whether it shades its cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.ingest.word_colour import VAL, Palette, W
from countermark.ingest.word_formats import (
    TOGGLES,
    Explicit,
    Format,
    Layout,
    character_settings,
    is_on,
    layout_settings,
    with_layout,
)

if TYPE_CHECKING:
    from countermark.guarded_xml import Element

Look = tuple[str | None, str | None]
"""A paragraph style and a character style."""


class _Style(NamedTuple):
    characters: Explicit
    layout: Explicit


class Styles:
    """The styles of a document, from the root of its styles part; None where it has no such part.
    A style is read when it is first asked for: templates carry hundreds that nobody uses."""

    def __init__(self, root: Element | None, theme: Palette | None = None) -> None:
        self.theme = theme or {}
        self._elements: dict[str, Element] = {}
        self._default: str | None = None
        self._read: dict[str, _Style] = {}
        self._formats: dict[Look, Format] = {}
        self._direct: dict[tuple[Look, tuple[tuple[str, object], ...]], Format] = {}
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
            if style.get(f"{W}type") == "paragraph" and is_on(style, f"{W}default", "0"):
                self._default = name

    def format(self, paragraph_style: str | None, character_style: str | None) -> Format:
        """The look of a run without direct formatting. Toggle properties set by both styles cancel
        each other out (ECMA-376 17.7.3)."""
        key = (paragraph_style, character_style)
        if key not in self._formats:
            paragraph, characters = Format()._asdict(), Format()._asdict()
            for style in self._chain(self._known(paragraph_style)):
                paragraph.update(style.characters)
            for style in self._chain(character_style):
                characters.update(style.characters)
            defaults = self._defaults.characters
            merged = {
                name: defaults.get(name) or paragraph[name] != characters[name] for name in TOGGLES.values()
            }
            for name in ("size", "colour", "ground"):
                merged[name] = characters[name] or paragraph[name] or defaults.get(name)
            merged["filled"] = characters["filled"] and paragraph["filled"]
            merged["outlined"] = characters["outlined"] or paragraph["outlined"]
            self._formats[key] = Format(**merged)
        return self._formats[key]

    def direct(self, paragraph_style: str | None, settings: Explicit) -> Format:
        """The look of a run that sets `settings` by itself."""
        look = (paragraph_style, settings.pop("style", None))
        key = (look, tuple(settings.items()))
        if key not in self._direct:
            self._direct[key] = self.format(*look)._replace(**settings)
        return self._direct[key]

    def layout(self, paragraph_style: str | None) -> Layout:
        """The layout of a paragraph without direct formatting."""
        if paragraph_style not in self._layouts:
            layout = with_layout(Layout(), self._defaults.layout)
            for style in self._chain(self._known(paragraph_style)):
                layout = with_layout(layout, style.layout)
            self._layouts[paragraph_style] = layout
        return self._layouts[paragraph_style]

    def shades_cells(self, table_style: str | None) -> bool:
        """Whether a table of that style may paint its cells (ECMA-376 17.7.6)."""
        return any(
            next(self._elements[name].iter(f"{W}shd"), None) is not None for name in self._names(table_style)
        )

    def named(self, name: str) -> str | None:
        """The identifier of the style that users know by `name`."""
        for identifier, style in self._elements.items():
            shown = style.find(f"{W}name")
            if shown is not None and shown.get(VAL, "").casefold() == name.casefold():
                return identifier
        return name if name in self._elements else None

    def _known(self, paragraph_style: str | None) -> str | None:
        """The style itself, or the default one where it is not given or does not exist."""
        return paragraph_style if paragraph_style in self._elements else self._default

    def _chain(self, name: str | None) -> list[_Style]:
        return [self._style(each) for each in reversed(self._names(name))]

    def _names(self, name: str | None) -> list[str]:
        """The style and all it is based on, the most special first; a circle ends where it closes."""
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
