"""What control words say of characters and paragraphs, and the tables of colours, fonts and lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from countermark.readers.flow.colour import AUTO, WHITE, mixed
from countermark.readers.flow.run_format import RunFormat
from countermark.readers.rtf.code_pages import WIDE, codec_of_charset, codec_of_page

if TYPE_CHECKING:
    from collections.abc import Callable

TOGGLES = {
    "b": "bold",
    "v": "hidden",
    "strike": "struck",
    "striked": "struck",
    "caps": "caps",
    "scaps": "small_caps",
    "outl": "outlined",
    "shad": "outlined",
    "embo": "outlined",
    "impr": "outlined",
}
"""Control words that are on without a number and off with 0 -> what they set of RunFormat."""
BEHIND = {"highlight": "highlight", "chcbpat": "shade", "cb": "shade"}
FRAMES = frozenset(
    ("absw", "absh", "pvpg", "pvmrg", "pvpara", "phpg", "phmrg", "posx", "posy", "posxc", "posyc")
)
"""Control words of a paragraph that floats."""
PARTS_OF_COLOUR = ("red", "green", "blue")
SYMBOL_CHARSET = 2
_NOT_WORDS = re.compile(r"[\W_]+")
_COUNTER = re.compile(r"[A-Za-z]{1,2}|[ivxlcdmIVXLCDM]+|[^\W\d_]?[0-9]+")


class Characters(NamedTuple):
    """How text looks, its font and the one for its East Asian characters, and whether a tracked change took
    it out or put it in.
    """

    look: RunFormat = RunFormat()
    font: int | None = None
    far_east: int | None = None
    deleted: bool = False
    revised: bool = False

    def looking(self, **fields: Any) -> Characters:
        """Return the same with these fields of RunFormat."""
        return self._replace(look=self.look._replace(**fields))


class Paragraph(NamedTuple):
    """How a paragraph is placed.

    Its alignment, first tab stop, list and level, the ground that it paints, how deep in tables it is,
    whether it floats.
    """

    centred: bool = False
    centre_tab: bool | None = None
    tab_is_centred: bool = False
    list_number: int | None = None
    level: int = 0
    ground: str = AUTO
    pattern: str = "000000"
    percent: float = 0.0
    in_table: bool = False
    nesting: int = 0
    framed: bool = False

    def painted(self, behind: str) -> str:
        """Return the colour behind the paragraph's text; `behind` is that of its cell or page."""
        ground = behind if self.ground == AUTO else self.ground
        return mixed(self.pattern, ground or WHITE, self.percent) if self.percent else ground


class ColourTable:
    """The colours of `\\colortbl` by their number; the first is chosen to be seen."""

    def __init__(self) -> None:
        self._colours: list[str] = []
        self._parts: dict[str, int] = {}

    def part(self, name: str, value: int) -> None:
        self._parts[name] = min(255, max(0, value))

    @property
    def size(self) -> int:
        return len(self._colours)

    def write(self, text: str, _characters: Characters) -> None:
        """End a colour at each semicolon."""
        for _ in range(text.count(";")):
            named = [self._parts.get(name, 0) for name in PARTS_OF_COLOUR]
            self._colours.append(bytes(named).hex().upper() if self._parts else AUTO)
            self._parts = {}

    def __getitem__(self, number: int) -> str:
        return self._colours[number] if 0 <= number < len(self._colours) else AUTO


class FontTable:
    """The codecs of `\\fonttbl`'s fonts by their number; `document` is that of the document's code page."""

    def __init__(self) -> None:
        self.document = "cp1252"
        self._codecs: dict[int, str] = {}
        self._symbols: set[int] = set()
        self._number = 0

    size = 0

    def write(self, _text: str, _characters: Characters) -> None:
        """Take no notice of the fonts' names."""

    def use_code_page(self, number: int | None) -> None:
        """Take the document's code page."""
        self.document = codec_of_page(number)

    def define(self, word: str, number: int) -> None:
        """Take what a control word says in the table."""
        if word == "f":
            self._number = number
        elif word == "fcharset" and self._number not in self._codecs:
            self._codecs[self._number] = codec_of_charset(number, self.document)
            if number == SYMBOL_CHARSET:
                self._symbols.add(self._number)
        elif word == "cpg":
            self._codecs[self._number] = codec_of_page(number)

    def codec(self, number: int | None) -> str:
        return self.document if number is None else self._codecs.get(number, self.document)

    def is_wide(self, number: int | None) -> bool:
        return self.codec(number) in WIDE

    def is_symbols(self, number: int | None) -> bool:
        return number in self._symbols


