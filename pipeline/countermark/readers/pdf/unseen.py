"""Which text of a PDF page a reader does not see, and why, through PDFium.

What lies off the page or is too small is told by its place (`pdf_layout`); here it is told by how and in
what order things are painted.
"""

from __future__ import annotations

import ctypes
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from countermark.model import Unseen
from countermark.readers.pdf import pdfium
from countermark.readers.pdf.areas import Area, fill_mode
from countermark.readers.pdf.clip_paths import Clips, keeps
from countermark.readers.pdf.covering_annotations import covers_of
from countermark.readers.pdf.objects import TRANSPARENT, Bounds, addresses, objects_of
from countermark.readers.pdf.ruling import MOST_LINES, Ruling, lines_of_path
from countermark.readers.pdf.text_objects import SAME, SpatialIndex, TextOnPage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countermark.model import Box
    from countermark.readers.pdf.areas import Colour
    from countermark.readers.pdf.frame import Frame
    from countermark.readers.pdf.objects import FormXObject, Rectangle
    from countermark.readers.pdf.pdfium import PdfiumHandle, PdfiumPage

    IsOff = Callable[[Any, FormXObject | None], bool]

_NO_WIDTH = 0.01
_HAIRLINE = 0.02
_OPAQUE = 255
_LIGHT = 255 - SAME
_SMALLEST_AREA = 2.0
_THICK = 4.0
_WHOLE_PAGE = 0.6
_MOST_BOXES = 40
_FILLED_AND_STROKED = (
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)


class Sight(NamedTuple):
    """What is needed to tell whether a character of a page is seen: the text objects of which it is
    doubtful, by their address, and boxes around them on the page as seen. `is_scan`: pictures fill the
    page. `ruling` are its ruling lines."""

    doubtful: dict[int, TextOnPage]
    boxes: list[Box]
    is_scan: bool
    ruling: Ruling


def sight_of(page: PdfiumPage, frame: Frame, is_off: IsOff | None = None) -> Sight:
    """Look through the objects of a pypdfium2 page, before its text is read.

    `is_off` says whether an object belongs to a layer that is switched off.

    PDFium reads no text objects without width, such as a lone character whose glyph is missing or empty:
    they are given a hairline of it.
    """
    lines: list[Rectangle] = []
    texts, plain, areas = _painted(page, is_off, lines)
    bands = SpatialIndex(areas, frame) if areas else None
    texts += [text for text in plain if bands and bands.may_hide(text)]
    for text in texts:
        text.near = bands.near(text.rectangle) if bands else ()
        if text.is_told and not text.unseen:
            text.unseen = text.reason(text.rectangle)
    doubtful = [text for text in texts if text.is_doubtful()]
    return Sight(
        doubtful={text.handle: text for text in doubtful},
        boxes=_boxes([text.rectangle for text in doubtful], frame),
        is_scan=_pictured(areas, frame) > _WHOLE_PAGE,
        ruling=Ruling([frame.seen(*line) for line in lines[:MOST_LINES]], frame.size[1]),
    )


def _painted(
    page: PdfiumPage, is_off: IsOff | None, lines: list[Rectangle]
) -> tuple[list[TextOnPage], list[TextOnPage], list[Area]]:
    """Return the text objects that may be unseen, those in plain ink, and the painted areas.

    Only an area can hide plain ink. The ruling lines go to `lines`.
    """
    texts: list[TextOnPage] = []
    plain: list[TextOnPage] = []
    areas: list[Area] = []
    bounds, clips, ink = Bounds(), Clips(), _Ink()
    for order, (handle, kind, form) in enumerate(objects_of(page)):
        rectangle = bounds.of(handle, form)
        is_thin = bounds.width() < _NO_WIDTH
        is_layer_off = is_off is not None and is_off(handle, form)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and not is_layer_off and len(lines) < MOST_LINES:
            lines.extend(lines_of_path(handle, form, rectangle))
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            colour = ink.of_plain(handle)
            clip = clips.of(handle, form)
            clip = None if clip is None or keeps(clip, rectangle) else clip
            is_plain = colour and not (is_thin or is_layer_off or clip or (form and form.is_clear))
            if is_plain:
                plain.append(TextOnPage(order, handle, rectangle, 0, colour, None))
            else:
                text = _text(order, handle, form, rectangle, ink, is_layer_off)
                text.clip = clip
                texts.append(text)
            if is_thin:
                _widen(handle)
        elif min(rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]) > _SMALLEST_AREA:
            area = Area(order, rectangle, handle, kind, form, page)
            if (kind != pdfium.FPDF_PAGEOBJ_PATH or _fill(area, ink)) and not is_layer_off:
                areas.append(area)
    areas.extend(covers_of(page))
    return texts, plain, areas


