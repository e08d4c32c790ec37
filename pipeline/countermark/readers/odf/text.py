"""The text of an OpenDocument: paragraphs to lines, with the zone of each (ODF 1.3 part 3, 5 to 7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from countermark.model import HEADER_FOOTER, Zone
from countermark.readers.flow.colour import AUTO
from countermark.readers.flow.fields import NUMBER
from countermark.readers.flow.lines import TextContext, is_after_tab, lines_of
from countermark.readers.flow.placement import Placement
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.odf.labels import ListLabels
from countermark.readers.odf.namespaces import OFFICE, TABLE, TEXT
from countermark.readers.odf.shapes import OBJECTS, PICTURE, SHAPES, shape_contents
from countermark.readers.odf.silent import INDEX_SOURCE, WITHOUT_TEXT
from countermark.support.limits import READING_SHARE, RECOGNITION_SHARE, LimitReached, UnitFailed
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from countermark.readers.flow.lines import RunText, Text
    from countermark.readers.odf.styles import Layout, Styles
    from countermark.support.safe_xml import XmlElement

ANNOTATION = f"{OFFICE}annotation"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
ROW, CELLS = f"{TABLE}table-row", (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
DELETED_BLOCKS = (*PARAGRAPHS, f"{TEXT}list", f"{TABLE}table", f"{TEXT}section")
LISTS, ITEMS = f"{TEXT}list", (f"{TEXT}list-item", f"{TEXT}list-header")
_BLANKS = re.compile(r"[ \t\r\n]+")
BOXED = Placement("cell")
NO_LOOK = RunFormat()
NO_FIELDS: Mapping[str, str] = {}


_CHANGES = frozenset(f"{TEXT}{name}" for name in ("change", "change-start", "change-end"))


class PageStart(NamedTuple):
    """That from the line `at` on pages are of the `master`, the first of them with the `number`."""

    at: int
    master: str
    number: int | None


class Note(NamedTuple):
    """What a footnote, endnote or comment says; `at` is the line that it belongs to."""

    zone: Zone
    at: int
    texts: list[Text]


class Shared(NamedTuple):
    """What the parts of a document share: styles, what tracked changes took out by their identifiers, which
    put something in, what is done with an embedded object, and what fields show by their elements, of those
    that don't keep it themselves."""

    styles: Styles
    deleted: Mapping[str, XmlElement]
    inserted: frozenset[str]
    embed: Callable[[XmlElement], Iterator[str]]
    fields: Mapping[str, str] = NO_FIELDS


