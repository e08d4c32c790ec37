"""Annotations of a PDF's pages (ISO 32000-1, 12.5), through pypdf."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree
from pypdf.generic import NameObject, StreamObject

from countermark.model import Box, Line, Unseen, Zone
from countermark.readers.pdf.fallback_text import legible
from countermark.readers.pdf.values import text_of, value
from countermark.support.safe_xml import local_name, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.optional_content import IsOff
    from countermark.readers.pdf.values import PdfObject

_HIDDEN_OR_NO_VIEW = 1 << 1 | 1 << 5
_WITHOUT_WORDS = frozenset(("/Link", "/Popup", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut"))
"""Annotations whose appearance shows no text of its own."""
_DRAWN_IN_BOX = frozenset(("/FreeText", "/Stamp", "/Watermark", "/Widget"))
_WORD = re.compile(r"[A-Z][a-z]*")


_ZONES = {
    "/Watermark": Zone.watermark,
    **dict.fromkeys(
        ("/Text", "/Popup", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret"), Zone.comment
    ),
}
"""Where the text of an annotation stands if not on the page: a reader's comments open in a window of their
own (ISO 32000-1, 12.5.6)."""


def annotations_of(page: PdfObject) -> Iterator[Any]:
    """Yield the annotation dictionaries of a page, in order."""
    for reference in value(page, "/Annots") or ():
        annotation = reference.get_object()
        if isinstance(annotation, dict):
            yield annotation


def annotation_lines(page: PdfObject, frame: Frame, is_off: IsOff) -> Iterator[Line]:
    """Yield the texts of a page's annotations, form fields left out, with their boxes as seen.

    Contents, rich text, overlay text of redactions, text of appearance streams, names of standard stamps.
    What says the same twice is reported once, as is a pop-up that repeats another annotation.
    """
    told: set[str] = set()
    for annotation in annotations_of(page):
        kind = value(annotation, "/Subtype")
        if kind == "/Widget":
            continue
        box = box_of(annotation, frame)
        unseen = unseen_of(annotation, box, frame, is_off)
        zone = _ZONES.get(kind, Zone.annotation)
        for texts in _texts(annotation, page, told if kind == "/Popup" else set()):
            told.add(squeezed(texts))
            yield from lines_of(texts, zone, box, unseen)


def _texts(annotation: PdfObject, page: PdfObject, told: set[str]) -> Iterator[list[str]]:
    kind = value(annotation, "/Subtype")
    description = value(value(annotation, "/FS"), "/Desc") if kind == "/FileAttachment" else None
    said = set(told)
    for texts in (
        text_of(value(annotation, "/Contents")).splitlines(),
        rich_text(value(annotation, "/RC")),
        text_of(value(annotation, "/OverlayText")).splitlines(),
        text_of(description).splitlines(),
        [] if kind in _WITHOUT_WORDS else appearance_lines(annotation, page),
    ):
        if squeezed(texts) and squeezed(texts) not in said:
            said.add(squeezed(texts))
            yield texts
    name = value(annotation, "/Name")
    if kind == "/Stamp" and isinstance(name, NameObject) and not said - told:
        yield [" ".join(_WORD.findall(name)).upper()]


def lines_of(texts: Iterable[str], zone: Zone, box: Box | None, unseen: Unseen | None) -> Iterator[Line]:
    """Yield a line for each text that is not blank, yet to be numbered."""
    for text in texts:
        if text.strip():
            shown = Zone.hidden if unseen else zone
            yield Line(text=text.strip(), zone=shown, number=1, box=box, unseen=unseen)


def squeezed(texts: Iterable[str]) -> str:
    """Return texts without any blanks, to be compared."""
    return "".join("".join(texts).split())


def box_of(annotation: PdfObject, frame: Frame) -> Box | None:
    """Return the annotation's rectangle as seen; None where it has none."""
    try:
        x0, y0, x1, y1 = (float(number.get_object()) for number in value(annotation, "/Rect"))
    except (TypeError, ValueError, AttributeError):
        return None
    return frame.seen(x0, y0, x1, y1)


def unseen_of(annotation: PdfObject, box: Box | None, frame: Frame, is_off: IsOff) -> Unseen | None:
    """Return why a reader does not see an annotation: its flags (12.5.3), its place, its layer (8.11)."""
    flags = value(annotation, "/F")
    if isinstance(flags, int) and flags & _HIDDEN_OR_NO_VIEW:
        return Unseen.hidden
    if is_off(value(annotation, "/OC")):
        return Unseen.layer
    if box and not (box.width and box.height) and value(annotation, "/Subtype") in _DRAWN_IN_BOX:
        return Unseen.size
    width, height = frame.size
    if box and (box.x1 <= 0 or box.y1 <= 0 or box.x0 >= width or box.y0 >= height):
        return Unseen.off_page
    return None


def appearance_lines(annotation: PdfObject, page: PdfObject) -> list[str]:
    """Return the lines of text in an annotation's normal appearance stream (12.5.5).

    None where they are not legible.
    """
    appearance = value(value(annotation, "/AP"), "/N")
    if isinstance(appearance, dict) and not isinstance(appearance, StreamObject):
        appearance = value(appearance, value(annotation, "/AS") or "/N")
    if not isinstance(appearance, StreamObject):
        return []
    content = appearance.get_data()
    if b"Tj" not in content and b"TJ" not in content and b"Do" not in content and b"'" not in content:
        return []
    return legible(page.extract_xform_text(appearance))


def rich_text(rich: Any) -> list[str]:
    """Return the lines of rich text (12.7.3.4), a string or a stream; none where it is not well formed."""
    packet = rich.get_data() if isinstance(rich, StreamObject) else text_of(rich).encode()
    try:
        root = xml_root(packet) if packet else None
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    paragraphs = [element for element in root.iter() if local_name(element) == "p"] or [root]
    return [" ".join("".join(paragraph.itertext()).split()) for paragraph in paragraphs]
