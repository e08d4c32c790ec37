"""The styles of an OpenDocument text: how characters, paragraphs, cells, shapes look (ODF 1.3 part 3, 16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from countermark.readers.flow.colour import AUTO, RRGGBB, UNKNOWN
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.odf.namespaces import DRAW, FO, LOEXT, OFFICE, STYLE, TABLE, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from countermark.support.safe_xml import XmlElement

POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)(pt|in|cm|mm|pc|px|%)")
MOST_PARENTS = 64
"""How far a style's parents are followed: a circle ends there."""
_INVISIBLE = re.compile(r"0(?:\.0+)?%|[0-4](?:\.[0-9]+)?%")
TEXT_PROPERTIES, PARAGRAPH_PROPERTIES = f"{STYLE}text-properties", f"{STYLE}paragraph-properties"
TABLE_PROPERTIES, SLIDE_PROPERTIES = f"{STYLE}table-properties", f"{STYLE}drawing-page-properties"
GRAPHIC_PROPERTIES, CELL_PROPERTIES = f"{STYLE}graphic-properties", f"{STYLE}table-cell-properties"

WINDOW_COLOUR, OPACITY = f"{STYLE}use-window-font-color", f"{LOEXT}opacity"
OF_COLOUR = (WINDOW_COLOUR, OPACITY)
"""What goes with a colour and no further. With that of the window LibreOffice writes an opacity of 0 %."""

Attributes = dict[str, str]


class Layout(NamedTuple):
    """How a paragraph is placed.

    Whether centred, how its first tab stop aligns, the ground that it paints, the page that it begins on
    (`master`, and the `number` of that), whether it begins a page (`breaks`).
    """

    centred: bool = False
    first_tab: str | None = None
    ground: str = AUTO
    master: str = ""
    number: int | None = None
    breaks: bool = False


class Shape(NamedTuple):
    """How a shape is placed: where on the page (`position`, relative to what), whether behind the text, the
    ground that it paints, where in it its text is anchored.
    """

    position: str = ""
    relative: str = ""
    behind: bool = False
    ground: str = AUTO
    anchor: str = ""


class Styles:
    """The styles in the elements `scopes`, those that come later before those of the same name."""

    def __init__(self, scopes: Iterable[XmlElement]) -> None:
        self._styles: dict[tuple[str, str], XmlElement] = {}
        self._defaults: dict[str, XmlElement] = {}
        self.lists: dict[str, XmlElement] = {}
        self._looks: dict[tuple[str, str, RunFormat], RunFormat] = {}
        self._layouts: dict[str, Layout] = {}
        for scope in scopes:
            for style in scope:
                family, name = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
                if style.tag == f"{STYLE}style":
                    self._styles[family, name] = style
                elif style.tag == f"{STYLE}default-style":
                    self._defaults[family] = style
                elif style.tag == f"{TEXT}list-style":
                    self.lists[name] = style

    def _chain(self, family: str, name: str | None) -> list[XmlElement]:
        """Return the family's default, the style's parents from the farthest, and the style."""
        chain: list[XmlElement] = []
        style = self._styles.get((family, name or ""))
        while style is not None and len(chain) < MOST_PARENTS:
            chain.append(style)
            style = self._styles.get((family, style.get(f"{STYLE}parent-style-name", "")))
        default = self._defaults.get(family)
        return [*([] if default is None else [default]), *reversed(chain)]

    def _attributes(self, family: str, name: str | None, properties: str) -> Attributes:
        found: Attributes = {}
        for style in self._chain(family, name):
            for element in style.iterchildren(properties):
                if f"{FO}color" in element.attrib:
                    found = {key: value for key, value in found.items() if key not in OF_COLOUR}
                found.update(element.attrib)
        return found

    def look(self, family: str, name: str | None, base: RunFormat) -> RunFormat:
        """Return how characters of the style look; `base` is the look of what is around them."""
        key = (family, name or "", base)
        if key not in self._looks:
            attributes = self._attributes(family, name, TEXT_PROPERTIES)
            self._looks[key] = base._replace(**_settings(attributes, base.size))
        return self._looks[key]

    def layout(self, name: str | None) -> Layout:
        """Return how a paragraph of the style is placed."""
        if (name or "") not in self._layouts:
            self._layouts[name or ""] = self._layout(name)
        return self._layouts[name or ""]

    def _layout(self, name: str | None) -> Layout:
        attributes = self._attributes("paragraph", name, PARAGRAPH_PROPERTIES)
        tabs: list[tuple[float, str]] = []
        masters = [""]
        for style in self._chain("paragraph", name):
            stops = style.iterfind(f"{PARAGRAPH_PROPERTIES}/{STYLE}tab-stops/{STYLE}tab-stop")
            own = [
                (length(stop.get(f"{STYLE}position")) or 0, stop.get(f"{STYLE}type", "left"))
                for stop in stops
            ]
            tabs = own or tabs
            masters += [style.get(f"{STYLE}master-page-name", masters[-1])]
        number = attributes.get(f"{STYLE}page-number", "")
        return Layout(
            centred=attributes.get(f"{FO}text-align") in ("center", "right", "end"),
            first_tab=min(tabs)[1] if tabs else None,
            ground=colour(attributes.get(f"{FO}background-color")) or AUTO,
            master=masters[-1],
            breaks=attributes.get(f"{FO}break-before") == "page",
            number=int(number) if number.isdecimal() and len(number) < 9 else None,
        )

    def table_master(self, name: str | None) -> str:
        """Return the master page that a table of the style begins."""
        masters = [style.get(f"{STYLE}master-page-name", "") for style in self._chain("table", name)]
        return next(filter(None, reversed(masters)), "")

    def is_hidden_table(self, name: str | None) -> bool:
        """Return whether a table of the style, a sheet, is not shown."""
        return self._attributes("table", name, TABLE_PROPERTIES).get(f"{TABLE}display") == "false"

    def slide(self, name: str | None) -> Attributes:
        """Return the properties of a slide's or a master page's style."""
        return self._attributes("drawing-page", name, SLIDE_PROPERTIES)

    def cell_ground(self, name: str | None) -> str:
        """Return the colour that a cell of the style paints."""
        return (
            colour(self._attributes("table-cell", name, CELL_PROPERTIES).get(f"{FO}background-color")) or AUTO
        )

    def is_hidden_section(self, section: XmlElement) -> bool:
        """Return whether a section is not shown: always, or as its condition was when the file was saved."""
        shown: str = section.get(f"{TEXT}display", "true")
        return shown == "none" or (shown == "condition" and section.get(f"{TEXT}is-hidden") == "true")

    def shape(self, family: str, name: str | None) -> Shape:
        """Return how a shape of the style is placed."""
        attributes = self._attributes(family, name, GRAPHIC_PROPERTIES)
        fill = attributes.get(f"{DRAW}fill", "none" if f"{FO}background-color" not in attributes else "solid")
        painted = colour(attributes.get(f"{DRAW}fill-color") or attributes.get(f"{FO}background-color"))
        return Shape(
            attributes.get(f"{STYLE}vertical-pos", ""),
            attributes.get(f"{STYLE}vertical-rel", ""),
            attributes.get(f"{STYLE}run-through") == "background",
            AUTO if fill == "none" else UNKNOWN if fill != "solid" else painted or UNKNOWN,
            attributes.get(f"{DRAW}textarea-vertical-align", ""),
        )


