"""The text of a Word part: paragraphs to lines, with the zone that each is in.

A line is what a reader sees between two breaks. Tracked deletions, hidden runs and text struck
through are taken out of the line into lines of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Zone
from countermark.readers.docx.floating_shapes import painted_blocks
from countermark.readers.docx.found_texts import FoundTexts
from countermark.readers.docx.paragraph import (
    DELETED,
    INSERTED,
    WITHOUT_TEXT,
    DocumentContext,
    P,
    Paragraph,
    R,
    T,
)
from countermark.readers.docx.placements import table_placement
from countermark.readers.docx.shapes import PICTURES, shape_contents
from countermark.readers.docx.tables import CellLook, cell_looks
from countermark.readers.flow.colour import AUTO, UNKNOWN
from countermark.readers.flow.lines import Text, TextContext, lines_of
from countermark.readers.flow.placement import Placement
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.values import is_on
from countermark.support.limits import READING_SHARE, RECOGNITION_SHARE, LimitReached, UnitFailed
from countermark.support.progress import checkpoint
from countermark.support.safe_xml import XmlElement

if TYPE_CHECKING:
    from countermark.readers.docx.notes import Name
    from countermark.readers.flow.lines import RunText

PPR, SECTPR = f"{W}pPr", f"{W}sectPr"
TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
ROW_CHANGES = (f"{W}trPr/{W}del", f"{W}trPr/{W}ins")
CELL_CHANGES = (f"{W}tcPr/{W}cellDel", f"{W}tcPr/{W}cellIns")
CHUNK = f"{W}altChunk"
NO_LOOK = CellLook()
BOXED = Placement("cell")
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Break(NamedTuple):
    """The end of a section: its sectPr, and how many of the part's texts come before it."""

    properties: XmlElement
    at: int


