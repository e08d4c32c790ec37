"""A Sheet to a PNG: PDFium renders, Pillow draws.

Zones are named by their identifiers, as in the JSON form, so that the legend needs no font of a language.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from countermark.model import Box, Picture, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.rendering.sheet import Sheet
    from countermark.support.passwords import Passwords

_LONGEST = 1600
"""Pixels of a picture's longer side."""
_LARGEST_SCALE = 2.0
_FILL = 40
"""How opaque a zone's colour is, of 255."""
_RED = (200, 0, 0)
_LEGEND = 24
_DASH = 8
_COLOURS = {
    Zone.header: (0, 90, 200),
    Zone.footer: (0, 140, 140),
    Zone.body: (150, 150, 150),
    Zone.table: (120, 100, 60),
    Zone.textbox: (130, 60, 180),
    Zone.hidden: (255, 0, 255),
    Zone.watermark: (255, 140, 0),
    Zone.annotation: (200, 160, 0),
    Zone.field: (0, 150, 60),
    Zone.footnote: (90, 120, 40),
    Zone.comment: (200, 100, 100),
}
_OTHER = (90, 90, 90)
_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "ipaexg.ttf",
    "ipag.ttf",
    "YuGothR.ttc",
    "msgothic.ttc",
    "Hiragino Sans GB.ttc",
)
"""Fonts that have both scripts, as systems name them; without one of them Japanese is drawn as boxes."""


def draw(sheet: Sheet, pdf: bytes | None, passwords: Passwords) -> Picture:
    """Return the sheet as a PNG, over its page of `pdf` where it has one.

    Raises PdfiumError where the page can't be rendered.
    """
    scale = min(_LARGEST_SCALE, _LONGEST / max(sheet.size))
    ground = _rendered(pdf, sheet.number, scale, passwords) if pdf is not None else _written(sheet, scale)
    canvas = Image.new("RGB", (ground.width, ground.height + _LEGEND), "white")
    canvas.paste(ground, (0, 0))
    pen = ImageDraw.Draw(canvas, "RGBA")
    for zone, box in sheet.areas:
        colour = _COLOURS.get(zone, _OTHER)
        pen.rectangle(_scaled(box, scale), fill=(*colour, _FILL), outline=colour)
    for text, box in sheet.marks:
        corners = _scaled(box, scale)
        pen.rectangle([corners[0] - 3, corners[1] - 3, corners[2] + 3, corners[3] + 3], outline=_RED, width=3)
        beside = min(corners[2] + 8, canvas.width - pen.textlength(text, font=_font(14)) - 8)
        pen.text((beside, corners[1]), text, fill=_RED, font=_font(14))
    for box in sheet.missing:
        _dashed(pen, _scaled(box, scale))
    _legend(pen, sheet, ground.height)
    packed = BytesIO()
    canvas.save(packed, "PNG")
    return Picture(png=packed.getvalue())


def _rendered(pdf: bytes, number: int, scale: float, passwords: Passwords) -> Image.Image:
    """Return the page as PDFium renders it with the fonts of this machine, annotations and form fields with
    it.
    """
    from countermark.readers.pdf.reader import opened

    document, _ = opened(pdf, passwords)
    try:
        document.init_forms()
        page = document[number - 1]
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def _written(sheet: Sheet, scale: float) -> Image.Image:
    """Return an empty page with the sheet's texts on it."""
    width, height = sheet.size
    page = Image.new("RGB", (round(width * scale), round(height * scale)), "white")
    pen = ImageDraw.Draw(page)
    for text, box in sheet.texts:
        corners = _scaled(box, scale)
        pen.text(
            (corners[0] + 2, corners[1]),
            text.replace("\t", "    "),
            fill="black",
            font=_font(round(9 * scale)),
        )
    return page


def _legend(pen: ImageDraw.ImageDraw, sheet: Sheet, top: int) -> None:
    at = 8
    met = dict.fromkeys(zone for zone, _ in sheet.areas)
    entries: list[tuple[str, tuple[int, int, int]]] = [
        (zone.value, _COLOURS.get(zone, _OTHER)) for zone in met
    ]
    entries += [("marking", _RED)] if sheet.marks else []
    entries += [("no marking (dashed)", _RED)] if sheet.missing else []
    for name, colour in entries:
        pen.rectangle([at, top + 6, at + 12, top + 18], fill=colour)
        pen.text((at + 17, top + 4), name, fill="black", font=_font(13))
        at += 17 + round(pen.textlength(name, font=_font(13))) + 16


def _dashed(pen: ImageDraw.ImageDraw, corners: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = corners
    for start, end in _dashes(x0 + 2, x1 - 2):
        pen.line([start, y0 + 2, end, y0 + 2], fill=_RED, width=2)
        pen.line([start, y1 - 2, end, y1 - 2], fill=_RED, width=2)


def _dashes(first: float, last: float) -> Iterator[tuple[float, float]]:
    at = first
    while at < last:
        yield at, min(at + _DASH, last)
        at += 2 * _DASH


def _scaled(box: Box, scale: float) -> tuple[float, float, float, float]:
    """Return a box in pixels, its corners in order."""
    xs, ys = sorted((box.x0 * scale, box.x1 * scale)), sorted((box.y0 * scale, box.y1 * scale))
    return xs[0], ys[0], xs[1], ys[1]


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
