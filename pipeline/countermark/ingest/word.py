"""Word files (.docx, .docm, .dotx, .dotm) to Documents."""

from __future__ import annotations

import hashlib
import posixpath
from functools import cache, cached_property
from typing import TYPE_CHECKING

from countermark.ingest.labels import labels_from_properties
from countermark.ingest.problems import broken_problem, limit_problem
from countermark.ingest.signatures import is_pdf, is_zip
from countermark.ingest.word_colour import RRGGBB, UNKNOWN, VAL, WHITE, W, palette
from countermark.ingest.word_fields import FieldValues
from countermark.ingest.word_formats import OFF, is_on
from countermark.ingest.word_lines import Where
from countermark.ingest.word_numbering import Numbering
from countermark.ingest.word_package import (
    MEDIA_TYPES,
    ZIP_ERRORS,
    Package,
    PartError,
    rels_source,
    word_media_type,
)
from countermark.ingest.word_paragraph import Shared
from countermark.ingest.word_sections import Band, Section, section_pages
from countermark.ingest.word_styles import Styles
from countermark.ingest.word_text import PartText
from countermark.limits import LimitReached, Limits
from countermark.model import Document, Label, Location, Problem, ProblemKind, Property, Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from countermark.ingest.word_lines import Text
    from countermark.ingest.word_package import Element, Relationship
    from countermark.model import Page

    ReadChild = Callable[[bytes, str], Document]
    Relationships = Mapping[str, Relationship]

NOTES = {"footnotes": Zone.footnote, "endnotes": Zone.endnote, "comments": Zone.comment}
EMBEDDED = frozenset(("package", "oleObject", "aFChunk"))
PROPERTIES = frozenset(("core-properties", "extended-properties", "extendedProperties"))
CUSTOM_PROPERTIES = frozenset(("custom-properties", "customProperties"))
LABEL_INFO = frozenset(("classificationlabels",))
"""Kinds of relationships; strict files spell some of them differently."""


def read_word(data: bytes, name: str, limits: Limits, *, read_child: ReadChild) -> Document:
    """The Word file `data`: a page for each page kind of each section, properties, labels, children.

    `name` is kept as the document's name; `read_child` reads an embedded file from its bytes and name.
    Parts that can't be read are Problems; without its main part the document has no pages.
    Raises LimitReached where the package holds more than `limits` allow.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    media_type = next(iter(MEDIA_TYPES.values()))
    try:
        media_type = word_media_type(data) or media_type
        package = Package(data, limits)
    except ZIP_ERRORS as error:
        problem = broken_problem("word-broken", error)
        return Document(name=name, media_type=media_type, sha256=sha256, problems=(problem,))
    reader = _Reader(package, posixpath.basename(name.replace("\\", "/")))
    pages = reader.pages()
    properties = reader.properties
    children = tuple(reader.children(limits, read_child))
    return Document(
        name=name,
        media_type=media_type,
        sha256=sha256,
        pages=pages,
        properties=properties,
        labels=(*labels_from_properties(properties), *reader.label_info()),
        children=children,
        problems=(*reader.problems, *reader.unread_entries()),
    )


class _Reader:
    """One package, and the problems met so far in reading its parts."""

    def __init__(self, package: Package, file_name: str) -> None:
        self.problems: list[Problem] = []
        self._package, self._file_name = package, file_name
        self._root = self._relationships("")

    def pages(self) -> tuple[Page, ...]:
        """The pages of all sections; none where the main part can't be read."""
        main = next((part for _, part in _targets(self._root, {"officeDocument"})), "word/document.xml")
        try:
            root = self._package.xml(main)
            links = self._package.relationships(main)
        except PartError as error:
            self.problems.append(_main_problem(error))
            return ()
        settings = self._linked(links, "settings")[1]
        shared = self._shared(root, links, settings)
        notes = [text for kind in NOTES for text in self._notes(links, kind, shared)]
        body = PartText(root, main, Where(Zone.body, ground=_background(root, settings)), shared)
        pages, problems = section_pages(
            _sections(body, notes),
            alternating=settings is not None and is_on(settings.find(f"{W}evenAndOddHeaders")),
            read_band=cache(lambda link, zone: self._band(links.get(link), link, zone, shared)),
        )
        self.problems.extend(problems)
        return pages

    def _shared(self, main: Element, links: Relationships, settings: Element | None) -> Shared:
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
        return Shared(styles, Numbering(self._linked(links, "numbering")[1]), values)

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        return tuple(self._properties())

    def _properties(self) -> Iterator[Property]:
        """Core and application properties by their element's name, custom ones by their own."""
        for kind, part in _targets(self._root, PROPERTIES | CUSTOM_PROPERTIES):
            root = self._part(part)
            for element in root if root is not None else ():
                value = "".join(element.itertext()).strip()
                if kind in CUSTOM_PROPERTIES:
                    yield Property(name=element.get("name", ""), value=value, source=part)
                elif value and not len(element):
                    yield Property(name=element.tag.rpartition("}")[2], value=value, source=part)

    def label_info(self) -> Iterator[Label]:
        """The sensitivity labels that Office keeps apart from the properties, by their GUID."""
        for _, part in _targets(self._root, LABEL_INFO):
            root = self._part(part)
            for element in root.iter("{*}label") if root is not None else ():
                yield Label(
                    name="LabelInfo",
                    text=element.get("id", "").strip("{}"),
                    source=part,
                    enabled=element.get("enabled", "1") not in OFF and element.get("removed", "0") in OFF,
                )

    def children(self, limits: Limits, read_child: ReadChild) -> Iterator[Document]:
        """The embedded files. An OLE object that is no package or PDF by content is a Problem."""
        sources = (rels_source(part) for part in self._package.names if part.endswith(".rels"))
        found = (_targets(self._relationships(source), EMBEDDED) for source in sources)
        parts = list(dict.fromkeys(part for targets in found for _, part in targets))
        if len(parts) > limits.children:
            reached = LimitReached("children", limits.children, str(len(parts)))
            self.problems.append(limit_problem(reached))
        for part in parts[: limits.children]:
            try:
                data = self._package.blob(part)
                if part.casefold().endswith(".bin") and not (is_zip(data) or is_pdf(data)):
                    raise PartError(part, "word-embedded")
            except PartError as error:
                self._tell(error)
            else:
                yield read_child(data, posixpath.basename(part))

    def unread_entries(self) -> Iterator[Problem]:
        """The damaged entries of the zip that no problem names yet, and those that occur twice."""
        told = {problem.args.get("part") for problem in self.problems}
        for part in self._package.broken:
            if part not in told:
                yield _part_problem(PartError(part))
        for part in self._package.repeated:
            yield _part_problem(PartError(part, "word-part-repeated"))

    def _notes(self, links: Relationships, kind: str, shared: Shared) -> list[Text]:
        part, root = self._linked(links, kind)
        return PartText(root, part, Where(NOTES[kind]), shared).texts if root is not None else []

    def _band(self, link: Relationship | None, link_id: str, zone: Zone, shared: Shared) -> Band:
        """The header or footer part behind `link`, the relationship that `link_id` names."""
        part = link.target if link else None
        try:
            if part is None:
                raise PartError(link_id)
            return Band(part, PartText(self._package.xml(part), part, Where(zone), shared).texts)
        except PartError as error:
            return Band(error.part, reason=error.reason)

    def _linked(self, links: Relationships, kind: str) -> tuple[str, Element | None]:
        """The name and root of the one part of that kind; no root where there is none to read."""
        part = next((part for _, part in _targets(links, {kind})), "")
        return part, self._part(part) if part else None

    def _part(self, part: str) -> Element | None:
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
        if error.part not in {problem.args.get("part") for problem in self.problems}:
            self.problems.append(_part_problem(error))


