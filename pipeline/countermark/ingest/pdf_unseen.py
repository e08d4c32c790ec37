"""Which text of a PDF page a reader does not see, and why, through PDFium.

What lies off the page or is too small is told by its place (`pdf_layout`); here it is told by how and in
what order things are painted.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

from countermark.ingest.pdf_areas import Area, fill_mode
from countermark.ingest.pdf_objects import Bounds, objects_of
from countermark.model import Unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countermark.ingest.pdf_areas import Colour
    from countermark.ingest.pdf_frame import Frame
    from countermark.ingest.pdf_objects import Form, Rectangle
    from countermark.model import Box

    IsOff = Callable[[Any, Form | None], bool]

_NO_WIDTH = 0.01
_HAIRLINE = 0.02
_TRANSPARENT, _OPAQUE = 5, 255
_SAME = 12
_PAPER = (255, 255, 255)
_LIGHT = 255 - _SAME
_fill_colour = pdfium.FPDFPageObj_GetFillColor
_SMALLEST_AREA = 2.0
_THICK = 4.0
_STEP = 32.0
_WHOLE_PAGE = 0.6
_MOST_BOXES = 40
_FILLED_AND_STROKED = (
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)


class Text(NamedTuple):
    """A text object. `mode` is its rendering mode; `colour` None where it is not one colour; `unseen`
    says why it is not seen where the object itself tells."""

    order: int
    handle: Any
    rectangle: Rectangle
    mode: int
    colour: Colour | None
    unseen: Unseen | None


class Sight(NamedTuple):
    """What is needed to tell whether a character of a page is seen: the text objects of which it is
    doubtful, by their address, boxes around them on the page as seen, and the painted areas. `is_scan`:
    pictures fill the page."""

    doubtful: dict[int, Text]
    boxes: list[Box]
    areas: Bands
    is_scan: bool

    def reason(self, text: Text, rectangle: Rectangle) -> Unseen | None:
        """Why a character of a doubtful text object, in this rectangle, is not seen; None where it is."""
        if text.unseen:
            return text.unseen
        near = self.areas.near(rectangle)
        if text.mode == pdfium.FPDF_TEXTRENDERMODE_CLIP:
            shines = any(area.order > text.order and area.holds(rectangle) for area in near)
            return None if shines else Unseen.invisible
        if any(area.order > text.order and area.hides(rectangle) for area in near):
            return Unseen.covered
        behind = [area for area in near if area.order < text.order and area.holds(rectangle)]
        ground = behind[-1].colour if behind else _PAPER
        return Unseen.colour if _is_same(text.colour, ground) else None


def sight_of(page: Any, frame: Frame, is_off: IsOff | None = None) -> Sight:
    """Looks through the objects of a pypdfium2 page, before its text is read: `is_off` tells whether an
    object belongs to a layer that is switched off.

    PDFium reads no text objects without width, such as a lone character whose glyph is missing or empty:
    they are given a hairline of it.
    """
    texts, areas = _painted(page, is_off)
    bands = Bands(areas, frame)
    doubtful = [text for text in texts if _is_doubtful(text, bands)]
    return Sight(
        doubtful={address(text.handle): text for text in doubtful},
        boxes=_boxes([text.rectangle for text in doubtful], frame),
        areas=bands,
        is_scan=_pictured(areas, frame) > _WHOLE_PAGE,
    )


def address(handle: Any) -> int:
    """What tells one of PDFium's objects from another; 0 for none."""
    return ctypes.c_void_p.from_buffer(handle).value or 0


def _painted(page: Any, is_off: IsOff | None) -> tuple[list[Text], list[Area]]:
    """The text objects that may be unseen and the painted areas. Where there are no areas, opaque ink
    that is darker than paper is seen."""
    plain: list[tuple[int, Any, Form | None]] = []
    texts: list[Text] = []
    areas: list[Area] = []
    bounds, ink = Bounds(), _Ink()
    for order, (handle, kind, form) in enumerate(objects_of(page)):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if bounds.width(handle) >= _NO_WIDTH and is_off is None and ink.is_plain(handle):
                plain.append((order, handle, form))
            else:
                is_layer_off = is_off is not None and is_off(handle, form)
                texts.append(_text(order, handle, form, bounds, ink, is_layer_off))
            continue
        rectangle = bounds.of(handle, form)
        if min(rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]) > _SMALLEST_AREA:
            area = Area(order, rectangle, handle, kind, form, page)
            is_painted = kind != pdfium.FPDF_PAGEOBJ_PATH or _fill(area, ink)
            if is_painted and not (is_off and is_off(handle, form)):
                areas.append(area)
    if areas:
        texts += [_text(order, handle, form, bounds, ink, False) for order, handle, form in plain]
    return texts, areas


