"""An Office package while it is read: what every reader of one asks, and what of it could not be read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from countermark.model import Location, Reason, Unseen, Zone
from countermark.readers.flow.lines import Text
from countermark.readers.flow.pages import numbered
from countermark.readers.ooxml.active import NOTHING, active_content
from countermark.readers.ooxml.embedded import NotRead, embedded_file
from countermark.readers.ooxml.package import rels_source, targets
from countermark.readers.ooxml.problems import main_problem, part_problem, unread_entries
from countermark.readers.ooxml.properties import all_properties, labels_in_parts
from countermark.readers.zip_parts import PartError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from countermark.model import Property
    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.ooxml.package import Package, Relationship
    from countermark.support.safe_xml import XmlElement

    Relationships = Mapping[str, Relationship]

MAIN = frozenset(("officeDocument", "document"))
EMBEDDED = frozenset(("package", "oleObject", "aFChunk"))
CUSTOM_XML = frozenset(("customXml",))
"""Kinds of relationships; strict files spell some of them differently."""
NO_LINKS: Relationships = {}


class OpenedPackage:
    """A package and the document that is read from it.

    A part that can't be read is one Problem, however often it is asked for.
    """

    def __init__(self, package: Package, document: DocumentBuilder) -> None:
        self.package, self.document = package, document
        self._failed: set[str] = set()
        self.root = self._relationships("")

    def main(self, usual: str, broken: Reason) -> tuple[str, XmlElement | None]:
        """Return the name and root of the main part, `usual` where no relationship names it.

        Where it can't be read the root is None, and a Problem with the reason `broken` says that of
        the document.
        """
        part = next((part for _, part in targets(self.root, MAIN)), usual)
        try:
            self.package.relationships(part)
            return part, self.package.xml(part)
        except PartError as error:
            self._failed.add(error.part)
            self.document.problems.append(main_problem(error, broken))
            return part, None

    @cached_property
    def links(self) -> dict[str, Relationships]:
        """The relationships of every part that has any."""
        sources = [rels_source(part) for part in self.package.names if part.casefold().endswith(".rels")]
        return {source: self._relationships(source) for source in sources}

    def links_of(self, part: str) -> Relationships:
        """Return the relationships of a part."""
        return self._by_key.get(part.casefold(), NO_LINKS)

    @cached_property
    def _by_key(self) -> dict[str, Relationships]:
        return {source.casefold(): links for source, links in self.links.items()}

    def linked(self, part: str, kind: str) -> tuple[str, XmlElement | None]:
        """Return name and root of the one part of that kind that `part` leads to.

        No root where there is none to read.
        """
        name = next((target for _, target in targets(self.links_of(part), {kind})), "")
        return name, self.xml(name) if name else None

    def xml(self, part: str, *shown_at: Location) -> XmlElement | None:
        """Return the root of a part.

        None where it can't be read, which a Problem says with the places where it would be shown.
        """
        try:
            return self.package.xml(part)
        except PartError as error:
            self.add_problem(error, *shown_at)
            return None

    def add_problem(self, error: PartError, *shown_at: Location) -> None:
        """Add the Problem of a part that can't be read, once."""
        if error.part not in self._failed:
            self._failed.add(error.part)
            self.document.problems.append(part_problem(error, *shown_at))

    def has_failed(self, part: str) -> None:
        """Note that a part can't be read where whoever asked for it says so."""
        self._failed.add(part)

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Core, application and custom properties, and what custom XML parts keep."""
        return tuple(all_properties(self.root, self.custom_xml, self.xml))

    def add_metadata(self) -> None:
        """Add the properties, and the labels in Office's own part and in custom XML."""
        self.document.properties += self.properties
        self.document.add_labels(labels_in_parts(self.root, self.custom_xml, self.xml))

    @cached_property
    def custom_xml(self) -> dict[str, XmlElement]:
        """The root elements of the parts with custom XML that can be read."""
        found = [part for links in self.links.values() for _, part in targets(links, CUSTOM_XML)]
        roots = {part: self.xml(part) for part in dict.fromkeys(found)}
        return {part: root for part, root in roots.items() if root is not None}

    def add_children(self, left_out: Container[str] = ()) -> None:
        """Read the embedded files but those `left_out`.

        One that is damaged or of a kind that can't be told is a Problem.
        """
        found = [part for links in self.links.values() for _, part in targets(links, EMBEDDED)]
        for part in dict.fromkeys(found):
            if part not in left_out:
                self._add_child(part)

    def _add_child(self, part: str) -> None:
        if not self.document.takes_children:
            self.document.read_child(b"", part)
            return
        try:
            embedded = embedded_file(self.package.blob(part), part)
        except PartError as error:
            self.add_problem(error)
        except NotRead:
            self.add_problem(PartError(part, Reason.package_embedded))
        else:
            if embedded:
                self.document.read_child(embedded.data, embedded.name)

    def add_rest(self, more_active: Mapping[str, str] = NOTHING) -> None:
        """Add what is left once all parts were read.

        Alternatives that Office does not show, entries that can't be read, what acts by itself;
        `more_active` are kinds of that, each with its part.
        """
        left_out = [(part, line) for part, left in self.package.left_out.items() for line in left.lines]
        texts = [Text(line, Zone.hidden, part, unseen=Unseen.unused) for part, line in left_out]
        self.document.add_lines(numbered(texts))
        self.document.problems += unread_entries(self.package, self.document.problems)
        active = active_content(self.links, more_active)
        if active:
            self.document.problems.append(active)

    def _relationships(self, source: str) -> Relationships:
        try:
            return self.package.relationships(source)
        except PartError as error:
            self.add_problem(error)
            return NO_LINKS
