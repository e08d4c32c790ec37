"""What the property elements of Word runs and paragraphs set, and how it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from countermark.readers.docx.colour import HIGHLIGHTS, shade, text_colour, themed
from countermark.readers.docx.placements import frame_placement
from countermark.readers.flow.colour import AUTO, RRGGBB, UNKNOWN, WHITE
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.theme import Palette, drawn_colour
from countermark.readers.ooxml.values import HALF_POINTS, TWIPS, is_on, points, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from countermark.readers.flow.placement import Placement
    from countermark.support.safe_xml import XmlElement

SIZE, COLOUR, CHARACTER_STYLE = f"{W}sz", f"{W}color", f"{W}rStyle"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
VML_FILL = "{urn:schemas-microsoft-com:vml}fill"
TRANSPARENT = 95_000
SHADE, HIGHLIGHT = f"{W}shd", f"{W}highlight"
ALIGNMENT, TABS, PARAGRAPH_STYLE = f"{W}jc", f"{W}tabs", f"{W}pStyle"
NEW_PAGE = f"{W}pageBreakBefore"
FRAME, NUMBERING, MARK, SECTION = f"{W}framePr", f"{W}numPr", f"{W}rPr", f"{W}sectPr"
TOGGLES = {
    f"{W}b": "bold",
    f"{W}caps": "caps",
    f"{W}smallCaps": "small_caps",
    f"{W}vanish": "hidden",
    f"{W}strike": "struck",
    f"{W}dstrike": "struck",
}
RAISED = frozenset(f"{W}{name}" for name in ("emboss", "imprint", "shadow"))
"""What draws an edge in another colour around letters."""
HIDES_MARK = frozenset((f"{W}vanish", f"{W}specVanish"))
CHANGES = frozenset(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "numberingChange")
)
"""Elements in properties that say of a tracked change (ECMA-376 17.13.5)."""

Explicit = dict[str, Any]
"""The fields of RunFormat or Layout that an element sets, and no others."""


class Layout(NamedTuple):
    """How a paragraph is placed.

    `tabs` are its tab stops, each a position in points and an alignment; `ground` the colour painted
    behind it, AUTO for none; `frame` how it floats (`drop` as a capital in the paragraph that follows)
    and `placement` where; `numbering` the identifier and level of its list.
    """

    centred: bool = False
    tabs: tuple[tuple[float, str], ...] = ()
    ground: str | None = None
    frame: str | None = None
    placement: Placement | None = None
    list_id: str | None = None
    level: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing but its alignment and tab stops sets it apart."""
        return not (self.ground or self.frame or self.list_id)

    @property
    def first_tab(self) -> str | None:
        """The alignment of the leftmost tab stop."""
        return min(self.tabs)[1] if self.tabs else None


def character_settings(properties: XmlElement | None, theme: Palette) -> Explicit:
    """Return what an rPr element sets of RunFormat, and its character style as `style`."""
    settings: Explicit = {}
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag in TOGGLES:
            settings[TOGGLES[tag]] = is_on(element) or settings.get(TOGGLES[tag], False)
        elif tag == SIZE:
            settings["size"] = points(element.get(VAL), HALF_POINTS)
        elif tag == COLOUR:
            settings["colour"] = text_colour(element, theme)
        elif tag == CHARACTER_STYLE:
            settings["style"] = element.get(VAL)
        elif tag == SHADE:
            settings.update(_shade("shade", element, theme))
        elif tag == HIGHLIGHT:
            settings["highlight"] = HIGHLIGHTS.get(element.get(VAL, ""), AUTO)
        elif tag in _RARE:
            settings.update(_RARE[tag](element, theme))
    return settings


def _shade(name: str, element: XmlElement, theme: Palette) -> Explicit:
    painted = shade(element, theme)
    return {} if painted is None else {name: painted}


def _text_fill(element: XmlElement, theme: Palette) -> Explicit:
    """Return how letters are painted ([MS-DOCX] 2.6.2).

    Where that is not one colour, what is set beside it.
    """
    settings: Explicit = {"filled": element.find(f"{W14}noFill") is None and not _is_transparent(element)}
    colour = drawn_colour(element.find(f"{W14}solidFill"), theme)
    if colour is not None:
        settings["colour"] = colour
    return settings


