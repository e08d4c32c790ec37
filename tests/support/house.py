"""Measure the house: rooms, the imports between them, and the sizes of what is in them.

`python tests/support/house.py` prints the figures that tests/test_house.py holds; with the name of a file it
draws the house there. Rooms are the packages directly below `countermark`; imports for types alone count too.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pipeline" / "countermark"


class Module(NamedTuple):
    """A module by its dotted name below the package, with its lines and its syntax tree."""

    name: str
    lines: int
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]


class Function(NamedTuple):
    """A function by module and name, with the lines of its body without its docstring."""

    name: str
    lines: int


def modules() -> dict[str, Module]:
    """Return all modules of the package by dotted name, a package by `<package>.__init__`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        source = path.read_text(encoding="utf-8")
        found[name] = Module(name, len(source.splitlines()), ast.parse(source))
    return found


def imports(known: dict[str, Module]) -> Iterator[tuple[Module, Module]]:
    """Yield each module with each other one that it imports."""
    for module in known.values():
        for node in ast.walk(module.tree):
            for name in _imported(node):
                target = name if name in known else f"{name}.__init__".removeprefix(".")
                if target in known and target != module.name:
                    yield module, known[target]


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        names = [f"{base}.{alias.name}" for alias in node.names]
        names.append(base)
    elif isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        return
    for name in names:
        root, _, below = name.partition(".")
        if root == "countermark":
            yield below


def arrows(known: dict[str, Module]) -> set[tuple[str, str]]:
    """Return the pairs of rooms of which the first imports from the second."""
    return {(user.room, used.room) for user, used in imports(known) if user.room != used.room}


def floors() -> list[str]:
    """Return the rooms from the ground up, as the first import contract in pyproject.toml lists them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    return list(reversed(contract["layers"]))


def upward(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the arrows that lead to a room above their own."""
    height = {room: number for number, room in enumerate(floors())}
    return {(user, used) for user, used in pairs if height.get(user, len(height)) < height.get(used, -1)}


def cycle(known: dict[str, Module]) -> list[str]:
    """Return modules that import each other in a circle; none where there is no circle."""
    graph: dict[str, set[str]] = {name: set() for name in known}
    for user, used in imports(known):
        graph[user.name].add(used.name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def functions(known: dict[str, Module]) -> Iterator[Function]:
    """Yield all functions and methods with their lengths."""
    for module in known.values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                yield Function(f"{module.name}:{node.name}", length)


def sizes(known: dict[str, Module]) -> list[int]:
    """Return the lines of all modules but empty package faces."""
    return [module.lines for module in known.values() if len(module.tree.body) > 1]


def purpose(known: dict[str, Module], room: str) -> str:
    """Return what a room says that it is for."""
    return (ast.get_docstring(known[f"{room}.__init__"].tree) or "").partition("\n")[0]


def picture(known: dict[str, Module]) -> str:
    """Return the house as SVG: a floor for each room, with what it is for and what it holds."""
    floor, width = 46, 860
    rooms = list(reversed(floors()))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {floor * len(rooms)}"',
        ' font-family="sans-serif" font-size="13">',
    ]
    for number, room in enumerate(rooms):
        top = number * floor
        parts = [name.split(".") for name in known if name.startswith(f"{room}.")]
        packages = " ".join(sorted({part[1] for part in parts if len(part) > 2}))
        lines += [
            f'<rect x="1" y="{top + 1}" width="{width - 2}" height="{floor - 2}"',
            ' fill="#f4f4f0" stroke="#555"/>',
            f'<text x="12" y="{top + 19}" font-weight="bold">{room}</text>',
            f'<text x="120" y="{top + 19}">{escape(purpose(known, room))}</text>',
            f'<text x="120" y="{top + 37}" fill="#666">{packages}</text>',
        ]
    return "\n".join((*lines, "</svg>")) + "\n"


def main() -> None:
    """Print the figures, or draw the house into a file."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(picture(modules()), encoding="utf-8", newline="\n")
        return
    known = modules()
    pairs = arrows(known)
    counts = sizes(known)
    sys.stdout.write(
        f"{len(counts)} modules in {len(floors())} rooms, {len(pairs)} arrows between rooms, "
        f"{len(upward(pairs))} upward, {'a' if cycle(known) else 'no'} circle of modules; "
        f"median module {median(counts):.0f} lines, longest {max(counts)}\n"
    )


if __name__ == "__main__":
    main()
