"""OpenDocuments to Documents: texts, spreadsheets, presentations, drawings; in packages or one XML file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from countermark.model import ProblemKind, Reason, Unseen, Zone
from countermark.readers.flow.lines import TextContext
from countermark.readers.flow.pages import numbered, pages_of, without_text
from countermark.readers.odf.document import OpenedText
from countermark.readers.odf.masters import masters_of, sections_of, unshown
from countermark.readers.odf.metadata import acting, add_properties, form_lines
from countermark.readers.odf.namespaces import OFFICE
from countermark.readers.odf.objects import Objects
from countermark.readers.odf.package import (
    CONTENT,
    META,
    SETTINGS,
    STYLES,
    Locked,
    OdfPackage,
    Roots,
    flat_root,
)
from countermark.readers.odf.sheets import names_in, pages_of_sheets
from countermark.readers.odf.slides import add_slides
from countermark.readers.odf.text import Flow
from countermark.readers.ooxml.active import active_content
from countermark.readers.problems import broken_problem
from countermark.readers.signatures import is_zip
from countermark.readers.zip_parts import ZIP_ERRORS, PartError
from countermark.support.guarding import stop_problem
from countermark.support.limits import LimitReached

if TYPE_CHECKING:
    from countermark.model import Problem
    from countermark.readers.builder import DocumentBuilder
    from countermark.support.safe_xml import XmlElement

TEXT_BODY, SHEETS_BODY = f"{OFFICE}text", f"{OFFICE}spreadsheet"
BODIES = frozenset((TEXT_BODY, SHEETS_BODY, f"{OFFICE}presentation", f"{OFFICE}drawing"))


def read_odf(data: bytes, document: DocumentBuilder) -> None:
    """Read the OpenDocument `data`, with the first of the passwords that opens it where it is encrypted.

    Raises LimitReached where it holds more than the limits allow.
    """
    if not is_zip(data):
        _read_flat(data, document)
        return
    try:
        package = OdfPackage(data, document.limits, document.passwords)
    except Locked as locked:
        document.add_problem(ProblemKind.encrypted, locked.reason)
        return
    except ZIP_ERRORS as error:
        document.problems.append(broken_problem(Reason.odf_broken, error))
        return
    content = package.xml(CONTENT)
    styles, meta = (package.xml(name) if name in package.names else None for name in (STYLES, META))
    if content is None:
        document.problems += map(_of_all, package.problems)
        return
    _read(Roots(content, styles, meta), document, Objects(document, package), package)
    document.problems += package.problems


def _of_all(problem: Problem) -> Problem:
    """Return the Problem of a part without which nothing of the document is read."""
    is_part = problem.kind is ProblemKind.part_unreadable
    return replace(problem, kind=ProblemKind.unreadable, locations=()) if is_part else problem


def _read_flat(data: bytes, document: DocumentBuilder) -> None:
    try:
        root = flat_root(data, document.limits)
    except PartError as error:
        if error.reason is Reason.package_dtd:
            document.add_problem(ProblemKind.unreadable, error.reason, part=error.part)
        else:
            cause = error.__cause__
            if isinstance(cause, LimitReached):
                raise cause from None
            document.problems.append(
                broken_problem(Reason.odf_broken, cause if isinstance(cause, Exception) else error)
            )
        return
    _read(Roots(root, root, root), document, Objects(document, None), None)


def _read(roots: Roots, document: DocumentBuilder, objects: Objects, package: OdfPackage | None) -> None:
    """Read the parts of a text, a spreadsheet, a presentation or a drawing."""
    settings = (
        roots.content if package is None else package.xml(SETTINGS) if SETTINGS in package.names else None
    )
    opened = OpenedText(roots, objects, settings)
    content = roots.content.find(f"{OFFICE}body")
    body = next((child for child in (content if content is not None else ()) if child.tag in BODIES), None)
    if body is None:
        document.add_problem(ProblemKind.unreadable, Reason.package_part, part=CONTENT)
    elif body.tag == TEXT_BODY:
        _add_text(body, opened, document)
    elif body.tag == SHEETS_BODY:
        _add_sheets(body, opened, document)
    else:
        add_slides(body, opened, document)
    for line in form_lines(body):
        document.add_line(line, Zone.field, part=CONTENT)
    document.problems += [stop_problem(stop) for stop in opened.stops[:1]]
    add_properties(roots.meta, document)
    active = active_content({}, acting(roots, package.names if package else ()))
    document.problems += [active] if active else []


def _add_text(body: XmlElement, opened: OpenedText, document: DocumentBuilder) -> None:
    masters = masters_of(opened.roots.styles, opened.reads_part())
    flow = Flow(body, CONTENT, TextContext(Zone.body), opened.in_body)
    opened.stops.extend([flow.stop] if flow.stop else [])
    used = sections_of(flow, masters)
    pages = [page for number, section in enumerate(used.sections, 1) for page in pages_of(section, number)]
    document.add_pages(pages)
    off = [text._replace(zone=Zone.hidden, unseen=Unseen.unused) for text in unshown(masters, used.masters)]
    document.add_lines(numbered(off))
    document.problems += without_text(pages, ())


def _add_sheets(body: XmlElement, opened: OpenedText, document: DocumentBuilder) -> None:
    pages = list(pages_of_sheets(body, opened))
    document.add_pages(pages)
    document.problems += without_text(pages, ())
    for name in names_in(body):
        document.add_line(name, Zone.bookmark, part=CONTENT)
