"""Header and footer of slides and sheets, compared with what LibreOffice prints of the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from countermark.model import HEADER_FOOTER
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.libreoffice import convert
from support.needs import CORPUS
from support.sheet_files import printed, row, sheet, sheets_file
from support.slide_files import BOTTOM, TOP, master, shape, slide, slides_file

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.office]

FOOTER = 'type="ftr" idx="11"'
BUILT = {
    "deck.pptx": slides_file(
        slide(shape("UK SECRET", TOP), shape("Plan"), shape("Copy 3 of 5", None, placeholder=FOOTER)),
        slide(shape("Costs"), shape("Copy 4 of 5", None, placeholder=FOOTER)),
        master=master(shape("RAIDEN", (20, 10, 120, 24)), shape("", BOTTOM, placeholder=FOOTER)),
    ),
    "book.xlsx": sheets_file(
        sheet(row("Item", "Cost"), after=printed("&LRAIDEN&CUK SECRET", "&CCopy && 3")),
        sheet(row("Plan", "Day"), after=printed('&C&"Arial,Bold"&14UK OFFICIAL', "&R&A")),
    ),
}


@pytest.fixture(scope="module")
def prints(office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """Each file and the text of its print, blanks left out."""
    folder = tmp_path_factory.mktemp("printed")
    files = [folder / name for name in BUILT]
    for file in files:
        file.write_bytes(BUILT[file.name])
    files += [path for path in CORPUS.rglob("*") if path.suffix in (".pptx", ".xlsx")]
    made = convert(office, folder, files, "pdf")
    if not made:
        pytest.skip("LibreOffice has neither Impress nor Calc here")
    return {file: _text(made[file.stem]) for file in files if file.stem in made}


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as paper:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in paper)


def test_what_headers_and_footers_say_is_printed(prints: dict[Path, str]) -> None:
    found = [
        (path.name, line.text)
        for path in prints
        for page in read(path.read_bytes(), path.name, Limits()).pages
        if page.live
        for line in page.lines
        if line.zone in HEADER_FOOTER
    ]
    missing = [(name, text) for name, text in found if not _is_printed(text, name, prints)]
    assert found
    assert len(missing) <= len(found) * 0.02, missing


def _is_printed(text: str, name: str, prints: dict[Path, str]) -> bool:
    said = "".join(text.split())
    return any(path.name == name and said in shown for path, shown in prints.items())
