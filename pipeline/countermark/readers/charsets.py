"""Text of mail in the charset that it names, or in the one that it is in."""

from __future__ import annotations

import re
from typing import NamedTuple

from countermark.readers.unnamed_charset import likely_encoding

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
_ESCAPED = ("utf-16", "utf-32", "utf-7", "hz", "iso-2022-kr", "iso-2022-cn")
"""Charsets whose text is no ASCII where its bytes are."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_JIS_CODECS = ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004")
_JIS_7BIT = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([BIJ])")
_KANA_OR_KANJI = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
"""Japanese in UTF-8: a text that is valid UTF-8 and holds it is in no other charset, whatever it names."""
_BEYOND_WESTERN = re.compile(rb"[\x81-\x83][\x40-\xfc]|\xa4[\xa1-\xf3]|[\xc3-\xf4][\x80-\xbf]")
"""Kana and signs of Japanese Windows and of EUC-JP, and characters in UTF-8: hardly Western text."""
_LINES = re.compile(rb"([\r\n]+)")
_LOST = "\ufffd"
_MOST_LOST = 0.1
_LAST_OF_ASCII = 0x7F
_ESCAPE = "\x1b"
_SURROGATES = re.compile("[\ud800-\udfff]")


class Decoded(NamedTuple):
    """Text, and whether every byte of it is accounted for."""

    text: str
    is_whole: bool = True


def decode(data: bytes, charset: str = "") -> Decoded:
    """Return the text of `data`: by its byte order mark, by the charset that it names, else by what fits."""
    named = charset.strip(" \"'").lower()
    if data.isascii() and _JIS_7BIT.search(data) and not named.startswith(_ESCAPED):
        return _iso_2022_jp(data)
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    certain = "utf-8" if _KANA_OR_KANJI.search(data) else ""
    given = _WIDER.get(named, named)
    if given == "cp1252" and _BEYOND_WESTERN.search(data):
        given = likely_encoding(_LINES.split(data), "cp1252")
    for encoding in (marked, certain, given):
        text = _strictly(data, encoding)
        if text is not None:
            return Decoded(text)
    return _guessed(data, given)


def decode_header_bytes(value: str) -> str:
    """Return a header as text.

    Bytes beyond ASCII, which `email` keeps as halves of characters, are read in the charset that fits.
    """
    if _ESCAPE in value and value.isascii():
        return decode(value.encode()).text
    if not _SURROGATES.search(value):
        return value
    try:
        return _guessed(value.encode("ascii", "surrogateescape")).text
    except UnicodeEncodeError:
        return _SURROGATES.sub(_LOST, value)


def _strictly(data: bytes, encoding: str) -> str | None:
    """Return the text where all of it is in this encoding.

    None where not, or where there is no such encoding.
    """
    if not encoding:
        return None
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


def _guessed(data: bytes, named: str = "") -> Decoded:
    """Return text of no charset that holds all of it.

    ISO-2022-JP, UTF-8, Japanese Windows or EUC-JP where it is in it, else the one that it names where few
    characters are lost, else Western Windows.
    """
    if _JIS_7BIT.search(data):
        return _iso_2022_jp(data)
    encoding = likely_encoding(_LINES.split(data), "")
    if not encoding and _is_nearly(data, named):
        encoding = named
    text = data.decode(encoding or "cp1252", "replace")
    return Decoded(text, _LOST not in text)


def _is_nearly(data: bytes, encoding: str) -> bool:
    """Return whether few of the characters beyond ASCII are lost in this encoding."""
    try:
        lost = data.decode(encoding, "replace").count(_LOST) if encoding else len(data)
    except LookupError:
        return False
    return lost <= _MOST_LOST * sum(byte > _LAST_OF_ASCII for byte in data)


def _iso_2022_jp(data: bytes) -> Decoded:
    """ISO-2022-JP (RFC 1468, RFC 1554) as mail programs write it.

    With the characters of row 13 (①, ㈱) and half-width katakana, which are read as Japanese Windows text.
    A line begins in ASCII, however the one before it ended.
    """
    for codec in _JIS_CODECS:
        try:
            return Decoded(data.decode(codec))
        except ValueError:
            continue
    pieces = []
    for line in _LINES.split(data):
        position, mode = 0, b"\x1b(B"
        for match in _JIS_7BIT.finditer(line):
            pieces.append(_of_set(line[position : match.start()], mode))
            position, mode = match.end(), match[0]
        pieces.append(_of_set(line[position:], mode))
    text = "".join(pieces)
    return Decoded(text, _LOST not in text)


def _of_set(data: bytes, mode: bytes) -> str:
    """Return a stretch of ISO-2022-JP in the set that its escape sequence `mode` chose."""
    if mode.startswith(b"\x1b$("):
        codec = "iso2022_jp_ext" if mode.endswith(b"D") else "iso2022_jp_2004"
        return (mode + data).decode(codec, "replace")
    return _in_cp932(data, mode).decode("cp932", "replace")


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