class PartText:
    """The text of one part.

    `found` holds its lines, `breaks` its section ends, `codes` the codes of its fields, `notes` the notes
    that it leads to and from which section, counted from 0, `pictured` the sections in which it shows
    pictures, `stop` what left paragraphs of it out.
    """

    def __init__(self, root: XmlElement, part: str, where: TextContext, shared: DocumentContext) -> None:
        self.found = FoundTexts()
        self.breaks: list[Break] = []
        self.codes: list[str] = []
        self.notes: dict[Name, int] = {}
        self.pictured: set[int] = set()
        self.stop: LimitReached | UnitFailed | None = None
        self.part = part
        self._shared = shared
        self._carried: list[RunText] = []
        self._painted = painted_blocks(root, shared.styles.theme)
        self._cells: dict[XmlElement, tuple[CellLook, int]] = {}
        self._blocks(root, where)

    @property
    def texts(self) -> list[Text]:
        """Its lines in document order."""
        return self.found.texts

    def _blocks(self, container: XmlElement, where: TextContext) -> None:
        """Paragraphs in order; tables, content controls and what is unknown are gone through."""
        for child in container:
            tag = child.tag
            here = where._replace(ground=UNKNOWN) if child in self._painted else where
            if tag == P:
                self._bounded(child, here)
            elif tag == SECTPR:
                self._end_section(child)
            elif tag == CHUNK:
                self._plain("\n".join(self._shared.foreign(child.get(RELATIONSHIP_ID, ""))), here)
            elif tag not in WITHOUT_TEXT:
                self._blocks(child, self._inside(child, here))
        if self._carried:
            self.texts.extend(lines_of(self._carried, self.part, centred=False))
            self._carried = []

    def _inside(self, element: XmlElement, where: TextContext) -> TextContext:
        """Return where the content of a table, its rows and cells, or of a tracked change is."""
        tag = element.tag
        if tag == TABLE:
            return self._in_table(element, where)
        if tag == ROW:
            if is_on(element.find(f"{W}trPr/{W}hidden")):
                where = where._replace(hidden=True)
            return _changed(element, ROW_CHANGES, where)
        if tag == CELL:
            (ground, characters), block = self._cells.pop(element, (NO_LOOK, where.block))
            where = where._replace(block=block)
            if ground not in (None, AUTO):
                where = where._replace(ground=ground)
            if characters:
                where = where._replace(characters=characters)
            return _changed(element, CELL_CHANGES, where)
        if tag in DELETED:
            return where._replace(zone=Zone.deleted)
        return where._replace(tracked=True) if tag in INSERTED else where

    def _in_table(self, table: XmlElement, where: TextContext) -> TextContext:
        """Return where the content of a table is, as far as its cells do not say otherwise."""
        styles = self._shared.styles
        name = table.find(f"{W}tblPr/{W}tblStyle")
        style = styles.table(name.get(VAL) if name is not None else None)
        cells = list(cell_looks(table, style, styles.theme))
        columns = 1 + max((column for _, column, _ in cells), default=0)
        block = self.found.new_blocks(columns)
        for cell, column, look in cells:
            self._cells[cell] = look, block + column
        placement = where.placement or table_placement(table.find(f"{W}tblPr"), opens=self.found.opens_page)
        if len(cells) == 1 and where.zone is Zone.body:
            placement = placement or BOXED
        elif placement is BOXED:
            placement = None
        self.found.end_frame()
        zone = Zone.table if where.zone is Zone.body else where.zone
        return where._replace(zone=zone, characters=(), block=block, placement=placement)

    def _bounded(self, paragraph: XmlElement, where: TextContext) -> None:
        """Read a paragraph, if the document's limits leave room for it.

        Of one that is left out the section's end is kept. Headers and footers are read beyond the
        share of the body, which is the most.
        """
        try:
            checkpoint(RECOGNITION_SHARE if where.zone in HEADER_FOOTER else READING_SHARE)
            self._paragraph(paragraph, where)
        except (LimitReached, UnitFailed) as stop:
            self.stop = self.stop or stop
            properties = paragraph.find(f"{PPR}/{SECTPR}")
            if properties is not None and where.zone is Zone.body:
                self._end_section(properties)

    def _paragraph(self, element: XmlElement, where: TextContext) -> None:
        styles = self._shared.styles
        layout = styles.layout(None)
        plain = _plain_text(element) if layout.is_plain and not self._carried else None
        if plain is None:
            self._formatted(element, where)
        elif plain:
            pieces = [(plain, where, styles.format(None, None, where.characters))]
            self.texts.extend(lines_of(pieces, self.part, centred=layout.centred))

    def _formatted(self, element: XmlElement, where: TextContext) -> None:
        properties = next(element.iterchildren(PPR), None)
        opens = self.found.opens_page
        paragraph = Paragraph(properties, where, self._shared, self.part, self.found, self._carried)
        self._carried = paragraph.read(element)
        self.codes += paragraph.codes
        for name in paragraph.notes:
            self.notes.setdefault(name, len(self.breaks))
        for shape, shape_where in paragraph.shapes:
            self._shape(shape, shape_where, opens=opens)
        if paragraph.section is not None and where.zone is Zone.body:
            self._end_section(paragraph.section)

    def _end_section(self, properties: XmlElement) -> None:
        self.breaks.append(Break(properties, len(self.texts)))
        self.found.begin_section()

    def _shape(self, shape: XmlElement, where: TextContext, *, opens: bool) -> None:
        if next(shape.iter(*PICTURES), None) is not None:
            self.pictured.add(len(self.breaks))
        if where.zone in (Zone.body, Zone.table):
            where = where._replace(zone=Zone.textbox)
        where = where._replace(characters=())
        for content, own in shape_contents(shape, where, self._shared.styles.theme, opens=opens):
            in_block = own._replace(block=self.found.new_blocks())
            if isinstance(content, str):
                self._plain(content, in_block)
            else:
                self._blocks(content, in_block)

    def _plain(self, content: str, where: TextContext) -> None:
        for line in content.splitlines():
            self.texts.extend(lines_of([(line, where, RunFormat())], self.part, centred=False))


def _plain_text(paragraph: XmlElement) -> str | None:
    """Return the text of a paragraph that holds nothing but unformatted runs; None of any other.

    Most paragraphs of files that programs make are such, and take half the time this way.
    """
    texts = []
    for run in paragraph:
        if run.tag != R:
            return None
        for content in run:
            if content.tag != T:
                return None
            texts.append(content.text or "")
    return "".join(texts)


def _changed(element: XmlElement, changes: tuple[str, str], where: TextContext) -> TextContext:
    """Return where the content of a row or cell is that may have been deleted or inserted."""
    deletion, insertion = changes
    if element.find(deletion) is not None:
        return where._replace(zone=Zone.deleted)
    return where._replace(tracked=True) if element.find(insertion) is not None else where
