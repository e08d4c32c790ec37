"""Rich text on its way from tokens to stories: one pass over the groups, without recursion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from countermark.model import Property, Zone
from countermark.readers.flow.colour import UNKNOWN, WHITE
from countermark.readers.rtf.code_pages import decoded
from countermark.readers.rtf.formatting import (
    CHARACTERS,
    PARAGRAPH,
    Characters,
    ColourTable,
    FontTable,
    ListTable,
    Paragraph,
)
from countermark.readers.rtf.sections import Sections
from countermark.readers.rtf.story import Collector, Sink, Story
from countermark.readers.rtf.tokens import CLOSE, OPEN, STAR, TEXT, tokens
from countermark.readers.rtf.words import CHARACTERS as SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countermark.readers.rtf.shapes import Shape

PRIVATE_USE = range(0xF000, 0xF100)
PLAIN = Characters()


Action = Callable[["Walker", str, "int | None"], None]
"""What a control word does; its name and number are given."""


class Group(NamedTuple):
    """What holds within a group: the innermost `story`, the `sink` of its text, None where it has none, the
    sink before its destination, how many characters stand in for `\\u` (`fallback`), which font a `\\af`
    names (`script`), whether nothing in it counts (`dead`), and what is to be done at its end.
    """

    story: Story
    sink: Sink | None
    characters: Characters = PLAIN
    paragraph: Paragraph = Paragraph()
    fallback: int = 1
    script: str = ""
    dead: bool = False
    outer: Sink | None = None
    at_end: Callable[[], None] | None = None


class Field:
    """An open field: the sink of its result, how far that had come, and its code so far."""

    def __init__(self, sink: Sink | None) -> None:
        self.sink = sink
        self.size = sink.size if sink else None
        self.code = ""


class Walker:
    """One pass over rich text.

    `actions` say what control words do that are neither characters nor looks, `value` gives what a field
    shows that has no result. Afterwards `body` and `sections` hold its text, `properties` what it says of
    itself, `objects` and `stores` embedded data in hexadecimal digits, `active` the kinds of objects that
    act, `codes` its fields' codes; `has_rest`: something follows its last group.
    """

    def __init__(self, actions: Mapping[str, Action], value: Callable[[Walker, str], str | None]) -> None:
        self.body = Story(Zone.body, "")
        self.sections = Sections(self.body)
        self.colours, self.fonts, self.lists = ColourTable(), FontTable(), ListTable()
        self.default_font: int | None = None
        self.now = Group(self.body, self.body)
        self.page_ground = WHITE
        self.cells: list[str] = []
        self.cell_ground, self.cell = "", 0
        self.info, self.overrides = Collector(), Collector()
        self.shapes: list[Shape] = []
        self.fields: list[Field] = []
        self.properties: list[Property] = []
        self.objects: list[str] = []
        self.stores: list[str] = []
        self.codes: list[str] = []
        self.active: set[str] = set()
        self.time: dict[str, int] = {}
        self.property_name = ""
        self.has_rest = False
        self._ended = False
        self._actions, self._value = actions, value
        self._groups: list[Group] = []
        self._starred = False
        self._to_skip = 0
        self._raw = bytearray()
        self._text: list[str] = []

    @property
    def is_whole(self) -> bool:
        """Whether its last group was closed."""
        return self._ended

    def walk(self, data: bytes) -> None:
        """Read the groups of `data`. Raises as `checkpoint` does; what was read until then stays."""
        for name, number, content in tokens(data):
            if self._ended:
                self._after_end(name, content)
            elif name == TEXT:
                self._bytes(content)
            elif name == OPEN:
                self._open()
            elif name == CLOSE:
                self._close()
            elif name == STAR:
                self._starred = True
            elif not self.now.dead:
                self._word(name, number)

    def finish(self) -> None:
        """End what is still open."""
        self.flush()
        while self._groups:
            self._close()
        self.end_line()

    def _after_end(self, name: str, content: bytes) -> None:
        """Take note of text after the last group."""
        if name == OPEN or (name == TEXT and content.strip()):
            self.has_rest = True

    def _open(self) -> None:
        self.flush()
        self._groups.append(self.now)
        self.now = self.now._replace(at_end=None)

    def _close(self) -> None:
        self.flush()
        if not self._groups:
            return
        at_end = self.now.at_end
        if at_end:
            at_end()
        self.now = self._groups.pop()
        self._ended = not self._groups

    def _bytes(self, data: bytes) -> None:
        self._starred = False
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if self.now.sink is not None:
            self._raw += data

    def _word(self, name: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        shown = SHOWN.get(name)
        if self._to_skip and shown:
            self._to_skip -= 1
        elif name == "u":
            self._unicode(number or 0)
        elif shown:
            self._decode()
            self._text.append(shown)
        elif name in self._actions:
            self.flush()
            self._actions[name](self, name, number)
        elif name in CHARACTERS:
            self.flush()
            characters = CHARACTERS[name](self.now.characters, number, self.colours)
            self.now = self.now._replace(characters=characters)
        elif name in PARAGRAPH:
            self.flush()
            self.now = self.now._replace(
                paragraph=PARAGRAPH[name](self.now.paragraph, number or 0, self.colours)
            )
        elif starred:
            self.flush()
            self.now = self.now._replace(dead=True, sink=None)

    def _unicode(self, number: int) -> None:
        self._decode()
        code = number & 0xFFFF
        if code in PRIVATE_USE and not self.fonts.is_symbols(self.now.characters.font):
            code -= PRIVATE_USE.start
        self._text.append(chr(code))
        self._to_skip = self.now.fallback

    def _decode(self) -> None:
        """Turn the bytes read so far into characters."""
        if self._raw:
            characters = self.now.characters
            font = characters.font if characters.far_east is None else characters.far_east
            font = self.default_font if font is None else font
            self._text.append(decoded(bytes(self._raw), self.fonts.codec(font), self.fonts.document))
            self._raw.clear()

    def flush(self) -> None:
        """Give the text read so far to its sink."""
        self._to_skip = 0
        self._decode()
        if self._text:
            text = "".join(self._text)
            self._text.clear()
            if not text.isascii():
                text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
            if self.now.sink is not None:
                self.now.sink.write(text, self.now.characters)

    def collect(self, then: Callable[[str], None]) -> None:
        """Let the text of this group go to `then` at its end."""
        collector = Collector()
        self.divert(collector, lambda: then(collector.text))

    def divert(self, sink: Sink | None, at_end: Callable[[], None] | None = None) -> None:
        """Let the text of this group go to `sink`."""
        self.now = self.now._replace(sink=sink, outer=self.now.sink, at_end=at_end)

    def tell(self, story: Story, at_end: Callable[[], None]) -> None:
        """Let this group be a story of its own, that ends with it."""

        def end() -> None:
            self.end_line()
            at_end()

        self.now = self.now._replace(
            story=story,
            sink=story,
            outer=self.now.sink,
            at_end=end,
            characters=PLAIN,
            paragraph=Paragraph(),
        )

    def end_line(self) -> None:
        """End the open line of the innermost story."""
        story, paragraph = self.now.story, self.now.paragraph
        label, story.label = story.label, ""
        said = label if label and self.lists.says_something(label, paragraph) else ""
        story.end_line(paragraph, self._behind(paragraph), label=said)

    def _behind(self, paragraph: Paragraph) -> str:
        """Return the colour behind a paragraph that paints none."""
        if paragraph.nesting > 1:
            return UNKNOWN
        own = self.cells[self.cell] if paragraph.in_table and self.cell < len(self.cells) else ""
        return own or self.page_ground

    def end_field(self) -> None:
        """End the innermost field; one that has no result shows what it means."""
        field = self.fields.pop()
        self.codes.append(field.code)
        if field.sink is not None and field.sink.size == field.size:
            shown = self._value(self, field.code)
            if shown:
                field.sink.write(shown, self.now.characters)
