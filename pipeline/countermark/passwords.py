"""The passwords that encrypted documents are opened with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from countermark.errors import CountermarkError, system_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

VARIABLE = "COUNTERMARK_PASSWORDS"


class Passwords:
    """Passwords in the order in which they are tried. No encoder writes them and no representation
    shows them: they reach neither a report nor a digest nor a log."""

    __slots__ = ("_passwords",)

    def __init__(self, passwords: Iterable[str] = ()) -> None:
        self._passwords = tuple(dict.fromkeys(one for one in passwords if one))

    def __iter__(self) -> Iterator[str]:
        return iter(self._passwords)

    def __bool__(self) -> bool:
        return bool(self._passwords)

    def __repr__(self) -> str:
        return f"Passwords({len(self._passwords)})"


NO_PASSWORDS = Passwords()


def load_passwords(path: Path | None = None) -> Passwords:
    """The passwords in the file `path` (UTF-8, one a line), then those in the environment variable
    COUNTERMARK_PASSWORDS (one a line).

    Raises CountermarkError where the file can't be read.
    """
    content = ""
    try:
        content = path.read_text(encoding="utf-8-sig") if path else ""
    except OSError as error:
        raise CountermarkError("file-unreadable", path=path, reason=system_term(error)) from None
    except UnicodeDecodeError:  # its text would quote the file
        raise CountermarkError("not-utf8", path=path) from None
    given = (*content.split("\n"), *os.environ.get(VARIABLE, "").split("\n"))
    return Passwords(line.removesuffix("\r") for line in given)
