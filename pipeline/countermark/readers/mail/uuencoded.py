"""Files that old mail programs wrote into the text of a message (POSIX uuencode)."""

from __future__ import annotations

import binascii
import re

_BEGIN = re.compile(r"begin [0-7]{3,4} ([^\r\n]{1,255})")
_LONGEST_LINE = 90


def without_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the text without the files in it, and these with their names; what is no whole file stays."""
    if "\nbegin " not in f"\n{text}":
        return text, []
    lines = text.splitlines()
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    position = 0
    while position < len(lines):
        begin = _BEGIN.fullmatch(lines[position])
        found = _file(lines, position + 1) if begin else None
        if begin and found:
            data, position = found
            files.append((begin[1], data))
        else:
            kept.append(lines[position])
            position += 1
    return "\n".join(kept), files


def _file(lines: list[str], start: int) -> tuple[bytes, int] | None:
    """Return the file whose lines begin at `start`, and the index after its end; None where it is none."""
    pieces: list[bytes] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if line == "end":
            return b"".join(pieces), index + 1
        if len(line) > _LONGEST_LINE:
            return None
        try:
            pieces.append(binascii.a2b_uu(line) if line else b"")
        except ValueError:
            return None
    return None
