"""The errors that end a run with exit status 2, and the exit statuses."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of the command line."""

    clean = 0
    findings = 1
    usage = 2
    unreadable = 3
    interrupted = 130


class CountermarkError(Exception):
    """Wrong usage, configuration or rule data. `key` names a text in the message catalogue's
    `errors`, `args` fill it, so that the same error speaks English and Japanese."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_by_name = {name: str(value) for name, value in args.items()}
