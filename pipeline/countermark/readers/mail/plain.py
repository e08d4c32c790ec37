"""The plain text of a message as a person sees it: flowed, signed, enriched."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from countermark.readers.html.text import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_QUOTED = re.compile(r"\s*>")
QUOTE_MARKS = re.compile(r"^\s*(?:(?:>\s?)+)")
_DEPTH = re.compile(r">*")
_SIGNATURE = "-- "
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SEAL, _SEAL_END = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
_HASH = re.compile(r"[A-Za-z-]+: .*")
_PARAMETER = re.compile(r"(?is)<param>.*?</param>")
_COMMAND = re.compile(r"</?[A-Za-z0-9-]{1,60}>")
_ENRICHED_BREAKS = re.compile(r"\n(\n*)")


def plain_lines(text: str, *, flowed: bool = False, joined: bool = False) -> list[TextLine]:
    """Return the lines of plain text, blank ones too; quotation marks (`>`) are taken off.

    `flowed` where a line that ends with a blank goes on in the next one (RFC 3676), `joined` where that
    blank is no part of the text (`DelSp=yes`).
    """
    lines: Iterable[str] = without_armour(text).splitlines()
    return [
        TextLine(QUOTE_MARKS.sub("", line).rstrip(), quoted=bool(_QUOTED.match(line)))
        for line in (_unfolded(lines, joined=joined) if flowed else lines)
    ]


def _unfolded(lines: Iterable[str], *, joined: bool) -> Iterator[str]:
    """Yield the lines of flowed text, with those that go on put together (RFC 3676, 4)."""
    pieces: list[str] = []
    depth = ""
    for line in lines:
        marks = _DEPTH.match(line)
        own = marks[0] if marks else ""
        text = line[len(own) :].removeprefix(" ")
        if pieces and (own != depth or text == _SIGNATURE):
            yield depth + "".join(pieces)
            pieces = []
        depth = own
        goes_on = text.endswith(" ") and text != _SIGNATURE
        pieces.append(text[:-1] if goes_on and joined else text)
        if not goes_on:
            yield depth + "".join(pieces)
            pieces = []
    if pieces:
        yield depth + "".join(pieces)


def without_armour(text: str) -> str:
    """Return the text without what signs it in plain sight: heads, signature and escapes (RFC 9580, 7)."""
    if _SIGNED not in text:
        return text
    kept: list[str] = []
    where = ""
    for line in text.splitlines():
        mark = line.rstrip()
        if mark in (_SIGNED, _SEAL, _SEAL_END):
            where = "" if mark == _SEAL_END else mark
        elif where == _SIGNED and _HASH.fullmatch(line) and not (kept and kept[-1]):
            continue
        elif where != _SEAL:
            where = "signed" if where else ""
            kept.append(line.removeprefix("- ") if where else line)
    return "\n".join(kept)


def of_enriched(text: str) -> str:
    """Return enriched text (RFC 1896) without its commands; a single line break is a blank."""
    text = _PARAMETER.sub("", text.replace("\r\n", "\n").replace("<<", "&lt;"))
    return unescape(_ENRICHED_BREAKS.sub(lambda breaks: breaks[1] or " ", _COMMAND.sub("", text)))
