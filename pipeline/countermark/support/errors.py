"""The errors that end a run with exit status 2, and the exit statuses."""

from __future__ import annotations

import errno
import traceback
from enum import IntEnum
from importlib import import_module
from pathlib import PurePath
from typing import Any, NamedTuple

PACKAGE = PurePath(__file__).parents[1]


class Exit(IntEnum):
    """Exit statuses of the command line.

    A signal ends it with 128 and the signal's number: `interrupted` is SIGINT's, `reader_gone` that of
    SIGPIPE, where nobody reads standard output any more.
    """

    clean = 0
    findings = 1
    usage = 2
    unreadable = 3
    interrupted = 130
    reader_gone = 141


class CatalogueWord(NamedTuple):
    """What a library or the system says, in the catalogue's words where its `section` knows them."""

    section: str
    words: str


def system_term(error: OSError) -> CatalogueWord:
    """Return what the system says is wrong, by the name of its number, as ENOENT."""
    return CatalogueWord("system", errno.errorcode.get(error.errno or 0, type(error).__name__))


def place_of_failure(error: Exception) -> str:
    """Return the type of an exception, the last place in our own code that it came through, and where it was
    raised if that is elsewhere, without its text: that may quote a document.
    """
    places = [(PurePath(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    own = [(path.relative_to(PACKAGE), line) for path, line in places if path.is_relative_to(PACKAGE)]
    raised = (PurePath(places[-1][0].name), places[-1][1])
    shown = own[-1:] if places[-1][0].is_relative_to(PACKAGE) else [*own[-1:], raised]
    return ", ".join((type(error).__name__, *(f"{path.as_posix()}:{line}" for path, line in shown)))


class CountermarkError(Exception):
    """Wrong usage, configuration or rule data.

    `key` names a text in the message catalogue's `errors`, `args` (texts, Terms, or several of them) fill
    it, so that the same error speaks English and Japanese.
    """

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_by_name: dict[str, Any] = {
            name: value if isinstance(value, (list, tuple)) else str(value) for name, value in args.items()
        }

    def __str__(self) -> str:
        """Say in English what is wrong."""
        # The catalogue is read with these errors: it can't be imported before them.
        return str(import_module("countermark.support.messages").error_text("en", self))
