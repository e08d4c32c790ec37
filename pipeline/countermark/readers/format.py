"""What is known of a format that is read: a row of the table of formats."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from countermark.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countermark.model import DocumentReport
    from countermark.readers.builder import Reader
    from countermark.readers.content import Content

    Annotator = Callable[[bytes, DocumentReport, str], bytes | None]
    """Content, report and language -> the copy with notes; None where the content is encrypted."""


class Pictures(StrEnum):
    """How a page of a format becomes a picture."""

    direct = "direct"
    """PDFium renders the file itself."""
    office = "office"
    """LibreOffice prints the file to PDF first, where it is installed."""
    none = "none"


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format that is read.

    `media_types`: by suffix, the usual one first. `recognises`: whether a file is of it, by its content; a
    name counts only where the content bears it out. `reader` and `annotator`: where they are, as
    `package.module:name`; a Reader and an Annotator. `extra`: of the extras in pyproject.toml the one that
    the reader needs. `broken`: what is said where the reader fails.
    `own_parts`: a regular expression for the names that files of it give their own parts; these stay when a
    report is redacted. `is_everyday`: its files are a part of any folder, as notes and licences: their
    suffix makes no claim, git sources leave them out, and one that is found in a folder need not be marked.
    """

    key: str
    media_types: Mapping[str, str]
    recognises: Callable[[Content], bool]
    reader: str
    annotator: str | None = None
    extra: str | None = None
    pictures: Pictures = Pictures.none
    broken: Reason = Reason.file_broken
    own_parts: str = ""
    is_everyday: bool = False

    def load_reader(self) -> Reader:
        """Import the reader. Raises ModuleNotFoundError where its extra is not installed."""
        reader: Reader = resolve_name(self.reader)
        return reader

    def load_annotator(self) -> Annotator | None:
        """Import what makes annotated copies; None where nothing does."""
        annotator: Annotator | None = resolve_name(self.annotator) if self.annotator else None
        return annotator
