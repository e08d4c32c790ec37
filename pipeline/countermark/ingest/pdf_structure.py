"""What a PDF carries besides its pages' text, through pypdf: document information, XMP, annotations,
embedded files."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdf
from lxml import etree
from pypdf.generic import EmbeddedFile

from countermark.model import Box, Label, Line, Location, Problem, ProblemKind, Property, Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.ingest.pdf_text import Frame
    from countermark.limits import Limits
    from countermark.model import Document

# pypdf logs what it meets in a file; no document text may reach a log.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False

_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LABEL_4774 = "{urn:nato:stanag:4774:confidentialitymetadatalabel:1:0}"
_TEXT_ANNOTATIONS = (
    "/FreeText",
    "/Stamp",
    "/Text",
    "/Popup",
    "/Highlight",
    "/Underline",
    "/Square",
    "/Watermark",
)


def open_structure(data: bytes) -> pypdf.PdfReader:
    """The PDF as pypdf reads it, opened with the empty password where it is encrypted.

    Raises whatever pypdf raises on a broken file.
    """
    reader = pypdf.PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    return reader


def information(reader: pypdf.PdfReader) -> Iterator[Property]:
    """The document information dictionary (ISO 32000-1, 14.3.3)."""
    for key, value in (reader.metadata or {}).items():
        if isinstance(value, (str, bytes)) and value:
            yield Property(name=str(key).lstrip("/"), value=str(value), source="Info")


def xmp_packet(reader: pypdf.PdfReader) -> Any:
    """The root element of the document's XMP packet; None where it has none that is XML.

    A packet with a document type definition is refused (None).
    """
    stream = reader.root_object.get("/Metadata")
    if stream is None:
        return None
    packet = stream.get_object().get_data()
    if b"<!DOCTYPE" in packet:
        return None
    try:
        return etree.fromstring(packet.strip(b"\0 \r\n\t"), _XML)
    except (etree.XMLSyntaxError, ValueError):
        return None


def xmp_properties(root: Any) -> Iterator[Property]:
    """The simple properties of an XMP packet: attributes and elements of each rdf:Description, the
    items of lists joined."""
    for description in root.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            if not name.startswith(_RDF):
                yield Property(name=_prefixed(description, name), value=value, source="XMP")
        for element in description:
            if not isinstance(element.tag, str):
                continue
            text = " ".join(" ".join(element.itertext()).split())
            if text:
                yield Property(name=_prefixed(element, element.tag), value=text, source="XMP")


def _prefixed(element: Any, name: str) -> str:
    """A qualified name as `prefix:local`."""
    qualified = etree.QName(name)
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items()}
    prefix = prefixes.get(qualified.namespace)
    return f"{prefix}:{qualified.localname}" if prefix else str(qualified.localname)


def stanag_labels(root: Any, source: str) -> Iterator[Label]:
    """STANAG 4774 confidentiality labels inside `root`: policy and classification, as `UK SECRET`."""
    for element in root.iter(f"{_LABEL_4774}ConfidentialityInformation"):
        policy = element.findtext(f"{_LABEL_4774}PolicyIdentifier") or ""
        classification = element.findtext(f"{_LABEL_4774}Classification") or ""
        if classification.strip():
            text = f"{policy.strip()} {classification.strip()}".strip()
            yield Label(name="STANAG 4774", text=text, source=source)


def annotation_lines(page: Any, frame: Frame, first_number: int) -> Iterator[Line]:
    """The texts of a page's annotations, numbered from `first_number`, with their boxes as seen."""
    number = first_number
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        contents = annotation.get("/Contents")
        if annotation.get("/Subtype") not in _TEXT_ANNOTATIONS or not isinstance(contents, str):
            continue
        for text in contents.replace("\r", "\n").split("\n"):
            if text.strip():
                box = _rectangle(annotation.get("/Rect"), frame)
                yield Line(text=str(text.strip()), zone=Zone.annotation, number=number, box=box)
                number += 1


def _rectangle(rectangle: Any, frame: Frame) -> Box | None:
    try:
        x0, y0, x1, y1 = (float(value) for value in rectangle)
    except (TypeError, ValueError):
        return None
    (left, top), (right, bottom) = frame.seen(x0, y0), frame.seen(x1, y1)
    return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def children(
    reader: pypdf.PdfReader, limits: Limits, read_child: Callable[[bytes, str], Document]
) -> Iterator[Document | Problem]:
    """The embedded files (ISO 32000-1, 7.11.4), read; a Problem for each that can't be."""
    for number, (name, load) in enumerate(_embedded(reader)):
        if number == limits.children:
            args = {"limit": "children", "allowed": str(limits.children), "reached": str(limits.children)}
            yield Problem(kind=ProblemKind.limit, reason="limit", args=args)
            return
        try:
            content = load()
        except Exception:  # a broken embedded file must not cost its document
            part = Location(part=name)
            yield Problem(
                kind=ProblemKind.part_unreadable, reason="pdf-part", args={"part": name}, locations=(part,)
            )
        else:
            yield read_child(content, name)


def _embedded(reader: pypdf.PdfReader) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Name and loader of each file in the name tree, then of those in annotations."""
    for item in reader.attachment_list:
        yield str(item.alternative_name or item.name), _loader(item)
    for page in reader.pages:
        for reference in page.get("/Annots") or ():
            annotation = reference.get_object()
            if annotation.get("/Subtype") == "/FileAttachment":
                specification = annotation["/FS"].get_object()
                name = str(specification.get("/UF") or specification.get("/F") or "attachment")
                yield name, lambda it=specification: it["/EF"]["/F"].get_object().get_data()  # type: ignore[misc]


def _loader(item: EmbeddedFile) -> Callable[[], bytes]:
    def load() -> bytes:
        content = item.content
        return content if isinstance(content, bytes) else content.encode()

    return load
