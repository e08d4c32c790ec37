"""Word files (.docx, .docm, .dotx, .dotm) to Documents."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from countermark.model import Location, Reason, Unseen, Zone
from countermark.readers.docx.alt_chunks import inserted_lines
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
from countermark.readers.ooxml.active import active_content
from countermark.readers.ooxml.drawings import DIAGRAMS_AND_CHARTS, drawn_lines
from countermark.readers.ooxml.embedded import NotRead, embedded_file
from countermark.readers.ooxml.namespaces import VAL, W
from countermark.readers.ooxml.package import Package, rels_source, targets, word_media_type
from countermark.readers.ooxml.problems import main_problem, part_problem, unread_entries
from countermark.readers.ooxml.properties import all_properties, labels_in_parts
from countermark.readers.ooxml.theme import palette
from countermark.readers.ooxml.values import is_on
from countermark.readers.problems import broken_problem, limit_problem
from countermark.readers.signatures import is_pdf, is_zip
from countermark.readers.zip_parts import ZIP_ERRORS, PartError
from countermark.support.guarding import stop_problem
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countermark.model import Label, Line, Page, Problem, Property
    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.docx.notes import Name
    from countermark.readers.ooxml.embedded import Embedded
    from countermark.readers.ooxml.package import Relationship
    from countermark.support.limits import Limits
    from countermark.support.safe_xml import XmlElement

    Relationships = Mapping[str, Relationship]

EMBEDDED = frozenset(("package", "oleObject", "aFChunk"))
CUSTOM_XML = frozenset(("customXml",))
"""Kinds of relationships; strict files spell some of them differently."""


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
    reader = _Reader(package, posixpath.basename(document.name.replace("\\", "/")))
    document.add_pages(reader.pages())
    document.add_lines(reader.lines)
    document.properties += reader.properties
    document.add_labels(reader.labels())
    for embedded in reader.embedded(document.limits):
        document.read_child(embedded.data, embedded.name)
    document.problems += reader.told()


class _Reader:
    """One package, and the problems met so far in reading its parts."""

    def __init__(self, package: Package, file_name: str) -> None:
        self.problems: list[Problem] = []
        self.lines: tuple[Line, ...] = ()
        self._package, self._file_name = package, file_name
        self._read: list[PartText] = []
        self._inserted: set[str] = set()
        self._failed: set[str] = set()
        self._root = self._relationships("")

    def pages(self) -> tuple[Page, ...]:
        """The pages of all sections; none where the main part can't be read."""
        main = next((part for _, part in targets(self._root, {"officeDocument"})), "word/document.xml")
        try:
            root = self._package.xml(main)
            links = self._package.relationships(main)
        except PartError as error:
            self.problems.append(main_problem(error))
            return ()
        settings = self._linked(links, "settings")[1]
        shared = self._shared(root, links, settings)
        on_paper = page_background(root, settings, shared.styles.theme)
        ground = UNKNOWN if paints_pages(self._package, links, shared.styles.theme) else on_paper
        body = self._text(root, main, TextContext(Zone.body, ground=ground), shared)
        notes = {
            **self._notes(links, shared, ground),
            ("", "drawings"): list(self._drawn(main, Zone.textbox)),
        }
        pages, problems = section_pages(
            sections_of(body, notes, settings),
            alternating=settings is not None and is_on(settings.find(f"{W}evenAndOddHeaders")),
            read_part=lambda link, zone, section: self._header_footer(
                links.get(link), link, TextContext(zone, ground=on_paper), shared.in_section(section)
            ),
        )
        self.problems.extend(problems)
        self.lines = self._unused(shared)
        return pages

    def _shared(self, main: XmlElement, links: Relationships, settings: XmlElement | None) -> DocumentContext:
        mapping = settings.find(f"{W}clrSchemeMapping") if settings is not None else None
        styles = Styles(self._linked(links, "styles")[1], palette(self._linked(links, "theme")[1], mapping))
        variables = settings.iterfind(f"{W}docVars/{W}docVar") if settings is not None else ()
        values = FieldValues(
            main,
            styles,
            self._file_name,
            lambda: {one.name.casefold(): one.value for one in self.properties},
            {each.get(f"{W}name", "").casefold(): each.get(VAL, "") for each in variables},
        )
        numbering = ListNumbering(self._linked(links, "numbering")[1])
        return DocumentContext(styles, numbering, values, lambda link: self._foreign(links.get(link)))

    def _foreign(self, link: Relationship | None) -> list[str]:
        """The lines of foreign text that is inserted in the body. A document there is a child; of what
        can't be read, or only in part, a Problem tells."""
        part = link.target if link else None
        try:
            data = self._package.blob(part) if part else b""
        except PartError:
            return []
        found = inserted_lines(data, (part or "").rpartition(".")[2].casefold(), self._file_name)
        lines, is_whole = found or ([], False)
        if part and (found or not (is_zip(data) or is_pdf(data))):
            self._inserted.add(part)
            if not is_whole:
                self._tell(PartError(part, Reason.word_inserted))
        return lines

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Core, application and custom properties, and what custom XML parts keep."""
        return tuple(all_properties(self._root, self._custom_xml, self._part))

    def labels(self) -> Iterator[Label]:
        """The labels in Office's own part and in custom XML."""
        return labels_in_parts(self._root, self._custom_xml, self._part)

    @cached_property
    def _stores(self) -> dict[str, XmlElement]:
        return stores(self._root, self._custom_xml, lambda part: self._links.get(part, {}), self._part)

    @cached_property
    def _custom_xml(self) -> dict[str, XmlElement]:
        """The root elements of the parts with custom XML that can be read."""
        found = [part for links in self._links.values() for _, part in targets(links, CUSTOM_XML)]
        roots = {part: self._part(part) for part in dict.fromkeys(found)}
        return {part: root for part, root in roots.items() if root is not None}

    def embedded(self, limits: Limits) -> Iterator[Embedded]:
        """The embedded files. One that is damaged or of a kind that can't be told is a Problem."""
        found = [part for links in self._links.values() for _, part in targets(links, EMBEDDED)]
        parts = [part for part in dict.fromkeys(found) if part not in self._inserted]
        if len(parts) > limits.children:
            reached = LimitReached("children", limits.children, str(len(parts)))
            self.problems.append(limit_problem(reached))
        for part in parts[: limits.children]:
            try:
                embedded = embedded_file(self._package.blob(part), part)
            except PartError as error:
                self._tell(error)
            except NotRead:
                self._tell(PartError(part, Reason.package_embedded))
            else:
                if embedded:
                    yield embedded

    def told(self) -> Iterator[Problem]:
        """All that could not be read, then what acts by itself or fetches something from outside."""
        yield from self.problems
        yield from unread_entries(self._package, self.problems)
        codes: dict[str, str] = {}
        for text in self._read:
            codes.update(active_codes(text.part, text.codes))
        active = active_content(self._links, codes)
        if active:
            yield active

    @cached_property
    def _links(self) -> dict[str, Relationships]:
        """The relationships of every part that has any."""
        sources = [rels_source(part) for part in self._package.names if part.casefold().endswith(".rels")]
        return {source: self._relationships(source) for source in sources}

    def _notes(self, links: Relationships, shared: DocumentContext, ground: str) -> dict[Name, list[Text]]:
        """What each footnote, endnote and comment says."""
        found: dict[Name, list[Text]] = {}
        for kind, zone in NOTES.items():
            part, root = self._linked(links, kind)
            threads = self._linked(links, "commentsExtended")[1] if kind == "comments" else None
            where = TextContext(zone) if kind == "comments" else TextContext(zone, ground=ground)
            for note in in_threads(root, threads) if root is not None else ():
                told = self._text(note, part, where, shared).texts
                found.setdefault((kind, note.get(f"{W}id", "")), []).extend(told)
            found[kind, "drawings"] = list(self._drawn(part, zone))
        return found

    def _unused(self, shared: DocumentContext) -> tuple[Line, ...]:
        """The texts that no page shows: those kept for insertion (ECMA-376 17.12), parts that a program
        left behind, as headers of sections that are gone, and alternatives that Word does not take."""
        read = {text.part.casefold() for text in self._read}
        texts: list[Text] = []
        for part in self._package.text_parts:
            try:
                if part.casefold() not in read:
                    left = self._text(self._package.xml(part), part, TextContext(Zone.hidden), shared).texts
                    texts += [*left, *self._drawn(part, Zone.hidden)]
            except PartError as error:
                self._tell(error)
        for part, left_out in self._package.left_out.items():
            texts += [Text(line, Zone.hidden, part) for line in left_out.lines]
        return numbered([text._replace(zone=Zone.hidden, unseen=Unseen.unused) for text in texts])

    def _text(self, root: XmlElement, part: str, where: TextContext, shared: DocumentContext) -> PartText:
        """The text of a part, or of an element of it, without its diagrams and charts."""
        fill_controls(root, lambda: self._stores)
        text = PartText(root, part, where, shared)
        self._read.append(text)
        if text.stop:
            self.problems.append(stop_problem(text.stop, Location(part=part)))
        return text

    def _drawn(self, part: str, zone: Zone) -> Iterator[Text]:
        """What the diagrams and charts say that a part shows."""
        for _, drawn in targets(self._links.get(part, {}), DIAGRAMS_AND_CHARTS):
            drawing = self._part(drawn)
            for line in drawn_lines(drawing) if drawing is not None else ():
                if line.strip():
                    yield Text(line, zone, drawn)

    def _header_footer(
        self, link: Relationship | None, link_id: str, where: TextContext, shared: DocumentContext
    ) -> WordPart:
        """The header or footer part behind `link`, the relationship that `link_id` names."""
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
            self._failed.add(error.part)
            return WordPart(HeaderFooterPart(failed=True), error)

    def _linked(self, links: Relationships, kind: str) -> tuple[str, XmlElement | None]:
        """The name and root of the one part of that kind; no root where there is none to read."""
        part = next((part for _, part in targets(links, {kind})), "")
        return part, self._part(part) if part else None

    def _part(self, part: str) -> XmlElement | None:
        try:
            return self._package.xml(part)
        except PartError as error:
            self._tell(error)
            return None

    def _relationships(self, source: str) -> Relationships:
        try:
            return self._package.relationships(source)
        except PartError as error:
            self._tell(error)
            return {}

    def _tell(self, error: PartError) -> None:
        if error.part not in self._failed:
            self._failed.add(error.part)
            self.problems.append(part_problem(error))
