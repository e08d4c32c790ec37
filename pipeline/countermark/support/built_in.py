"""The data that this package brings: where it is, and how it is kept so that it is read in no time.

YAML is for people; reading it takes longer than checking a document. What was made of it is kept as
MessagePack where Python keeps this package's compiled modules: who can write there can change this program,
and nobody else. It is decoded as the type that is asked for, and made anew where its sources have changed.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from countermark import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MAKERS = ("model", "readers", "rules", "standards", "support")
"""The rooms whose modules read the data."""


@cache
def data_folder() -> Path:
    """Return the folder of standards, agreements, checks and messages.

    `rules/` of the checkout, which the wheel carries as `countermark/data`.
    """
    package = Path(__file__).parents[1]
    shipped = package / "data"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


def digest_of(folder: Path, pattern: str) -> bytes:
    """Return a SHA-256 of the files in and below a folder whose names match: their names and contents."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


def compiled(name: str, kind: type[T], sources: bytes, make: Callable[[], T]) -> T:
    """Return what `make` gives, of that kind, as it was kept under `name`; keep it where it was not yet.

    `sources` is a digest of the files that it is made from. Raises what `make` raises.
    """
    kept = _place(name, sources)
    if kept is None:
        return make()
    with suppress(OSError, ValueError, msgspec.MsgspecError):
        return msgspec.msgpack.decode(kept.read_bytes(), type=kind)
    made = make()
    with suppress(OSError):
        _keep(kept, name, msgspec.msgpack.encode(made))
    return made


def _place(name: str, sources: bytes) -> Path | None:
    """Return where it is kept; None where Python keeps no compiled modules."""
    try:
        beside = Path(cache_from_source(__file__))
    except NotImplementedError:
        return None
    key = hashlib.sha256(b"\0".join((sources, _code(), os.fsencode(data_folder()))))
    return beside.with_name(f"{name}.{key.hexdigest()[:32]}.msgpack")


@cache
def _code() -> bytes:
    """Return what changes when the modules change that read the data, as Python itself tells by."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(__version__.encode())
    for room in _MAKERS:
        for entry in sorted(os.scandir(package / room), key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                found = entry.stat()
                digest.update(f"{entry.name} {found.st_mtime_ns} {found.st_size}\0".encode())
    return digest.digest()


def _keep(place: Path, name: str, content: bytes) -> None:
    """Write a file that is complete or not there, in place of those of other sources. Raises OSError."""
    if sys.dont_write_bytecode:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    for old in place.parent.glob(f"{name}.*.msgpack"):
        old.unlink()
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    os.replace(file.name, place)  # noqa: PTH105
