"""What the streams of a PDF inflate to, measured before PDFium opens the file.

Every stream is found by its keyword, in whatever objects and revisions it is: PDFium may look for
objects anywhere in a damaged file. Nothing of what is inflated is kept.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 1 << 18
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
_OBJECT = re.compile(rb"(\d{1,12})\s+\d{1,12}\s+obj\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(
    rb"/(FlateDecode|Fl|LZWDecode|LZW|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL)(?![\w#])"
)
_INDIRECT = re.compile(rb"/Filter\s*\[?\s*(\d+)\s+(\d+)\s+R\b")
_NEEDLESS = re.compile(rb"/Type\s*/EmbeddedFile\b|/Subtype\s*/Image\b")
_ENDED = re.compile(rb"endstream\s*endobj")
_LENGTH = re.compile(rb"/Length\s*(\d{1,12})(\s+\d+\s+R\b)?")
_ASIDE = re.compile(rb"\((?:\\.|[^\\()])*\)|%[^\r\n]*", re.DOTALL)
_NUMBER = re.compile(rb"\d{1,12}")
_END = (b"end",)
_DIGITS = tuple(b"%d" % digit for digit in range(10))
_DEFINITION = 4096
_MOST_FILTERS = 64
_MOST_CHAINS = 8
_GROWS = {"Fl": 1032, "LZ": 2800, "Ru": 64, "RL": 64}
"""How many times its size data can grow to, by the first letters of the filter's name."""
_MOST_GROWTH = 2800**3


class Oversized(NamedTuple):
    """A stream that inflates to too much.

    Its object's number, where its data lies, and whether it says that it is an embedded file or a
    picture, which PDFium needs for no page's text.
    """

    number: int
    start: int
    end: int
    is_needless: bool


def oversized(data: bytes, allowed: int) -> Iterator[Oversized]:
    """Yield the streams of a PDF that inflate to more than `allowed` bytes."""
    definitions = _Definitions(data)
    for keyword in _found(_STREAM, data, but_after=_END):
        start = keyword.end()
        if (len(data) - start) * _MOST_GROWTH <= allowed:
            return
        region = data[_last_end(data, keyword.start()) : keyword.start()]
        head = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), region)
        end = _end(data, head, start, definitions)
        filters = _filters(head, definitions)
        if _may_exceed(end - start, filters, allowed) and any(
            _exceeds(data, start, end, chain, allowed) for chain in _chains(filters)
        ):
            numbers = [int(found[1]) for found in _found(_OBJECT, region, but_after=_DIGITS)]
            is_needless = _NEEDLESS.search(_ASIDE.sub(b" ", head)) is not None
            yield Oversized(numbers[-1] if numbers else 0, start, end, is_needless)


def _found(
    pattern: re.Pattern[bytes], data: bytes, *, but_after: tuple[bytes, ...]
) -> Iterator[re.Match[bytes]]:
    """Yield the matches of a pattern but those right after one of the others.

    A look-behind in the pattern would have it tried at each byte.
    """
    for found in pattern.finditer(data):
        if not data.endswith(but_after, 0, found.start()):
            yield found


def _last_end(data: bytes, before: int) -> int:
    """Return where the stream before ends; what is in a string or a comment ends none."""
    at = before
    for _ in range(_MOST_CHAINS):
        at = data.rfind(b"endstream", 0, at)
        if at < 0 or _ENDED.match(data, at):
            break
    return max(at, 0)


def _end(data: bytes, head: bytes, start: int, definitions: _Definitions) -> int:
    """Return where a stream ends by its keyword, or by its length where that is further."""
    end = data.find(b"endstream", start)
    ends = [len(data) if end < 0 else end]
    for length, is_reference in _LENGTH.findall(head):
        stated = definitions.of(length) if is_reference else [length]
        lengths = [int(found[0]) for text in stated if (found := _NUMBER.match(text))]
        ends += [min(len(data), start + length) for length in lengths]
    return max(ends)


def _filters(head: bytes, definitions: _Definitions) -> list[str]:
    """Return the filters that are named before a stream, in their order, also where an object of its own
    names them.
    """
    named = [head]
    for number, _ in _INDIRECT.findall(head)[:_MOST_CHAINS]:
        # in an object stream: what it may be
        named += definitions.of(number) or [b"/FlateDecode/FlateDecode"]
    return [name.decode() for part in named for name in _NAME.findall(part)][:_MOST_FILTERS]


