"""The body of a message in rich text.

Unpacked ([MS-OXRTFCP]), and as HTML where it was made of HTML ([MS-OXRTFEX]).
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import HEADER_FOOTER, Unseen, Zone
from countermark.readers.builder import DocumentBuilder
from countermark.readers.charsets import decode
from countermark.readers.html.text import TextLine
from countermark.readers.rtf.reader import UNSEEN, read_rtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from countermark.model import Line

_HEAD = struct.Struct("<IIII")
_COMPRESSED, _STORED = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_FROM_HTML = re.compile(rb"\\fromhtml1?(?![0-9])")
_FONT = re.compile(r"\\f(\d{1,5})(?:\\(?!fcharset)[a-z]+-?\d* ?)*\\fcharset(\d{1,3})")
_CHARSETS = {
    0: "cp1252",
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
"""Code pages by the character sets of fonts (RTF 1.9.1, fcharset)."""
_CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,9})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SIGNS = {
    "par": "\n",
    "line": "\n",
    "tab": "\t",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "endash": "–",
    "emdash": "—",
}
_UNSHOWN = frozenset(("fonttbl", "colortbl", "stylesheet", "info", "pict", "pntext", "mhtmltag"))


def decompressed(data: bytes) -> bytes:
    """Return rich text as it was before Outlook packed it (LZFu). Raises ValueError where it is damaged."""
    if len(data) < _HEAD.size:
        raise ValueError("head")
    packed, raw, kind, _ = _HEAD.unpack_from(data)
    body = data[_HEAD.size : packed + 4]
    if kind == _STORED:
        return body[:raw]
    if kind != _COMPRESSED:
        raise ValueError("kind")
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    place, position = len(_DICTIONARY), 0
    output = bytearray()
    while position < len(body):
        control = body[position]
        position += 1
        for bit in range(8):
            if position >= len(body):
                return bytes(output)
            run: Iterable[int]
            if control >> bit & 1:
                token = int.from_bytes(body[position : position + 2], "big")
                position += 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == place:
                    return bytes(output)
                run = (window[(offset + step) % _WINDOW] for step in range(length))
            else:
                run = body[position : position + 1]
                position += 1
            for byte in run:
                output.append(byte)
                window[place] = byte
                place = (place + 1) % _WINDOW
    return bytes(output)


def html_of(rtf: bytes) -> str | None:
    """Return the HTML that rich text was made of; None where it was not."""
    if not _FROM_HTML.search(rtf[:400]):
        return None
    text = rtf.decode("latin-1")
    page = _CODE_PAGE.search(text)
    encoding = f"cp{page[1]}" if page else "cp1252"
    fonts = {number: _CHARSETS.get(int(charset), encoding) for number, charset in _FONT.findall(text)}
    return "".join(_Unwrapping(encoding, fonts).pieces(text))


class _Group(NamedTuple):
    """What holds in a group.

    Whether it is left out, whether it is for programs that know no HTML (`htmlrtf`), and the encoding of
    its bytes.
    """

    encoding: str
    left_out: bool = False
    is_rtf: bool = False


class _Unwrapping:
    """HTML while it is taken out of rich text. `fonts` are encodings by the numbers of fonts."""

    def __init__(self, encoding: str, fonts: Mapping[str, str]) -> None:
        self._fonts = fonts
        self._groups = [_Group(encoding)]
        self._bytes = bytearray()
        self._output: list[str] = []
        self._skip = 0

    def pieces(self, text: str) -> list[str]:
        """Return the text that is HTML."""
        starts_group = False
        for match in _TOKEN.finditer(text):
            word, number, code, sign, brace, run = match.groups()
            if code:
                self._add_byte(int(code, 16))
            else:
                self._flush()
                self._add_other(word, number, sign, brace, run, starts_group=starts_group)
            starts_group = brace == "{" or (starts_group and sign == "*")
        self._flush()
        return self._output

    def _add_other(
        self,
        word: str | None,
        number: str | None,
        sign: str | None,
        brace: str | None,
        run: str | None,
        *,
        starts_group: bool,
    ) -> None:
        if brace == "{":
            self._groups.append(self._groups[-1])
        elif brace and len(self._groups) > 1:
            self._groups.pop()
        elif word:
            self._word(word, number, starts_group=starts_group)
        elif sign and sign != "*":
            self._add("\xa0" if sign == "~" else sign if sign in "{}\\" else "")
        elif run:
            self._add(run)

    def _word(self, word: str, number: str | None, *, starts_group: bool) -> None:
        group = self._groups[-1]
        if word == "htmlrtf":
            self._groups[-1] = group._replace(is_rtf=number != "0")
        elif word in _UNSHOWN and starts_group:
            self._groups[-1] = group._replace(left_out=True)
        elif word == "f" and number and number in self._fonts:
            self._groups[-1] = group._replace(encoding=self._fonts[number])
        elif word == "u" and number:
            self._add(chr(int(number) % 0x10000))
            self._skip = 1
        elif word in _SIGNS:
            self._add(_SIGNS[word])

    @property
    def _is_left_out(self) -> bool:
        return self._groups[-1].left_out or self._groups[-1].is_rtf

    def _add(self, text: str) -> None:
        if self._skip and text:
            text, self._skip = text[1:], 0
        if not self._is_left_out:
            self._output.append(text)

    def _add_byte(self, byte: int) -> None:
        if self._skip:
            self._skip = 0
        elif not self._is_left_out:
            self._bytes.append(byte)

    def _flush(self) -> None:
        if self._bytes:
            self._output.append(decode(bytes(self._bytes), self._groups[-1].encoding).text)
            self._bytes.clear()


def rtf_lines(rtf: bytes, document: DocumentBuilder) -> list[TextLine]:
    """Return the lines of rich text; what it holds besides is added to the message's document.

    Raises ValueError where it is none.
    """
    if not rtf.lstrip().startswith(b"{\\rtf"):
        raise ValueError("rtf")
    inner = DocumentBuilder(
        document.name, document.media_type, document.limits, read_child=document.read_nested
    )
    read_rtf(rtf, inner)
    read = inner.build("")
    document.problems += read.problems
    document.add_children(read.children)
    return [_text_line(line) for page in read.live_pages for line in page.lines]


def _text_line(line: Line) -> TextLine:
    if line.unseen or line.zone in UNSEEN:
        zone = None if line.zone in (*HEADER_FOOTER, Zone.hidden) else line.zone
        return TextLine(line.text, line.unseen or Unseen.hidden, zone)
    return TextLine(line.text, centred=line.centred, struck=line.struck)