class Flow:
    """The text of the element `root`. `texts` are its lines, `starts` where pages of another kind begin,
    `notes` what it notes, `pictured` the numbers of lines before which pictures are, `sheets` of those with
    which a page begins, `stop` what left paragraphs of it out. `base` is how its characters look where no
    style of a paragraph says it."""

    def __init__(
        self, root: XmlElement, part: str, where: TextContext, shared: Shared, base: RunFormat = NO_LOOK
    ) -> None:
        self.texts: list[Text] = []
        self.starts: list[PageStart] = []
        self.notes: list[Note] = []
        self.pictured: list[int] = []
        self.sheets: list[int] = []
        self.stop: LimitReached | UnitFailed | None = None
        self._part, self._shared, self._base = part, shared, base
        self._labels = ListLabels(shared.styles)
        self._open: list[RunText] = []
        self._beside: list[Text] = []
        self._changes: set[str] = set()
        self._label = ""
        self._block = 0
        self._layout: Layout = shared.styles.layout(None)
        self._blocks(root, where, ())

    def _blocks(self, container: XmlElement, where: TextContext, lists: tuple[str, ...]) -> None:
        """Paragraphs in order; tables, lists, sections and what is unknown are gone through. `lists` are the
        styles of the lists around."""
        for child in container:
            tag = child.tag
            if tag in PARAGRAPHS:
                self._bounded(child, where)
            elif tag == LISTS:
                own = child.get(f"{TEXT}style-name") or (lists[-1] if lists else "")
                self._blocks(child, where, (*lists, own))
            elif tag in ITEMS:
                self._label = (
                    self._labels.label(lists[-1] if lists else "", len(lists)) if tag == ITEMS[0] else ""
                )
                self._blocks(child, where, lists)
                self._label = ""
            elif tag in SHAPES:
                self._shape(child, where)
                self._flush_beside()
            elif tag in _CHANGES:
                self._change(child, where, RunFormat())
            elif tag == ANNOTATION:
                self._note(child, where, RunFormat())
            elif tag not in WITHOUT_TEXT and not INDEX_SOURCE.fullmatch(tag):
                self._blocks(child, self._inside(child, where), lists)

    def _inside(self, element: XmlElement, where: TextContext) -> TextContext:
        """Return where the content of a table, its rows and cells, or a section is."""
        tag, styles = element.tag, self._shared.styles
        if tag == f"{TABLE}table":
            self._begin_page(styles.table_master(element.get(f"{TABLE}style-name")), None, where)
            zone = Zone.table if where.zone is Zone.body else where.zone
            is_single = len([*element.iter(*CELLS)]) == 1 and where.zone is Zone.body
            return where._replace(zone=zone, placement=BOXED if is_single else where.placement)
        if tag == ROW:
            is_hidden = element.get(f"{TABLE}visibility", "visible") != "visible"
            return where._replace(hidden=where.hidden or is_hidden)
        if tag in CELLS:
            ground = styles.cell_ground(element.get(f"{TABLE}style-name"))
            hidden = where.hidden or tag == CELLS[1]
            self._block += 1
            where = where._replace(block=self._block)
            return where._replace(hidden=hidden, ground=where.ground if ground == AUTO else ground)
        if tag == f"{TEXT}section":
            return where._replace(hidden=where.hidden or styles.is_hidden_section(element))
        return where

    def _begin_page(self, master: str, number: int | None, where: TextContext) -> None:
        if master and where.zone is Zone.body:
            self.starts.append(PageStart(len(self.texts), master, number))

    def _bounded(self, paragraph: XmlElement, where: TextContext) -> None:
        """Read a paragraph, if the document's limits leave room for it."""
        try:
            checkpoint(RECOGNITION_SHARE if where.zone in HEADER_FOOTER else READING_SHARE)
        except (LimitReached, UnitFailed) as stop:
            self.stop = self.stop or stop
            return
        self.paragraph(paragraph, where)

    def paragraph(self, paragraph: XmlElement, where: TextContext) -> None:
        """Read a paragraph; what it holds beside its text comes after it."""
        styles, name = self._shared.styles, paragraph.get(f"{TEXT}style-name")
        layout = self._layout = styles.layout(name)
        self._begin_page(layout.master, layout.number, where)
        if layout.breaks and where.zone is Zone.body:
            self.sheets.append(len(self.texts))
        if layout.ground != AUTO:
            where = where._replace(ground=layout.ground)
        conditions = paragraph.iterchildren(f"{TEXT}hidden-paragraph")
        if any(condition.get(f"{TEXT}is-hidden") == "true" for condition in conditions):
            where = where._replace(hidden=True)
        look = styles.look("paragraph", name, self._base)
        if self._label:
            self._open.append((self._label, where, look))
            self._label = ""
        self._inline(paragraph, where, look)
        self._end_line()
        self._flush_beside()

    def _flush_beside(self) -> None:
        self.texts += self._beside
        self._beside = []

    def _end_line(self) -> None:
        pieces, self._open = self._open, []
        if pieces:
            centred = self._layout.centred or (
                self._layout.first_tab == "center" and is_after_tab("".join([text for text, _, _ in pieces]))
            )
            self.texts += lines_of(pieces, self._part, centred=centred)

    def _inline(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        """Read text and elements in order; spans, links and what is unknown are gone through."""
        self._add(element.text, where, look)
        for child in element:
            tag = child.tag
            if tag in self._shared.fields:
                self._put(self._shared.fields[tag], where, look)
            elif tag in self._READERS:
                self._READERS[tag](self, child, where, look)
            elif tag in SHAPES:
                self._shape(child, where._replace(hidden=where.hidden or look.hidden))
            elif tag not in WITHOUT_TEXT:
                self._inline(child, where, look)
            self._add(child.tail, where, look)

    def _add(self, text: str | None, where: TextContext, look: RunFormat) -> None:
        """Add text; blanks count as one, and at the start of a line not at all (6.1.2)."""
        if text:
            text = _BLANKS.sub(" ", text)
            if not self._open or self._open[-1][0].endswith(" "):
                text = text.lstrip(" ")
            self._put(text, where, look)

    def _put(self, text: str, where: TextContext, look: RunFormat) -> None:
        if text:
            self._open.append((text, where._replace(tracked=True) if self._changes else where, look))

    def _span(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        name = element.get(f"{TEXT}style-name")
        self._inline(element, where, self._shared.styles.look("text", name, look))

    def _spaces(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        count = element.get(f"{TEXT}c", "1")
        self._put(" " * (int(count) if count.isdecimal() and len(count) < 4 else 1), where, look)

    def _tab(self, _element: XmlElement, where: TextContext, look: RunFormat) -> None:
        self._put("\t", where, look)

    def _break(self, _element: XmlElement, _where: TextContext, _look: RunFormat) -> None:
        self._end_line()

    def _number(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        self._put("".join(element.itertext()).strip() or NUMBER, where, look)

    def _hidden_text(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        """Text under a condition: as it was when the file was saved."""
        if element.get(f"{TEXT}is-hidden") == "true":
            self._put(element.get(f"{TEXT}string-value", ""), where._replace(hidden=True), look)
        else:
            self._inline(element, where, look)

    def _note(self, element: XmlElement, where: TextContext, _look: RunFormat) -> None:
        """Read a footnote, an endnote or a comment."""
        is_endnote = element.get(f"{TEXT}note-class") == "endnote"
        zone = Zone.endnote if is_endnote else Zone.footnote
        if element.tag == ANNOTATION:
            zone = Zone.comment
        texts = self._apart(element, TextContext(zone, hidden=where.hidden))
        self.notes.append(Note(zone, len(self.texts), texts))

    def _change(self, element: XmlElement, where: TextContext, look: RunFormat) -> None:
        """Read a point where text was taken out, or one where what was put in begins or ends."""
        identifier = element.get(f"{TEXT}change-id", "")
        if element.tag == f"{TEXT}change-end":
            self._changes.discard(identifier)
        elif identifier in self._shared.inserted:
            self._changes.add(identifier)
        elif identifier in self._shared.deleted:
            gone = where._replace(zone=Zone.deleted)
            blocks = [*self._shared.deleted[identifier].iterchildren(*DELETED_BLOCKS)]
            if blocks and blocks[0].tag in PARAGRAPHS:
                self._inline(blocks.pop(0), gone, look)
            self._beside += self._apart(blocks, gone)

    def _shape(self, element: XmlElement, where: TextContext) -> None:
        """Read a shape: what it says comes after the paragraph that it hangs on."""
        base = where._replace(zone=Zone.textbox) if where.zone in (Zone.body, Zone.table) else where
        self._block += 1
        base = base._replace(block=self._block)
        for content, own in shape_contents(element, base, self._shared.styles):
            if isinstance(content, str):
                for line in content.splitlines():
                    self._beside += lines_of([(line, own, RunFormat())], self._part, centred=False)
            elif content.tag == PICTURE:
                self.pictured.append(len(self.texts))
            elif content.tag in OBJECTS:
                for line in self._shared.embed(content):
                    self._beside += lines_of([(line, own, RunFormat())], self._part, centred=False)
            else:
                self._beside += self._apart(content, own)

    def _apart(self, root: XmlElement, where: TextContext) -> list[Text]:
        """Return the lines of what is beside the text; its notes and pictures belong to the line here."""
        flow = Flow(root, self._part, where, self._shared, self._base)
        self.notes += [note._replace(at=len(self.texts)) for note in flow.notes]
        self.pictured += [len(self.texts)] * bool(flow.pictured)
        self.stop = self.stop or flow.stop
        return flow.texts

    _READERS: ClassVar[dict[str, Callable[[Flow, XmlElement, TextContext, RunFormat], None]]] = {
        f"{TEXT}span": _span,
        f"{TEXT}s": _spaces,
        f"{TEXT}tab": _tab,
        f"{TEXT}line-break": _break,
        f"{TEXT}page-number": _number,
        f"{TEXT}page-count": _number,
        f"{TEXT}hidden-text": _hidden_text,
        f"{TEXT}note": _note,
        ANNOTATION: _note,
        **dict.fromkeys(_CHANGES, _change),
    }