def _text(
    order: int, handle: int, form: FormXObject | None, rectangle: Rectangle, ink: _Ink, is_layer_off: bool
) -> TextOnPage:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
    colour, alpha = ink.of_stroke(handle) if mode in _STROKED else ink.of_fill(handle)
    if mode in _FILLED_AND_STROKED and ink.of_stroke(handle) != (colour, alpha):
        colour, alpha = None, _OPAQUE
    unseen = Unseen.layer if is_layer_off else None
    is_clear = alpha <= TRANSPARENT or (form is not None and form.is_clear)
    if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE or is_clear:
        unseen = unseen or Unseen.invisible
    return TextOnPage(order, handle, rectangle, mode, colour, unseen)


def _widen(handle: PdfiumHandle) -> None:
    """Make a stroked object as wide as its stroke.

    PDFium measures it anew when it is moved, even by nothing.
    """
    pdfium.FPDFTextObj_SetTextRenderMode(handle, pdfium.FPDF_TEXTRENDERMODE_STROKE)
    pdfium.FPDFPageObj_SetStrokeWidth(handle, _HAIRLINE)
    pdfium.FPDFPageObj_Transform(handle, 1, 0, 0, 1, 0, 0)


def _fill(area: Area, ink: _Ink) -> bool:
    """Fill in how a path is painted; return false where it leaves no area."""
    if fill_mode(area.handle) == pdfium.FPDF_FILLMODE_NONE:
        area.kind = pdfium.FPDF_PAGEOBJ_UNKNOWN
        area.is_solid = False
        return ink.stroke_width(area.handle) > _THICK
    colour, alpha = ink.of_fill(area.handle)
    area.is_solid = (area.form is None or area.form.is_opaque) and not pdfium.FPDFPageObj_HasTransparency(
        area.handle
    )
    area.colour = colour if area.is_solid else None
    return alpha > TRANSPARENT


class _Ink:
    """Asks PDFium for colours."""

    def __init__(self) -> None:
        self._channels = array("I", bytes(16))
        self._targets = addresses(self._channels)
        self._width = ctypes.c_float()

    def of_fill(self, handle: int) -> tuple[Colour | None, int]:
        """Colour and alpha, from 0 to 255."""
        return self._told(pdfium.FPDFPageObj_GetFillColor(handle, *self._targets))

    def of_plain(self, handle: int) -> Colour | None:
        """Return the colour of a text object filled with opaque ink darker than paper; None for others."""
        is_filled = pdfium.FPDFTextObj_GetTextRenderMode(handle) == pdfium.FPDF_TEXTRENDERMODE_FILL
        if not is_filled or not pdfium.FPDFPageObj_GetFillColor(handle, *self._targets):
            return None
        red, green, blue, alpha = self._channels
        is_dark = red < _LIGHT or green < _LIGHT or blue < _LIGHT
        return (red, green, blue) if is_dark and alpha == _OPAQUE else None

    def of_stroke(self, handle: int) -> tuple[Colour | None, int]:
        return self._told(pdfium.FPDFPageObj_GetStrokeColor(handle, *self._targets))

    def stroke_width(self, handle: int) -> float:
        is_known = pdfium.FPDFPageObj_GetStrokeWidth(handle, ctypes.byref(self._width))
        return self._width.value if is_known else 0.0

    def _told(self, is_known: bool) -> tuple[Colour | None, int]:
        if not is_known:
            return None, _OPAQUE
        red, green, blue, alpha = self._channels
        return (red, green, blue), alpha


def _pictured(areas: Sequence[Area], frame: Frame) -> float:
    """Return the part of the page that pictures take; more than 1 where they overlap."""
    page = (frame.right - frame.left) * (frame.top - frame.bottom)
    taken = 0.0
    for area in areas:
        if area.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = area.rectangle
            width = min(frame.right, right) - max(frame.left, left)
            height = min(frame.top, top) - max(frame.bottom, bottom)
            taken += max(0.0, width) * max(0.0, height)
    return taken / page if page else 0.0


def _boxes(rectangles: Sequence[Rectangle], frame: Frame) -> list[Box]:
    """Boxes on the page as seen around the rectangles; one around all where they are many."""
    if len(rectangles) > _MOST_BOXES:
        lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
        return [frame.seen(min(lefts), min(bottoms), max(rights), max(tops))]
    return [frame.seen(*rectangle) for rectangle in rectangles]
