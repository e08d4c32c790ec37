"""Properties of an Outlook message in its compound file ([MS-OXMSG] 2.4, [MS-OXPROPS])."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from countermark.readers.charsets import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    import olefile

_UNICODE, _STRING, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_LONG, _TIME = 0x0003, 0x0040
_CODE_PAGES = (0x3FDE, 0x3FFD)
"""Internet code page, and that of the message's 8-bit strings."""
_ENTRY = struct.Struct("<HHI8s")
_NAMED = struct.Struct("<IHH")
_FIRST_NAMED = 0x8000
_OTHER_ENCODINGS = {
    65001: "utf-8",
    1200: "utf-16-le",
    20127: "ascii",
    50220: "iso-2022-jp",
    50221: "iso-2022-jp",
    50222: "iso-2022-jp",
    51932: "euc-jp",
    20932: "euc-jp",
    54936: "gb18030",
    20866: "koi8-r",
}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Storage:
    """A message, an attachment or a recipient: a storage of the file with its properties.

    `header` is how many bytes come before the entries of its property stream.
    """

    def __init__(self, container: olefile.OleFileIO, path: tuple[str, ...], header: int) -> None:
        self._container, self._path, self._header = container, path, header
        self._streams = {
            entry[-1]: tuple(entry) for entry in container.listdir() if tuple(entry[:-1]) == path
        }
        self._fixed = dict(self._entries())

    def _entries(self) -> Iterator[tuple[tuple[int, int], bytes]]:
        """Yield the values that stand in the property stream itself, by tag and type."""
        data = self._stream("__properties_version1.0") or b""
        for offset in range(self._header, len(data) - _ENTRY.size + 1, _ENTRY.size):
            kind, tag, _, value = _ENTRY.unpack_from(data, offset)
            yield (tag, kind), value

    def _stream(self, name: str) -> bytes | None:
        path = self._streams.get(name)
        if path is None:
            return None
        with self._container.openstream(list(path)) as stream:
            data: bytes = stream.read()
        return data

    @property
    def is_message(self) -> bool:
        """Whether it has the properties of a message; other objects have none."""
        return "__properties_version1.0" in self._streams

    def binary(self, tag: int) -> bytes | None:
        """Return a binary property; None where there is none."""
        return self._stream(f"__substg1.0_{tag:04X}{_BINARY:04X}")

    def number(self, tag: int) -> int:
        """Return a number; 0 where there is none."""
        return int.from_bytes(self._fixed.get((tag, _LONG), b"")[:4], "little")

    def text(self, tag: int) -> str:
        """Return a text, in Unicode or in the message's code page; empty where there is none."""
        unicode = self._stream(f"__substg1.0_{tag:04X}{_UNICODE:04X}")
        if unicode is not None:
            return unicode.decode("utf-16-le", "replace").rstrip("\0")
        return decode(self._stream(f"__substg1.0_{tag:04X}{_STRING:04X}") or b"", self.encoding).text.rstrip(
            "\0"
        )

    def html(self, tag: int) -> str:
        """Return HTML, which is kept as bytes in the charset of the message or as text."""
        data = self.binary(tag)
        return self.text(tag) if data is None else decode(data, self.encoding).text

    @property
    def encoding(self) -> str:
        """The encoding of the message's bytes; empty where it names none."""
        pages = (self.number(tag) for tag in reversed(_CODE_PAGES))
        page = next((page for page in pages if page), 0)
        return _OTHER_ENCODINGS.get(page) or (f"cp{page}" if page else "")

    def day(self, tag: int) -> str:
        """Return the day of a time (ISO 8601, UTC); empty where there is none."""
        ticks = int.from_bytes(self._fixed.get((tag, _TIME), b""), "little")
        try:
            return (_EPOCH + timedelta(microseconds=ticks // 10)).date().isoformat() if ticks else ""
        except OverflowError:
            return ""

    def storage(self, tag: int, header: int) -> Storage | None:
        """Return the storage that is a property, as an embedded message; None where there is none."""
        path = (*self._path, f"__substg1.0_{tag:04X}{_OBJECT:04X}")
        return Storage(self._container, path, header) if self._container.exists(list(path)) else None

    def children(self, prefix: str, header: int = 8) -> Iterator[Storage]:
        """Yield the storages in this one whose names begin so, in their order."""
        depth = len(self._path)
        found = {
            tuple(entry[: depth + 1])
            for entry in self._container.listdir()
            if tuple(entry[:depth]) == self._path
            and len(entry) > depth + 1
            and entry[depth].startswith(prefix)
        }
        for path in sorted(found):
            yield Storage(self._container, path, header)

    def named_texts(self) -> dict[str, str]:
        """Return the texts of properties that have names of their own, as headers have."""
        names = Storage(self._container, ("__nameid_version1.0",), 0)
        entries, strings = names.binary(0x0003) or b"", names.binary(0x0004) or b""
        found = {}
        for offset in range(0, len(entries) - _NAMED.size + 1, _NAMED.size):
            place, kind, index = _NAMED.unpack_from(entries, offset)
            if kind & 1:
                size = int.from_bytes(strings[place : place + 4], "little")
                name = strings[place + 4 : place + 4 + size].decode("utf-16-le", "replace")
                if text := self.text(_FIRST_NAMED + index):
                    found[name] = text
        return found

    def content(self) -> bytes:
        """Return all streams within it, one after the other, for a digest."""
        depth = len(self._path)
        paths = sorted(entry for entry in self._container.listdir() if tuple(entry[:depth]) == self._path)
        pieces = []
        for path in paths:
            with self._container.openstream(path) as stream:
                pieces += ["/".join(path[depth:]).encode("utf-8", "replace"), stream.read()]
        return b"\0".join(pieces)
