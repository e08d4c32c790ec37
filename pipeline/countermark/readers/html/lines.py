"""Lines of a page of HTML while they are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countermark.model import Unseen, Zone
    from countermark.readers.html.style import Look

_BLANKS = re.compile("[ \xa0\r\n\f]+")


@dataclass(frozen=True)
class TextLine:
    """A line of text.

    `unseen` is why it is not seen; `zone` its zone where that is known, as that of alternative text;
    `quoted` whether it is of an earlier message; `in_table` whether a cell holds it, `gap` whether the
    page leaves room before it.
    """

    text: str
    unseen: Unseen | None = None
    zone: Zone | None = None
    centred: bool | None = None
    struck: bool = False
    quoted: bool = False
    in_table: bool = False
    gap: bool = False
    weight: int | None = None
    colour: str | None = None

    def hidden_as(self, unseen: Unseen | None) -> TextLine:
        """Return the line as it is where something keeps it from being seen."""
        return self if unseen is None else replace(self, unseen=unseen)


class State(Protocol):
    """What holds for text inside an element."""

    @property
    def look(self) -> Look: ...
    @property
    def is_quoted(self) -> bool: ...
    @property
    def in_table(self) -> bool: ...
    @property
    def zone(self) -> Zone | None: ...


class _Piecing:
    """Pieces of text that are put together to one line."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.states: list[State] = []

    def takes(self, state: State) -> bool:
        """Return whether text of that state is of the same line."""
        if not self.states:
            return True
        last = self.states[-1]
        return last.look.unseen is state.look.unseen and last.zone is state.zone

    def add(self, text: str, state: State) -> None:
        """Add a piece; blank ones have no state of their own."""
        self.pieces.append(text)
        if text.strip():
            self.states.append(state)

    def line(self, *, gap: bool) -> TextLine | None:
        """Return the line, None where nothing of it shows, and begin the next."""
        written, states = "".join(self.pieces), self.states
        self.pieces, self.states = [], []
        text = "\t".join(_BLANKS.sub(" ", cell).strip() for cell in written.split("\t")).strip()
        if not (text and states):
            return TextLine("") if "\xa0" in written else None
        look = states[0].look
        return TextLine(
            text,
            look.unseen,
            states[0].zone if look.unseen is None else None,
            look.is_centred or None,
            all(state.look.is_struck for state in states),
            states[0].is_quoted,
            states[0].in_table,
            gap,
            min(state.look.weight for state in states),
            _same(state.look.colour for state in states),
        )


class LineList:
    """Lines in the order of the source.

    Text that is not seen stands in lines of its own, after the line that it parts in the source and not
    on the page.
    """

    def __init__(self) -> None:
        self._lines: list[TextLine] = []
        self._after: list[TextLine] = []
        self._seen, self._unseen = _Piecing(), _Piecing()
        self._gap = False

    def add(self, text: str, state: State) -> None:
        """Add text to the line that is put together."""
        if not text:
            return
        piecing = self._unseen if state.look.unseen else self._seen
        if text.strip() and not piecing.takes(state):
            self.end()
        piecing.add(text, state)

    def end(self, *, blank: bool = False, gap: bool = False) -> None:
        """End the line; `blank` adds one even where it is empty, `gap` leaves room before the next."""
        seen, unseen = self._seen.line(gap=self._gap), self._unseen.line(gap=False)
        if seen and seen.text:
            self._gap = False
        if blank and not seen:
            seen = TextLine("")
        self._lines += [line for line in (seen, unseen) if line is not None]
        self._lines += self._after
        self._after = []
        self._gap = self._gap or gap

    def put(self, line: TextLine) -> None:
        """Add a line of its own."""
        self.end()
        self._lines.append(line)

    def put_after(self, line: TextLine) -> None:
        """Add a line after the one that is put together."""
        if line.text.strip():
            self._after.append(line)

    def finished(self) -> list[TextLine]:
        """Return all lines."""
        self.end()
        return self._lines


def _same(colours: Iterable[str]) -> str | None:
    found = set(colours)
    return found.pop() if len(found) == 1 else None
