"""How text in an element of HTML looks: whether it is seen, and where it is shown (CSS 2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Unseen, Zone
from countermark.readers.flow.colour import UNKNOWN, WHITE, is_same, mixed
from countermark.readers.html.colours import colour_of
from countermark.readers.html.sheet import Declarations, Sheet, declarations, resolved

if TYPE_CHECKING:
    from countermark.support.safe_xml import XmlElement

_BLACK = "000000"
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|pc|cm|mm|in|vw|vh|%|)(?![\w.])")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "ex": 6.0, "pc": 12.0, "cm": 28.3, "mm": 2.83}
_POINTS |= {"in": 72.0, "vw": 6.0, "vh": 8.0, "%": 6.0, "": 0.75}
"""Points of a unit, by a type size of 12 points and a page of A4 where it depends on these."""
_SMALLEST = 1.0
"""Points of a type size below which text can't be read."""
_FAR_OUT = -300.0
"""Points beyond an edge at which something is not on the page."""
_TINY = 1.5
"""Points of a box in which nothing can be read."""
_FAINT = 0.02
_WEIGHTS = {"bold": 700, "bolder": 700, "normal": 400, "lighter": 300}
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_STYLED = _BOLD | {"s", "strike", "del", "center", "pre", "textarea", "xmp", "listing", "plaintext"}
"""Elements that look otherwise without any style."""
_INLINE_DISPLAY = frozenset(("inline", "inline-block", "inline-flex", "inline-grid", "contents"))
_OUT_OF_FLOW = frozenset(("absolute", "fixed"))
_ON_EVERY_PAGE = frozenset(("fixed", "sticky"))
_SHIFTS = ("text-indent", "margin-left", "margin-top", "margin", "margin-right")
_SIDES = ("left", "top", "right", "bottom", "inset")
_CLIPPED = re.compile(
    r"rect\(\s*(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?\s*\)"
)
_INSET = re.compile(r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0")
_SCALED = re.compile(r"scale(?:x|y|3d)?\(\s*0(?:\.0*)?\s*[,)]")
_MOVED = re.compile(r"translate(?:x|y|3d)?\(\s*([^,()]+)(?:,\s*([^,()]+))?")


class Look(NamedTuple):
    """How text looks inside an element.

    `display` is that of the element where its style says it; `zone` that of what is shown at the edge of
    every page.
    """

    unseen: Unseen | None = None
    colour: str = _BLACK
    background: str = WHITE
    weight: int = 400
    is_centred: bool = False
    is_struck: bool = False
    is_upper: bool = False
    is_preformatted: bool = False
    zone: Zone | None = None
    display: str = ""


def look_of(element: XmlElement, outer: Look, sheet: Sheet) -> Look:
    """Return how text looks in an element, given how it does around it."""
    tag = element.tag
    declared = sheet.declared(element)
    if not declared and not element.attrib and tag not in _STYLED:
        return outer._replace(display="") if outer.display else outer
    style = resolved(declared | declarations(element.get("style", "")))
    background = _background(element, style)
    ground = outer.background if background is None else background
    colour, alpha = _colour(element, style, outer, ground)
    align = style.get("text-align") or element.get("align", "").lower()
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    unseen = _outlasting(outer, style) or _hidden(element, style)
    if unseen is None and (alpha < _FAINT or is_same(colour, ground)):
        unseen = Unseen.invisible if alpha < _FAINT else Unseen.colour
    return Look(
        unseen,
        colour,
        ground,
        weight=_weight(tag, style, outer),
        is_centred=(align in ("center", "right", "end") if align else outer.is_centred) or tag == "center",
        is_struck=outer.is_struck or "line-through" in decoration or tag in ("s", "strike", "del"),
        is_upper=style.get("text-transform", "uppercase" if outer.is_upper else "") == "uppercase",
        is_preformatted=_is_preformatted(tag, style, outer),
        zone=outer.zone or _zone(style),
        display=_display(style),
    )


def content_of(element: XmlElement, pseudo: str, sheet: Sheet) -> str:
    """Return the text that a style adds `before` or `after` what an element holds (CSS 2.1, 12.2)."""
    declared = sheet.declared(element, pseudo)
    return written_content(resolved(declared).get("content", "")) if declared else ""


def written_content(value: str) -> str:
    """Return the strings that the value of `content` holds."""
    quoted = re.findall(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'", value)
    text = "".join(double or other for double, other in quoted)
    coded = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda match: _character(match[1]), text)
    return re.sub(r"\\(.)", r"\1", coded)


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _outlasting(outer: Look, style: Declarations) -> Unseen | None:
    """Return why what is around an element keeps it from being seen, unless its own style undoes it.

    What it says of colour is looked at anew.
    """
    if outer.unseen is Unseen.colour or (outer.unseen is Unseen.size and "font-size" in style):
        return None
    if outer.unseen is Unseen.hidden and style.get("visibility") == "visible":
        return None
    return outer.unseen


def _hidden(element: XmlElement, style: Declarations) -> Unseen | None:
    if element.get("hidden") is not None and "display" not in style:
        return Unseen.hidden
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return Unseen.hidden
    if style.get("mso-hide") == "all" or style.get("content-visibility") == "hidden":
        return Unseen.hidden
    opacity = _points(style.get("opacity", ""))
    if opacity is not None and opacity / _POINTS[""] < _FAINT:
        return Unseen.invisible
    if _is_clipped(style):
        return Unseen.clipped
    if _is_off_page(style):
        return Unseen.off_page
    size = _points(style.get("font-size") or _shorthand_size(style.get("font", "")))
    return Unseen.size if size is not None and size < _SMALLEST else None


def _shorthand_size(font: str) -> str:
    """Return the size in `font`: the first length in it."""
    found = re.search(rf"(?<![\w.-]){_LENGTH.pattern}", font)
    return found[0] if found and found[2] else ""


def _is_clipped(style: Declarations) -> bool:
    box = (style.get(name, "") for name in ("height", "width", "max-height", "max-width"))
    sizes = [size for size in map(_points, box) if size is not None]
    is_small = any(size <= _TINY for size in sizes) and style.get("overflow", "").startswith(
        ("hidden", "clip")
    )
    is_cut = style.get("position") in _OUT_OF_FLOW and bool(_CLIPPED.match(style.get("clip", "")))
    is_scaled = bool(_SCALED.search(style.get("transform", ""))) or style.get("scale") == "0"
    return is_small or is_cut or is_scaled or bool(_INSET.match(style.get("clip-path", "")))


def _is_off_page(style: Declarations) -> bool:
    is_placed = style.get("position") in (*_OUT_OF_FLOW, "relative", "sticky")
    names = [*_SHIFTS, *(_SIDES if is_placed else ())]
    moved = _MOVED.search(style.get("transform", ""))
    values = [style.get(name, "") for name in names]
    values += [part or "" for part in moved.groups()] if moved else []
    return any((_points(value.strip()) or 0.0) < _FAR_OUT for value in values)


def _background(element: XmlElement, style: Declarations) -> str | None:
    """Return the ground that an element paints; UNKNOWN for a picture, None where it paints none."""
    written = style.get("background-color") or style.get("background") or element.get("bgcolor", "").lower()
    pictured = style.get("background", "") + style.get("background-image", "")
    if "url(" in pictured or "gradient(" in pictured or element.get("background"):
        return UNKNOWN
    found = colour_of(written)
    if found is None or found.alpha < _FAINT:
        return None
    return found.rgb if found.alpha > 1 - _FAINT else mixed(found.rgb, WHITE, found.alpha)


def _colour(element: XmlElement, style: Declarations, outer: Look, ground: str) -> tuple[str, float]:
    """Return the colour of an element's text and how opaque it is."""
    written = style.get("-webkit-text-fill-color") or style.get("color")
    if written is None and element.tag in ("font", "body"):
        written = element.get("color" if element.tag == "font" else "text", "").lower()
    found = colour_of(written or "")
    if found is None:
        return outer.colour, 1.0
    if found.alpha < 1 and ground != UNKNOWN:
        return mixed(found.rgb, ground, found.alpha), found.alpha
    return found.rgb, found.alpha


def _weight(tag: str, style: Declarations, outer: Look) -> int:
    written = style.get("font-weight", "")
    named = _WEIGHTS.get(written) or (int(written) if re.fullmatch(r"[1-9]\d{1,2}", written) else None)
    return named or (_WEIGHTS["bold"] if tag in _BOLD else outer.weight)


def _is_preformatted(tag: str, style: Declarations, outer: Look) -> bool:
    written = style.get("white-space")
    if written is None:
        return outer.is_preformatted or tag in ("pre", "textarea", "xmp", "listing", "plaintext")
    return written.startswith(("pre", "break-spaces"))


def _zone(style: Declarations) -> Zone | None:
    """Return where something is shown that stays when a page is scrolled, and is on each page when it is
    printed.
    """
    if style.get("position") not in _ON_EVERY_PAGE:
        return None
    if "top" in style and style["top"] != "auto":
        return Zone.header
    return Zone.footer if "bottom" in style and style["bottom"] != "auto" else None


def _display(style: Declarations) -> str:
    """`block` or `inline` where the style says which; text that is taken out of the flow is a block."""
    if style.get("position") in _OUT_OF_FLOW or style.get("float") in ("left", "right"):
        return "block"
    display = style.get("display", "")
    if not display or display.startswith("table-cell"):
        return ""
    return "inline" if display in _INLINE_DISPLAY else "block"


def _points(value: str) -> float | None:
    """Return a length in points; None where it is none."""
    match = _LENGTH.match(value)
    return float(match[1]) * _POINTS[match[2]] if match else None
