"""The formatting of Word text: document defaults, styles with what they are based on, direct.

Of the style hierarchy (ECMA-376 17.7.2) paragraph and character styles count; table styles do not.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from countermark.ingest.word_package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
OFF = frozenset(("0", "false", "off"))
HALF_POINTS, TWIPS = 2, 20
"""How many of these make a point."""
POINTS_IN = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
MEASURE = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)(mm|cm|in|pt|pc|pi)?")
RRGGBB = re.compile(r"[0-9A-Fa-f]{6}")
SIZE, COLOUR, CHARACTER_STYLE = f"{W}sz", f"{W}color", f"{W}rStyle"
ALIGNMENT, TABS, PARAGRAPH_STYLE = f"{W}jc", f"{W}tabs", f"{W}pStyle"
TOGGLES = {f"{W}b": "bold", f"{W}caps": "caps", f"{W}smallCaps": "small_caps", f"{W}vanish": "hidden"}

Explicit = dict[str, Any]
"""The fields of Format or Layout that an element sets, and no others."""


class Format(NamedTuple):
    """How characters look: `size` in points, `colour` as RRGGBB; None where nothing sets it. With
    `caps` or `small_caps` a reader sees capitals, whatever is typed."""

    size: float | None = None
    colour: str | None = None
    bold: bool = False
    caps: bool = False
    small_caps: bool = False
    hidden: bool = False

    @property
    def weight(self) -> int:
        return 700 if self.bold else 400


class Layout(NamedTuple):
    """How a paragraph stands: `tabs` are its tab stops, each a position in points and an alignment."""

    centred: bool = False
    tabs: tuple[tuple[float, str], ...] = ()

    @property
    def first_tab(self) -> str | None:
        """The alignment of the leftmost tab stop."""
        return min(self.tabs)[1] if self.tabs else None


class _Style(NamedTuple):
    characters: Explicit
    layout: Explicit


class Styles:
    """The styles of a document, from the root of its styles part; None where it has no such part.
    A style is read when it is first asked for: templates carry hundreds that nobody uses."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._default: str | None = None
        self._read: dict[str, _Style] = {}
        self._formats: dict[tuple[str | None, str | None], Format] = {}
        self._layouts: dict[str | None, Layout] = {}
        self._defaults = _Style({}, {})
        if root is None:
            return
        defaults = f"{W}docDefaults/{W}"
        self._defaults = _Style(
            character_settings(root.find(f"{defaults}rPrDefault/{W}rPr")),
            layout_settings(root.find(f"{defaults}pPrDefault/{W}pPr")),
        )
        for style in root.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._elements[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in OFF:
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
            merged = {
                name: self._defaults.characters.get(name) or paragraph[name] != characters[name]
                for name in TOGGLES.values()
            }
            for name in ("size", "colour"):
                merged[name] = characters[name] or paragraph[name] or self._defaults.characters.get(name)
            self._formats[key] = Format(**merged)
        return self._formats[key]

    def layout(self, paragraph_style: str | None) -> Layout:
        """The layout of a paragraph without direct formatting."""
        if paragraph_style not in self._layouts:
            layout = with_layout(Layout(), self._defaults.layout)
            for style in self._chain(self._known(paragraph_style)):
                layout = with_layout(layout, style.layout)
            self._layouts[paragraph_style] = layout
        return self._layouts[paragraph_style]

    def _known(self, paragraph_style: str | None) -> str | None:
        """The style itself, or the default one where it is not given or does not exist."""
        return paragraph_style if paragraph_style in self._elements else self._default

    def _chain(self, name: str | None) -> list[_Style]:
        """The style and all it is based on, the most general first; a circle ends where it closes."""
        chain: dict[str, _Style] = {}
        while name in self._elements and name not in chain:
            chain[name] = self._style(name)
            based_on = self._elements[name].find(f"{W}basedOn")
            name = based_on.get(VAL) if based_on is not None else None
        return list(reversed(chain.values()))

    def _style(self, name: str) -> _Style:
        if name not in self._read:
            element = self._elements[name]
            self._read[name] = _Style(
                character_settings(element.find(f"{W}rPr")), layout_settings(element.find(f"{W}pPr"))
            )
        return self._read[name]


def is_on(element: Element | None) -> bool:
    """The value of an on/off element (ECMA-376 17.17.4): absent means off, no value means on."""
    return element is not None and element.get(VAL, "1") not in OFF


def character_settings(properties: Element | None) -> Explicit:
    """What an rPr element sets of Format, and its character style as `style`."""
    settings: Explicit = {}
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag in TOGGLES:
            settings[TOGGLES[tag]] = is_on(element)
        elif tag == SIZE:
            settings["size"] = points(element.get(VAL), HALF_POINTS)
        elif tag == COLOUR:
            value = element.get(VAL, "")
            settings["colour"] = value.upper() if RRGGBB.fullmatch(value) else None
        elif tag == CHARACTER_STYLE:
            settings["style"] = element.get(VAL)
    return settings


def layout_settings(properties: Element | None) -> Explicit:
    """What a pPr element sets of Layout, and its paragraph style as `style`."""
    settings: Explicit = {}
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag == PARAGRAPH_STYLE:
            settings["style"] = element.get(VAL)
        elif tag == ALIGNMENT:
            settings["centred"] = element.get(VAL) == "center"
        elif tag == TABS:
            settings["tabs"] = {
                points(tab.get(f"{W}pos"), TWIPS) or 0.0: tab.get(VAL, "left")
                for tab in element.iterfind(f"{W}tab")
            }
    return settings


def with_layout(layout: Layout, settings: Explicit) -> Layout:
    """`layout` with what `settings` say on top; a tab stop named `clear` removes one."""
    if "centred" not in settings and "tabs" not in settings:
        return layout
    tabs = {**dict(layout.tabs), **settings.get("tabs", {})}
    return Layout(
        settings.get("centred", layout.centred),
        tuple((at, alignment) for at, alignment in tabs.items() if alignment != "clear"),
    )


def points(value: str | None, per_point: int) -> float | None:
    """A measure in points: a number of which `per_point` make a point, or one with its own unit, as
    strict files have (ECMA-376 22.9.2.15). None where it is neither."""
    found = MEASURE.fullmatch(value or "")
    if not found:
        return None
    return float(found[1]) * POINTS_IN[found[2]] if found[2] else float(found[1]) / per_point
