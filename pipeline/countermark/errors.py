"""The errors that end a run with exit status 2, and the exit statuses."""

from __future__ import annotations

import errno
from enum import IntEnum
from typing import Any, NamedTuple


class Exit(IntEnum):
    """Exit statuses of the command line."""

    clean = 0
    findings = 1
    usage = 2
    unreadable = 3
    interrupted = 130


class Term(NamedTuple):
    """What a library or the system says, in the catalogue's words where its `section` knows them."""

    section: str
    words: str


def system_term(error: OSError) -> Term:
    """What the system says is wrong, by the name of its number, as ENOENT."""
    return Term("system", errno.errorcode.get(error.errno or 0, type(error).__name__))


class CountermarkError(Exception):
    """Wrong usage, configuration or rule data. `key` names a text in the message catalogue's
    `errors`, `args` (texts, Terms, or several of them) fill it, so that the same error speaks English and
    Japanese."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_by_name: dict[str, Any] = {
            name: value if isinstance(value, (list, tuple)) else str(value) for name, value in args.items()
        }
