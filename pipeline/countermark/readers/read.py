"""Bytes to a Document: by content, not by name, the reader of a format is given the file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from countermark.model import Document, Problem, ProblemKind, Reason
from countermark.readers.builder import DocumentBuilder
from countermark.readers.characters import with_whole_characters
from countermark.readers.content import Content
from countermark.readers.formats import claimed_suffixes, format_of, media_type_of_name
from countermark.readers.kinds import PLAIN_TEXT
from countermark.readers.problems import broken_problem, limit_problem
from countermark.readers.signatures import is_lfs_pointer
from countermark.support.guarding import collecting, internal_problem, is_own, stop_problem
from countermark.support.limits import MIB, LimitReached, Limits, UnitFailed
from countermark.support.passwords import NO_PASSWORDS
from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from countermark.readers.builder import ReadChild
    from countermark.readers.formats import Format
    from countermark.support.passwords import Passwords


def read(
    data: bytes, name: str, limits: Limits, depth: int = 0, passwords: Passwords = NO_PASSWORDS
) -> Document:
    """Return the file `data` as a Document, whatever it is.

    `name` is its path as given, or an attachment's own name, `depth` counts the files it is nested in.
    Encrypted files are opened with the first of `passwords` that fits, where one is needed.

    Never raises for what is in `data`: what can't be read is a Problem of the Document.
    """

    def read_child(child: bytes, child_name: str) -> Document:
        return read(child, child_name, limits, depth + 1, passwords)

    content = Content(data, name)
    try:
        checkpoint()
        _check_limits(len(data), depth, limits)
        return _by_content(content, limits, read_child, passwords)
    except Exception as error:
        return _unread(content, _problem_of(error, Reason.file_broken, limits))


def _by_content(content: Content, limits: Limits, read_child: ReadChild, passwords: Passwords) -> Document:
    """Return the document by the reader of its format; of an encrypted package by that of what it holds."""
    if content.is_encrypted_package:
        from countermark.readers.ooxml.encryption import decrypted

        package = decrypted(content.data, passwords)
        if isinstance(package, Problem):
            return _unread(content, package)
        inner = _by_content(Content(package, content.name), limits, read_child, passwords)
        return msgspec.structs.replace(inner, sha256=content.sha256)
    row = format_of(content)
    if row is None:
        return _other(content)
    media_types = row.media_types
    media_type = media_types.get(content.suffix, next(iter(media_types.values())))
    builder = DocumentBuilder(content.name, media_type, limits, read_child=read_child, passwords=passwords)
    with collecting() as failures:
        try:
            row.load_reader()(content.data, builder)
        except Exception as error:
            builder.problems.append(_missing_extra(row, error) or _problem_of(error, row.broken, limits))
    builder.problems += failures
    return with_whole_characters(builder.build(content.sha256))


def _problem_of(error: Exception, broken: Reason, limits: Limits) -> Problem:
    """Return the Problem of what ended the reading.

    Files are hostile and parsers have bugs: whatever one raises costs this document only, and must never
    look like a document without findings. An exception of our own is not the file's fault.
    """
    match error:
        case LimitReached():
            return limit_problem(error)
        case UnitFailed():
            return stop_problem(error)
        case MemoryError():
            return limit_problem(LimitReached("memory_mb", limits.memory_mb, str(limits.memory_mb)))
    return internal_problem(Reason.failed_document, error) if is_own(error) else broken_problem(broken, error)


def _missing_extra(row: Format, error: Exception) -> Problem | None:
    """Return the Problem of a reader whose library is not installed."""
    if row.extra is None or not isinstance(error, ModuleNotFoundError):
        return None
    return Problem(kind=ProblemKind.unsupported, reason=Reason.extra_missing, args={"extra": row.extra})


def _check_limits(size: int, depth: int, limits: Limits) -> None:
    """Raise LimitReached where `size` bytes are too many or the file is nested too deep."""
    if depth > limits.depth:
        raise LimitReached("depth", limits.depth, str(depth))
    if size > limits.file_mb * MIB:
        raise LimitReached("file_mb", limits.file_mb, str(math.ceil(size / MIB)))


def _other(content: Content) -> Document:
    """Return the document of a file that is not read: empty, not what its name claims, or of another kind."""
    if is_lfs_pointer(content.data) and (content.suffix in claimed_suffixes() or content.kind is PLAIN_TEXT):
        return _unread(content, Problem(kind=ProblemKind.unreadable, reason=Reason.lfs_pointer))
    if content.suffix in claimed_suffixes():
        if not content.data:
            return _unread(content, Problem(kind=ProblemKind.unreadable, reason=Reason.empty))
        args = {"suffix": content.suffix}
        return _unread(content, Problem(kind=ProblemKind.unreadable, reason=Reason.not_a_document, args=args))
    kind = ProblemKind.unsupported if content.kind.holds_documents else ProblemKind.no_document
    return _unread(content, Problem(kind=kind, reason=Reason(f"kind-{content.kind.kind}")))


def _unread(content: Content, problem: Problem) -> Document:
    return Document(
        name=content.name,
        media_type=media_type_of_name(content.suffix),
        sha256=content.sha256,
        problems=(problem,),
    )