def _text(order: int, handle: Any, form: Form | None, bounds: Bounds, ink: _Ink, is_layer_off: bool) -> Text:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
    colour, alpha = ink.of_stroke(handle) if mode in _STROKED else ink.of_fill(handle)
    if mode in _FILLED_AND_STROKED and ink.of_stroke(handle) != (colour, alpha):
        colour, alpha = None, _OPAQUE
    unseen = Unseen.layer if is_layer_off else None
    if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE or alpha <= _TRANSPARENT:
        unseen = unseen or Unseen.invisible
    rectangle = bounds.of(handle, form)
    if bounds.width(handle) < _NO_WIDTH:
        _widen(handle)
    return Text(order, handle, rectangle, mode, colour, unseen)


def _widen(handle: Any) -> None:
    """A stroked object is as wide as its stroke; PDFium measures it anew when it is moved, be it by
    nothing."""
    pdfium.FPDFTextObj_SetTextRenderMode(handle, pdfium.FPDF_TEXTRENDERMODE_STROKE)
    pdfium.FPDFPageObj_SetStrokeWidth(handle, _HAIRLINE)
    pdfium.FPDFPageObj_Transform(handle, 1, 0, 0, 1, 0, 0)


def _fill(area: Area, ink: _Ink) -> bool:
    """Fills in how a path is painted; false where it leaves no area."""
    if fill_mode(area.handle) == pdfium.FPDF_FILLMODE_NONE:
        area.kind = pdfium.FPDF_PAGEOBJ_UNKNOWN
        area.is_solid = False
        return ink.stroke_width(area.handle) > _THICK
    colour, alpha = ink.of_fill(area.handle)
    area.is_solid = (area.form is None or area.form.is_opaque) and not pdfium.FPDFPageObj_HasTransparency(
        area.handle
    )
    area.colour = colour if area.is_solid else None
    return alpha > _TRANSPARENT


class _Ink:
    """Asks PDFium for colours."""

    def __init__(self) -> None:
        self._channels = tuple(ctypes.c_uint() for _ in range(4))
        self._references = tuple(ctypes.byref(channel) for channel in self._channels)
        self._width = ctypes.c_float()

    def of_fill(self, handle: Any) -> tuple[Colour | None, int]:
        """Colour and alpha, from 0 to 255."""
        return self._told(_fill_colour(handle, *self._references))

    def is_plain(self, handle: Any) -> bool:
        """Whether a text object is filled with opaque ink that is darker than paper."""
        if pdfium.FPDFTextObj_GetTextRenderMode(handle) or not _fill_colour(handle, *self._references):
            return False
        red, green, blue, alpha = self._channels
        is_dark = red.value < _LIGHT or green.value < _LIGHT or blue.value < _LIGHT
        return is_dark and alpha.value == _OPAQUE

    def of_stroke(self, handle: Any) -> tuple[Colour | None, int]:
        return self._told(pdfium.FPDFPageObj_GetStrokeColor(handle, *self._references))

    def stroke_width(self, handle: Any) -> float:
        return self._width.value if pdfium.FPDFPageObj_GetStrokeWidth(handle, self._width) else 0.0

    def _told(self, is_known: bool) -> tuple[Colour | None, int]:
        if not is_known:
            return None, _OPAQUE
        red, green, blue, alpha = self._channels
        return (red.value, green.value, blue.value), alpha.value


class Bands:
    """Painted areas by the bands across a page that they touch."""

    def __init__(self, areas: Sequence[Area], frame: Frame) -> None:
        self._frame = frame
        self._bands: dict[int, list[Area]] = defaultdict(list)
        for area in areas:
            for band in self._touched(area.rectangle):
                self._bands[band].append(area)

    def near(self, rectangle: Rectangle) -> list[Area]:
        """The areas that a rectangle may touch, in the order of painting."""
        if not self._bands:
            return []
        left, bottom, right, top = rectangle
        found = {
            area.order: area
            for band in self._touched(rectangle)
            for area in self._bands.get(band, ())
            if area.rectangle[0] < right and area.rectangle[2] > left
            if area.rectangle[1] < top and area.rectangle[3] > bottom
        }
        return [found[order] for order in sorted(found)]

    def _touched(self, rectangle: Rectangle) -> range:
        lowest, highest = self._frame.bottom, self._frame.top
        bottom, top = (min(highest, max(lowest, side)) for side in (rectangle[1], rectangle[3]))
        return range(int(bottom // _STEP), int(top // _STEP) + 1)


def _is_doubtful(text: Text, areas: Bands) -> bool:
    if text.unseen or text.mode == pdfium.FPDF_TEXTRENDERMODE_CLIP or _is_same(text.colour, _PAPER):
        return True
    return any(
        area.is_solid if area.order > text.order else _is_same(text.colour, area.colour)
        for area in areas.near(text.rectangle)
    )


def _is_same(colour: Colour | None, ground: Colour | None) -> bool:
    """Whether no eye tells two colours apart."""
    if colour is None or ground is None:
        return False
    return all(abs(one - other) <= _SAME for one, other in zip(colour, ground, strict=True))


def _pictured(areas: Sequence[Area], frame: Frame) -> float:
    """The part of the page that pictures take; more than 1 where they overlap."""
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
