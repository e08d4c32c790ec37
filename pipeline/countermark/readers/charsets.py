"""Text of mail in the charset that it names, or in the one that it is in."""

from __future__ import annotations

import re
from typing import NamedTuple

_WIDER = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
}
"""Charsets whose names are used for a wider one, or that Python knows by another name."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_JIS_7BIT = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([BIJ])")
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uff61-\uff9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Decoded(NamedTuple):
    """Text, and whether every byte of it is accounted for."""

    text: str
    is_whole: bool = True


def decode(data: bytes, charset: str = "") -> Decoded:
    """Return the text of `data`: by its byte order mark, by the charset that it names, else by what fits."""
    named = charset.strip(" \"'").lower()
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    for encoding in (marked, _WIDER.get(named, named)):
        text = _strictly(data, encoding)
        if text is not None:
            return Decoded(text)
    return _guessed(data)


def decode_header_bytes(value: str) -> str:
    """Return a header as text.

    Bytes beyond ASCII, which `email` keeps as halves of characters, are read in the charset that fits.
    """
    if not _SURROGATES.search(value):
        return value
    try:
        return _guessed(value.encode("ascii", "surrogateescape")).text
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", value)


def _strictly(data: bytes, encoding: str) -> str | None:
    """Return the text where all of it is in this encoding.

    None where not, or where there is no such encoding.
    """
    if not encoding:
        return None
    if encoding.startswith("iso-2022-jp"):
        return _iso_2022_jp(data)
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return _euc_jp_2004(data) if encoding in ("euc-jp", "x-euc-jp") else None


def _euc_jp_2004(data: bytes) -> str | None:
    """EUC-JP with the characters of row 13 (①, ㈱), which JIS X 0208 has not."""
    try:
        return data.decode("euc_jis_2004")
    except ValueError:
        return None


def _guessed(data: bytes) -> Decoded:
    """Return text of no charset that holds: UTF-8, ISO-2022-JP, Japanese Windows, else Western Windows."""
    if _JIS_7BIT.search(data):
        text = _iso_2022_jp(data)
        if text is not None:
            return Decoded(text)
    for encoding in ("utf-8", "cp932"):
        try:
            text = data.decode(encoding)
        except ValueError:
            continue
        if encoding == "utf-8" or _JAPANESE.search(text):
            return Decoded(text)
    text = data.decode("cp1252", "replace")
    return Decoded(text, "\ufffd" not in text)


def _iso_2022_jp(data: bytes) -> str | None:
    """ISO-2022-JP (RFC 1468) as mail programs write it.

    With the characters of row 13 (①, ㈱) and half-width katakana. Read as Japanese Windows text, which has
    them; None where it is none.
    """
    try:
        return data.decode("iso2022_jp")
    except ValueError:
        pass
    pieces = []
    position, mode = 0, b"\x1b(B"
    for match in _JIS_7BIT.finditer(data):
        pieces.append(_in_cp932(data[position : match.start()], mode))
        position, mode = match.end(), match[0]
    pieces.append(_in_cp932(data[position:], mode))
    try:
        return b"".join(pieces).decode("cp932")
    except ValueError:
        return None


def _in_cp932(data: bytes, mode: bytes) -> bytes:
    """Return a stretch of ISO-2022-JP in one of its sets, as Shift-JIS with Microsoft's characters."""
    if mode == b"\x1b(I":
        return bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in data)
    if not mode.startswith(b"\x1b$"):
        return data
    converted = bytearray()
    position = 0
    while position < len(data):
        first = data[position]
        if not 0x21 <= first <= 0x7E or position + 1 == len(data):
            converted.append(first)
            position += 1
            continue
        second = data[position + 1]
        row = (first + 1) // 2 + (0x70 if first < 0x5F else 0xB0)
        cell = second + (0x7E if first % 2 == 0 else 0x1F if second < 0x60 else 0x20)
        converted += bytes((row, cell & 0xFF))
        position += 2
    return bytes(converted)
