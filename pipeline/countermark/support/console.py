"""Text of documents made safe to show, and lines put on a terminal, a pipe or a file."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from countermark.support.wrapping import breaks

if TYPE_CHECKING:
    from typing import IO

MINIMUM_WIDTH = 40
_COMMANDS = re.compile(r"^\s*:(?=:)|##(?=\[)")
"""What a runner of GitHub Actions takes for a command: `::` at a line's beginning, `##[` anywhere in it."""


def escape_controls(text: str) -> str:
    """`text` on one line, with nothing in it that acts on a terminal or hides from a reader.

    Line breaks and tabs become spaces, other control and format characters (escape sequences, changes of
    writing direction, zero-width characters) are written as escapes.
    """
    return "".join(character if is_plain(character) else _shown(character) for character in text)


def is_plain(character: str) -> bool:
    """Return whether a character neither acts on a terminal nor hides from a reader."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _shown(character: str) -> str:
    if character in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def defuse_ci_commands(line: str) -> str:
    """Return the line with a space where the log of a build would take it for a command."""
    return _COMMANDS.sub(r"\g<0> ", line)


def console_on(stream: IO[str]) -> Console:
    """Return a console that writes what it is given.

    No markup, no highlighting; colour and line breaks only on a terminal.
    """
    return Console(file=stream, force_terminal=stream.isatty(), markup=False, highlight=False, emoji=False)


def _visible_line(line: Text) -> Text:
    """Return the line with its texts made safe to show, in their styles."""
    if all(map(is_plain, set(line.plain))):
        return line
    shown = Text()
    for piece in line.divide(range(1, len(line))):
        styles = [span.style for span in piece.spans]
        shown.append(escape_controls(piece.plain), styles[-1] if styles else piece.style)
    return shown


def write_line(console: Console, line: Text, indent: int = 0, hang: int = 0) -> None:
    """Write one line behind `indent` columns.

    On a terminal broken to its width, with `hang` columns more before all pieces but the first; elsewhere
    whole, however long. Nothing in it acts on the terminal.
    """
    line = _visible_line(line)
    if not console.is_terminal:
        console.file.write(defuse_ci_commands(f"{' ' * indent}{line.plain}".rstrip()) + "\n")
        return
    width = max(MINIMUM_WIDTH, console.width - indent)
    behind = hang if width - hang >= MINIMUM_WIDTH // 2 else 0
    for number, piece in enumerate(line.divide(breaks(line.plain, width, behind))):
        piece.rstrip()
        before = " " * (indent + behind if number else indent)
        console.print(Text(before).append_text(piece), soft_wrap=True)
