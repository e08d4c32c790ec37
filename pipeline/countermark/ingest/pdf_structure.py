"""What a PDF carries besides its pages' text, through pypdf: document information, XMP, annotations,
embedded files; and pypdf's own reading of a page's text."""

from __future__ import annotations

import logging
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdf
from lxml import etree
from pypdf.generic import NameObject, NullObject, StreamObject

from countermark.ingest.problems import limit_problem
from countermark.limits import LimitReached
from countermark.model import Box, Label, Line, Location, Problem, ProblemKind, Property, Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from countermark.ingest.pdf_frame import Frame
    from countermark.limits import Limits
    from countermark.model import Document

# pypdf logs what it meets in a file; no document text may reach a log.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NOT_TEXT = frozenset(("/Link", "/Widget"))
_LEGIBLE = 0.5
_FLATE = ("/FlateDecode", "/Fl")
_INFLATED_AT_MOST = 1 << 20


def open_structure(data: bytes) -> pypdf.PdfReader:
    """The PDF as pypdf reads it, opened with the empty password where it is encrypted.

    Raises whatever pypdf raises on a broken file.
    """
    has_end = data.rfind(b"%%EOF") > data.rfind(b"startxref")  # pypdf reads nothing without it
    reader = pypdf.PdfReader(BytesIO(data if has_end else data + b"\n%%EOF\n"), strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    return reader


def _value(dictionary: Any, key: str) -> Any:
    """The entry of a dictionary, references followed; None where it is missing or null."""
    found = dictionary.get(key) if isinstance(dictionary, dict) else None
    found = found.get_object() if found is not None else None
    return None if isinstance(found, NullObject) else found


def _text(value: Any) -> str:
    """A string object as text; empty for anything else."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip("\0 ")
    return str(value).strip("\0 ") if isinstance(value, str) and not isinstance(value, NameObject) else ""


def information(reader: pypdf.PdfReader) -> Iterator[Property]:
    """The document information dictionary (ISO 32000-1, 14.3.3)."""
    entries: dict[str, Any] = reader.metadata or {}
    for key in entries:
        value = _text(_value(entries, key))
        if value:
            yield Property(name=str(key).lstrip("/"), value=value, source="Info")


def xmp_packet(reader: pypdf.PdfReader) -> Any:
    """The root element of the document's XMP packet; None where it has none.

    Raises XMLSyntaxError where it is not XML, ValueError where it holds a document type definition,
    which is refused.
    """
    stream = _value(reader.root_object, "/Metadata")
    if not isinstance(stream, StreamObject):
        return None
    packet = stream.get_data().strip(b"\0 \r\n\t")
    if not packet:
        return None
    if b"<!DOCTYPE" in packet.replace(b"\0", b""):
        raise ValueError("document type definition")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(packet, parser)


def xmp_properties(root: Any) -> Iterator[Property]:
    """The simple properties of an XMP packet: attributes and elements of each rdf:Description, the
    items of lists joined."""
    for description in root.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            if not name.startswith(_RDF) and value.strip():
                yield Property(name=_prefixed(description, name), value=value.strip(), source="XMP")
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
    for element in root.iter("{*}ConfidentialityInformation"):
        policy = (element.findtext("{*}PolicyIdentifier") or "").strip()
        classification = (element.findtext("{*}Classification") or "").strip()
        if classification:
            yield Label(name="STANAG 4774", text=f"{policy} {classification}".strip(), source=source)


def legible_text(page: Any) -> list[str]:
    """The lines of a page's text as pypdf reads it; empty where it is not writing but glyph numbers.

    Raises whatever pypdf raises on a broken page.
    """
    lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
    letters = "".join("".join(lines).split())
    legible = sum(char.isalnum() for char in letters)
    return lines if legible > _LEGIBLE * len(letters) and letters.isprintable() else []


def has_broken_content(page: Any) -> bool:
    """Whether a page names content that is missing or can't be inflated."""
    if "/Contents" not in page:
        return False
    contents = _value(page, "/Contents")
    references = contents if isinstance(contents, list) else [contents]
    return any(_is_broken_stream(reference and reference.get_object()) for reference in references)


def _is_broken_stream(stream: Any) -> bool:
    if not isinstance(stream, StreamObject):
        return True
    filters = _value(stream, "/Filter")
    if (filters[0] if isinstance(filters, list) and filters else filters) not in _FLATE:
        return False
    try:
        zlib.decompressobj().decompress(StreamObject.get_data(stream), _INFLATED_AT_MOST)
    except zlib.error:
        return True
    return False


def annotation_lines(page: Any, frame: Frame) -> Iterator[Line]:
    """The texts of a page's annotations, numbered from 1, with their boxes as seen; a pop-up that
    repeats its parent's text left out."""
    told: set[str] = set()
    for reference in _value(page, "/Annots") or ():
        annotation = reference.get_object()
        contents = _text(_value(annotation, "/Contents"))
        if _value(annotation, "/Subtype") in _NOT_TEXT or not contents:
            continue
        if _value(annotation, "/Subtype") == "/Popup" and contents in told:
            continue
        told.add(contents)
        box = _rectangle(_value(annotation, "/Rect"), frame)
        for text in contents.splitlines():
            if text.strip():
                yield Line(text=text.strip(), zone=Zone.annotation, number=1, box=box)


def _rectangle(rectangle: Any, frame: Frame) -> Box | None:
    try:
        x0, y0, x1, y1 = (float(value) for value in rectangle)
    except (TypeError, ValueError):
        return None
    return frame.seen(x0, y0, x1, y1)


def children(
    reader: pypdf.PdfReader, limits: Limits, read_child: Callable[[bytes, str], Document]
) -> Iterator[Document | Problem]:
    """The embedded files (ISO 32000-1, 7.11.4), read; a Problem for each that can't be. A file that is
    named twice is read once; a name without an embedded file is none."""
    met: list[Any] = []
    for name, specification in _specifications(reader):
        files = _value(specification, "/EF")
        stream = _value(files, "/UF") or _value(files, "/F")
        if files is None or any(stream is other for other in met):
            continue
        if len(met) == limits.children:
            yield limit_problem(LimitReached("children", limits.children, str(limits.children + 1)))
            return
        met.append(stream)
        try:
            content = stream.get_data()
        except Exception:  # a broken embedded file must not cost its document
            where = (Location(part=name),)
            args = {"part": name}
            yield Problem(kind=ProblemKind.part_unreadable, reason="pdf-part", args=args, locations=where)
        else:
            yield read_child(content, name)


def _specifications(reader: pypdf.PdfReader) -> Iterator[tuple[str, Any]]:
    """Name and file specification of each file in the name tree, then of those in annotations."""
    tree = _value(_value(reader.root_object, "/Names"), "/EmbeddedFiles")
    for key, specification in _name_tree(tree, set()):
        yield _file_name(specification) or key, specification
    for page in reader.pages:
        for reference in _value(page, "/Annots") or ():
            annotation = reference.get_object()
            if _value(annotation, "/Subtype") == "/FileAttachment":
                specification = _value(annotation, "/FS")
                yield _file_name(specification) or "attachment", specification


def _file_name(specification: Any) -> str:
    return _text(_value(specification, "/UF")) or _text(_value(specification, "/F"))


def _name_tree(node: Any, visited: set[int]) -> Iterator[tuple[str, Any]]:
    """The entries of a name tree (ISO 32000-1, 7.9.6); a node that it meets again is passed over."""
    visited.add(id(node))
    names = _value(node, "/Names") or []
    for key, value in zip(names[::2], names[1::2], strict=False):
        yield _text(key.get_object()), value.get_object()
    for reference in _value(node, "/Kids") or ():
        kid = reference.get_object()
        if id(kid) not in visited:
            yield from _name_tree(kid, visited)
