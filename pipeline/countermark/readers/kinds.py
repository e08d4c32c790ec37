"""What kind of file one is that is not read, by `rules/kinds.yaml`."""

from __future__ import annotations

import fnmatch
import re
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from countermark.readers.signatures import is_ole, is_pdf, is_zip
from countermark.support.built_in import compiled, data_folder, digest_of
from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SAMPLE = 65536
_DIRECTORY_END = b"PK\x05\x06"
_ANY_BYTE = "??"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_SPACE = " \t\r\n\ufeff"


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of file, as the table states it."""

    kind: str
    holds_documents: bool = False
    in_repositories: bool = True
    is_text: bool = False
    starts: tuple[str, ...] = ()
    at: dict[int, tuple[str, ...]] = {}
    holds: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    media_types: dict[str, str] = {}


class SystemFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Files that are skipped, by patterns of their name and their first bytes."""

    names: tuple[str, ...]
    starts: str | None = None
    is_text: bool = False


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    most_bytes: int
    files: tuple[SystemFile, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `rules/kinds.yaml`."""

    kinds: tuple[Kind, ...]
    system: System


EMPTY = Kind("empty", in_repositories=False)
PLAIN_TEXT = Kind("plain-text", holds_documents=True, in_repositories=False)
UNKNOWN = Kind("unknown", holds_documents=True, in_repositories=False)
ARCHIVE = Kind("archive", holds_documents=True)


@cache
def table() -> Table:
    """Return the kinds, in the order in which they are tried."""
    folder, name = data_folder(), "kinds.yaml"
    return compiled("kinds", Table, digest_of(folder, name), lambda: _read(folder / name))


def _read(path: Path) -> Table:
    from countermark.support.yaml_files import compose_yaml, struct_of

    node = compose_yaml(path)
    if node is None:
        raise CountermarkError("data-empty", where=path)
    return struct_of(node, Table, path)


@cache
def suffixes_of_kinds() -> frozenset[str]:
    """Return the suffixes that name a kind of file that is not read."""
    return frozenset(suffix for kind in table().kinds for suffix in kind.suffixes)


@cache
def media_types_of_kinds() -> dict[str, str]:
    """Return the media types of files that are not read, by suffix."""
    return {suffix: name for kind in table().kinds for suffix, name in kind.media_types.items()}


@cache
def parts_of_kinds() -> tuple[str, ...]:
    """Return the names, in lower case, with which parts of documents begin that are kept as ZIP files."""
    return tuple(member.casefold() for kind in table().kinds for member in kind.members)


def kind_of(data: bytes, name: str) -> Kind:
    """Return the kind of a file that is not read.

    By its content, else by its name if the content bears it out.
    """
    path = PurePath(name)
    return known_by_content(data) or _by_name(data, (path.suffix or path.name).casefold())


def known_by_content(data: bytes) -> Kind | None:
    """Return the kind of a file whose content tells it; None of others.

    Nothing is parsed: bytes are looked for.
    """
    if not data:
        return EMPTY
    if is_zip(data):
        names = _first_and_names(data)
        return _first(lambda kind: any(member.encode() in names for member in kind.members)) or ARCHIVE
    if is_ole(data):
        return _first(lambda kind: any(stream.encode("utf-16-le") in data for stream in kind.streams))
    is_text = _is_text(data)
    for kind in table().kinds:
        is_possible = kind.holds_documents or not is_text
        if (
            is_possible
            and any(pattern.match(data) for pattern in _patterns(kind.kind))
            and _holds(data, kind)
        ):
            return kind
    beginning = _text(data) if is_text else ""
    return _first(lambda kind: any(re.match(pattern, beginning, re.IGNORECASE) for pattern in kind.texts))


def _first_and_names(data: bytes) -> bytes:
    """Return the beginning of a ZIP file and the list of its members; all of it where that list is lost."""
    end = data.rfind(_DIRECTORY_END)
    start = end - int.from_bytes(data[end + 12 : end + 16], "little")
    return data[:_SAMPLE] + data[start:] if 0 <= start < end else data


def _holds(data: bytes, kind: Kind) -> bool:
    """Return whether some of the bytes that the kind asks for stand in the data.

    True where it asks for none.
    """
    return not kind.holds or any(bytes.fromhex(digits) in data for digits in kind.holds)


def is_system_file(path: Path) -> bool:
    """Return whether a file in a folder is none that a person made (`is_left_by_system`)."""
    if _system_file(path.name) is None or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            data = file.read(_SAMPLE)
    except OSError:
        return False
    return is_left_by_system(data, path.name)


def _system_file(name: str) -> SystemFile | None:
    folded = name.casefold()
    return next((file for file in table().system.files if _named(folded, file)), None)


def is_left_by_system(data: bytes, name: str) -> bool:
    """Return whether a file is none that a person made.

    By its name and its content, as a name alone would hide a document.
    """
    found = _system_file(name)
    if found is None:
        return False
    if found.starts is not None and data.startswith(bytes.fromhex(found.starts)):
        return True
    is_small = len(data) <= table().system.most_bytes or found.is_text
    return is_small and not (is_pdf(data) or (data and known_by_content(data)))


def _first(fits: Callable[[Kind], bool]) -> Kind | None:
    return next((kind for kind in table().kinds if fits(kind)), None)


@cache
def _patterns(name: str) -> tuple[re.Pattern[bytes], ...]:
    """Regular expressions for the bytes of a kind."""
    kinds = [kind for kind in table().kinds if kind.kind == name]
    at = [(0, digits) for kind in kinds for digits in kind.starts]
    at += [(offset, digits) for kind in kinds for offset, found in kind.at.items() for digits in found]
    return tuple(_pattern(offset, digits) for offset, digits in at)


def _pattern(offset: int, digits: str) -> re.Pattern[bytes]:
    pairs = (digits[at : at + 2] for at in range(0, len(digits), 2))
    content = b"".join(b"." if pair == _ANY_BYTE else re.escape(bytes.fromhex(pair)) for pair in pairs)
    return re.compile(b".{%d}" % offset + content, re.DOTALL)


def _named(name: str, system: SystemFile) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in system.names)


def _by_name(data: bytes, suffix: str) -> Kind:
    is_text = _is_text(data)
    for kind in table().kinds:
        if suffix in kind.suffixes and (kind.is_text if is_text else kind.holds_documents):
            return kind
    return PLAIN_TEXT if is_text else UNKNOWN


def _is_text(data: bytes) -> bool:
    return data.startswith(_WIDE) or not _CONTROLS.search(data[:_SAMPLE])


def _text(data: bytes) -> str:
    """Return the beginning of a text, as far as its structure is asked for."""
    encoding = "utf-16" if data.startswith(_WIDE) else "latin-1"
    return data[:_SAMPLE].decode(encoding, "replace").removeprefix("ï»¿").lstrip(_SPACE)
