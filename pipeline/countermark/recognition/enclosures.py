"""The list of enclosures in a covering letter: a table, a numbered list, or lines that say one thing each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.model import HEADER_FOOTER, EnclosureList
from countermark.recognition.enclosure_entries import BULLET, Draft
from countermark.recognition.enclosure_rows import rows_of
from countermark.support.progress import heartbeat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from countermark.model import CopyNumber, Document, Location
    from countermark.recognition.enclosure_entries import EntryReader
    from countermark.recognition.enclosure_rows import Row
    from countermark.recognition.grammar import Grammar
    from countermark.standards.vocabulary import EnclosureWords

_PAGES = 6
_ENTRIES = 300
_LONGEST_BARE = 120
"""Characters of a line that has neither number nor classification and may be an entry all the same."""
_INLINE = re.compile(r";|(?<=\s)(?=\(?\d{1,2}[.)]\s)")


class EnclosureLists:
    """Finds the list of enclosures in a document, by the words that `rules/enclosures.yaml` gives it."""

    def __init__(self, words: EnclosureWords, grammar: Grammar, entries: EntryReader) -> None:
        self._grammar, self._entries = grammar, entries
        self._heading = _heading(words.headings)
        self._letter_heading = _heading((*words.headings, *words.letter_headings))
        self._columns = {kind: _any_case(pattern) for kind, pattern in words.columns.items()}
        self._fields = {
            kind: _any_case(rf"(?:{pattern})(?: ?: ?| |\t)(?=\S)") for kind, pattern in words.fields.items()
        }
        self._serial, self._bullet = _any_case(rf"(?:{words.serial}\s?){{1,2}}"), re.compile(words.bullet)
        self._reference = tuple(map(_any_case, words.reference))
        self._ends = _any_case(words.ends)

    def find(self, document: Document, day: date, *, is_letter: bool) -> EnclosureList | None:
        """Return the document's list of enclosures; None where nothing opens one.

        What opens one only in covering letters is looked for where it `is_letter`.
        """
        start: Location | None = None
        columns: dict[int, str] = {}
        drafts: list[Draft] = []
        for row in self._rows(document):
            heads = self._headed(row) if start or is_letter else {}
            is_entry = bool(drafts and self._serial.match(row.text))
            opened = None if heads or is_entry else self._opened(row, is_letter=is_letter)
            if heads or opened is not None:
                start, columns = start or row.location, heads
                self._take_pieces(opened or "", row, drafts)
            elif start and not self._take(row, columns, drafts) and drafts:
                break
            if drafts:
                drafts[-1].last = row.last
            if len(drafts) >= _ENTRIES:
                break
        entries = (self._entries.entry(draft, day) for draft in drafts)
        kept = tuple(entry for entry in entries if entry.title or entry.reference)
        return EnclosureList(location=start, entries=kept) if start else None

    def copy_number(self, texts: Iterable[str]) -> CopyNumber | None:
        """Return the first copy number that one of the texts states."""
        return next((found for text in texts if (found := self._entries.copy_number(text))), None)

    def references(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield what a document's opening lines call its own number."""
        for text in texts:
            for pattern in self._reference:
                yield from (match["reference"] for match in pattern.finditer(text))

    def _rows(self, document: Document) -> Iterator[Row]:
        for number, page in enumerate(document.live_pages):
            if number < _PAGES:
                heartbeat()
                yield from (row for row in rows_of(page) if not self._is_marking(row))

    def _is_marking(self, row: Row) -> bool:
        """Return whether it is no more than a page's marking, as in the header of the next page."""
        if row.location.zone not in HEADER_FOOTER:
            return False
        line = self._grammar.line(row.text)
        return bool(line.markings) and not line.rest

    def _opened(self, row: Row, *, is_letter: bool) -> str | None:
        """Return what follows a heading on its own line; None where the row is no heading."""
        pattern = self._letter_heading if is_letter else self._heading
        match = pattern.fullmatch(row.text)
        return (match["rest"] or "") if match else None

    def _headed(self, row: Row) -> dict[int, str]:
        """Return what each column holds; empty where the row doesn't head the columns of a list."""
        kinds: dict[int, str] = {}
        for number, cell in row.cells.items():
            kind = next(
                (kind for kind, known in self._columns.items() if known.fullmatch(cell.rstrip(": "))), ""
            )
            if kind and kind not in kinds.values():
                kinds[number] = kind
        return kinds if "title" in kinds.values() and len(kinds) > 1 else {}

    def _take(self, row: Row, columns: dict[int, str], drafts: list[Draft]) -> bool:
        """Add a row to the list; return whether it belongs to it."""
        if columns:
            return self._take_cells(row, columns, drafts)
        is_entry = self._serial.match(row.text)
        if drafts and drafts[-1].is_inline and not is_entry and row.is_close_below(drafts[-1].last):
            self._take_pieces(row.text, row, drafts)
            return True
        return not self._ends.fullmatch(row.text) and self._take_line(row, drafts)

    def _take_cells(self, row: Row, columns: dict[int, str], drafts: list[Draft]) -> bool:
        """Add a row of a table: by its columns, or where a printed cell goes on below itself by its order."""
        if row.is_table or len(row.cells) == len(columns):
            cells = {columns[number]: text for number, text in row.cells.items() if number in columns}
            if cells.get("title") or cells.get("reference"):
                drafts.append(Draft(row.location, row.left, cells.pop("serial", ""), cells))
            return True
        serial = self._serial.match(f"{row.text} ") if "serial" in columns.values() else None
        if drafts and row.is_further_in(drafts[-1].left):
            drafts[-1].pieces += row.cells.values()
        elif serial:
            pieces = [row.text[serial.end() :]]
            kinds = frozenset(columns.values())
            drafts.append(Draft(row.location, row.left, serial[0].strip(), {}, pieces, kinds))
        elif "serial" not in columns.values() and not self._ends.fullmatch(row.text):
            drafts.append(Draft(row.location, row.left, "", {}, list(row.cells.values())))
        else:
            return False
        return True

    def _take_pieces(self, text: str, row: Row, drafts: list[Draft]) -> None:
        """Add the entries that follow a heading on its own line, or on the lines that this goes on to."""
        for number, piece in enumerate(_INLINE.split(text)):
            if number == 0 and drafts and drafts[-1].is_inline:
                drafts[-1].pieces[-1:] = [" ".join((*drafts[-1].pieces[-1:], piece.strip()))]
            else:
                self._take_line(row._replace(cells={0: piece.strip()}), drafts)
        if drafts:
            drafts[-1].is_inline = True

    def _take_line(self, row: Row, drafts: list[Draft]) -> bool:
        """Add a line of a list; return whether it can be one."""
        text = row.text
        mark = self._serial.match(text)
        bullet = None if mark else self._bullet.match(text)
        opening = mark or bullet
        said = text[opening.end() :].strip() if opening else text
        if not said:
            return True
        if self._take_field(said, row, drafts):
            return True
        if not opening and drafts and row.is_further_in(drafts[-1].left):
            drafts[-1].pieces.append(said)
            return True
        serial = BULLET if bullet else mark[0].strip() if mark else ""
        drafts.append(Draft(row.location, row.left, serial, {}, [said]))
        return bool(opening) or len(said) <= _LONGEST_BARE

    def _take_field(self, said: str, row: Row, drafts: list[Draft]) -> bool:
        """Add a line that says one thing of an entry (部数 2部); return whether it does."""
        for kind, pattern in self._fields.items():
            label = pattern.match(said)
            if label:
                if kind == "title" or not drafts:
                    drafts.append(Draft(row.location, row.left))
                drafts[-1].cells.setdefault(kind, said[label.end() :].strip())
                return True
        return False


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _heading(patterns: Iterable[str]) -> re.Pattern[str]:
    return _any_case(rf"(?:{'|'.join(patterns)})(?: ?\(?\d{{1,3}}\)?(?: ?[件点])?)? ?(?::(?P<rest>.*))?")
