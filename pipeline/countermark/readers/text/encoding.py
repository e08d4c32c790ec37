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
_WIDER = {
    "shift_jis": _SHIFT_JIS,
    "iso8859-1": _WESTERN,
    "ascii": _WESTERN,
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""Encodings whose names programs use for a wider one, by Python's names."""
_NAMED = re.compile(
    r"utf-8|cp125\d|cp874|cp932|cp949|gb18030|big5(hkscs)?|euc_(jp|kr)|iso2022_jp\w*|iso8859-\d+|koi8-[ru]"
)
"""Encodings that a text may name, by Python's names: of the Encoding Standard those that keep ASCII."""
_NO_CHARACTER = re.compile("[\ufffd\uf8f0-\uf8f3\x80]")
"""What stands for bytes that are none; Python has five of its own for those of Shift-JIS."""


class Decoded(NamedTuple):
    """A text; `is_whole` is false where some of its bytes are no characters of its encoding."""

    text: str
    is_whole: bool = True


def decode(data: bytes, named: str = "") -> Decoded:
    """Return the text by its byte order mark, else in the encoding that is `named` for it, else by the first
    encoding of UTF-8, ISO-2022-JP, EUC-JP and Shift-JIS that all its bytes are valid in. Of damaged text the
    one that most of it is valid in is taken; what is valid in none is Western European.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding) or Decoded(data.decode(encoding, "replace"), is_whole=False)
    decoded = _decoded(data, _known(named)) if _known(named) else None
    if decoded:
        return decoded
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


def _known(named: str) -> str:
    """Python's name of an encoding that a text names; empty where it is none that is known."""
    try:
        name = codecs.lookup(named.strip() or "-").name
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    return name if _NAMED.fullmatch(name) else ""


def _decoded(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if encoding == _SHIFT_JIS and _broken(text) else Decoded(text)


def _broken(text: str) -> int:
    return len(_NO_CHARACTER.findall(text))
