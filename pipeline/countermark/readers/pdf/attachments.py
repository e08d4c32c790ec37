"""Files that are embedded in a PDF (ISO 32000-1, 7.11.4), through pypdf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pypdf.errors import FileNotDecryptedError

from countermark.model import Location, Problem, ProblemKind, Reason
from countermark.readers.pdf.annotations import annotations_of
from countermark.readers.pdf.crypt import embedded_content
from countermark.readers.pdf.limits import limit_of
from countermark.readers.pdf.values import pages_of, text_of, value
from countermark.readers.problems import limit_problem
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pypdf

    from countermark.model import Document
    from countermark.support.limits import Limits


def children(
    reader: pypdf.PdfReader, limits: Limits, read_child: Callable[[bytes, str], Document]
) -> Iterator[Document | Problem]:
    """Yield the embedded files (ISO 32000-1, 7.11.4), read; a Problem for each that can't be.

    A file that is named twice is read once; a name without an embedded file is none.
    """
    met: list[Any] = []
    for name, specification in _specifications(reader):
        files = value(specification, "/EF")
        stream = value(files, "/UF") or value(files, "/F")
        if files is None or any(stream is other for other in met):
            continue
        if len(met) == limits.children:
            yield limit_problem(LimitReached("children", limits.children, str(limits.children + 1)))
            return
        met.append(stream)
        try:
            content = embedded_content(reader, stream)
        except FileNotDecryptedError:
            yield Problem(
                kind=ProblemKind.encrypted, reason=Reason.encrypted, locations=(Location(part=name),)
            )
        except Exception as error:  # a broken embedded file must not cost its document
            yield _unread(name, limit_of(error, limits))
        else:
            yield read_child(content, name)


def _unread(name: str, limit: LimitReached | None) -> Problem:
    """Return the Problem of an embedded file that is damaged, or was stopped by a limit."""
    where = (Location(part=name),)
    if limit:
        return limit_problem(limit, where)
    args = {"part": name}
    return Problem(kind=ProblemKind.part_unreadable, reason=Reason.pdf_part, args=args, locations=where)


def _specifications(reader: pypdf.PdfReader) -> Iterator[tuple[str, Any]]:
    """Name and file specification of each file in the name tree, which a portfolio (12.3.5) lists too,
    then of those that pages and annotations hold.
    """
    tree = value(value(reader.root_object, "/Names"), "/EmbeddedFiles")
    for key, specification in _name_tree(tree, set()):
        yield _file_name(specification) or key, specification
    for holder in _holders(reader):
        found = [value(holder, "/FS")] if value(holder, "/Subtype") == "/FileAttachment" else []
        found += [reference.get_object() for reference in value(holder, "/AF") or ()]
        for specification in found:
            yield _file_name(specification) or "attachment", specification
        assets = value(value(holder, "/RichMediaContent"), "/Assets")
        for key, specification in _name_tree(assets, set()):
            yield _file_name(specification) or key, specification


def _holders(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Yield what files may be associated with (14.13): the document, its pages and their annotations."""
    yield reader.root_object
    for page in pages_of(reader):
        yield page
        yield from annotations_of(page)


def _file_name(specification: Any) -> str:
    return text_of(value(specification, "/UF")) or text_of(value(specification, "/F"))


def _name_tree(node: Any, visited: set[int]) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a name tree (ISO 32000-1, 7.9.6); a node that it meets again is passed over."""
    visited.add(id(node))
    names = value(node, "/Names") or []
    for key, entry in zip(names[::2], names[1::2], strict=False):
        yield text_of(key.get_object()), entry.get_object()
    for reference in value(node, "/Kids") or ():
        kid = reference.get_object()
        if id(kid) not in visited:
            yield from _name_tree(kid, visited)
