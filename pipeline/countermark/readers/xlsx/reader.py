"""Excel files to Documents: a sheet is a section, with a page for each kind of its printed pages."""

from __future__ import annotations

import posixpath
import re
from functools import partial
from typing import TYPE_CHECKING

from countermark.model import Location, PageKind, Reason, Unseen, Zone
from countermark.readers.flow.pages import without_text
from countermark.readers.flow.sheets import Sheet
from countermark.readers.ooxml.namespaces import UNDERSTOOD_BY_SHEETS
from countermark.readers.ooxml.opened import OpenedPackage
from countermark.readers.ooxml.package import Package, targets
from countermark.readers.ooxml.streamed import elements
from countermark.readers.ooxml.theme import palette
from countermark.readers.xlsx.cells import CellReader, PrintedRows
from countermark.readers.xlsx.drawings import lines_over
from countermark.readers.xlsx.names import RELATIONSHIP_ID, S
from countermark.readers.xlsx.sheets import printed_pages
from countermark.readers.xlsx.strings import SharedStrings
from countermark.readers.xlsx.styles import Styles
from countermark.readers.zip_parts import PartError
from countermark.support.guarding import stop_problem
from countermark.support.limits import LimitReached, UnitFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.model import Page
    from countermark.readers.builder import DocumentBuilder
    from countermark.support.safe_xml import XmlElement

STRINGS = frozenset(("sharedStrings",))
KEPT = frozenset(("pivotCacheDefinition", "pivotCacheRecords", "externalLink"))
"""Kinds of parts that keep values of other sheets and of other files."""
KEPT_VALUES = (f"{S}s", f"{S}cell")
TITLES = "_xlnm.Print_Titles"
BUILT_IN = "_xlnm."
TITLE_ROWS = re.compile(r"!\$?\d{1,7}:\$?(\d{1,7})(?:,|$)")
CONSTANT = re.compile(r'"(.*)"', re.DOTALL)


def read_sheets(data: bytes, document: DocumentBuilder) -> None:
    """Read the Excel file `data`.

    The pages of each sheet in the order of their tabs, names, properties, labels, children.

    Raises LimitReached and what `zipfile` raises for a damaged file.
    """
    opened = OpenedPackage(Package(data, document.limits, UNDERSTOOD_BY_SHEETS), document)
    part, root = opened.main("xl/workbook.xml", Reason.sheets_broken)
    if root is not None:
        _Workbook(part, root, opened).read()
    opened.add_metadata()
    opened.add_children()
    opened.add_rest()


class _Workbook:
    """The main part, and what its sheets share."""

    def __init__(self, part: str, root: XmlElement, opened: OpenedPackage) -> None:
        self._part, self._root, self._opened = part, root, opened
        theme = palette(opened.linked(part, "theme")[1], None)
        self._styles = Styles(opened.linked(part, "styles")[1], theme)
        self._strings = SharedStrings()
        self._cells = CellReader(opened.package, self._strings, self._styles)
        self._whole = True

    def read(self) -> None:
        """Read all sheets, then what none of them shows."""
        for _, part in targets(self._opened.links_of(self._part), STRINGS):
            read = partial(self._strings.read, self._opened.package, part, self._styles)
            self._within_limits(read, Location(part=part))
        pages = [page for sheet in self._sheets() for page in self._pages(sheet)]
        document = self._opened.document
        document.add_pages(pages)
        failed = {place for problem in document.problems for place in problem.locations}
        document.problems += without_text(pages, failed)
        for name in self._names():
            document.add_line(name, Zone.bookmark, part=self._part)
        if self._whole:
            for text in self._strings.unused():
                document.add_line(text, Zone.hidden, unseen=Unseen.unused)
        self._add_kept()

    def _sheets(self) -> Iterator[Sheet]:
        links = self._opened.links_of(self._part)
        for number, element in enumerate(self._root.iterfind(f"{S}sheets/{S}sheet"), 1):
            link = links.get(element.get(RELATIONSHIP_ID, ""))
            part = (link.target if link else None) or self._part
            is_hidden = element.get("state", "visible") != "visible"
            beside, pictured = lines_over(part, self._opened) if part != self._part else ([], False)
            yield Sheet(
                number, element.get("name", ""), part, is_hidden, self._titles(number), beside, pictured
            )

    def _pages(self, sheet: Sheet) -> Iterator[Page]:
        content = PrintedRows()
        place = Location(section=sheet.number, kind=PageKind.default, name=sheet.name)
        is_read = self._within_limits(partial(self._cells.read, sheet.part, content), place)
        file_name = posixpath.basename(self._opened.document.name.replace("\\", "/"))
        fields = {"A": sheet.name, "F": file_name, "P": "1", "N": "1"}
        return printed_pages(sheet._replace(failed=not is_read), content, fields)

    def _within_limits(self, read: Callable[[], None], place: Location) -> bool:
        """Read a large part; what can't be read costs the rest of it. Whether it was read to its end."""
        try:
            read()
        except PartError as error:
            self._opened.add_problem(error, place)
        except (LimitReached, UnitFailed) as stop:
            self._opened.document.problems.append(stop_problem(stop, place))
        else:
            return True
        self._whole = False
        return False

    def _titles(self, number: int) -> int:
        """Return the last of the rows of a sheet that are printed on each page (18.2.5)."""
        for element in self._root.iterfind(f"{S}definedNames/{S}definedName"):
            if element.get("name") == TITLES and element.get("localSheetId") == str(number - 1):
                found = TITLE_ROWS.search(element.text or "")
                return int(found[1]) if found else 0
        return 0

    def _names(self) -> Iterator[str]:
        """Yield what sheets and parts of them are called, and texts that names hold."""
        for element in self._root.iterfind(f"{S}sheets/{S}sheet"):
            yield element.get("name", "")
        for element in self._root.iterfind(f"{S}definedNames/{S}definedName"):
            if not element.get("name", "").startswith(BUILT_IN):
                yield element.get("name", "")
                constant = CONSTANT.fullmatch((element.text or "").strip())
                if constant:
                    yield constant[1].replace('""', '"')

    def _add_kept(self) -> None:
        """Add the texts that the file keeps of other files and for pivot tables."""
        found = [part for links in self._opened.links.values() for _, part in targets(links, KEPT)]
        for part in dict.fromkeys(found):
            self._within_limits(partial(self._add_values, part), Location(part=part))

    def _add_values(self, part: str) -> None:
        for element in elements(self._opened.package, part, KEPT_VALUES):
            text = element.get("v") or element.findtext(f"{S}v") or ""
            self._opened.document.add_line(text, Zone.hidden, part=part, unseen=Unseen.unused)
