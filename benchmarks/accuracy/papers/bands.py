"""Headers and footers of templates: logo, title, document number, issue and page numbers around a
marking, or around nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accuracy.papers.model import Band, Bands, Cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from accuracy.papers.words import Words
    from accuracy.truth import Written

Rows = tuple[tuple[Cell, ...], ...]


def bands(words: Words, written: Written | None, chance: Random, *, running: str = "") -> Bands:
    """Return header and footer with the marking; an unmarked one may have `running` in its place."""
    head = chance.choice(tuple(LAYOUTS))
    foot = head if chance.random() < 0.3 else chance.choice(("alone", "alone", "above", "centre", "left"))
    return Bands(*(band(words, written, chance, layout=layout, running=running) for layout in (head, foot)))


def band(
    words: Words, written: Written | None, chance: Random, *, layout: str = "alone", running: str = ""
) -> Band:
    text = "\n".join(written.lines) if written else running
    cell = Cell(text, "marking" if written else "text")
    return Band(LAYOUTS[layout](words, cell, chance), written, ruled=chance.random() < 0.5)


def _side(words: Words, chance: Random, align: str) -> Cell:
    name = chance.choice(("beside", "beside", "number", "company", "title", "foot"))
    text = words[name] if name in ("number", "company", "title") else words.draw(name)
    return Cell(text, "text", align)


def _alone(_: Words, cell: Cell, __: Random) -> Rows:
    return ((cell,),)


def _above(words: Words, cell: Cell, chance: Random) -> Rows:
    return ((cell,), (_side(words, chance, "left"), _side(words, chance, "right")))


def _below(words: Words, cell: Cell, chance: Random) -> Rows:
    return ((_side(words, chance, "left"), _side(words, chance, "right")), (cell,))


def _centre(words: Words, cell: Cell, chance: Random) -> Rows:
    return ((_side(words, chance, "left"), cell, _side(words, chance, "right")),)


def _left(words: Words, cell: Cell, chance: Random) -> Rows:
    return ((cell._replace(align="left"), _side(words, chance, "right")),)


def _right(words: Words, cell: Cell, chance: Random) -> Rows:
    return ((_side(words, chance, "left"), cell._replace(align="right")),)


def _logo(words: Words, cell: Cell, chance: Random) -> Rows:
    return ((Cell("", "logo", "left"), cell, _side(words, chance, "right")),)


def _block(words: Words, cell: Cell, _: Random) -> Rows:
    """Return a table as quality systems ask for: one cell names the document, line by line."""
    lines = "\n".join((words["number"], words.draw("beside"), words.draw("beside")))
    return ((Cell("", "logo", "left"), cell, Cell(lines, "text", "left")),)


def _grid(words: Words, cell: Cell, chance: Random) -> Rows:
    sides = [_side(words, chance, align) for align in ("left", "right", "left", "right")]
    title = Cell(words["title"])
    return ((sides[0], title, sides[1]), (sides[2], cell, sides[3]))


def _title(words: Words, cell: Cell, chance: Random) -> Rows:
    return ((Cell(words["title"]),), (cell,), (_side(words, chance, "center"),))


LAYOUTS: dict[str, Callable[[Words, Cell, Random], Rows]] = {
    "alone": _alone,
    "above": _above,
    "below": _below,
    "centre": _centre,
    "left": _left,
    "right": _right,
    "logo": _logo,
    "block": _block,
    "grid": _grid,
    "title": _title,
}
