"""How characters look, and whether a reader sees them."""

from __future__ import annotations

from typing import NamedTuple

from countermark.model import Unseen
from countermark.readers.flow.colour import AUTO, UNKNOWN, is_same

SMALLEST = 2.0
"""The size of type, in points, below which nobody reads it."""
Items = tuple[tuple[str, object], ...]
"""Fields of RunFormat and their values, fit to be a key."""


class RunFormat(NamedTuple):
    """How characters look: `size` in points, `colour` as RRGGBB or AUTO.

    `shade` and `highlight` are painted behind them, RRGGBB, AUTO or UNKNOWN; None where nothing sets it.
    With `caps` or `small_caps` a reader sees capitals, whatever is typed. `changed`: a tracked change set
    this look. `filled`: its letters are painted, not transparent; `outlined`: a line is drawn around
    them.
    """

    size: float | None = None
    colour: str | None = None
    shade: str | None = None
    highlight: str | None = None
    bold: bool = False
    caps: bool = False
    small_caps: bool = False
    hidden: bool = False
    struck: bool = False
    changed: bool = False
    filled: bool = True
    outlined: bool = False

    @property
    def weight(self) -> int:
        return 700 if self.bold else 400

    def ground(self, behind: str) -> str:
        """Return the colour behind the characters; `behind` is that behind their paragraph."""
        painted = (colour for colour in (self.highlight, self.shade) if colour not in (None, AUTO))
        return next(painted, behind) or UNKNOWN

    def unseen(self, ground: str) -> Unseen | None:
        """Return why a reader does not see text of this look; `ground` is the colour behind its paragraph."""
        if self.hidden:
            return Unseen.hidden
        if self.size is not None and self.size < SMALLEST:
            return Unseen.size
        if not self.filled and not self.outlined:
            return Unseen.invisible
        if self.colour is None or self.outlined or not is_same(self.colour, self.ground(ground)):
            return None
        return Unseen.colour
