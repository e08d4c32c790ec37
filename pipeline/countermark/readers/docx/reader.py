"""Word files (.docx, .docm, .dotx, .dotm) to Documents."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from countermark.model import Location, Reason, Unseen, Zone
from countermark.readers.docx.data_bindings import fill_controls, stores
from countermark.readers.docx.fields import FieldValues
from countermark.readers.docx.floating_shapes import paints_pages
from countermark.readers.docx.formats import page_background
from countermark.readers.docx.notes import NOTES, in_threads
from countermark.readers.docx.numbering import ListNumbering
from countermark.readers.docx.paragraph import DocumentContext
from countermark.readers.docx.sections import WordPart, section_pages, sections_of
from countermark.readers.docx.styles import Styles
from countermark.readers.docx.text import PartText
from countermark.readers.flow.colour import UNKNOWN
from countermark.readers.flow.fields import active_codes
from countermark.readers.flow.lines import Text, TextContext
from countermark.readers.flow.pages import HeaderFooterPart, numbered
from countermark.readers.ooxml.drawings import DIAGRAMS_AND_CHARTS, drawn_lines
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.opened import OpenedPackage
from countermark.readers.ooxml.package import Package, targets, word_media_type
from countermark.readers.ooxml.theme import palette
from countermark.readers.ooxml.values import is_on
from countermark.readers.problems import broken_problem
from countermark.readers.signatures import is_pdf, is_zip
from countermark.readers.zip_parts import ZIP_ERRORS, PartError
from countermark.support.guarding import stop_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.model import Line, Page
    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.docx.notes import Name
    from countermark.readers.ooxml.package import Relationship
    from countermark.support.safe_xml import XmlElement


def read_word(data: bytes, document: DocumentBuilder) -> None:
    """Read the Word file `data`: a page for each page kind of each section, properties, labels, children.

    Parts that can't be read are Problems; without its main part the document has no pages.
    Raises LimitReached where the package holds more than the limits allow.
    """
    try:
        document.media_type = word_media_type(data) or document.media_type
        package = Package(data, document.limits)
    except ZIP_ERRORS as error:
        document.problems.append(broken_problem(Reason.word_broken, error))
        return
    opened = OpenedPackage(package, document)
    reader = _Reader(opened)
    document.add_pages(reader.pages())
    opened.add_metadata()
    opened.add_children(reader.inserted)
    opened.add_rest(reader.codes())


class _Reader:
    """The parts of a Word file that have text."""

    def __init__(self, opened: OpenedPackage) -> None:
        self._opened, self._package = opened, opened.package
        self._file_name = posixpath.basename(opened.document.name.replace("\\", "/"))
        self._read: list[PartText] = []
        self.inserted: set[str] = set()

    def pages(self) -> tuple[Page, ...]:
        """Return the pages of all sections; none where the main part can't be read."""
        main, root = self._opened.main("word/document.xml", Reason.word_broken)
        if root is None:
            return ()
        links = self._opened.links_of(main)
        settings = self._opened.linked(main, "settings")[1]
        shared = self._shared(root, main, settings)
        on_paper = page_background(root, settings, shared.styles.theme)
        ground = UNKNOWN if paints_pages(self._package, links, shared.styles.theme) else on_paper
        body = self._text(root, main, TextContext(Zone.body, ground=ground), shared)
        notes = {
            **self._notes(main, shared, ground),
            ("", "drawings"): list(self._drawn(main, Zone.textbox)),
        }
        pages, problems = section_pages(
            sections_of(body, notes, settings),
            alternating=settings is not None and is_on(settings.find(f"{W}evenAndOddHeaders")),
            read_part=lambda link, zone, section: self._header_footer(
                links.get(link), link, TextContext(zone, ground=on_paper), shared.in_section(section)
            ),
        )
        self._opened.document.problems.extend(problems)
        self._opened.document.add_lines(self._unused(shared))
        return pages

    def codes(self) -> dict[str, str]:
        """Return the names of fields that act by themselves, each with its part."""
        found: dict[str, str] = {}
        for text in self._read:
            found.update(active_codes(text.part, text.codes))
        return found

    def _shared(self, root: XmlElement, main: str, settings: XmlElement | None) -> DocumentContext:
        mapping = settings.find(f"{W}clrSchemeMapping") if settings is not None else None
        theme = palette(self._opened.linked(main, "theme")[1], mapping)
        styles = Styles(self._opened.linked(main, "styles")[1], theme)
        variables = settings.iterfind(f"{W}docVars/{W}docVar") if settings is not None else ()
        links = self._opened.links_of(main)
        values = FieldValues(
            root,
            styles,
            self._file_name,
            lambda: {entry.name.casefold(): entry.value for entry in self._opened.properties},
            {variable.get(f"{W}name", "").casefold(): variable.get(VAL, "") for variable in variables},
        )
        numbering = ListNumbering(self._opened.linked(main, "numbering")[1])
        return DocumentContext(styles, numbering, values, lambda link: self._foreign(links.get(link)))

    def _foreign(self, link: Relationship | None) -> list[str]:
        """Return the lines of foreign text that is inserted in the body.

        A document there is a child; of what can't be read, or only in part, a Problem tells.
        """
        part = link.target if link else None
        try:
            data = self._package.blob(part) if part else b""
        except PartError:
            return []
        from countermark.readers.docx.alt_chunks import inserted_lines

        found = inserted_lines(data, (part or "").rpartition(".")[2].casefold(), self._file_name)
        lines, is_whole = found or ([], False)
        if part and (found or not (is_zip(data) or is_pdf(data))):
            self.inserted.add(part)
            if not is_whole:
                self._opened.add_problem(PartError(part, Reason.word_inserted))
        return lines

    @cached_property
    def _stores(self) -> dict[str, XmlElement]:
        opened = self._opened
        return stores(opened.root, opened.custom_xml, opened.links_of, opened.xml)

    def _notes(self, main: str, shared: DocumentContext, ground: str) -> dict[Name, list[Text]]:
        """Return what each footnote, endnote and comment says."""
        found: dict[Name, list[Text]] = {}
        for kind, zone in NOTES.items():
            part, root = self._opened.linked(main, kind)
            threads = self._opened.linked(main, "commentsExtended")[1] if kind == "comments" else None
            where = TextContext(zone) if kind == "comments" else TextContext(zone, ground=ground)
            for note in in_threads(root, threads) if root is not None else ():
                told = self._text(note, part, where, shared).texts
                found.setdefault((kind, note.get(f"{W}id", "")), []).extend(told)
            found[kind, "drawings"] = list(self._drawn(part, zone))
        return found

    def _unused(self, shared: DocumentContext) -> tuple[Line, ...]:
        """Return the texts that no page shows.

        Those kept for insertion (ECMA-376 17.12) and parts that a program left behind, as headers of
        sections that are gone.
        """
        read = {text.part.casefold() for text in self._read}
        texts: list[Text] = []
        for part in self._package.text_parts:
            try:
                if part.casefold() not in read:
                    left = self._text(self._package.xml(part), part, TextContext(Zone.hidden), shared).texts
                    texts += [*left, *self._drawn(part, Zone.hidden)]
            except PartError as error:
                self._opened.add_problem(error)
        return numbered([text._replace(zone=Zone.hidden, unseen=Unseen.unused) for text in texts])

    def _text(self, root: XmlElement, part: str, where: TextContext, shared: DocumentContext) -> PartText:
        """Return the text of a part, or of an element of it, without its diagrams and charts."""
        fill_controls(root, lambda: self._stores)
        text = PartText(root, part, where, shared)
        self._read.append(text)
        if text.stop:
            self._opened.document.problems.append(stop_problem(text.stop, Location(part=part)))
        return text

    def _drawn(self, part: str, zone: Zone) -> Iterator[Text]:
        """Yield what the diagrams and charts say that a part shows."""
        for _, drawn in targets(self._opened.links_of(part), DIAGRAMS_AND_CHARTS):
            drawing = self._opened.xml(drawn)
            for line in drawn_lines(drawing) if drawing is not None else ():
                if line.strip():
                    yield Text(line, zone, drawn)

    def _header_footer(
        self, link: Relationship | None, link_id: str, where: TextContext, shared: DocumentContext
    ) -> WordPart:
        """Return the header or footer part behind `link`, the relationship that `link_id` names."""
        part = link.target if link else None
        try:
            if part is None:
                raise PartError(link_id)
            asked = shared.values.styled.asked
            text = self._text(self._package.xml(part), part, where, shared)
            varies = shared.values.styled.asked > asked
            texts = [*text.texts, *self._drawn(part, where.zone)]
            return WordPart(HeaderFooterPart(texts, pictured=bool(text.pictured)), varies=varies)
        except PartError as error:
            self._opened.has_failed(error.part)
            return WordPart(HeaderFooterPart(failed=True), error)