class _Definitions:
    """The objects of a PDF by their numbers, found when one is first asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts: dict[int, list[int]] | None = None

    def of(self, number: bytes) -> list[bytes]:
        """Return how each object of this number begins."""
        if self._starts is None:
            self._starts = defaultdict(list)
            for found in _found(_OBJECT, self._data, but_after=_DIGITS):
                self._starts[int(found[1])].append(found.end())
        starts = self._starts.get(int(number), ())[:_MOST_CHAINS]
        return [self._data[at : at + _DEFINITION].lstrip().partition(b"endobj")[0] for at in starts]


def _may_exceed(size: int, filters: list[str], allowed: int) -> bool:
    most = size
    for name in filters or ["Fl"]:
        most *= _GROWS.get(name[:2], 1)
        if most > allowed:
            return True
    return False


def _chains(filters: list[str]) -> Iterator[list[str]]:
    """Yield the filters as they are named, from each of them on.

    What is named in a comment may come first.
    """
    yield ["Fl"]
    for first in range(min(len(filters), _MOST_CHAINS)):
        yield filters[first:]


def _exceeds(data: bytes, start: int, end: int, filters: list[str], allowed: int) -> bool:
    """Return whether the data grows to more than `allowed` bytes under any of its filters."""
    counted = [0]

    def count(chunks: Iterator[bytes]) -> Iterator[bytes]:
        total = 0
        for chunk in chunks:
            total += len(chunk)
            counted[0] = max(counted[0], total)
            if total > allowed:
                return
            yield chunk

    chunks: Iterator[bytes] = (data[at : min(at + _CHUNK, end)] for at in range(start, end, _CHUNK))
    for name in filters:
        chunks = count(_DECODERS[name](chunks))
    try:
        for _ in chunks:
            pass
    except (zlib.error, binascii.Error, ValueError):
        pass  # damaged: what PDFium makes of it is no more than what came so far
    return counted[0] > allowed


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for chunk in chunks:
        waiting = chunk
        while waiting and not inflater.eof:
            yield inflater.decompress(waiting, _CHUNK)
            waiting = inflater.unconsumed_tail


def _from_lzw(chunks: Iterator[bytes]) -> Iterator[bytes]:
    table: list[bytes] = []
    width, bits, held = 9, 0, 0
    last = b""
    for chunk in chunks:
        out: list[bytes] = []
        size = 0
        for byte in chunk:
            held, bits = (held << 8) | byte, bits + 8
            if bits < width:
                continue
            bits -= width
            code, held = held >> bits, held & ((1 << bits) - 1)
            if code == 257:
                yield b"".join(out)
                return
            if code == 256:
                table, width, last = [], 9, b""
                continue
            if code < 256:
                entry = bytes([code])
            elif code - 258 < len(table):
                entry = table[code - 258]
            else:
                entry = last + last[:1]
            if last and len(table) < 3838:
                table.append(last + entry[:1])
                width = max(width, min(12, (len(table) + 259).bit_length()))
            last = entry
            out.append(entry)
            size += len(entry)
            if size > _CHUNK:
                yield b"".join(out)
                out, size = [], 0
        yield b"".join(out)


def _from_hex(chunks: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        held += b"".join(chunk.split())
        whole, is_last, _ = held.partition(b">")
        even = len(whole) // 2 * 2
        yield binascii.unhexlify(whole[:even])
        if is_last:
            return
        held = whole[even:]


def _from_base85(chunks: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        held += b"".join(chunk.split()).replace(b"z", b"!!!!!")
        whole, is_last, _ = held.partition(b"~")
        whole = whole.removeprefix(b"<")
        fives = len(whole) if is_last else len(whole) // 5 * 5
        yield base64.a85decode(whole[:fives])
        if is_last:
            return
        held = whole[fives:]


def _from_runs(chunks: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        held += chunk
        out: list[bytes] = []
        at = 0
        while at < len(held):
            length = held[at]
            if length == 128:
                yield b"".join(out)
                return
            taken = length + 2 if length < 128 else 2
            if at + taken > len(held):
                break
            out.append(held[at + 1 : at + taken] if length < 128 else held[at + 1 : at + 2] * (257 - length))
            at += taken
        yield b"".join(out)
        held = held[at:]


_DECODERS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    **dict.fromkeys(("FlateDecode", "Fl"), _inflated),
    **dict.fromkeys(("LZWDecode", "LZW"), _from_lzw),
    **dict.fromkeys(("ASCII85Decode", "A85"), _from_base85),
    **dict.fromkeys(("ASCIIHexDecode", "AHx"), _from_hex),
    **dict.fromkeys(("RunLengthDecode", "RL"), _from_runs),
}
