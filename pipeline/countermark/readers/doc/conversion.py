"""A .doc file as the Word file that it would be today, by `msdoc2docx`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from doc2docx import convert
from doc2docx.cfb import CompoundFile
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError
from doc2docx.msdoc import FileInformationBlock
from doc2docx.msdoc.encryption import decrypt_word_streams
from doc2docx.msdoc.fib import FibBase

if TYPE_CHECKING:
    from collections.abc import Sequence

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
FIRST_OF_WORD_97 = 0xC0
_VERSION = slice(2, 4)
_STREAM, _DATA = "WordDocument", "Data"

FAILED = Doc2DocxError
LOCKED = EncryptedDocumentError


class Conversion(NamedTuple):
    """The package, the names of what may be lost in it, and the drawings of the file."""

    package: bytes
    losses: Sequence[str]
    drawings: bytes


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

    The converter works on files: they lie in a folder of their own, for as long as that takes. Raises
    LOCKED where the password doesn't open it, FAILED where it is damaged.
    """
    drawings = drawings_of(data, password)
    with TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder) / "document.doc", Path(folder) / "document.docx"
        source.write_bytes(data)
        report = convert(source, made, password=password).report
        package = made.read_bytes()
    losses = sorted({found.code for found in report.warnings} & LOSSES)
    return Conversion(package, losses, drawings)
