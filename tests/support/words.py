"""Count the private words of the code: names and prose that a reader would have to learn first.

`docs/terms.md` lists them, with what to say and how many are left. `python tests/support/words.py` prints
what is more than that.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pipeline" / "countermark"
_ROW = re.compile(r"^\| (`?)([A-Za-z_ ]+)\1 \| [^|]+ \| (\d+) \|$", re.MULTILINE)


class PrivateWord(NamedTuple):
    """A word that new code does not use: as a name or in prose, and how often it is left."""

    word: str
    is_name: bool
    left: int


def private_words() -> list[PrivateWord]:
    """Return the table of private words of docs/terms.md."""
    terms = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
    rows = _ROW.findall(terms.partition("## Private words")[2])
    return [PrivateWord(word, bool(tick), int(left)) for tick, word, left in rows]


def counts() -> dict[PrivateWord, int]:
    """Return how often the package uses each private word."""
    names: Counter[str] = Counter()
    prose = ""
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        names[path.stem] += 1
        names.update(_names(ast.parse(source)))
        prose += "\n" + "\n".join(_prose(source))
    found = {}
    for private in private_words():
        matches = len(re.findall(rf"\b{private.word}\b", prose, re.IGNORECASE))
        found[private] = names[private.word] if private.is_name else matches
    return found


def _names(tree: ast.AST) -> Iterator[str]:
    """Yield what the code names: classes, functions, parameters, variables and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name.strip("_")
        elif isinstance(node, ast.arg):
            yield node.arg.strip("_")
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id.strip("_")


def _prose(source: str) -> Iterator[str]:
    """Yield the comments and the texts of several words."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and '"""' in token.string):
            yield token.string


def main() -> int:
    """Print the words that are used more often than the table says; return 1 where there are any."""
    more = [(private, number) for private, number in counts().items() if number > private.left]
    for private, number in more:
        sys.stdout.write(f"{private.word!r} is a private word: {number} times, {private.left} are left\n")
    return 1 if more else 0


if __name__ == "__main__":
    sys.exit(main())
