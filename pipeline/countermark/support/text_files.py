"""Files of text that people write: read up to a size, in the encodings in which editors write them."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from countermark.support.errors import CountermarkError, system_term
from countermark.support.limits import MIB

if TYPE_CHECKING:
    from pathlib import Path


def read_within(path: Path, most: int) -> bytes:
    """Return the content of a file of at most `most` MiB.

    Raises CountermarkError where it is larger or can't be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most * MIB + 1)
    except OSError as error:
        raise CountermarkError("file-unreadable", path=path, reason=system_term(error)) from error
    if len(content) > most * MIB:
        raise CountermarkError("file-too-large", path=path, most=most)
    return content


def decoded(content: bytes, path: Path) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark, as Windows writes it.

    Raises CountermarkError, which quotes nothing of the file, where it is neither.
    """
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise CountermarkError("not-utf8", path=path) from None
