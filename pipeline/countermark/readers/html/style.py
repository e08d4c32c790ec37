"""What styles of HTML say of text: whether it is seen, centred, struck through (CSS 2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Unseen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.support.safe_xml import XmlElement

BLOCK_END = "\n"
Declarations = dict[str, str]
Sheet = dict[str, Declarations]
"""Declarations by simple selector: `p`, `.note`, `#top`, `p.note`."""

_WHITE, _BLACK = "ffffff", "000000"
_COLOURS = {
    "white": _WHITE,
    "black": _BLACK,
    "red": "ff0000",
    "blue": "0000ff",
    "green": "008000",
    "yellow": "ffff00",
    "gray": "808080",
    "grey": "808080",
    "silver": "c0c0c0",
    "navy": "000080",
    "lime": "00ff00",
    "windowtext": _BLACK,
    "window": _WHITE,
}
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|)\s*$")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
_CSS_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_AT_BLOCK = re.compile(r"@[^{;]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,20000})\}")
_SIMPLE = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)?")
_SMALLEST = 1.5
"""Pixels or points below which text can't be read."""
_FAR_OUT = -500.0
_GONE = ("0", "0px", "0pt", "0%")


class Look(NamedTuple):
    """How text looks inside an element."""

    unseen: Unseen | None = None
    colour: str = _BLACK
    background: str = _WHITE
    is_centred: bool = False
    is_struck: bool = False


def sheet_of(styles: Iterable[str]) -> Sheet:
    """Return the declarations of style sheets; what holds under a condition (`@media`) is left out."""
    sheet: Sheet = {}
    for css in styles:
        for selectors, body in _RULE.findall(_AT_BLOCK.sub("", _CSS_COMMENT.sub("", css))):
            declared = _declarations(body)
            for selector in selectors.lower().split(","):
                if _SIMPLE.fullmatch(name := selector.strip()):
                    sheet.setdefault(name, {}).update(declared)
    return sheet


def _declarations(text: str) -> Declarations:
    pairs = (item.partition(":") for item in text.lower().split(";"))
    return {name.strip(): _IMPORTANT.sub("", value).strip() for name, colon, value in pairs if colon}


def look_of(element: XmlElement, outer: Look, sheet: Sheet) -> Look:
    """Return how text looks in an element, given how it does around it."""
    style = _style(element, sheet)
    colour = _colour(style.get("color", "")) or outer.colour
    background = _colour(style.get("background-color", "") or style.get("background", ""))
    background = background or _colour(element.get("bgcolor", "").lower()) or outer.background
    if element.tag == "font":
        colour = _colour(element.get("color", "").lower()) or colour
    align = style.get("text-align") or element.get("align", "").lower()
    is_centred = (align == "center" if align else outer.is_centred) or element.tag == "center"
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    hidden = _hidden(element, style) or (Unseen.colour if colour == background else None)
    unseen = _outlasting(outer, style) or hidden
    return Look(unseen, colour, background, is_centred, outer.is_struck or "line-through" in decoration)


def _outlasting(outer: Look, style: Declarations) -> Unseen | None:
    """Why what is around an element keeps it from being seen, unless its own style undoes it."""
    if outer.unseen is Unseen.colour and ("color" in style or "background-color" in style):
        return None
    if outer.unseen is Unseen.size and "font-size" in style:
        return None
    return outer.unseen


def _style(element: XmlElement, sheet: Sheet) -> Declarations:
    """The declarations that hold for an element: of its name, its classes, its identity, its own."""
    found: Declarations = {}
    if sheet:
        tag = element.tag
        names = [tag]
        for name in element.get("class", "").lower().split():
            names += [f".{name}", f"{tag}.{name}"]
        if identity := element.get("id", "").lower():
            names += [f"#{identity}", f"{tag}#{identity}"]
        for name in names:
            found |= sheet.get(name, {})
    return found | _declarations(element.get("style", ""))


def _hidden(element: XmlElement, style: Declarations) -> Unseen | None:
    if element.get("hidden") is not None or (element.tag == "input" and element.get("type") == "hidden"):
        return Unseen.hidden
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return Unseen.hidden
    if style.get("mso-hide") == "all":
        return Unseen.hidden
    if _number(style.get("opacity", "")) == 0:
        return Unseen.invisible
    if any(style.get(name) in _GONE for name in ("max-height", "height", "width", "max-width")) and (
        style.get("overflow") == "hidden"
    ):
        return Unseen.clipped
    if any(
        (_number(style.get(name, "")) or 0) < _FAR_OUT
        for name in ("left", "top", "text-indent", "margin-left")
    ):
        return Unseen.off_page
    return Unseen.size if _is_tiny(style) else None


def _is_tiny(style: Declarations) -> bool:
    match = _LENGTH.match(style.get("font-size", ""))
    size = _number(style.get("font-size", "")) if match else None
    if match is None or size is None:
        return False
    is_relative = match[2] in ("em", "rem", "%")
    return size == 0 if is_relative else size < _SMALLEST


def _number(value: str) -> float | None:
    match = _LENGTH.match(value)
    try:
        return float(match[1]) if match else None
    except ValueError:
        return None


def _colour(value: str) -> str:
    """A colour as RRGGBB; empty where it is none that is known."""
    if found := _RGB.search(value):
        if found[4] and _number(found[4]) == 0:
            return ""
        return "".join(f"{min(int(number), 255):02x}" for number in found.groups()[:3])
    if (name := next((word for word in value.split() if word in _COLOURS), None)) is not None:
        return _COLOURS[name]
    found = _HEX.match(value.strip())
    if not found:
        return ""
    digits = found[1]
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
