"""Bytes to a Document: decides by content, not by name, which reader takes them."""

from __future__ import annotations

import hashlib
import math
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec
import olefile

from countermark.model import Document, Problem, ProblemKind, Reason
from countermark.readers.characters import with_whole_characters
from countermark.readers.docx.reader import read_word
from countermark.readers.kinds import kind_of
from countermark.readers.ooxml.encryption import decrypted
from countermark.readers.ooxml.package import word_media_type
from countermark.readers.pdf.reader import read_pdf
from countermark.readers.problems import broken_problem, limit_problem
from countermark.readers.signatures import is_lfs_pointer, is_ole, is_pdf, is_zip
from countermark.readers.zip_parts import MIB, ZIP_ERRORS
from countermark.support.guarding import collecting, internal_problem, is_own, stop_problem
from countermark.support.limits import LimitReached, Limits, UnitFailed
from countermark.support.passwords import NO_PASSWORDS
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from countermark.support.passwords import Passwords

    ReadChild = Callable[[bytes, str], Document]

    class Reader(Protocol):
        """What all readers are."""

        def __call__(self, data: bytes, name: str, limits: Limits, *, read_child: ReadChild) -> Document: ...


LEGACY_WORD = "application/msword"
UNKNOWN = "application/octet-stream"
WORD_SUFFIXES = frozenset((".docx", ".docm", ".dotx", ".dotm"))
READ_SUFFIXES = WORD_SUFFIXES | {".pdf"}
"""Names that claim a kind of file that is read."""
SUFFIX_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".doc": LEGACY_WORD,
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".dotm": "application/vnd.ms-word.template.macroEnabled.12",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ".eml": "message/rfc822",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".msg": "application/vnd.ms-outlook",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def read(
    data: bytes, name: str, limits: Limits, depth: int = 0, passwords: Passwords = NO_PASSWORDS
) -> Document:
    """The file `data` as a Document, whatever it is; `name` is its path as given, or an attachment's
    own name, `depth` counts the files it is nested in. Encrypted files
    are opened with the first of `passwords` that fits, where one is needed.

    Never raises for what is in `data`: what can't be read is a Problem of the Document.
    """
    reader, reason = _reader(data, passwords)

    def read_child(child: bytes, child_name: str) -> Document:
        return read(child, child_name, limits, depth + 1, passwords)

    try:
        checkpoint()
        _check_limits(len(data), depth, limits)
        with collecting() as failures:
            document = reader(data, name, limits, read_child=read_child)
        return with_problems(with_whole_characters(document), failures)
    except LimitReached as error:
        problem = limit_problem(error)
    except UnitFailed as error:
        problem = stop_problem(error)
    except MemoryError:
        allowed = limits.memory_mb
        problem = limit_problem(LimitReached("memory_mb", allowed, str(allowed)))
    except Exception as error:
        # Files are hostile and parsers have bugs: whatever one raises costs this document only, and
        # must never look like a document without findings. An exception of our own is not the file's fault.
        problem = (
            internal_problem(Reason.failed_document, error)
            if is_own(error)
            else broken_problem(reason, error)
        )
    return _unread(data, name, problem)


def _reader(data: bytes, passwords: Passwords) -> tuple[Reader, Reason]:
    """The reader for this content, and the reason to give where it fails."""
    if is_zip(data):
        return _read_zip, Reason.word_broken
    if is_ole(data):
        return partial(_read_ole, passwords=passwords), Reason.word_broken
    if is_pdf(data):
        return partial(read_pdf, passwords=passwords), Reason.pdf_broken
    return _read_other, Reason.kind_unknown


def _check_limits(size: int, depth: int, limits: Limits) -> None:
    """Raises LimitReached where `size` bytes are too many or the file is nested too deep."""
    if depth > limits.depth:
        raise LimitReached("depth", limits.depth, str(depth))
    if size > limits.file_mb * MIB:
        raise LimitReached("file_mb", limits.file_mb, str(math.ceil(size / MIB)))


def _read_zip(data: bytes, name: str, limits: Limits, *, read_child: ReadChild) -> Document:
    try:
        is_word = word_media_type(data) is not None
    except ZIP_ERRORS:
        is_word = _suffix(name) in WORD_SUFFIXES
    reader = read_word if is_word else _read_other
    return reader(data, name, limits, read_child=read_child)


def _read_ole(
    data: bytes, name: str, limits: Limits, *, read_child: ReadChild, passwords: Passwords
) -> Document:
    """An encrypted Office file is told from legacy Word and from other compound files."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            is_encrypted = container.exists("EncryptedPackage")
            is_legacy_word = container.exists("WordDocument")
    except OSError:
        return _read_other(data, name, limits, read_child=read_child)
    if is_encrypted:
        package = decrypted(data, passwords)
        if isinstance(package, Problem):
            return _unread(data, name, package)
        document = _read_zip(package, name, limits, read_child=read_child)
        return msgspec.structs.replace(document, sha256=hashlib.sha256(data).hexdigest())
    document = _read_other(data, name, limits, read_child=read_child)
    return msgspec.structs.replace(document, media_type=LEGACY_WORD) if is_legacy_word else document


def _read_other(data: bytes, name: str, limits: Limits, *, read_child: ReadChild) -> Document:  # noqa: ARG001
    """A file that is not read: empty, not what its name claims, or of another kind."""
    suffix = _suffix(name)
    if suffix in READ_SUFFIXES:
        if not data:
            return _unread(data, name, Problem(kind=ProblemKind.unreadable, reason=Reason.empty))
        if is_lfs_pointer(data):
            return _unread(data, name, Problem(kind=ProblemKind.unreadable, reason=Reason.lfs_pointer))
        problem = Problem(kind=ProblemKind.unreadable, reason=Reason.not_a_document, args={"suffix": suffix})
        return _unread(data, name, problem)
    found = kind_of(data, name)
    kind = ProblemKind.unsupported if found.holds_documents else ProblemKind.no_document
    return _unread(data, name, Problem(kind=kind, reason=Reason(f"kind-{found.kind}")))


def with_problems(document: Document, problems: list[Problem]) -> Document:
    """The document with more of what could not be read of it."""
    if not problems:
        return document
    return msgspec.structs.replace(document, problems=(*document.problems, *problems))


def _unread(data: bytes, name: str, problem: Problem) -> Document:
    return Document(
        name=name,
        media_type=SUFFIX_MEDIA_TYPES.get(_suffix(name), UNKNOWN),
        sha256=hashlib.sha256(data).hexdigest(),
        problems=(problem,),
    )


def _suffix(name: str) -> str:
    return PurePath(name).suffix.casefold()