def _targets(links: Relationships, kinds: Container[str]) -> list[tuple[str, str]]:
    """Kind and part name of the relationships of these kinds that stay inside the package."""
    return [(link.kind, link.target) for link in links.values() if link.kind in kinds and link.target]


def _sections(body: PartText, notes: list[Text]) -> list[Section]:
    """The body cut at its section ends; what follows the last one is a section without a sectPr.
    The notes go to the last section."""
    starts = [0, *(end.at for end in body.breaks)]
    sections = [
        Section(end.properties, body.texts[start : end.at])
        for start, end in zip(starts, body.breaks, strict=False)
    ]
    rest = body.texts[starts[-1] :]
    if rest or not sections:
        sections.append(Section(None, rest))
    last = sections.pop()
    return [*sections, Section(last.properties, [*last.texts, *notes])]


def _background(root: Element, settings: Element | None) -> str:
    """The colour of the paper, where the settings have it shown (ECMA-376 17.2.1)."""
    background = root.find(f"{W}background")
    shown = settings is not None and is_on(settings.find(f"{W}displayBackgroundShape"))
    if background is None or not shown:
        return WHITE
    colour = background.get(f"{W}color", "")
    return colour.upper() if RRGGBB.fullmatch(colour) else UNKNOWN


def _part_problem(error: PartError) -> Problem:
    if isinstance(error.__cause__, LimitReached):
        return limit_problem(error.__cause__, (Location(part=error.part),))
    return Problem(
        kind=ProblemKind.part_unreadable,
        reason=error.reason,
        args={"part": error.part},
        locations=(Location(part=error.part),),
    )


def _main_problem(error: PartError) -> Problem:
    """The Problem of a main part that can't be read: nothing can be said of the document."""
    if error.reason == "word-dtd":
        return Problem(kind=ProblemKind.unreadable, reason=error.reason, args={"part": error.part})
    cause = error.__cause__
    if isinstance(cause, LimitReached):
        return limit_problem(cause)
    return broken_problem("word-broken", cause if isinstance(cause, Exception) else error)
