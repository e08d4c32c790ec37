"""Which characters the bytes of a text are, where nothing says so."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPES = (b"\x1b$", b"\x1b(")
"""How ISO-2022-JP changes from one character set to another."""
_SHIFT_JIS = "cp932"
_SEVERAL_BYTES = ("utf-8", "euc_jp", _SHIFT_JIS)
"""EUC-JP before Shift-JIS, which takes most of it for half-width kana."""
_SOUND_SHARE = 4
"""How many characters beyond ASCII have to be sound for each that is not."""
_WESTERN = "cp1252"
_NO_CHARACTER = re.compile("[\ufffd\uf8f0-\uf8f3\x80]")
"""What stands for bytes that are none; Python has five of its own for those of Shift-JIS."""


class Decoded(NamedTuple):
    """A text; `is_whole` is false where some of its bytes are no characters of its encoding."""

    text: str
    is_whole: bool = True


def decode(data: bytes) -> Decoded:
    """Return the text by its byte order mark, else by the first encoding of UTF-8, ISO-2022-JP, EUC-JP and
    Shift-JIS that all its bytes are valid in. Of damaged text the one that most of it is valid in is taken;
    what is valid in none is Western European."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding) or Decoded(data.decode(encoding, "replace"), is_whole=False)
    if any(escape in data for escape in _ESCAPES):
        return _decoded(data, "iso2022_jp_ext") or Decoded(
            data.decode("iso2022_jp_ext", "replace"), is_whole=False
        )
    for encoding in _SEVERAL_BYTES:
        decoded = _decoded(data, encoding)
        if decoded:
            return decoded
    damaged = min((data.decode(encoding, "replace") for encoding in _SEVERAL_BYTES), key=_broken)
    sound = sum(not character.isascii() for character in damaged) - _broken(damaged)
    if sound >= _SOUND_SHARE * _broken(damaged):
        return Decoded(damaged, is_whole=False)
    return _decoded(data, _WESTERN) or Decoded(data.decode("latin-1"))


def _decoded(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if encoding == _SHIFT_JIS and _broken(text) else Decoded(text)


def _broken(text: str) -> int:
    return len(_NO_CHARACTER.findall(text))
