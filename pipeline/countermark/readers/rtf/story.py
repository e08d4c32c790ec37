"""Stories of rich text: the body, headers, notes, text boxes; each is lines in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from countermark.model import Zone
from countermark.readers.flow.colour import WHITE
from countermark.readers.flow.lines import TextContext, is_after_tab, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.readers.flow.lines import RunText, Text
    from countermark.readers.rtf.formatting import Characters, Paragraph

FLOWING = (Zone.body, Zone.table)


class Sink(Protocol):
    """What the text of a group goes to; `size` is how far it has come."""

    @property
    def size(self) -> object: ...

    def write(self, text: str, characters: Characters) -> None: ...


class Collector:
    """A sink that keeps the text as it is."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def write(self, text: str, _characters: Characters) -> None:
        self._texts.append(text)

    @property
    def text(self) -> str:
        return "".join(self._texts)

    @property
    def size(self) -> int:
        """How far it has come."""
        return len(self._texts)


class _Line(NamedTuple):
    """The pieces between two breaks, in which zone they are if not in the story's, and whether centred."""

    pieces: list[tuple[str, Characters]]
    zone: Zone | None
    centred: bool
    ground: str


class Story:
    """A story in `zone`; `part` is the control word of its group, nothing for the body's.

    `pictured` are the numbers of lines before which it shows pictures.
    """

    def __init__(self, zone: Zone, part: str) -> None:
        self.zone, self.part = zone, part
        self.label = ""
        self.pictured: list[int] = []
        self._open: list[tuple[str, Characters]] = []
        self._lines: list[_Line | list[Text]] = []
        self._beside: list[Text] = []

    def write(self, text: str, characters: Characters) -> None:
        self._open.append((text, characters))

    @property
    def size(self) -> tuple[int, int, int]:
        """How far it has come."""
        return len(self._lines), len(self._open), len(self._beside)

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self._lines)

    def show_picture(self) -> None:
        self.pictured.append(len(self._lines))

    def put_beside(self, texts: list[Text]) -> None:
        """Put what a shape says after the line that it hangs on."""
        self._beside += texts

    def end_line(self, paragraph: Paragraph, behind: str, *, label: str = "") -> None:
        """End the open line; `behind` is the colour of its cell or page, `label` its number in a list."""
        pieces, self._open = self._open, []
        if label and pieces:
            pieces.insert(0, (label, pieces[0][1]._replace(deleted=False)))
        if pieces:
            text = "".join(text for text, _ in pieces)
            centred = paragraph.centred or (bool(paragraph.centre_tab) and is_after_tab(text))
            zone = Zone.textbox if paragraph.framed else Zone.table if paragraph.in_table else None
            self._lines.append(_Line(pieces, zone, centred, paragraph.painted(behind)))
        if self._beside:
            self._lines.append(self._beside)
            self._beside = []

    @property
    def runs_on(self) -> bool:
        """Whether anything visible is on the open line."""
        return any(text.strip() and not characters.look.hidden for text, characters in self._open)

    def texts(
        self, start: int = 0, end: int | None = None, where: TextContext | None = None
    ) -> Iterator[Text]:
        """Return its lines from `start` to `end`; `where` says more of where they are."""
        base = where or TextContext(self.zone)
        for line in self._lines[start:end]:
            if isinstance(line, list):
                yield from line
                continue
            zone = line.zone if line.zone and base.zone in FLOWING else base.zone
            ground = base.ground if line.ground == WHITE else line.ground
            around = base._replace(zone=zone, ground=ground)
            pieces: list[RunText] = [
                (text, _around(around, characters), characters.look) for text, characters in line.pieces
            ]
            yield from lines_of(pieces, self.part, centred=line.centred)


def _around(where: TextContext, characters: Characters) -> TextContext:
    if characters.deleted:
        return where._replace(zone=Zone.deleted)
    return where._replace(tracked=True) if characters.revised else where
