"""Earlier saved revisions of a PDF: what it was before its incremental updates (ISO 32000-1, 7.5.6)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from countermark.model import Line, Zone
from countermark.readers.pdf.annotations import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.pdf.reading import Reading

_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_CROSS_REFERENCES = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b.{,1000}?/XRef\b.{,1000}?stream)", re.DOTALL)
_LINEARIZED_WITHIN = 2048
_NO_TEXT = frozenset(("CreationDate", "ModDate", "Producer", "Creator", "Trapped"))


def revision_ends(data: bytes) -> list[int]:
    """Return where each earlier revision ends, in bytes, the oldest first; empty for a file saved once.

    The end of a linearized file's first page is none (annex F), nor is the end of an embedded file:
    its offset does not lead to cross-references here.
    """
    if data.count(b"%%EOF") < 2:
        return []
    found = list(_END.finditer(data))
    if b"/Linearized" in data[:_LINEARIZED_WITHIN]:
        del found[:1]
    header = max(data.find(b"%PDF-", 0, 1024), 0)
    ends = {
        int(end[1]): end.end()
        for end in found
        if any(_CROSS_REFERENCES.match(data, int(end[1]) + shift) for shift in {0, header})
    }
    return sorted(ends.values())[:-1]


def tell_what_is_gone(earlier: Reading, number: int, last: Reading) -> None:
    """Add to `last` the text of its earlier revision `number` that it no longer has.

    To the page where it stood, to the document where that page is gone or it stood on none.
    """
    kept = Counter(_key(line) for line in last.all_lines())
    had = Counter(_key(line) for line in earlier.all_lines())
    index_of = {page.number: index for index, page in enumerate(last.pages)}
    for page in earlier.pages:
        index = index_of.get(page.number)
        there = set() if index is None else {_key(line) for line in last.pages[index].lines}
        gone = [line for line in page.lines if had[_key(line)] > kept[_key(line)] and _key(line) not in there]
        lines = [_revised(line, number) for line in gone]
        if index is None:
            last.add_to_document(lines)
        else:
            last.add_to_page(index, lines)
    gone = [line for line in earlier.lines if not kept[_key(line)]]
    last.add_to_document(_revised(line, number) for line in (*gone, *_gone_properties(earlier, last)))


def _gone_properties(earlier: Reading, last: Reading) -> Iterator[Line]:
    kept = {item.value for item in last.properties} | {line.text for line in last.all_lines()}
    for item in earlier.properties:
        if item.name not in _NO_TEXT and item.value not in kept:
            yield Line(text=item.value, zone=Zone.revision, number=1)


def _key(line: Line) -> str:
    return squeezed([line.text])


def _revised(line: Line, number: int) -> Line:
    return msgspec.structs.replace(line, zone=Zone.revision, part=f"revision {number}", unseen=None)
