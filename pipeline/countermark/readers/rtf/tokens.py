"""Rich text as tokens: groups, control words, bytes of text (RTF 1.9.1, "RTF Syntax")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from countermark.support.progress import checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN, CLOSE, TEXT, STAR = "{", "}", "text", "*"
SYMBOLS = frozenset("~-_:|*\n\r")
"""Control symbols other than escaped characters."""
TOKENS_IN_A_UNIT = 5000
_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z'])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|(?P<stray>\\'?)",
    re.DOTALL,
)


class Token(NamedTuple):
    """A brace, `text` with its bytes, or a control word or symbol with its number."""

    name: str
    number: int | None = None
    data: bytes = b""


_OPENED, _CLOSED = Token(OPEN), Token(CLOSE)


def tokens(data: bytes) -> Iterator[Token]:
    """Return the tokens of rich text in their order; what `\\bin` announces is one text token of its own,
    named `bin`. Raises as `checkpoint` does.
    """
    at, count, end = 0, 0, len(data)
    while at < end and (found := _TOKEN.match(data, at)):
        at = found.end()
        count += 1
        if count % TOKENS_IN_A_UNIT == 0:
            checkpoint()
        make = _MAKERS.get(found.lastgroup or "")
        if make:
            token = make(found)
            if token.name == "bin":
                size = max(0, token.number or 0)
                token = Token("bin", size, data[at : at + size])
                at += size
            yield token


def _word(found: re.Match[bytes]) -> Token:
    digits = found["number"]
    return Token(found["word"].decode("ascii"), None if digits is None else int(digits))


def _symbol(character: bytes) -> Token:
    name = character.decode("latin-1")
    return Token(name) if name in SYMBOLS else Token(TEXT, data=character)


_MAKERS: dict[str, Callable[[re.Match[bytes]], Token]] = {
    "open": lambda _: _OPENED,
    "close": lambda _: _CLOSED,
    "text": lambda found: Token(TEXT, data=found["text"]),
    "byte": lambda found: Token(TEXT, data=bytes((int(found["byte"], 16),))),
    "symbol": lambda found: _symbol(found["symbol"]),
    "word": _word,
    "number": _word,
}
