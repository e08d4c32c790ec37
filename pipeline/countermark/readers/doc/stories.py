"""What the converter may leave out of a .doc file: text boxes and headers, as plain lines ([MS-DOC] 2.4).

Only of files that are not encrypted.
"""

from __future__ import annotations

import re
import struct
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import olefile
from doc2docx.diagnostics import ConversionReport
from doc2docx.errors import Doc2DocxError
from doc2docx.msdoc import FileInformationBlock, read_piece_table

from countermark.model import PageKind, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from doc2docx.msdoc.pieces import PieceTable

    HeaderLines = dict[tuple[int, PageKind, Zone], list[str]]
    """Section, kind of page, header or footer -> its lines."""

STREAM = "WordDocument"
_COUNTS, _PLACES = 64, 154
"""Where fibRgLw and fibRgFcLcb begin in the stream (2.5.1)."""
_HEADER_TEXT_BOXES = 10
"""The count in fibRgLw of the characters in text boxes of headers (2.5.4)."""
_HEADERS = 11
"""Of fibRgFcLcb PlcfHdd, which parts the headers (2.5.6)."""
_OF_SHAPES = (40, 41, 56, 57, 58, 59, 75, 76)
"""And those that anchor shapes or say where in the text their boxes are: PlcSpaMom, PlcSpaHdr, PlcftxbxTxt,
PlcfFldTxbx, PlcfHdrtxbxTxt, PlcffldHdrTxbx, PlcfTxbxBkd, PlcfTxbxHdrBkd."""
_KINDS = (
    (PageKind.even, Zone.header),
    (PageKind.default, Zone.header),
    (PageKind.even, Zone.footer),
    (PageKind.default, Zone.footer),
    (PageKind.first, Zone.header),
    (PageKind.first, Zone.footer),
)
"""The stories of a section in their order (2.3.3); before the first section's there are as many others."""
_INSTRUCTION = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")
_ENDS = re.compile("[\r\n\x07\x0b\x0c]")


BROKEN = (Doc2DocxError, OSError, ValueError, IndexError, struct.error)


class Stories:
    """The text of a file. Everything raises one of BROKEN where the file is damaged."""

    def __init__(self, data: bytes) -> None:
        with olefile.OleFileIO(BytesIO(data)) as container:
            self._stream = container.openstream(STREAM).read()
            self._block = FileInformationBlock.parse(self._stream)
            self._table = container.openstream(self._block.base.table_stream_name).read()
        self.is_encrypted = bool(self._block.base.is_encrypted)
        self._report = ConversionReport(STREAM)
        self._pieces = None if self.is_encrypted else self._piece_table()
        self._data = data

    def without_shapes(self) -> bytes | None:
        """Return the file with nothing that places its shapes; None where nothing does, or one encrypted."""
        stream = bytearray(self._stream)
        sizes = [_PLACES + number * 8 + 4 for number in _OF_SHAPES]
        if self.is_encrypted or not any(struct.unpack_from("<I", stream, size)[0] for size in sizes):
            return None
        for at in (_COUNTS + _HEADER_TEXT_BOXES * 4, *sizes):
            struct.pack_into("<I", stream, at, 0)
        file = BytesIO(self._data)
        with olefile.OleFileIO(file, write_mode=True) as container:
            container.write_stream(STREAM, bytes(stream))
        return file.getvalue()

    def text_boxes(self) -> list[str]:
        """Return the lines of the text boxes of the body and of headers."""
        block = self._block
        return [
            *self._lines(block.textbox_story_cp_start, block.ccp_textboxes),
            *self._lines(block.header_textbox_story_cp_start, block.ccp_header_textboxes),
        ]

    def headers(self) -> HeaderLines:
        """Return the lines of headers and footers; one that a section lacks is that of the section before."""
        at, size = struct.unpack_from("<II", self._stream, _PLACES + _HEADERS * 8)
        places = struct.unpack_from(f"<{size // 4}I", self._table, at)[len(_KINDS) : -1]
        found: HeaderLines = {}
        if self.is_encrypted or list(places) != sorted(places):
            return found
        for number, (start, end) in enumerate(pairwise(places)):
            section, (kind, zone) = number // len(_KINDS) + 1, _KINDS[number % len(_KINDS)]
            own = [*self._lines(self._block.header_story_cp_start + start, max(0, end - start))]
            found[section, kind, zone] = own if end > start else found.get((section - 1, kind, zone), [])
        return found

    def _piece_table(self) -> PieceTable:
        place = self._block.clx
        return read_piece_table(
            self._table, self._stream, fc_clx=place.fc, lcb_clx=place.lcb, report=self._report
        )

    def _lines(self, start: int, count: int) -> Iterator[str]:
        if self._pieces is None:
            return
        characters = self._pieces.extract_characters(start, start + count, self._report, story="")
        said = _INSTRUCTION.sub("", "".join(character.text for character in characters))
        for line in _ENDS.split(said):
            shown = "".join(character for character in line if character == "\t" or character.isprintable())
            if shown.strip():
                yield shown