def _is_transparent(fill: XmlElement) -> bool:
    """Return whether a fill lets nearly all shine through.

    `alpha` is how much, in thousandths of a percent.
    """
    alpha = fill.find(f"{W14}solidFill/*/{W14}alpha")
    value = whole_number(alpha.get(f"{W14}val")) if alpha is not None else None
    return value is not None and value >= TRANSPARENT


_RARE: dict[str, Callable[[XmlElement, Palette], Explicit]] = {
    f"{W14}textFill": _text_fill,
    f"{W14}textOutline": lambda element, _: {"outlined": element.find(f"{W14}solidFill") is not None},
    **dict.fromkeys(RAISED, lambda element, _: {"outlined": True} if is_on(element) else {}),
    **dict.fromkeys(CHANGES, lambda *_: {"changed": True}),
}


def layout_settings(properties: XmlElement | None, theme: Palette) -> Explicit:
    """Return what a pPr element sets of Layout.

    Its paragraph style as `style`, its sectPr as `section`, whether it begins a page as `new_page`, and
    of its mark whether it is `hidden` and whether a tracked change stands (`changed`).
    """
    settings: Explicit = {}
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag in _LAYOUT:
            settings.update(_LAYOUT[tag](element))
        elif tag == SHADE:
            settings.update(_shade("ground", element, theme))
        elif tag in CHANGES:
            settings["changed"] = True
    return settings


def _tabs(element: XmlElement) -> Explicit:
    stops = element.iterfind(f"{W}tab")
    return {"tabs": {points(tab.get(f"{W}pos"), TWIPS) or 0.0: tab.get(VAL, "left") for tab in stops}}


def _mark(element: XmlElement) -> Explicit:
    settings: Explicit = {}
    for child in element:
        if child.tag in HIDES_MARK and is_on(child):
            settings["hidden"] = True
        elif child.tag in CHANGES:
            settings["changed"] = True
    return settings


def _frame(element: XmlElement) -> Explicit:
    drop = element.get(f"{W}dropCap", "none")
    settings: Explicit = {
        "frame": "box" if drop == "none" else "drop",
        "placement": frame_placement(element) if drop == "none" else None,
    }
    if element.get(f"{W}xAlign") == "center":
        settings["centred"] = True
    return settings


def _numbering(element: XmlElement) -> Explicit:
    names = {f"{W}numId": "list_id", f"{W}ilvl": "level"}
    return {names[child.tag]: child.get(VAL) for child in element if child.tag in names}


_LAYOUT: dict[str, Callable[[XmlElement], Explicit]] = {
    PARAGRAPH_STYLE: lambda element: {"style": element.get(VAL)},
    ALIGNMENT: lambda element: {"centred": element.get(VAL) in ("center", "right", "end")},
    SECTION: lambda element: {"section": element},
    TABS: _tabs,
    MARK: _mark,
    FRAME: _frame,
    NEW_PAGE: lambda element: {"new_page": is_on(element)},
    NUMBERING: _numbering,
}


def with_layout(layout: Layout, settings: Explicit) -> Layout:
    """`layout` with what `settings` say on top; a tab stop named `clear` removes one."""
    more = {name: settings[name] for name in Layout._fields if name in settings}
    if "tabs" in more:
        tabs = {**dict(layout.tabs), **more["tabs"]}
        more["tabs"] = tuple((at, alignment) for at, alignment in tabs.items() if alignment != "clear")
    return layout._replace(**more) if more else layout


def page_background(root: XmlElement, settings: XmlElement | None, theme: Palette) -> str:
    """Return the colour of the paper, where the settings have it shown (ECMA-376 17.2.1)."""
    background = root.find(f"{W}background")
    shown = settings is not None and is_on(settings.find(f"{W}displayBackgroundShape"))
    if background is None or not shown:
        return WHITE
    if next(background.iter(VML_FILL), None) is not None:
        return UNKNOWN
    colour = themed(background, theme, "theme") or background.get(f"{W}color", "")
    if RRGGBB.fullmatch(colour):
        return colour.upper()
    return WHITE if colour == AUTO else UNKNOWN
