"""Names of files that differ in their language only."""

from __future__ import annotations

import re

_LANGUAGE = re.compile(
    r"[-_. (（\[【]*(?P<lang>EN|ENG|ENGLISH|JA|JP|JPN|JAPANESE"
    r"|英語|英文|英訳|日本語|和文|和訳|仮訳|邦訳)[)）\]】]*$"
)


def without_language(stem: str) -> str:
    """Return a file's name, less suffix, without the language at its end; all of it where it is nothing
    else: `plan_en`, `計画（英訳）`.
    """
    match = _LANGUAGE.search(stem.upper())
    return stem[: match.start()] or stem if match else stem
