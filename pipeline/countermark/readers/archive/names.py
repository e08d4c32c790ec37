"""Names of files in archives that do not say in which charset they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HALF_WIDTH = range(0xFF61, 0xFFA0)
_MOST_HALF_WIDTH = 0.3


def names_encoding(names: Iterable[bytes], fallback: str = "cp437") -> str:
    """Return the encoding of all names of an archive.

    UTF-8 where they hold it, else Japanese Windows or EUC-JP where they are Japanese in it, else
    `fallback`.
    """
    beyond_ascii = [name for name in names if not name.isascii()]
    if not beyond_ascii:
        return "ascii"
    for encoding in ("utf-8", "cp932", "euc_jp"):
        texts = [_decoded(name, encoding) for name in beyond_ascii]
        if all(text is not None for text in texts):
            joined = "".join(text or "" for text in texts)
            if encoding == "utf-8" or _is_japanese(joined):
                return encoding
    return fallback


def _decoded(name: bytes, encoding: str) -> str | None:
    try:
        return name.decode(encoding)
    except ValueError:
        return None


def _is_japanese(text: str) -> bool:
    """Return whether text beyond ASCII is Japanese.

    Kana and kanji, few of them half-width, as in what is none.
    """
    beyond = [ord(character) for character in text if not character.isascii()]
    half = sum(code in _HALF_WIDTH for code in beyond)
    japanese = sum(0x3000 <= code <= 0x30FF or 0x4E00 <= code <= 0x9FFF or code >= 0xFF00 for code in beyond)
    return half <= _MOST_HALF_WIDTH * len(beyond) and japanese + half > len(beyond) / 2
