"""Which header and footer each page of a Word file shows: a truth table after ECMA-376 17.10.

Three sections of three pages, one after another, so that each section's first page is odd, even and
odd. The first section defines all three kinds or none, the second those that its row names, the
third is linked to the second throughout. `F2` is the first-page header of the second section, `-` an
empty one. LibreOffice renders the same files and must show the same.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pytest

from countermark.model import Document, Page, PageKind, Zone
from support.libreoffice import convert
from support.word_files import band_text, paragraph, read, section, word_file

if TYPE_CHECKING:
    from pathlib import Path

PAGES_OF_A_SECTION = 3
PAPER = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:bottom="1440" w:left="1440" w:right="1440" w:header="708" w:footer="708"/>'
)
NEXT_PAGE = "<w:pageBreakBefore/>"
KINDS = {"F": "first", "E": "even", "D": "default"}

# titlePg, evenAndOddHeaders, defined by section 1, by section 2: heads of pages 1 to 9.
TABLE = """
no  no  FED -   | D1 D1 D1 | D1 D1 D1 | D1 D1 D1
no  no  FED F   | D1 D1 D1 | D1 D1 D1 | D1 D1 D1
no  no  FED E   | D1 D1 D1 | D1 D1 D1 | D1 D1 D1
no  no  FED D   | D1 D1 D1 | D2 D2 D2 | D2 D2 D2
no  no  FED FE  | D1 D1 D1 | D1 D1 D1 | D1 D1 D1
no  no  FED FD  | D1 D1 D1 | D2 D2 D2 | D2 D2 D2
no  no  FED ED  | D1 D1 D1 | D2 D2 D2 | D2 D2 D2
no  no  FED FED | D1 D1 D1 | D2 D2 D2 | D2 D2 D2
no  no  -   -   | -  -  -  | -  -  -  | -  -  -
no  no  -   F   | -  -  -  | -  -  -  | -  -  -
no  no  -   E   | -  -  -  | -  -  -  | -  -  -
no  no  -   D   | -  -  -  | D2 D2 D2 | D2 D2 D2
no  no  -   FE  | -  -  -  | -  -  -  | -  -  -
no  no  -   FD  | -  -  -  | D2 D2 D2 | D2 D2 D2
no  no  -   ED  | -  -  -  | D2 D2 D2 | D2 D2 D2
no  no  -   FED | -  -  -  | D2 D2 D2 | D2 D2 D2
no  yes FED -   | D1 E1 D1 | E1 D1 E1 | D1 E1 D1
no  yes FED F   | D1 E1 D1 | E1 D1 E1 | D1 E1 D1
no  yes FED E   | D1 E1 D1 | E2 D1 E2 | D1 E2 D1
no  yes FED D   | D1 E1 D1 | E1 D2 E1 | D2 E1 D2
no  yes FED FE  | D1 E1 D1 | E2 D1 E2 | D1 E2 D1
no  yes FED FD  | D1 E1 D1 | E1 D2 E1 | D2 E1 D2
no  yes FED ED  | D1 E1 D1 | E2 D2 E2 | D2 E2 D2
no  yes FED FED | D1 E1 D1 | E2 D2 E2 | D2 E2 D2
no  yes -   -   | -  -  -  | -  -  -  | -  -  -
no  yes -   F   | -  -  -  | -  -  -  | -  -  -
no  yes -   E   | -  -  -  | E2 -  E2 | -  E2 -
no  yes -   D   | -  -  -  | -  D2 -  | D2 -  D2
no  yes -   FE  | -  -  -  | E2 -  E2 | -  E2 -
no  yes -   FD  | -  -  -  | -  D2 -  | D2 -  D2
no  yes -   ED  | -  -  -  | E2 D2 E2 | D2 E2 D2
no  yes -   FED | -  -  -  | E2 D2 E2 | D2 E2 D2
yes no  FED -   | F1 D1 D1 | F1 D1 D1 | F1 D1 D1
yes no  FED F   | F1 D1 D1 | F2 D1 D1 | F2 D1 D1
yes no  FED E   | F1 D1 D1 | F1 D1 D1 | F1 D1 D1
yes no  FED D   | F1 D1 D1 | F1 D2 D2 | F1 D2 D2
yes no  FED FE  | F1 D1 D1 | F2 D1 D1 | F2 D1 D1
yes no  FED FD  | F1 D1 D1 | F2 D2 D2 | F2 D2 D2
yes no  FED ED  | F1 D1 D1 | F1 D2 D2 | F1 D2 D2
yes no  FED FED | F1 D1 D1 | F2 D2 D2 | F2 D2 D2
yes no  -   -   | -  -  -  | -  -  -  | -  -  -
yes no  -   F   | -  -  -  | F2 -  -  | F2 -  -
yes no  -   E   | -  -  -  | -  -  -  | -  -  -
yes no  -   D   | -  -  -  | -  D2 D2 | -  D2 D2
yes no  -   FE  | -  -  -  | F2 -  -  | F2 -  -
yes no  -   FD  | -  -  -  | F2 D2 D2 | F2 D2 D2
yes no  -   ED  | -  -  -  | -  D2 D2 | -  D2 D2
yes no  -   FED | -  -  -  | F2 D2 D2 | F2 D2 D2
yes yes FED -   | F1 E1 D1 | F1 D1 E1 | F1 E1 D1
yes yes FED F   | F1 E1 D1 | F2 D1 E1 | F2 E1 D1
yes yes FED E   | F1 E1 D1 | F1 D1 E2 | F1 E2 D1
yes yes FED D   | F1 E1 D1 | F1 D2 E1 | F1 E1 D2
yes yes FED FE  | F1 E1 D1 | F2 D1 E2 | F2 E2 D1
yes yes FED FD  | F1 E1 D1 | F2 D2 E1 | F2 E1 D2
yes yes FED ED  | F1 E1 D1 | F1 D2 E2 | F1 E2 D2
yes yes FED FED | F1 E1 D1 | F2 D2 E2 | F2 E2 D2
yes yes -   -   | -  -  -  | -  -  -  | -  -  -
yes yes -   F   | -  -  -  | F2 -  -  | F2 -  -
yes yes -   E   | -  -  -  | -  -  E2 | -  E2 -
yes yes -   D   | -  -  -  | -  D2 -  | -  -  D2
yes yes -   FE  | -  -  -  | F2 -  E2 | F2 E2 -
yes yes -   FD  | -  -  -  | F2 D2 -  | F2 -  D2
yes yes -   ED  | -  -  -  | -  D2 E2 | -  E2 D2
yes yes -   FED | -  -  -  | F2 D2 E2 | F2 E2 D2
"""


class Row(NamedTuple):
    """A file of the table and the heads that its pages must show."""

    title_page: bool
    alternating: bool
    first: str
    second: str
    heads: list[str]

    @property
    def name(self) -> str:
        return f"{self.title_page:d}{self.alternating:d}-{self.first}-{self.second}"

    def file(self) -> bytes:
        own = [self.first, self.second, ""]
        bands = {
            f"{where}{kind}{number}": paragraph(f"{where}{kind}{number}")
            for where, kind, number in product("hf", KINDS, (1, 2))
        }
        body = ""
        for number, kinds in enumerate(own, start=1):
            references = [
                f"{where}er-{KINDS[kind]}-{where[0]}{kind}{number}"
                for where in ("head", "foot")
                for kind in kinds.replace("-", "")
            ]
            ended = section(*references, title_page=self.title_page, properties=PAPER)
            body += paragraph("One") + paragraph("Two", NEXT_PAGE)
            if number < len(own):
                body += paragraph("Three", NEXT_PAGE + ended)
            else:
                body += paragraph("Three", NEXT_PAGE) + ended
        settings = "<w:evenAndOddHeaders/>" if self.alternating else ""
        return word_file(body, bands=bands, linked={"settings": settings})


def rows() -> list[Row]:
    found = []
    for line in TABLE.strip().splitlines():
        title, alternating, first, second, *heads = line.replace("|", " ").split()
        found.append(Row(title == "yes", alternating == "yes", first, second, heads))
    return found


ROWS = rows()
ONE_PAGE = word_file(
    paragraph("One") + section("header-first-hF1", "header-default-hD1", title_page=True),
    bands={"hF1": paragraph("hF1"), "hD1": paragraph("hD1")},
)


def shown(document: Document, zone: Zone) -> list[str]:
    """What nine pages show by what was read: the page kinds that are live in each section."""
    told = []
    for number in range(1, 10):
        part, place = divmod(number - 1, PAGES_OF_A_SECTION)
        live = {page.kind: page for page in document.live_pages if page.section == part + 1}
        told.append(band_text(_page(live, number, place), zone) or "-")
    return told


def _page(live: dict[PageKind | None, Page], number: int, place: int) -> Page:
    if place == 0 and PageKind.first in live:
        return live[PageKind.first]
    is_even = number % 2 == 0
    return live[PageKind.even] if is_even and PageKind.even in live else live[PageKind.default]


def test_the_table_has_every_combination() -> None:
    expected = {
        (title, alternating, first, second)
        for title, alternating in product((False, True), repeat=2)
        for first in ("FED", "-")
        for second in ("-", "F", "E", "D", "FE", "FD", "ED", "FED")
    }
    assert {row[:4] for row in ROWS} == expected
    assert len(ROWS) == len(expected)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_read_is_what_the_table_says(row: Row) -> None:
    document = read(row.file())
    assert shown(document, Zone.header) == [named("h", head) for head in row.heads]
    assert shown(document, Zone.footer) == [named("f", head) for head in row.heads]


def named(where: str, head: str) -> str:
    """A band's text as the files write it."""
    return head if head == "-" else where + head


