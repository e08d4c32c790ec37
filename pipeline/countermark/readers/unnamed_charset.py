"""The charset of text that does not say which it is in: names in archives, mail without a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HALF_WIDTH = range(0xFF61, 0xFFA0)
_MOST_HALF_WIDTH = 0.3
_JAPANESE = re.compile(
    "[\u2160-\u217f\u2460-\u2473\u3000-\u33ff\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffef]"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LATIN = re.compile("[A-Za-z]")
_MOST_ACCENTS = 2


def likely_encoding(pieces: Iterable[bytes], fallback: str) -> str:
    """Return the encoding that all pieces of a text are in.

    UTF-8 where they hold it, else Japanese Windows or EUC-JP where they are Japanese in it, else
    `fallback`.
    """
    beyond_ascii = [piece for piece in pieces if not piece.isascii()]
    if not beyond_ascii:
        return "ascii"
    for encoding in ("utf-8", "cp932", "euc_jp"):
        texts = [_decoded(piece, encoding) for piece in beyond_ascii]
        if all(text is not None for text in texts):
            joined = "\n".join(text or "" for text in texts)
            if encoding == "utf-8" or _is_japanese(joined, encoding):
                return encoding
    return fallback


def _decoded(piece: bytes, encoding: str) -> str | None:
    try:
        return piece.decode(encoding)
    except ValueError:
        return None


def _is_japanese(text: str, encoding: str) -> bool:
    """Return whether text beyond ASCII is Japanese: kana, kanji and the signs beside them, few half-width.

    Signs that may be the accents of a Western name don't count.
    """
    beyond = [character for character in text if not character.isascii()]
    half = sum(ord(character) in _HALF_WIDTH for character in beyond)
    accents = "".join(run[0] for run in _BEYOND_ASCII.finditer(text) if _may_be_accents(run, encoding))
    japanese = half + len(_JAPANESE.findall(text)) - len(_JAPANESE.findall(accents))
    return half <= _MOST_HALF_WIDTH * len(beyond) and japanese > len(beyond) / 2


def _may_be_accents(run: re.Match[str], encoding: str) -> bool:
    """Return whether a run of signs may be accents of a Western name, read with the letters after them.

    `Müller` is `M〕ler` and `Größe` is `Gr批e` in Japanese Windows.
    """
    text, (start, end) = run.string, run.span()
    before, after = _LATIN.match(text[start - 1 : start]), _LATIN.match(text[end : end + 1])
    if len(run[0]) == 1 and before and after:
        return True
    in_letters = all(sign.encode(encoding)[-1:].isascii() for sign in run[0])
    return len(run[0]) <= _MOST_ACCENTS and bool(before or after) and in_letters
