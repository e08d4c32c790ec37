"""Head and foot of texts, slides and sheets, compared with what LibreOffice prints of the same file.

`golden/office-print.tsv` names each text that only one of them has at head or foot, and why.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from countermark.model import HEADER_FOOTER
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.libreoffice import convert
from support.needs import CORPUS
from support.printed import TAGGED, head_and_foot
from support.sheet_files import printed, row, sheet, sheets_file
from support.slide_files import BOTTOM, TOP, layout, master, shape, slide, slides_file

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.office]

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.docx"))
WRITTEN = (".doc", ".odt", ".rtf")
TABLE = Path(__file__).parent / "golden" / "office-print.tsv"
AT_LEAST, MISSING_AT_MOST = 60, 0.02
FOOTER = 'type="ftr" idx="11"'
BUILT = {
    "deck.pptx": slides_file(
        slide(shape("UK SECRET", TOP), shape("Plan"), shape("Copy 3 of 5", None, placeholder=FOOTER)),
        slide(shape("Costs"), shape("Copy 4 of 5", None, placeholder=FOOTER)),
        layout=layout(shape("", BOTTOM, placeholder=FOOTER)),
        master=master(shape("RAIDEN", (20, 10, 120, 24)), shape("", BOTTOM, placeholder=FOOTER)),
    ),
    "book.xlsx": sheets_file(
        sheet(row("Item", "Cost"), after=printed("&LRAIDEN&CUK SECRET", "&CCopy && 3")),
        sheet(row("Plan", "Day"), after=printed('&C&"Arial,Bold"&14UK OFFICIAL', "&R&A")),
    ),
}


@pytest.fixture(scope="module")
def prints(office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Each file with its print: files by others, files built here, the samples saved in each form."""
    folder = tmp_path_factory.mktemp("printed")
    made: dict[Path, Path] = {}
    others = [path for path in CORPUS.rglob("*") if path.suffix in (*WRITTEN, ".pptx", ".xlsx")]
    for name, data in BUILT.items():
        (folder / name).write_bytes(data)
    for suffix in WRITTEN:
        own = folder / suffix[1:]
        own.mkdir()
        saved = [*convert(office, own, SAMPLES, suffix[1:]).values()]
        made |= _printed(office, own, [*saved, *(path for path in others if path.suffix == suffix)], TAGGED)
    rest = [*(folder / name for name in BUILT), *(path for path in others if path.suffix not in WRITTEN)]
    return made | _printed(office, folder, rest, "pdf")


def _printed(office: str, folder: Path, files: list[Path], form: str) -> dict[Path, Path]:
    made = convert(office, folder, files, form)
    return {file: made[file.stem] for file in files if file.stem in made}


def _own(file: Path) -> Iterator[str]:
    for page in read(file.read_bytes(), file.name, Limits()).pages:
        for line in page.lines if page.live else ():
            if line.zone in HEADER_FOOTER:
                yield _joined(line.text)


def _joined(text: str) -> str:
    return "".join(text.split())


def _whole(paper: Path) -> str:
    with pypdfium2.PdfDocument(paper) as document:
        return "".join(_joined(page.get_textpage().get_text_range()) for page in document)


def _hold(side: str, found: int, missing: set[tuple[str, str]]) -> None:
    with TABLE.open(encoding="utf-8") as table:
        rows = [known for known in csv.DictReader(table, delimiter="\t") if known["only in"] == side]
    assert all(known["why"] for known in rows)
    assert missing <= {(known["file"], known["text"]) for known in rows}
    assert found >= AT_LEAST
    assert side == "file" or len(missing) <= found * MISSING_AT_MOST


def _short(file: Path) -> str:
    return file.name.rpartition("__")[2]


def test_head_and_foot_of_a_print_are_found_in_the_file(prints: dict[Path, Path]) -> None:
    found, missing = 0, set()
    for file, paper in prints.items():
        own = "".join(_own(file))
        for text in head_and_foot(file, paper):
            found += text in own
            missing |= set() if text in own else {(_short(file), text)}
    _hold("print", found, missing)


def test_head_and_foot_of_a_file_are_printed(prints: dict[Path, Path]) -> None:
    found, missing = 0, set()
    for file, paper in prints.items():
        printed_text = _whole(paper)
        for text in dict.fromkeys(_own(file)):
            found += text in printed_text
            missing |= set() if text in printed_text else {(_short(file), text)}
    _hold("file", found, missing)
