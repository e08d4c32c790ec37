"""A .doc file as the Word file that it would be today, by `msdoc2docx`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from doc2docx import convert
from doc2docx.cfb import CompoundFile
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError
from doc2docx.msdoc import FileInformationBlock
from doc2docx.msdoc.encryption import decrypt_word_streams
from doc2docx.msdoc.fib import FibBase

from countermark.readers.doc.stories import BROKEN, Stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countermark.readers.doc.stories import HeaderLines

LOSSES = frozenset(
    (
        "COMMENT_MARKER_MISSING_SKIPPED",
        "HEADER_FOOTER_TABLE_MALFORMED",
        "INLINE_BINARY_DATA_MALFORMED",
        "MAIN_TEXTBOX_TABLE_MALFORMED",
        "NUMBERING_TABLE_MALFORMED",
        "OFFICEART_MALFORMED",
        "OLE_OBJECTS_UNANCHORED",
        "OLE_OBJECT_OMITTED",
        "OLE_OBJECT_STORAGE_MISSING",
        "STYLE_TABLE_MALFORMED",
        "TABLE_DEPTH_LIMITED",
    )
)
"""What the converter reports where text, or what hides it, may be lost."""
HEADERS, TEXT_BOXES = "HEADER_FOOTER_TABLE_MALFORMED", "MAIN_TEXTBOX_TABLE_MALFORMED"
SHAPES = "SHAPES_NOT_PLACED"
"""A loss of our own: see `Stories.without_shapes`."""
NO_HEADERS: HeaderLines = {}
FIRST_OF_WORD_97 = 0xC0
_VERSION = slice(2, 4)
_STREAM, _DATA = "WordDocument", "Data"

FAILED = Doc2DocxError
LOCKED = EncryptedDocumentError


class Conversion(NamedTuple):
    """The package, the names of what may be lost in it, the drawings of the file; of what the
    package lacks the lines of text boxes and of headers.
    """

    package: bytes
    losses: Sequence[str]
    drawings: bytes
    text_boxes: Sequence[str] = ()
    headers: HeaderLines = NO_HEADERS


def is_older(data: bytes) -> bool:
    """Return whether the file is of a Word before 97, whose form is another. Raises FAILED."""
    version = CompoundFile(data).open_stream(_STREAM)[_VERSION]
    return int.from_bytes(version, "little") < FIRST_OF_WORD_97


def drawings_of(data: bytes, password: str | None) -> bytes:
    """Return the OfficeArtContent of a file.

    Raises LOCKED where the password doesn't open it, FAILED where it is damaged.
    """
    compound = CompoundFile(data)
    text = compound.open_stream(_STREAM)
    base = FibBase.parse(text)
    table = compound.open_stream(base.table_stream_name)
    opened = decrypt_word_streams(base, password=password, word_document=text, table=table, data=None)
    place = FileInformationBlock.parse(opened.word_document).dgg_info
    return bytes(opened.table[place.fc : place.fc + place.lcb])


def converted(data: bytes, password: str | None) -> Conversion:
    """Return the file as a Word package.

    One whose shapes the converter refuses is converted without them, which counts as a loss. Raises LOCKED
    where the password doesn't open it, FAILED where it is damaged.
    """
    drawings = drawings_of(data, password)
    try:
        return _with_stories(data, *_packed(data, password), drawings)
    except LOCKED:
        raise
    except FAILED as refused:
        spared = _without_shapes(data)
        if spared is None:
            raise refused from None
        package, losses = _packed(spared, password)
        return _with_stories(data, package, sorted({*losses, SHAPES}), drawings)


def _without_shapes(data: bytes) -> bytes | None:
    try:
        return Stories(data).without_shapes()
    except BROKEN:
        return None


def _with_stories(data: bytes, package: bytes, losses: list[str], drawings: bytes) -> Conversion:
    """Return the conversion with the lines that the losses cost."""
    conversion = Conversion(package, losses, drawings)
    if {SHAPES, TEXT_BOXES, HEADERS}.isdisjoint(losses):
        return conversion
    with suppress(*BROKEN):  # the losses are reported all the same
        stories = Stories(data)
        if not {SHAPES, TEXT_BOXES}.isdisjoint(losses):
            conversion = conversion._replace(text_boxes=stories.text_boxes())
        if HEADERS in losses:
            conversion = conversion._replace(headers=stories.headers())
    return conversion


def _packed(data: bytes, password: str | None) -> tuple[bytes, list[str]]:
    """Return the package and the losses.

    The converter works on files: they lie in a folder of their own, for as long as that takes.
    """
    with TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder) / "document.doc", Path(folder) / "document.docx"
        source.write_bytes(data)
        report = convert(source, made, password=password).report
        return made.read_bytes(), sorted({found.code for found in report.warnings} & LOSSES)
