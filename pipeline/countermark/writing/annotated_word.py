"""A copy of a Word file with a comment at each finding (ECMA-376, 17.13.4).

Word has no comments in headers and footers: what is about one stands at the beginning of its section.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.text.paragraph import Paragraph

from countermark.recognition.normalise import normalise
from countermark.reporting.places import places
from countermark.support.messages import text
from countermark.writing.annotated_pdf import AUTHOR, note_text

if TYPE_CHECKING:
    from docx.document import Document

    from countermark.model import DocumentReport, Finding, Location

_OLE = b"\xd0\xcf\x11\xe0"
_MAIN = "application/vnd.{}.main+xml"
_MACRO, _TEMPLATE = "ms-word.document.macroEnabled", "openxmlformats-officedocument.wordprocessingml.template"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class _Anchor(NamedTuple):
    """A paragraph that a comment can stand at."""

    section: int
    paragraph: Paragraph
    text: str


def annotate_word(data: bytes, report: DocumentReport, lang: str) -> bytes | None:
    """Return the Word file with comments; None where it is encrypted.

    Raises whatever python-docx raises on a file that it does not take.
    """
    if data.startswith(_OLE):
        return None
    for name in (_MACRO, _TEMPLATE, "ms-word.template.macroEnabledTemplate"):
        PartFactory.part_type_for.setdefault(_MAIN.format(name), DocumentPart)
    document = Package.open(BytesIO(data)).main_document_part.document
    anchors = _anchors(document)
    for finding in report.findings:
        if not finding.suppressed:
            for anchor, located in _places(finding, anchors).items():
                _comment(document, anchors[anchor], finding, located, lang)
    file = BytesIO()
    document.save(file)
    return _timeless(file.getvalue())


def _anchors(document: Document) -> list[_Anchor]:
    """Return the paragraphs with runs, and their sections; one is made where there is none."""
    section, found = 1, []
    body = document.element.body
    for element in body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        if paragraph.runs:
            found.append(_Anchor(section, paragraph, normalise(paragraph.text).text))
        if element.getparent() is body and element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            section += 1
    if not found:
        paragraph = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
        paragraph.add_run("")
        found.append(_Anchor(1, paragraph, ""))
    return found


def _places(finding: Finding, anchors: list[_Anchor]) -> dict[int, list[Location]]:
    """Return the places of a finding by the number of the paragraph at which they are told."""
    quotes = [normalise(reason).text for reason in finding.evidence]
    told: dict[int, list[Location]] = {}
    for place in finding.locations or (None,):
        section = place.section if place and place.section else 1
        inside = [number for number, anchor in enumerate(anchors) if anchor.section == section]
        quoting = [
            number for number in inside if any(quote and quote in anchors[number].text for quote in quotes)
        ]
        number = next(iter(quoting or inside), 0)
        told.setdefault(number, []).extend([place] if place else [])
    return told


def _comment(
    document: Document, anchor: _Anchor, finding: Finding, located: list[Location], lang: str
) -> None:
    told = note_text(finding, lang)
    if located:
        told = f"{told}\n{text(lang, 'ui.labels.where')}{places(located, lang)}"
    comment = document.add_comment(anchor.paragraph.runs, text=told, author=AUTHOR, initials="CM")
    comment._comment_elm.attrib.pop(qn("w:date"), None)


def _timeless(package: bytes) -> bytes:
    """Return the package with no time of its own, so that the same copy is the same file."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), old.read(entry), zipfile.ZIP_DEFLATED)
    return file.getvalue()
