"""Word files by others: no word that another reader shows is missing from what is read here.

Compared by sets of words with the text that python-docx finds in the body, in headers and footers, and
with what LibreOffice prints. What is missing on purpose stands in `NOT_READ`.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from docx.text.paragraph import Paragraph

from countermark.model import HEADER_FOOTER, Zone
from countermark.readers.ooxml.namespaces import W
from countermark.readers.read import read
from countermark.support.limits import Limits
from support.libreoffice import convert
from support.needs import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Document

FILES = sorted(CORPUS.rglob("*.docx"))
WORD = re.compile(r"\w+")
NOT_READ = {
    "shp-inline-shape-access": {"0", "6"},  # the scale of a chart's axis, which the program draws
    "num-having-numbering-part": {"1"},  # numbers of lists: a label without words bears no marking
    "docx_list_blank_spacer": {"1", "2"},
    "docx_list_resumed_numbering": {"1", "2", "3"},
    "unit_test_headers_numbered": {"4", "5", "6", "7", "8"},
}
NOT_BY_PYTHON_DOCX = frozenset(("Strict",))
"""Files that python-docx does not open: it knows no strict form."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.corpus,
]


def name_of(path: Path) -> str:
    """The file's own name, without the folders that are written into it."""
    return path.stem.rpartition("__")[2]


def words(text: str) -> list[str]:
    """The words of a text, regardless of case and width."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def words_read(document: Document, zones: Iterable[Zone] = Zone) -> list[str]:
    lines = [line.text for page in document.live_pages for line in page.lines if line.zone in zones]
    return words("\n".join(lines))


def missing(shown: str, read: list[str]) -> set[str]:
    """The words shown that were not read; the end of a printed line may cut a word."""
    known, run = set(read), "".join(read)
    return {word for word in words(shown) if word not in known and word not in run}


def read_file(path: Path) -> Document:
    return read(path.read_bytes(), path.name, Limits())


@pytest.fixture(scope="module")
def printed(office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Own name -> PDF of every file, by LibreOffice."""
    folder = tmp_path_factory.mktemp("printed")
    copies = [Path(shutil.copy(path, folder / f"{name_of(path)}.docx")) for path in FILES]
    return convert(office, folder, copies, "pdf")


def test_each_file_has_a_name_of_its_own_and_exceptions_name_files() -> None:
    names = [name_of(path) for path in FILES]
    twice = {name for name in names if names.count(name) > 1}
    assert twice <= {"sct-inner-content"}
    assert NOT_READ.keys() | NOT_BY_PYTHON_DOCX <= set(names)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_word_that_libreoffice_prints_is_missing(path: Path, printed: dict[str, Path]) -> None:
    pdf = pypdfium2.PdfDocument(printed[name_of(path)])
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert missing(text, words_read(read_file(path))) == NOT_READ.get(name_of(path), set())


@pytest.mark.parametrize(
    "path", [path for path in FILES if name_of(path) not in NOT_BY_PYTHON_DOCX], ids=name_of
)
def test_no_word_that_python_docx_finds_is_missing(path: Path) -> None:
    theirs, ours = docx.Document(str(path)), read_file(path)
    body = (Paragraph(element, theirs).text for element in theirs.element.body.iter(f"{W}p"))
    assert set(words("\n".join(body))) - set(words_read(ours)) == set()
    for section in theirs.sections:
        bands = [section.header, section.footer]
        if section.different_first_page_header_footer:
            bands += [section.first_page_header, section.first_page_footer]
        shown = "\n".join(paragraph.text for band in bands for paragraph in band.paragraphs)
        assert set(words(shown)) - set(words_read(ours, HEADER_FOOTER)) == set()
