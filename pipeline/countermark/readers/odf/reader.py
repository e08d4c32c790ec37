"""OpenDocument texts (.odt, .ott, .odm, .fodt) to Documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from countermark.model import ProblemKind, Reason, Unseen, Zone
from countermark.readers.flow.lines import TextContext
from countermark.readers.flow.pages import HeaderFooterPart, numbered, pages_of, without_text
from countermark.readers.odf.changes import changes_in
from countermark.readers.odf.masters import masters_of, sections_of, unshown
from countermark.readers.odf.metadata import acting, add_properties, form_lines
from countermark.readers.odf.namespaces import OFFICE
from countermark.readers.odf.objects import Objects
from countermark.readers.odf.package import CONTENT, META, STYLES, Locked, OdfPackage, Roots, flat_root
from countermark.readers.odf.styles import Styles, scopes_of
from countermark.readers.odf.text import Flow, Shared
from countermark.readers.ooxml.active import active_content
from countermark.readers.problems import broken_problem
from countermark.readers.zip_parts import ZIP_ERRORS, PartError
from countermark.support.guarding import stop_problem

if TYPE_CHECKING:
    from countermark.model import Problem
    from countermark.readers.builder import DocumentBuilder
    from countermark.support.limits import LimitReached, UnitFailed
    from countermark.support.safe_xml import XmlElement

COMMON = ("styles",)
AUTOMATIC = ("automatic-styles",)


def read_odf(data: bytes, document: DocumentBuilder) -> None:
    """Read the OpenDocument text `data`, a zip.

    With the first of the passwords that opens it where it is encrypted. Raises LimitReached where it
    holds more than the limits allow.
    """
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
    _read(Roots(content, styles, meta), document, Objects(document, package), package.names)
    document.problems += package.problems


def _of_all(problem: Problem) -> Problem:
    """Return the Problem of a part without which nothing of the document is read."""
    is_part = problem.kind is ProblemKind.part_unreadable
    return replace(problem, kind=ProblemKind.unreadable, locations=()) if is_part else problem


def read_flat_odf(data: bytes, document: DocumentBuilder) -> None:
    """Read the OpenDocument text `data`, one XML file."""
    try:
        root = flat_root(data, document.limits)
    except PartError as error:
        if error.reason is Reason.package_dtd:
            document.add_problem(ProblemKind.unreadable, error.reason, part=error.part)
        else:
            cause = error.__cause__
            document.problems.append(
                broken_problem(Reason.odf_broken, cause if isinstance(cause, Exception) else error)
            )
        return
    _read(Roots(root, root, root), document, Objects(document, None), ())


def _read(roots: Roots, document: DocumentBuilder, objects: Objects, names: tuple[str, ...]) -> None:
    """Read the parts of a text."""
    common = scopes_of(roots.styles, *COMMON)
    changes = changes_in(roots.content)
    stops: list[LimitReached | UnitFailed] = []

    def shared(root: XmlElement | None) -> Shared:
        styles = Styles([*common, *scopes_of(root, *AUTOMATIC)])
        return Shared(styles, changes.deleted, changes.inserted, objects.lines)

    in_headers, in_body = shared(roots.styles), shared(roots.content)

    def read_part(element: XmlElement, zone: Zone) -> HeaderFooterPart:
        flow = Flow(element, STYLES, TextContext(zone), in_headers)
        stops.extend([flow.stop] if flow.stop else [])
        texts = [*flow.texts, *(text for note in flow.notes for text in note.texts)]
        return HeaderFooterPart(texts, pictured=bool(flow.pictured))

    masters = masters_of(roots.styles, read_part)
    body = roots.content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        document.add_problem(ProblemKind.unreadable, Reason.package_part, part=CONTENT)
    flow = Flow(() if body is None else body, CONTENT, TextContext(Zone.body), in_body)
    stops.extend([flow.stop] if flow.stop else [])
    used = sections_of(flow, masters)
    pages = [page for number, section in enumerate(used.sections, 1) for page in pages_of(section, number)]
    document.add_pages(pages)
    off = [text._replace(zone=Zone.hidden, unseen=Unseen.unused) for text in unshown(masters, used.masters)]
    document.add_lines(numbered(off))
    for line in form_lines(body):
        document.add_line(line, Zone.field, part=CONTENT)
    document.problems += [*without_text(pages, ()), *(stop_problem(stop) for stop in stops[:1])]
    add_properties(roots.meta, document)
    active = active_content({}, acting(roots, names))
    document.problems += [active] if active else []
