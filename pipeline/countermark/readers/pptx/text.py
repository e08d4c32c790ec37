"""The text in a shape: a line for each paragraph, and for each piece of one between line breaks, placed about
where it is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.flow.lines import lines_of
from countermark.readers.flow.placed import PlacedLine
from countermark.readers.flow.text_body import TextBody, placed_in
from countermark.readers.ooxml.namespaces import A
from countermark.readers.ooxml.values import whole_number
from countermark.readers.pptx.shapes import EMU

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from countermark.model import Box
    from countermark.readers.flow.lines import RunText, Text, TextContext
    from countermark.readers.pptx.looks import Looks, ParagraphLook
    from countermark.support.safe_xml import XmlElement

RUN, FIELD, BREAK = f"{A}r", f"{A}fld", f"{A}br"
PARAGRAPH, PARAGRAPH_PROPERTIES, TEXT, RUN_PROPERTIES = f"{A}p", f"{A}pPr", f"{A}t", f"{A}rPr"
FORMULA = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
NUMBER_FIELD = "slidenum"
INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
"""ECMA-376 21.1.2.1.1."""
ANCHORS = {"ctr": 0.5, "b": 1.0}
"""How much of the free height lies above the text."""


def text_body(box: Box | None, properties: Iterable[XmlElement | None]) -> TextBody:
    """Return where text lies; `properties` are the body properties (bodyPr) that hold, its own first."""
    present = [element for element in properties if element is not None]

    def stated(name: str) -> str | None:
        return next((value for element in present if (value := element.get(name)) is not None), None)

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
    for paragraph in body.iterchildren(PARAGRAPH):
        own = looks.paragraph(paragraph.find(PARAGRAPH_PROPERTIES))
        for pieces in _between_breaks(paragraph, own, looks, context, number):
            lines = list(lines_of(pieces, part, centred=own.centred)) if pieces else []
            found.append((lines, own.centred))
    if where.box is None or not where.upright:
        return [PlacedLine(line, where.box) for lines, _ in found for line in lines]
    return list(placed_in(found, where, where.box))


def _between_breaks(
    paragraph: XmlElement, own: ParagraphLook, looks: Looks, context: TextContext, number: int
) -> Iterator[list[RunText]]:
    pieces: list[RunText] = []
    for element in paragraph:
        if element.tag == BREAK:
            yield pieces
            pieces = []
        elif element.tag in (RUN, FIELD):
            text = element.findtext(TEXT) or ""
            if element.tag == FIELD and element.get("type") == NUMBER_FIELD:
                text = str(number)
            pieces.append((text, context, looks.characters(element.find(RUN_PROPERTIES), own)))
        elif element.tag == FORMULA:
            text = "".join(element.itertext(FORMULA_TEXT))
            pieces.append((text, context, looks.characters(None, own)))
    yield pieces
