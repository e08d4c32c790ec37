"""Bytes of rich text to characters: by the font's character set, else by the document's code page."""

from __future__ import annotations

import codecs
import re

DEFAULT = "cp1252"
CHARSETS = {
    0: DEFAULT, 2: DEFAULT, 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gbk", 81: "cp950",
    82: "mac_roman", 83: "mac_roman", 84: "mac_roman", 85: "mac_greek", 86: "mac_turkish", 87: "mac_roman",
    88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""`\\fcharset` of a font -> codec; 1 is the document's own (RTF 1.9.1, "Font Table")."""
CODE_PAGES = {
    708: "iso8859_6", 709: "iso8859_6", 710: "cp720", 711: "cp720", 936: "gbk", 10000: "mac_roman",
    10001: "shift_jis", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2", 10081: "mac_turkish",
    1361: "johab", 65001: "utf-8",
}  # fmt: skip
"""Code pages whose codec isn't named for their number."""
WIDE = frozenset(("cp932", "cp949", "gbk", "cp950", "johab", "shift_jis", "utf-8"))
"""Codecs in which a character may take more than one byte."""
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")


def codec_of_page(number: int | None) -> str:
    """Return the codec of a code page, that of western Windows for one that isn't known."""
    name = CODE_PAGES.get(number or 0, f"cp{number}")
    try:
        return name if codecs.lookup(name) else DEFAULT
    except LookupError:
        return DEFAULT


def codec_of_charset(number: int, document: str) -> str:
    """Return the codec of a font's character set; `document` is that of its code page."""
    return CHARSETS.get(number, document)


def decoded(data: bytes, font: str, document: str) -> str:
    """Return the characters of bytes in a font of the codec `font`.

    Programs name western fonts for Japanese text, and rely on the document's code page.
    """
    if data.isascii():
        return data.decode("ascii")
    if font == DEFAULT and document in WIDE:
        try:
            text = data.decode(document)
        except UnicodeError:
            text = "\uff61"
        if not _HALF_WIDTH_KANA.search(text):
            return text
    return data.decode(font, "replace")
