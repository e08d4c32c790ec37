"""Rows under each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from countermark.support.console import write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


def write_table(rows: Sequence[Sequence[str]], console: Console) -> None:
    """Write columns as wide as their widest cell, in a terminal's columns; the last one as it is."""
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        padded = [cell + " " * (width - cell_len(cell) + 2) for cell, width in zip(row, widths, strict=False)]
        first, *others = *padded, row[-1]
        line = Text.assemble((first, "bold"), *others)
        write_line(console, line, hang=sum(width + 2 for width in widths))