class ListTable:
    """Which levels of which lists have words in their labels.

    A label that is only a number carries no marking.
    """

    def __init__(self) -> None:
        self._levels: list[bool] = []
        self._lists: dict[int, list[bool]] = {}
        self._numbered: dict[int, list[bool]] = {}
        self._current: list[bool] = []

    size = 0

    def write(self, _text: str, _characters: Characters) -> None:
        """Take no notice of the lists' names."""

    def begin(self) -> None:
        """Begin a list of `\\listtable`."""
        self._levels = []

    def add_level(self, template: str) -> None:
        """Take the text of the next level: its length, then words and the numbers of levels."""
        self._levels.append(any(character.isalpha() for character in template[1:]))

    def identify(self, identifier: int, *, in_override: bool) -> None:
        """Give the list its identifier, or say which one an entry of `\\listoverridetable` means."""
        if in_override:
            self._current = self._lists.get(identifier, [])
        else:
            self._lists[identifier] = self._levels

    def number(self, number: int) -> None:
        """Give the entry of `\\listoverridetable` the number that paragraphs name it by."""
        self._numbered[number] = self._current

    def says_something(self, label: str, paragraph: Paragraph) -> bool:
        """Return whether a label has words: by its list, else by what it looks like."""
        levels = self._numbered.get(paragraph.list_number or 0, [])
        if paragraph.level < len(levels):
            return levels[paragraph.level]
        words = [word for word in _NOT_WORDS.split(label) if word]
        return any(map(str.isalpha, label)) and not all(map(_COUNTER.fullmatch, words))


def _written(colour: str) -> str:
    return "000000" if colour == AUTO else colour


def _tab_stop(paragraph: Paragraph) -> Paragraph:
    """Return the paragraph with one more tab stop; only the first matters."""
    first = paragraph.centre_tab
    is_centred = paragraph.tab_is_centred if first is None else first
    return paragraph._replace(centre_tab=is_centred, tab_is_centred=False)


PARAGRAPH: dict[str, Callable[[Paragraph, int, ColourTable], Paragraph]] = {
    **dict.fromkeys(("qc", "qr"), lambda paragraph, *_: paragraph._replace(centred=True)),
    **dict.fromkeys(("ql", "qj", "qd"), lambda paragraph, *_: paragraph._replace(centred=False)),
    **dict.fromkeys(FRAMES, lambda paragraph, *_: paragraph._replace(framed=True)),
    "tqc": lambda paragraph, *_: paragraph._replace(tab_is_centred=True),
    "tx": lambda paragraph, *_: _tab_stop(paragraph),
    "cbpat": lambda paragraph, number, colours: paragraph._replace(ground=colours[number]),
    "cfpat": lambda paragraph, number, colours: paragraph._replace(pattern=_written(colours[number])),
    "shading": lambda paragraph, number, _: paragraph._replace(percent=min(1.0, max(0.0, number / 10_000))),
    "ilvl": lambda paragraph, number, _: paragraph._replace(level=number),
    "intbl": lambda paragraph, *_: paragraph._replace(in_table=True),
    "itap": lambda paragraph, number, _: paragraph._replace(nesting=number, in_table=number > 0),
}
"""Control word -> the layout of a paragraph after it, from its number and the colours."""


def _toggled(field: str) -> Callable[[Characters, int | None, ColourTable], Characters]:
    return lambda characters, number, _: characters.looking(**{field: number != 0})


def _behind(field: str) -> Callable[[Characters, int | None, ColourTable], Characters]:
    return lambda characters, number, colours: characters.looking(
        **{field: colours[number] if number else None}
    )


CHARACTERS: dict[str, Callable[[Characters, int | None, ColourTable], Characters]] = {
    **{word: _toggled(field) for word, field in TOGGLES.items()},
    **{word: _behind(field) for word, field in BEHIND.items()},
    "fs": lambda characters, number, _: characters.looking(size=(24 if number is None else number) / 2),
    "cf": lambda characters, number, colours: characters.looking(colour=colours[number or 0]),
    "deleted": lambda characters, number, _: characters._replace(deleted=number != 0),
    "revised": lambda characters, number, _: characters._replace(revised=number != 0),
}
"""Control word -> how text looks after it, from its number and the colours."""
