"""The passwords that encrypted documents are opened with."""

from __future__ import annotations

import os
import re
import stringprep
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from countermark.support.limits import PASSWORD_SECONDS
from countermark.support.progress import checkpoint, grant
from countermark.support.text_files import decoded, read_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

VARIABLE = "COUNTERMARK_PASSWORDS"
PASSWORDS_MIB = 1
"""How large a file of passwords may be."""
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def _prepared(password: str) -> Iterator[str]:
    """Yield the forms in which programs use a password.

    Without the blanks behind it, which editors leave, composed, and prepared as PDF 2.0 asks (SASLprep,
    RFC 4013).
    """
    for form in (password.rstrip(), password.strip()):
        yield form
        yield unicodedata.normalize("NFC", form)
        mapped = "".join(
            " " if stringprep.in_table_c12(character) else character
            for character in form
            if not stringprep.in_table_b1(character)
        )
        yield unicodedata.normalize("NFKC", mapped)


class Passwords:
    """Passwords in the order in which they are tried.

    All as they are given, then in the other forms in which programs use them. No encoder writes them and
    no representation shows them: they reach neither a report nor a digest nor a log.
    """

    __slots__ = ("_passwords",)

    def __init__(self, passwords: Iterable[str] = ()) -> None:
        given = [password for password in passwords if password]
        prepared = chain.from_iterable(map(_prepared, given))
        self._passwords = tuple(dict.fromkeys([*given, *filter(None, prepared)]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._passwords)

    def __bool__(self) -> bool:
        return bool(self._passwords)

    def __len__(self) -> int:
        return len(self._passwords)

    def __repr__(self) -> str:
        return f"Passwords({len(self._passwords)})"


NO_PASSWORDS = Passwords()


def granted(passwords: Passwords | tuple[str, ...]) -> Iterator[str]:
    """Yield the passwords to try on a document, which is granted the time for it.

    Raises LimitReached as `step` does.
    """
    grant(PASSWORD_SECONDS * len(passwords))
    for password in passwords:
        checkpoint()
        yield password


def load_passwords(path: Path | None = None) -> Passwords:
    """Return the passwords in the file `path` (UTF-8, or UTF-16 with its mark.

    One a line), then those in the environment variable COUNTERMARK_PASSWORDS (one a line).

    Raises CountermarkError where the file can't be read or is too large.
    """
    content = decoded(read_within(path, PASSWORDS_MIB), path) if path else ""
    return Passwords((*_LINE_ENDS.split(content), *_LINE_ENDS.split(os.environ.get(VARIABLE, ""))))
