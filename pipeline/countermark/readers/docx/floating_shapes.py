"""Where pictures and filled shapes that float over the page may lie behind Word text.

How the pages break is not in the file, so what floats is taken to lie behind all text as far as the
page breaks around it that are written out. Of text there no one can tell whether it is seen by its
colour; it counts as seen.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from countermark.readers.docx.fills import WPS, drawn_ground, vml_ground
from countermark.readers.docx.shapes import DRAWN_BY_VML, PICTURES, STYLE, WORDART
from countermark.readers.flow.colour import WHITE
from countermark.readers.ooxml.namespaces import VAL, WP, W
from countermark.readers.ooxml.package import targets
from countermark.readers.ooxml.values import EMU, is_on, points
from countermark.readers.zip_parts import PartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.readers.ooxml.package import Package, Relationship
    from countermark.support.safe_xml import XmlElement

WIDE, HIGH = 144.0, 10.0
"""Points from which on something floating can lie behind a line: logos and rules are smaller."""
PAGE_AREA = 595 * 842
"""Of an A4 page, in square points."""
VML_WRAP = "{urn:schemas-microsoft-com:office:word}wrap"
ANCHOR, PICT = f"{WP}anchor", f"{W}pict"
FLOATS = re.compile(rb"anchor|pict")
"""Of what a part has that holds anything that floats, before its XML is parsed."""
SECTION, PAGE_BREAK, BREAK_BEFORE = f"{W}sectPr", f"{W}br", f"{W}pageBreakBefore"


def painted_blocks(root: XmlElement, theme: Mapping[str, str]) -> frozenset[XmlElement]:
    """Return the blocks of a part behind whose text something may be painted.

    All of a header or footer, in the body those between two page breaks.
    """
    floating = [
        shape
        for shape in root.iter(ANCHOR, PICT)
        if any(w >= WIDE and h >= HIGH for w, h in _sizes(shape, theme))
    ]
    body = root.find(f"{W}body")
    if not floating or body is None:
        return frozenset(root) if floating else frozenset()
    above = {ancestor for shape in floating for ancestor in shape.iterancestors()}
    painted: set[XmlElement] = set()
    for stretch in _stretches(body):
        if not above.isdisjoint(stretch):
            painted.update(stretch)
    return frozenset(painted)


def paints_pages(package: Package, links: Mapping[str, Relationship], theme: Mapping[str, str]) -> bool:
    """Return whether a header or footer lays something behind a good part of its pages, their bodies too."""
    for _, part in targets(links, ("header", "footer")):
        try:
            if FLOATS.search(package.blob(part)) and _paints_the_page(package.xml(part), theme):
                return True
        except PartError:
            continue  # told where the header or footer itself is read
    return False


def _paints_the_page(part: XmlElement, theme: Mapping[str, str]) -> bool:
    return any(w * h > PAGE_AREA / 4 for shape in part.iter(ANCHOR, PICT) for w, h in _sizes(shape, theme))


def _stretches(body: XmlElement) -> Iterator[list[XmlElement]]:
    """Yield the blocks of the body from page break to page break."""
    sections = list(body.iter(SECTION))
    on_a_new_page = {section for section, following in pairwise(sections) if _starts_a_page(following)}
    stretch: list[XmlElement] = []
    for block in body:
        if any(is_on(element) for element in block.iter(BREAK_BEFORE)):
            yield stretch
            stretch = []
        stretch.append(block)
        breaks = any(element.get(f"{W}type") == "page" for element in block.iter(PAGE_BREAK))
        if breaks or any(section in on_a_new_page for section in block.iter(SECTION)):
            yield stretch
            stretch = []
    yield stretch


def _starts_a_page(section: XmlElement) -> bool:
    kind = section.find(f"{W}type")
    return kind is None or kind.get(VAL) not in ("continuous", "nextColumn")


def _sizes(floating: XmlElement, theme: Mapping[str, str]) -> Iterator[tuple[float, float]]:
    """Width and height, in points, of what is painted and lets text stand over it."""
    if floating.tag == ANCHOR:
        over = floating.get("behindDoc") in ("1", "true") or floating.find(f"{WP}wrapNone") is not None
        extent = floating.find(f"{WP}extent")
        if over and extent is not None and _is_painted(floating, theme):
            yield (points(extent.get("cx"), EMU) or 0.0, points(extent.get("cy"), EMU) or 0.0)
        return
    for shape in floating.iter(*DRAWN_BY_VML):
        style = dict(STYLE.findall(shape.get("style", "")))
        if style.get("position") == "absolute" and shape.find(VML_WRAP) is None and _is_painted_by_vml(shape):
            yield (points(style.get("width"), 1) or 0.0, points(style.get("height"), 1) or 0.0)


def _is_painted(anchor: XmlElement, theme: Mapping[str, str]) -> bool:
    """Return whether a DrawingML object has a picture in it, or a shape whose fill is not white."""
    if next(anchor.iter(*PICTURES), None) is not None:
        return True
    return any(drawn_ground(shape, WHITE, theme) != WHITE for shape in anchor.iter(f"{WPS}wsp"))


def _is_painted_by_vml(shape: XmlElement) -> bool:
    if next(shape.iter(WORDART), None) is not None:
        return False
    return next(shape.iter(*PICTURES), None) is not None or vml_ground(shape, WHITE) != WHITE