def _settings(attributes: Attributes, size: float | None) -> dict[str, Any]:
    """Return what text properties set of RunFormat; `size` is that of the text around."""
    settings: dict[str, Any] = {}
    for name, value in attributes.items():
        if name in _TOGGLES:
            field, on = _TOGGLES[name]
            settings[field] = on(value) or settings.get(field, False)
        elif name == f"{FO}font-size":
            share = _LENGTH.fullmatch(value)
            is_share = share is not None and share[2] == "%"
            settings["size"] = size * float(share[1]) / 100 if is_share and share and size else length(value)
        elif name == f"{FO}color":
            settings["colour"] = colour(value) or AUTO
        elif name == f"{FO}background-color":
            settings["shade"] = colour(value)
    if attributes.get(WINDOW_COLOUR) == "true":
        settings.update(colour=AUTO, filled=True)
    return settings


_TOGGLES: dict[str, tuple[str, Callable[[str], bool]]] = {
    f"{FO}font-weight": ("bold", lambda value: value == "bold" or value in ("600", "700", "800", "900")),
    f"{FO}text-transform": ("caps", lambda value: value == "uppercase"),
    f"{FO}font-variant": ("small_caps", lambda value: value == "small-caps"),
    f"{TEXT}display": ("hidden", lambda value: value == "none"),
    f"{STYLE}text-line-through-style": ("struck", lambda value: value != "none"),
    f"{STYLE}text-line-through-type": ("struck", lambda value: value != "none"),
    f"{STYLE}text-outline": ("outlined", lambda value: value == "true"),
    f"{FO}text-shadow": ("outlined", lambda value: value != "none"),
    f"{STYLE}font-relief": ("outlined", lambda value: value != "none"),
    OPACITY: ("filled", lambda value: not _INVISIBLE.fullmatch(value)),
}
"""Attributes -> what they set of RunFormat, and with which values."""


def colour(value: str | None) -> str | None:
    """Return a colour as RRGGBB, None for one that lets what is behind it show."""
    written = (value or "").removeprefix("#")
    return written.upper() if RRGGBB.fullmatch(written) else None


def length(value: str | None) -> float | None:
    """Return a length in points; None for one that isn't absolute."""
    found = _LENGTH.fullmatch(value or "")
    return float(found[1]) * POINTS[found[2]] if found and found[2] in POINTS else None


def scopes_of(root: XmlElement | None, *names: str) -> list[XmlElement]:
    """Return the elements of a part that hold styles."""
    found = [] if root is None else [root.find(f"{OFFICE}{name}") for name in names]
    return [element for element in found if element is not None]