def render(office: str, folder: Path, files: dict[str, bytes]) -> dict[str, Path]:
    """Name -> PDF of the files, made by LibreOffice in one call."""
    sources = [folder / f"{name}.docx" for name in files]
    for source, data in zip(sources, files.values(), strict=True):
        source.write_bytes(data)
    return convert(office, folder, sources, "pdf")


def pages_of(path: Path) -> list[tuple[str, str]]:
    """Head and foot of every page of a PDF."""
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range().split() for page in document]
    document.close()
    return [(_first(words, "h"), _first(words, "f")) for words in pages]


def _first(words: list[str], where: str) -> str:
    return next((word for word in words if word.startswith(where)), "-")


@pytest.fixture(scope="module")
def rendered(office: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All files of the table, and one of a single page, as LibreOffice renders them."""
    files = {row.name: row.file() for row in ROWS}
    return render(office, tmp_path_factory.mktemp("rendered"), {**files, "one-page": ONE_PAGE})


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_libreoffice_shows_what_the_table_says(row: Row, rendered: dict[str, Path]) -> None:
    assert pages_of(rendered[row.name]) == [(named("h", head), named("f", head)) for head in row.heads]


@pytest.mark.slow
def test_a_first_page_alone_shows_only_its_own_header(rendered: dict[str, Path]) -> None:
    """What fits on one page today shows no other header; the document read has the header of the pages
    that follow all the same (docs/decisions, "A header that no page shows yet")."""
    assert pages_of(rendered["one-page"]) == [("hF1", "-")]
    told = [(page.kind, page.live, band_text(page)) for page in read(ONE_PAGE).pages]
    assert told == [(PageKind.first, True, "hF1"), (PageKind.default, True, "hD1")]
