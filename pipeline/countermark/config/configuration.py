"""Which configuration file applies: one from where the user stands, none from what is checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONFIG_NAME = ".countermark.yaml"


class Chosen(NamedTuple):
    """The file that applies, if any, and those found among what is checked that do not."""

    file: Path | None = None
    ignored: tuple[Path, ...] = ()


class ConfigurationChoice(NamedTuple):
    """Which configuration is asked for: a file, none, or with `trust` one from among the documents."""

    file: Path | None = None
    none: bool = False
    trust: bool = False


FROM_HERE = ConfigurationChoice()
"""The nearest from the current folder upward."""


def find_config(start: Path) -> Path | None:
    """Return the nearest `.countermark.yaml` in `start` or a folder above it."""
    return next(_upward(start), None)


def choose(choice: ConfigurationChoice, folder: Path, documents: Iterable[Path]) -> Chosen:
    """Return the configuration of a run on `documents`, whose common folder is `folder`.

    The file asked for, else the nearest from the current folder upward. With `trust` the nearest from
    `folder` upward goes before it, or else the only one among the documents; with `none` there is none.

    Raises CountermarkError where a file and none are both asked for, or where several could be trusted.
    """
    if choice.file and choice.none:
        raise CountermarkError("config-both")
    here = list(_upward(Path.cwd()))
    among = list(_among(documents, folder, here))
    file = choice.file
    if not (file or choice.none):
        own = here[0] if here else None
        file = (find_config(folder.resolve()) or _only(among) or own) if choice.trust else own
    used = file and os.path.realpath(file)
    return Chosen(file, tuple(path for path in among if os.path.realpath(path) != used))


def _upward(start: Path) -> Iterator[Path]:
    candidates = (folder / CONFIG_NAME for folder in (start, *start.parents))
    return (path for path in candidates if path.is_file())


def _among(documents: Iterable[Path], folder: Path, here: list[Path]) -> Iterator[Path]:
    """Yield the configurations in the folders of the documents and in those above them, in order of path,
    without those from the current folder upward.
    """
    passed = {os.path.realpath(path) for path in here}
    starts = {Path(os.path.abspath(path)).parent for path in documents} | {folder}  # noqa: PTH100  (links stay)
    folders = {parent for start in starts for parent in (start, *start.parents)}
    for path in sorted(parent / CONFIG_NAME for parent in folders):
        real = os.path.realpath(path)
        if real not in passed and path.is_file():
            passed.add(real)
            yield path


def _only(found: list[Path]) -> Path | None:
    if len(found) > 1:
        raise CountermarkError("config-several", paths=[shown(path) for path in found])
    return found[0] if found else None


def shown(path: Path) -> str:
    """Return the path, from the current folder where that is shorter, with `/` between its parts.

    Bytes that are no text as escapes.
    """
    try:
        name = min(os.path.relpath(path), str(path), key=len)
    except ValueError:  # on another drive
        name = str(path)
    return Path(name).as_posix().encode("utf-8", "backslashreplace").decode()
