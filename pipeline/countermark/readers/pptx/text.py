"""The text in a shape: a line for each paragraph, and for each piece of one between line breaks, placed about
where it is drawn.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Box
from countermark.readers.flow.lines import lines_of
from countermark.readers.flow.placed import PlacedLine
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.values import whole_number
from countermark.readers.pptx.looks import USUAL_SIZE
from countermark.readers.pptx.shapes import EMU

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.readers.flow.lines import RunText, Text, TextContext
    from countermark.readers.pptx.looks import Looks
    from countermark.support.safe_xml import XmlElement

RUN, FIELD, BREAK = f"{A}r", f"{A}fld", f"{A}br"
FORMULA = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
NUMBER_FIELD = "slidenum"
LINE_HEIGHT = 1.2
"""In sizes of type."""
NARROW, WIDE = 0.5, 1.0
"""The usual widths of characters, in sizes of type."""
INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
"""ECMA-376 21.1.2.1.1."""
ANCHORS = {"ctr": 0.5, "b": 1.0}
"""How much of the free height lies above the text."""


class TextBody(NamedTuple):
    """Where the text of a shape lies: in `box`, less its `insets`, so much of the free height above it."""

    box: Box | None
    anchor: float = 0.0
    insets: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    upright: bool = True


def text_body(box: Box | None, properties: Iterable[XmlElement | None]) -> TextBody:
    """Return where text lies; `properties` are the body properties (bodyPr) that hold, its own first."""
    known = [each for each in properties if each is not None]

    def stated(name: str) -> str | None:
        return next((value for each in known if (value := each.get(name)) is not None), None)

    insets = [whole_number(stated(name)) for name in INSETS]
    left, top, right, bottom = (
        (usual if inset is None else inset) / EMU
        for inset, usual in zip(insets, INSETS.values(), strict=True)
    )
    upright = stated("vert") in (None, "horz")
    return TextBody(box, ANCHORS.get(stated("anchor") or "", 0.0), (left, top, right, bottom), upright)


def lines_in(
    body: XmlElement, looks: Looks, context: TextContext, part: str, number: int, where: TextBody
) -> list[PlacedLine]:
    """Return the lines of a text body (txBody) on the slide with this number."""
    found: list[tuple[Sequence[Text], bool]] = []
    for paragraph in body.iterchildren(f"{A}p"):
        own = looks.paragraph(paragraph.find(f"{A}pPr"))
        for pieces in _between_breaks(paragraph, looks, context, number):
            lines = list(lines_of(pieces, part, centred=own.centred)) if pieces else []
            found.append((lines, own.centred))
    if where.box is None or not where.upright:
        return [PlacedLine(line, where.box) for lines, _ in found for line in lines]
    return list(_placed(found, where, where.box))


def _between_breaks(
    paragraph: XmlElement, looks: Looks, context: TextContext, number: int
) -> Iterator[list[RunText]]:
    own = looks.paragraph(paragraph.find(f"{A}pPr"))
    pieces: list[RunText] = []
    for element in paragraph:
        if element.tag == BREAK:
            yield pieces
            pieces = []
        elif element.tag in (RUN, FIELD):
            text = element.findtext(f"{A}t") or ""
            if element.tag == FIELD and element.get("type") == NUMBER_FIELD:
                text = str(number)
            pieces.append((text, context, looks.characters(element.find(f"{A}rPr"), own)))
        elif element.tag == FORMULA:
            text = "".join(element.itertext(FORMULA_TEXT))
            pieces.append((text, context, looks.characters(None, own)))
    yield pieces


def _placed(found: Sequence[tuple[Sequence[Text], bool]], where: TextBody, box: Box) -> Iterator[PlacedLine]:
    left, top, right, bottom = where.insets
    width = max(1.0, box.width - left - right)
    heights = [_height(lines[0] if lines else None, width) for lines, _ in found]
    free = box.height - top - bottom - sum(heights)
    y = box.y0 + top + where.anchor * free
    for (lines, centred), height in zip(found, heights, strict=True):
        for line in lines:
            own = min(width, _width(line))
            x = box.x0 + left + ((width - own) / 2 if centred else 0.0)
            yield PlacedLine(line, Box(x, y, x + own, y + height))
        y += height


def _height(line: Text | None, width: float) -> float:
    if line is None:
        return USUAL_SIZE * LINE_HEIGHT
    rows = max(1, -(-_width(line) // width))
    return rows * _size(line.format) * LINE_HEIGHT


def _width(line: Text) -> float:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line.text)
    return _size(line.format) * (WIDE * wide + NARROW * (len(line.text) - wide))


def _size(look: RunFormat) -> float:
    return look.size or USUAL_SIZE
