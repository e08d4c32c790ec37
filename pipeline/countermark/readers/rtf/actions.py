"""What control words do that are neither characters nor looks nor destinations: breaks, tables, sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countermark.readers.flow.colour import AUTO
from countermark.readers.rtf.formatting import PARTS_OF_COLOUR, Paragraph
from countermark.readers.rtf.walker import PLAIN
from countermark.readers.rtf.words import ACTIVE

if TYPE_CHECKING:
    from countermark.readers.rtf.walker import Action, Walker

SECTION_PROPERTIES = (
    "sectd",
    "titlepg",
    "sbkeven",
    "pgnstarts",
    "facingp",
    "paperw",
    "paperh",
    "pgwsxn",
    "pghsxn",
)


def _paragraph_end(walker: Walker, _word: str, _number: int | None) -> None:
    """End a paragraph, unless its mark is hidden: then the next one goes on in the same line."""
    if not (walker.now.characters.look.hidden and walker.now.story.runs_on):
        walker.end_line()


def _line_end(walker: Walker, _word: str, _number: int | None) -> None:
    walker.end_line()


def _cell_end(walker: Walker, _word: str, _number: int | None) -> None:
    walker.end_line()
    walker.cell += 1


def _row(walker: Walker, word: str, _number: int | None) -> None:
    """End a row, or begin to define one."""
    if word == "trowd":
        walker.cells, walker.cell_ground = [], ""
    else:
        walker.end_line()
        walker.cell = 0


def _cell_shade(walker: Walker, _word: str, number: int | None) -> None:
    colour = walker.colours[number or 0]
    walker.cell_ground = "" if colour == AUTO else colour


def _cell_edge(walker: Walker, _word: str, _number: int | None) -> None:
    walker.cells.append(walker.cell_ground)
    walker.cell_ground = ""


def _plain(walker: Walker, _word: str, _number: int | None) -> None:
    walker.now = walker.now._replace(characters=PLAIN, script="")


def _paragraph_defaults(walker: Walker, _word: str, _number: int | None) -> None:
    walker.now = walker.now._replace(paragraph=Paragraph())


def _font(walker: Walker, word: str, number: int | None) -> None:
    """Choose a font, or define one in their table."""
    now = walker.now
    if now.sink is walker.fonts:
        walker.fonts.define(word, number or 0)
    elif word == "f":
        far_east = number if now.script == "dbch" else None
        walker.now = now._replace(characters=now.characters._replace(font=number, far_east=far_east))


def _far_east_font(walker: Walker, _word: str, number: int | None) -> None:
    now = walker.now
    if now.script == "dbch" and walker.fonts.is_wide(number):
        walker.now = now._replace(characters=now.characters._replace(far_east=number))


def _script(walker: Walker, word: str, _number: int | None) -> None:
    walker.now = walker.now._replace(script=word)


def _fallback(walker: Walker, _word: str, number: int | None) -> None:
    walker.now = walker.now._replace(fallback=max(0, 1 if number is None else number))


def _code_page(walker: Walker, _word: str, number: int | None) -> None:
    walker.fonts.use_code_page(number)


def _default_font(walker: Walker, _word: str, number: int | None) -> None:
    walker.default_font = number


def _colour_part(walker: Walker, word: str, number: int | None) -> None:
    walker.colours.part(word, number or 0)


def _section_end(walker: Walker, _word: str, _number: int | None) -> None:
    if walker.now.story is walker.body:
        walker.end_line()
        walker.sections.end()


def _section_property(walker: Walker, word: str, number: int | None) -> None:
    section = walker.sections.current
    if word == "sectd":
        section.reset()
    elif word == "titlepg":
        section.has_first = True
    elif word == "sbkeven":
        section.opens_even = True
    elif word == "pgnstarts":
        section.opens_even = (number or 1) % 2 == 0
    elif word == "facingp":
        walker.sections.facing = True
    else:
        walker.sections.size(word, number or 0)


def _list_number(walker: Walker, _word: str, number: int | None) -> None:
    """Put a paragraph in a list, or name the entry of a table by it."""
    if walker.now.sink is walker.overrides:
        walker.lists.number(number or 0)
    else:
        walker.now = walker.now._replace(paragraph=walker.now.paragraph._replace(list_number=number))


def _active(walker: Walker, word: str, _number: int | None) -> None:
    walker.active.add(ACTIVE[word])


ACTIONS: dict[str, Action] = {
    "par": _paragraph_end,
    **dict.fromkeys(
        ("line", "lbr", "nestcell", "page", "pagebb", "column", "softpage", "\n", "\r"), _line_end
    ),
    "cell": _cell_end,
    **dict.fromkeys(("trowd", "row"), _row),
    "clcbpat": _cell_shade,
    "cellx": _cell_edge,
    "plain": _plain,
    "pard": _paragraph_defaults,
    **dict.fromkeys(("f", "fcharset", "cpg"), _font),
    "af": _far_east_font,
    **dict.fromkeys(("loch", "hich", "dbch"), _script),
    "uc": _fallback,
    "ansicpg": _code_page,
    "deff": _default_font,
    **dict.fromkeys(PARTS_OF_COLOUR, _colour_part),
    "sect": _section_end,
    **dict.fromkeys(SECTION_PROPERTIES, _section_property),
    "ls": _list_number,
    **dict.fromkeys(ACTIVE, _active),
}
"""Control words that are neither characters nor looks nor destinations -> what they do."""
