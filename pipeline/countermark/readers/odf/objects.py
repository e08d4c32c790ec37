"""Objects inside an OpenDocument text: other OpenDocuments, and files of other programs."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from countermark.model import Location, ProblemKind, Reason
from countermark.readers.odf.namespaces import OFFICE, TEXT, XLINK
from countermark.readers.odf.package import CONTENT, binary_data, inline_document
from countermark.readers.ooxml.embedded import NotRead, embedded_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.builder import DocumentBuilder
    from countermark.readers.odf.package import OdfPackage
    from countermark.support.safe_xml import XmlElement

SUFFIXES = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp", "drawing": ".odg"}
MIMETYPE = "application/vnd.oasis.opendocument."
MEDIA = {"drawing": "graphics"}


class Objects:
    """The objects of a document; `package` is None for a flat file. Each is read once."""

    def __init__(self, document: DocumentBuilder, package: OdfPackage | None) -> None:
        self._document, self._package = document, package
        self._met: set[str] = set()

    def lines(self, element: XmlElement) -> Iterator[str]:
        """Return the lines that a chart shows; read what is a document of its own as a child."""
        href = posixpath.normpath(element.get(f"{XLINK}href", "")).removeprefix("./")
        if self._package is None:
            yield from self._flat(element)
        elif (
            href not in ("", ".")
            and href not in self._met
            and ":" not in href
            and not href.startswith((".", "/"))
        ):
            self._met.add(href)
            if f"{href}/{CONTENT}" in self._package.names:
                yield from self._document_in(href)
            else:
                data = self._package.blob(href)
                if data is not None:
                    self._embed(data, f"{posixpath.basename(href)}.bin")

    def _document_in(self, folder: str) -> Iterator[str]:
        """Return the lines of a chart in a folder of the package; give a document there to be read."""
        package = self._package
        root = package.xml(f"{folder}/{CONTENT}") if package else None
        kind = _kind(root)
        if kind == "chart":
            yield from _chart_lines(root)
        elif kind in SUFFIXES and package and self._document.takes_children:
            packed = BytesIO()
            with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
                archive.writestr("mimetype", MIMETYPE + MEDIA.get(kind, kind))
                for name in package.names:
                    data = package.blob(name) if name.startswith(f"{folder}/") else None
                    if data is not None:
                        archive.writestr(name.removeprefix(f"{folder}/"), data)
            self._document.read_child(packed.getvalue(), posixpath.basename(folder) + SUFFIXES[kind])
        elif kind in SUFFIXES:
            self._document.read_child(b"", "")

    def _flat(self, element: XmlElement) -> Iterator[str]:
        inline, data = inline_document(element), binary_data(element)
        if inline is not None:
            root = element.find(f"{OFFICE}document")
            kind = _kind(root)
            if kind == "chart":
                yield from _chart_lines(root)
            elif kind in SUFFIXES:
                self._document.read_child(inline, f"object.f{SUFFIXES[kind][1:]}")
        elif data is not None:
            self._embed(data, "object.bin")

    def _embed(self, data: bytes, name: str) -> None:
        try:
            embedded = embedded_file(data, name)
        except NotRead:
            part = name.removesuffix(".bin")
            kind, reason = ProblemKind.part_unreadable, Reason.package_embedded
            self._document.add_problem(kind, reason, Location(part=part), part=part)
        else:
            if embedded is not None:
                self._document.read_child(embedded.data, embedded.name)


def _kind(root: XmlElement | None) -> str:
    """Return what an OpenDocument holds, by the element in its body; nothing for a formula."""
    body = root.find(f"{OFFICE}body") if root is not None else None
    found = next((child.tag for child in body), "") if body is not None else ""
    return str(found).removeprefix(OFFICE)


def _chart_lines(root: XmlElement) -> Iterator[str]:
    for paragraph in root.iter(f"{TEXT}p"):
        yield "".join(paragraph.itertext())
