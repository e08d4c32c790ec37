"""Build compound files ([MS-CFB]) and Outlook messages ([MS-OXMSG]) for tests."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = dict[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    right: int = FREE
    start: int = END


def compound_file(tree: Tree) -> bytes:
    """Return a compound file with these storages and streams."""
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini = b""
    mini_fat: list[int] = []
    for entry in entries[1:]:
        if entry.kind == 2 and len(entry.data) < CUTOFF:
            entry.start = len(mini_fat) if entry.data else END
            count = -(-len(entry.data) // MINI)
            mini_fat += [len(mini_fat) + step + 1 for step in range(count - 1)] + [END] * bool(count)
            mini += entry.data.ljust(count * MINI, b"\0")
        elif entry.kind == 2:
            entry.start = _chain(sectors, fat, entry.data)
    size = len(mini)
    entries[0].start, entries[0].data = (_chain(sectors, fat, mini) if mini else END), mini
    packed = struct.pack(f"<{len(mini_fat)}L", *mini_fat)
    mini_start = _chain(sectors, fat, packed, b"\xff") if mini_fat else END
    mini_count = -(-len(packed) // SECTOR)
    directory = _chain(sectors, fat, b"".join(_packed(entry, size) for entry in entries))
    count = next(n for n in range(1, 110) if (len(sectors) + n) * 4 <= n * SECTOR)
    places = list(range(len(sectors), len(sectors) + count))
    fat += [FAT] * count
    table = struct.pack(f"<{len(fat)}L", *fat).ljust(count * SECTOR, b"\xff")
    sectors += [table[at : at + SECTOR] for at in range(0, len(table), SECTOR)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xLLLLLLLLLL",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        count,
        directory,
        0,
        CUTOFF,
        mini_start,
        mini_count,
        END,
        0,
        places[0],
    )
    head += b"".join(struct.pack("<L", place) for place in places[1:])
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors)


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    names = sorted(tree, key=lambda name: (len(name), name.upper()))
    previous = None
    for name in names:
        content = tree[name]
        index = len(entries)
        entries.append(_Entry(name, 2 if isinstance(content, bytes) else 1))
        if previous is None:
            entries[parent].children.append(index)
        else:
            entries[previous].right = index
        previous = index
        if isinstance(content, bytes):
            entries[index].data = content
        else:
            _add(entries, index, content)


def _chain(sectors: list[bytes], fat: list[int], data: bytes, fill: bytes = b"\0") -> int:
    start = len(sectors)
    count = max(1, -(-len(data) // SECTOR))
    padded = data.ljust(count * SECTOR, fill)
    sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
    fat += [start + step + 1 for step in range(count - 1)] + [END]
    return start


def _packed(entry: _Entry, mini_size: int) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    child = entry.children[0] if entry.children else FREE
    size = mini_size if entry.kind == 5 else len(entry.data)
    head = name.ljust(64, b"\0") + struct.pack("<HBBLLL", len(name), entry.kind, 1, FREE, entry.right, child)
    return head + bytes(36) + struct.pack("<LQ", entry.start if entry.kind != 1 else 0, size)


def outlook_message(
    subject: str = "",
    body: str | None = None,
    *,
    html: bytes | None = None,
    rtf: bytes | None = None,
    headers: str = "",
    code_page: int = 0,
    attachments: tuple[tuple[str, bytes | Tree], ...] = (),
    embedded: bool = False,
) -> Tree:
    """Return the storages and streams of a message; `attachments`: names, and contents or messages."""
    texts = {0x001A: "IPM.Note", 0x0037: subject, 0x007D: headers}
    if body is not None:
        texts[0x1000] = body
    tree: Tree = {}
    for tag, text in texts.items():
        if code_page:
            tree[f"__substg1.0_{tag:04X}001E"] = text.encode(f"cp{code_page}")
        else:
            tree[f"__substg1.0_{tag:04X}001F"] = text.encode("utf-16-le")
    for tag, data in ((0x1013, html), (0x1009, rtf)):
        if data is not None:
            tree[f"__substg1.0_{tag:04X}0102"] = data
    fixed = struct.pack("<HHIQ", 3, 0x3FFD, 6, code_page) if code_page else b""
    tree["__properties_version1.0"] = bytes(24 if embedded else 32) + fixed
    for number, (name, content) in enumerate(attachments):
        storage: Tree = {"__substg1.0_3707001F": name.encode("utf-16-le")} if name else {}
        is_message = not isinstance(content, bytes)
        storage["__substg1.0_3701000D" if is_message else "__substg1.0_37010102"] = content
        storage["__properties_version1.0"] = bytes(8) + struct.pack(
            "<HHIQ", 3, 0x3705, 6, 5 if is_message else 1
        )
        tree[f"__attach_version1.0_#{number:08X}"] = storage
    return tree
