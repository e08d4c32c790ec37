"""Names of files within a file: each once, so that a report says which one it means."""

from __future__ import annotations

from pathlib import PurePosixPath


class MemberNames:
    """Gives each file within one file a name of its own. Names are compared without regard to case."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """Return `name`; with a number before its suffix where it was given before: `plan (2).docx`."""
        given, number = name, self._counts.get(name.casefold(), 0)
        while given.casefold() in self._counts:
            number += 1
            path = PurePosixPath(name)
            suffix = path.suffix
            given = f"{name.removesuffix(suffix)} ({number}){suffix}"
            self._counts[name.casefold()] = number
        self._counts[given.casefold()] = 1
        return given
