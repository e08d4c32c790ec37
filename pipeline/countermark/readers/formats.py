"""The one table of formats that are read: a row each.

What else has to know a format asks here.

Nothing of a format is imported before a file of it comes: readers and annotators are named by their place.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from countermark.model import Reason
from countermark.readers.format import Format, Pictures
from countermark.readers.kinds import PLAIN_TEXT, media_types_of_kinds, suffixes_of_kinds
from countermark.readers.mail_and_archives import BY_SIGNATURE, MAIL_AND_ZIP
from countermark.readers.signatures import is_lfs_pointer
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.readers.content import Content

__all__ = ["Format", "Pictures"]

ENTRY_POINTS = "countermark.formats"
"""The group of entry points by which an installed package adds rows."""
UNKNOWN_MEDIA_TYPE = "application/octet-stream"
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
"""Byte order marks and blanks, in whatever encoding."""


_WORD = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ".dotm": "application/vnd.ms-word.template.macroEnabled.12",
}
_OPEN = "application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS = {
    "text": {".odt": "text", ".ott": "text-template", ".odm": "text-master", ".fodt": "text-flat-xml"},
    "spreadsheet": {".ods": "spreadsheet", ".ots": "spreadsheet-template", ".fods": "spreadsheet-flat-xml"},
    "presentation": {
        ".odp": "presentation",
        ".otp": "presentation-template",
        ".fodp": "presentation-flat-xml",
    },
    "graphics": {".odg": "graphics", ".otg": "graphics-template", ".fodg": "graphics-flat-xml"},
}
"""Kinds of OpenDocument -> the ends of their media types by suffix."""
_SLIDES = {
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    ".ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    ".ppsm": "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
    ".potx": "application/vnd.openxmlformats-officedocument.presentationml.template",
    ".potm": "application/vnd.ms-powerpoint.template.macroEnabled.12",
}
_SHEETS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    ".xltm": "application/vnd.ms-excel.template.macroEnabled.12",
}
_DRAWINGS = {
    ".vsdx": "application/vnd.ms-visio.drawing",
    ".vsdm": "application/vnd.ms-visio.drawing.macroEnabled.12",
    ".vstx": "application/vnd.ms-visio.template",
    ".vstm": "application/vnd.ms-visio.template.macroEnabled.12",
    ".vssx": "application/vnd.ms-visio.stencil",
    ".vssm": "application/vnd.ms-visio.stencil.macroEnabled.12",
}


def _is_package(content: Content, media_types: Mapping[str, str]) -> bool:
    """Return whether a ZIP file is an Office package with a main part of one of these media types, as its
    content types say in lower case; one that is too damaged to say is what its name says.
    """
    if not content.is_zip:
        return False
    if content.office_types is None:
        return content.suffix in media_types
    begins = tuple(media_type.removesuffix(".12").casefold() for media_type in media_types.values())
    return any(
        part_type.startswith(begins) and part_type.endswith(".main+xml") for part_type in content.office_types
    )


def _is_plain_text(content: Content) -> bool:
    """Return whether it is text of no kind that is known by its content, and its name does not say otherwise.

    The pointer that Git LFS leaves in a file's place is not its text.
    """
    named = content.suffix in claimed_suffixes() | suffixes_of_kinds()
    return content.kind is PLAIN_TEXT and not named and not is_lfs_pointer(content.data)


def _is_xml(content: Content) -> bool:
    """Return whether it is XML of no kind that is known by its content, by a name of XML or by none."""
    return (
        content.data[:64].lstrip(_BEFORE_XML).startswith(b"<")
        and content.kind.kind == "data"
        and content.suffix in (".xml", "")
    )


def _open_document(kind: str) -> Format:
    """Return the row of a kind of OpenDocument, in a package or in one XML file."""
    return Format(
        key=f"opendocument-{kind}",
        media_types={suffix: _OPEN + end for suffix, end in _OPEN_DOCUMENTS[kind].items()},
        recognises=lambda content: content.opendocument_type.startswith(_OPEN + kind),
        reader="countermark.readers.odf.reader:read_odf",
        broken=Reason.odf_broken,
        own_parts=r"(content|styles|meta|settings)\.xml|Object \d+",
    )


def _package(key: str, folder: str, media_types: Mapping[str, str], reader: str, broken: Reason) -> Format:
    """Return the row of an Office package whose parts are below a folder, by its content types."""
    return Format(
        key=key,
        media_types=media_types,
        recognises=lambda content: _is_package(content, media_types),
        reader=f"countermark.readers.{reader}",
        broken=broken,
        own_parts=rf"{folder}/([a-zA-Z]+/)?(_rels/)?[A-Za-z]+\d*\.(xml|rels|vml)",
    )


_OFFICE = (
    _package("slides", "ppt", _SLIDES, "pptx.reader:read_slides", Reason.slides_broken),
    _package("sheets", "xl", _SHEETS, "xlsx.reader:read_sheets", Reason.sheets_broken),
    _package("drawings", "visio", _DRAWINGS, "vsdx.reader:read_drawing", Reason.drawing_broken),
)
_OPEN_DOCUMENT = tuple(map(_open_document, _OPEN_DOCUMENTS))
_BUILT_IN = (
    Format(
        key="rich-text",
        media_types={".rtf": "application/rtf"},
        recognises=lambda content: content.is_rtf,
        reader="countermark.readers.rtf.reader:read_rtf",
        broken=Reason.rtf_broken,
        own_parts=r"document|info|userprops|(header|footer)[flr]?|footnote|annotation|object \d+",
    ),
    Format(
        key="pdf",
        media_types={".pdf": "application/pdf"},
        recognises=lambda content: content.is_pdf and not content.is_zip and not content.is_ole,
        reader="countermark.readers.pdf.reader:read_pdf",
        annotator="countermark.writing.annotated_pdf:annotate_pdf",
        pictures=Pictures.direct,
        broken=Reason.pdf_broken,
        own_parts=r"Info|XMP|page labels|XFA (datasets|template)|(revision|object) \d+",
    ),
    Format(
        key="word",
        media_types=_WORD,
        recognises=lambda content: _is_package(content, _WORD),
        reader="countermark.readers.docx.reader:read_word",
        annotator="countermark.writing.annotated_word:annotate_word",
        pictures=Pictures.office,
        broken=Reason.word_broken,
        own_parts=r"((word|docProps|docMetadata|customXml)/)?(_rels/)?[A-Za-z]+\d*\.(xml|rels)",
    ),
    *_OPEN_DOCUMENT,
    Format(
        key="word-97",
        media_types={".doc": "application/msword", ".dot": "application/msword"},
        recognises=lambda content: "WordDocument" in content.streams,
        reader="countermark.readers.doc.reader:read_doc",
        broken=Reason.word_broken,
        own_parts="DocumentSummaryInformation|Macros",
    ),
    *_OFFICE,
    Format(
        key="web-page",
        media_types={
            ".html": "text/html",
            ".htm": "text/html",
            ".shtml": "text/html",
            ".xhtml": "application/xhtml+xml",
        },
        recognises=lambda content: content.kind.kind == "web-page",
        reader="countermark.readers.html.reader:read_html",
        own_parts=r"title|meta|o:DocumentProperties",
        is_everyday=True,
    ),
    Format(
        key="xml",
        media_types={".xml": "application/xml"},
        recognises=_is_xml,
        reader="countermark.readers.xml.reader:read_xml",
        is_everyday=True,
    ),
    Format(
        key="text",
        media_types={
            ".txt": "text/plain",
            ".text": "text/plain",
            ".md": "text/markdown",
            ".markdown": "text/markdown",
        },
        recognises=_is_plain_text,
        reader="countermark.readers.text.reader:read_text",
        is_everyday=True,
    ),
)


@cache
def formats() -> tuple[Format, ...]:
    """Return all rows in the order in which they are tried: those of installed packages first.

    Raises CountermarkError where a package's row can't be loaded.
    """
    return (
        *(_added(point) for point in sorted(entry_points(group=ENTRY_POINTS))),
        *BY_SIGNATURE,
        *_BUILT_IN,
        *MAIL_AND_ZIP,
    )


def _added(point: Any) -> Format:
    try:
        row = point.load()
    except Exception as error:  # another package's code, which may raise anything
        raise CountermarkError("bad-format", name=point.name, error=type(error).__name__) from error
    if not isinstance(row, Format):
        raise CountermarkError("bad-format", name=point.name, error=type(row).__name__)
    return row


def format_of(content: Content) -> Format | None:
    """Return the first row that recognises the content; None where it is of no format that is read."""
    return next((row for row in formats() if row.recognises(content)), None)


@cache
def format_named(media_type: str) -> Format | None:
    """Return the row of a document's media type; None where no row has it."""
    return next((row for row in formats() if media_type in row.media_types.values()), None)


@cache
def own_parts() -> re.Pattern[str]:
    """Return the pattern of names that files of some format give their own parts."""
    return re.compile("|".join(f"(?:{row.own_parts})" for row in formats() if row.own_parts))


@cache
def claimed_suffixes() -> frozenset[str]:
    """Return the suffixes that claim a file to be a document, for git sources, hooks and folders.

    One that is empty, or is something else, is not passed over.
    """
    return frozenset(suffix for row in formats() if not row.is_everyday for suffix in row.media_types)


def name_pattern() -> str:
    """Return a regular expression for the names that claim a file to be a document, for hooks."""
    ends = sorted(suffix.removeprefix(".") for suffix in claimed_suffixes())
    return rf"(?i)\.({'|'.join(map(re.escape, ends))})$"


def pictures_of(media_type: str) -> Pictures:
    """Return how the pages of a document become pictures."""
    row = format_named(media_type)
    return row.pictures if row else Pictures.none


def media_type_of_name(suffix: str) -> str:
    """Return the media type that a suffix names, of formats that are read and of others that are known."""
    read = (row.media_types[suffix] for row in formats() if suffix in row.media_types)
    return next(read, None) or media_types_of_kinds().get(suffix, UNKNOWN_MEDIA_TYPE)
