"""What is seen on the pages that LibreOffice draws, against what is read: pixels at every text of files
that hold hundreds of combinations of colours."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from support.libreoffice import convert
from support.word_colours import INVERTED, MAPPING, coloured_file
from support.word_files import read

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

FILES = {
    "usual": coloured_file(MAPPING),
    "unmapped": coloured_file(None),
    "inverted": coloured_file(INVERTED),
    "dark-paper": coloured_file(MAPPING, background="203040"),
    "white-by-default": coloured_file(MAPPING, defaults='<w:color w:val="FFFFFF"/>'),
    "boxes": coloured_file(MAPPING, boxes=True),
}
AGREED = "W"
"""What the words begin with in which LibreOffice does as the standard says."""
SCALE = 2
CONTRAST = 30
"""Steps of 255 from which something is drawn: no combination differs by less and is not the same."""


def verdicts(data: bytes) -> dict[str, bool]:
    """Word -> whether it is seen, as the file is read."""
    return {
        line.text.strip(): line.unseen is None
        for page in read(data).live_pages
        for line in page.lines
        if line.text.startswith(AGREED)
    }


def drawn(path: Path) -> dict[str, bool]:
    """Word -> whether its letters differ from what is around them on the page."""
    found = {}
    document = pypdfium2.PdfDocument(path)
    for page in document:
        picture = page.render(scale=SCALE).to_pil().convert("RGB")
        height = page.get_height()
        letters = page.get_textpage()
        words = letters.get_text_range()
        for start in (at for at in range(len(words)) if words.startswith(AGREED, at)):
            boxes = [letters.get_charbox(start + step) for step in range(4)]
            area = (
                round(min(box[0] for box in boxes) * SCALE),
                round((height - max(box[3] for box in boxes)) * SCALE),
                round(max(box[2] for box in boxes) * SCALE),
                round((height - min(box[1] for box in boxes)) * SCALE),
            )
            found[words[start : start + 4]] = _has_contrast(picture.crop(area))
    document.close()
    return found


def _has_contrast(picture: Image) -> bool:
    """Whether a twentieth of the pixels differs from what most of them are."""
    pixels = list(zip(*(band.tobytes() for band in picture.split()), strict=True))
    [(ground, _)] = Counter(pixels).most_common(1)
    far = sum(
        1
        for pixel in pixels
        if max(abs(part - base) for part, base in zip(pixel, ground, strict=True)) > CONTRAST
    )
    return far * 20 > picture.width * picture.height


@pytest.fixture(scope="module")
def rendered(office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("colours")
    sources = []
    for name, data in FILES.items():
        (folder / f"{name}.docx").write_bytes(data)
        sources.append(folder / f"{name}.docx")
    return convert(office, folder, sources, "pdf")


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_text_is_seen_where_its_pixels_are(rendered: dict[str, Path], name: str) -> None:
    told, shown = verdicts(FILES[name]), drawn(rendered[name])
    assert told.keys() == shown.keys()
    assert len(told) > (200 if name != "boxes" else 10)
    assert {word for word in told if told[word] != shown[word]} == set()
