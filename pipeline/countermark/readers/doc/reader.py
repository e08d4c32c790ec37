"""Word files of 1997 to 2003 (.doc): converted to today's form and read as that.

Places name the parts of the converted file.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import olefile
from msgspec.structs import replace

from countermark.model import HEADER_FOOTER, PageKind, ProblemKind, Reason, Unseen, Zone
from countermark.readers.builder import DocumentBuilder, Lines
from countermark.readers.doc.conversion import FAILED, LOCKED, Conversion, converted, is_older
from countermark.readers.doc.stories import STREAM
from countermark.readers.doc.word_art import drawn_texts
from countermark.readers.docx.reader import read_word
from countermark.readers.ooxml.active import active_content
from countermark.readers.problems import broken_problem
from countermark.support.passwords import granted

if TYPE_CHECKING:
    from countermark.model import Document, Page
    from countermark.readers.doc.stories import HeaderLines
    from countermark.readers.doc.word_art import Drawn
    from countermark.support.passwords import Passwords

SUMMARY, SUMMARY_NAME = "\x05DocumentSummaryInformation", "DocumentSummaryInformation"
STATED = {2: "category", 14: "Manager", 15: "Company"}
"""Identifiers of properties ([MS-OLEPS] 2.25.1) -> their names."""
MACROS = "Macros"
ANCHOR = "\ufffc"
"""What the converter leaves in the place of a drawing that it has no form for."""


def read_doc(data: bytes, document: DocumentBuilder) -> None:
    """Read the .doc file `data`, with the first of the passwords that opens it where it is encrypted."""
    try:
        if is_older(data):
            document.add_problem(ProblemKind.unsupported, Reason.kind_legacy_word)
            return
        conversion = _opened(data, document.passwords)
    except LOCKED:
        reason = Reason.no_password_fits if document.passwords else Reason.encrypted
        document.add_problem(ProblemKind.encrypted, reason)
        return
    except FAILED as error:
        document.problems.append(broken_problem(Reason.doc_not_converted, error))
        return
    for loss in conversion.losses:
        document.add_problem(ProblemKind.part_unreadable, Reason.doc_part, part=loss)
    inner = DocumentBuilder(
        document.name,
        document.media_type,
        document.limits,
        read_child=document.read_nested,
        passwords=document.passwords,
    )
    try:
        read_word(conversion.package, inner)
    finally:
        _hand_over(inner.build(""), conversion, document)
    _add_properties(data, document)


def _opened(data: bytes, passwords: Passwords) -> Conversion:
    """Return the converted file; raises LOCKED where it is encrypted and no password fits."""
    try:
        return converted(data, None)
    except LOCKED:
        for password in granted(passwords):
            try:
                return converted(data, password)
            except LOCKED:
                continue
        raise


def _hand_over(word: Document, conversion: Conversion, document: DocumentBuilder) -> None:
    """Give what was read of the converted file to `document`, with what it lacks."""
    drawn = [*drawn_texts(conversion.drawings)]
    document.add_pages(_with_headers(_with_drawings(page, drawn), conversion.headers) for page in word.pages)
    document.add_lines(word.lines)
    for text in conversion.text_boxes:
        document.add_line(text, Zone.textbox, part=STREAM)
    document.properties += word.properties
    document.add_labels(word.labels)
    document.add_children(word.children)
    document.problems += word.problems


def _with_drawings(page: Page, drawn: list[Drawn]) -> Page:
    """Return the page with the texts of drawings that its header, footer or body anchors.

    The anchors, which are no characters, are taken out.
    """
    anchored = {line.zone in HEADER_FOOTER for line in page.lines if ANCHOR in line.text}
    lines = Lines()
    for line in page.lines:
        text = line.text.replace(ANCHOR, "")
        if text.strip():
            lines.add_lines([line if text == line.text else replace(line, text=text)])
    for text, is_description, in_headers in drawn:
        if in_headers in anchored:
            zone, unseen = (Zone.image, Unseen.hidden) if is_description else (Zone.watermark, None)
            lines.add_line(text, zone, unseen=unseen)
    return replace(page, lines=lines.lines())


def _with_headers(page: Page, headers: HeaderLines) -> Page:
    """Return the page with the header and footer that its conversion lacks."""
    lines = Lines()
    for zone, own in ((Zone.header, ()), (Zone.footer, page.lines)):
        lines.add_lines(own)
        for text in headers.get((page.section or 0, page.kind or PageKind.default, zone), ()):
            lines.add_line(text, zone, part=STREAM)
    return replace(page, lines=lines.lines())


def _add_properties(data: bytes, document: DocumentBuilder) -> None:
    """Add what the converter leaves out: properties beside the summary, those that users name, macros."""
    with olefile.OleFileIO(BytesIO(data)) as container:
        if container.exists(SUMMARY):
            stated = container.getproperties(SUMMARY)
            for identifier, name in STATED.items():
                document.add_property(name, _text(stated.get(identifier, "")), SUMMARY_NAME)
            for found in container.get_userdefined_properties(SUMMARY):
                document.add_property(str(found["property_name"]), _text(found["value"]), SUMMARY_NAME)
        if container.exists(MACROS):
            active = active_content({}, {"vbaProject": MACROS})
            document.problems += [active] if active else []


def _text(value: object) -> str:
    """Return a property's value as text."""
    return value.decode("utf-8", "replace").rstrip("\0") if isinstance(value, bytes) else str(value)
