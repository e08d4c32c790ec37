"""How characters on a slide look.

What sets nothing by itself takes after its shape, the placeholder of the layout and the master, the master's
styles and the presentation's (ECMA-376 19.3.1.52, 21.1.2.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.readers.flow.colour import UNKNOWN
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.flow.text_body import USUAL_SIZE
from countermark.readers.ooxml.fills import FILLS, NO_FILL, SOLID_FILL
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.theme import drawn_colour, opacity
from countermark.readers.ooxml.values import OFF, whole_number
from countermark.readers.pptx.shapes import TITLES, P

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from countermark.readers.pptx.shapes import Placeholder
    from countermark.support.safe_xml import XmlElement

HUNDREDTHS = 100
SEEN_FROM = 0.05
"""How opaque letters are at least that somebody sees."""


class ParagraphLook(NamedTuple):
    """How a paragraph's characters look that set nothing themselves, and whether it is centred."""

    characters: Sequence[XmlElement]
    centred: bool


class Looks:
    """How the characters of one shape look.

    `styles` are the list styles that it takes after, its own first; `reference` is the fontRef of its
    style, if any.
    """

    def __init__(
        self, styles: Iterable[XmlElement | None], reference: XmlElement | None, theme: Mapping[str, str]
    ) -> None:
        self._styles = [style for style in styles if style is not None]
        self._reference, self._theme = reference, theme
        self._known: dict[str, ParagraphLook] = {}

    def paragraph(self, properties: XmlElement | None) -> ParagraphLook:
        """Return the look of a paragraph with these properties (pPr)."""
        level = min(whole_number(properties.get("lvl", "0") if properties is not None else "0") or 0, 8)
        known = self._level(f"{A}lvl{level + 1}pPr")
        align = properties.get("algn") if properties is not None else None
        return known._replace(centred=align == "ctr") if align else known

    def characters(self, run: XmlElement | None, paragraph: ParagraphLook) -> RunFormat:
        """Return the look of characters with these properties (rPr) in a paragraph."""
        levels = [run, *paragraph.characters] if run is not None else list(paragraph.characters)
        colour, filled = self._painted(levels)
        highlight = drawn_colour(run.find(f"{A}highlight"), self._theme) if run is not None else None
        size = whole_number(_first(levels, "sz"))
        return RunFormat(
            size=size / HUNDREDTHS if size else USUAL_SIZE,
            colour=colour,
            highlight=highlight,
            bold=_first(levels, "b", "0") not in OFF,
            caps=_first(levels, "cap") in ("all", "small"),
            struck=_first(levels, "strike", "noStrike") != "noStrike",
            filled=filled,
            outlined=any(level.find(f"{A}ln/{SOLID_FILL}") is not None for level in levels),
        )

    def _level(self, tag: str) -> ParagraphLook:
        if tag not in self._known:
            found = [level for style in self._styles if (level := style.find(tag)) is not None]
            characters = [
                properties for level in found if (properties := level.find(f"{A}defRPr")) is not None
            ]
            self._known[tag] = ParagraphLook(characters, _first(found, "algn") == "ctr")
        return self._known[tag]

    def _painted(self, levels: Sequence[XmlElement]) -> tuple[str | None, bool]:
        """Return the colour of letters, None where it can't be told, and whether they are painted at all."""
        fills = (fill for level in levels for fill in level if fill.tag in FILLS)
        fill = next(fills, None)
        if fill is None:
            colour = drawn_colour(self._reference, self._theme) or self._theme.get("tx1")
            return colour, True
        if fill.tag == NO_FILL:
            return None, False
        if fill.tag != SOLID_FILL:
            return None, True
        return drawn_colour(fill, self._theme), opacity(fill) > SEEN_FROM


def list_styles(
    shape: XmlElement, placeholder: Placeholder | None, above: Sequence[XmlElement | None], master: XmlElement
) -> Iterator[XmlElement | None]:
    """Return the list styles that a shape takes after.

    Its own, those of the placeholders `above` it, the master's for its kind of placeholder.
    """
    for element in (shape, *above):
        if element is not None:
            yield element.find(f"{P}txBody/{A}lstStyle")
    if placeholder is not None and master is not None:
        kind = "titleStyle" if placeholder.type in TITLES else "bodyStyle"
        yield master.find(f"{P}txStyles/{P}{'otherStyle' if placeholder.type in _OTHER else kind}")


_OTHER = frozenset(("dt", "ftr", "sldNum", "hdr"))


def page_ground(roots: Iterable[XmlElement | None], theme: Mapping[str, str]) -> str:
    """Return the colour behind a slide: of the first of `roots` that sets one, slide, layout, master."""
    for root in roots:
        background = root.find(f"{P}cSld/{P}bg") if root is not None else None
        if background is None:
            continue
        fill = background.find(f"{P}bgPr/{SOLID_FILL}")
        reference = background.find(f"{P}bgRef")
        if fill is None and reference is not None and reference.get("idx") == "1001":
            fill = reference
        return drawn_colour(fill, theme) or UNKNOWN
    return theme.get("bg1", UNKNOWN)


def _first(levels: Iterable[XmlElement], name: str, absent: str = "") -> str:
    return next((value for level in levels if (value := level.get(name)) is not None), absent)
