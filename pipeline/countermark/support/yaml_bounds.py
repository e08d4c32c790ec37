"""Bounds on YAML that people write, so that refusing a file never costs more than reading it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from countermark.support.errors import CountermarkError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NODES = 20_000
"""Values and keys of one file."""
DEPTH = 100
"""How deep lists and mappings may nest."""
TEXT = 10_000
"""Characters of one text."""
NUMBER = 18
"""Characters of one number; of longer ones, many can be chosen that share one place in a dictionary."""

_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_MERGE = "tag:yaml.org,2002:merge"
_DIRECTIVE = re.compile("(?:^|[\r\n\x85\u2028\u2029])%")


def check_text(text: str, path: Path) -> None:
    """Raise CountermarkError where there is a directive (%TAG, %YAML): many of them take the parser long."""
    found = _DIRECTIVE.search(text)
    if found:
        line = len(text[: found.end()].splitlines())
        raise CountermarkError("yaml-directive", where=f"{path}:{line}")


def check_events(events: Iterable[yaml.Event], path: Path) -> None:
    """Raise CountermarkError at the first event that passes a bound, and at aliases, which make little text
    into much data.
    """
    depth = nodes = 0
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            length = len(event.value) if isinstance(event, yaml.ScalarEvent) else 0
            for refused, key, most in (
                (isinstance(event, yaml.AliasEvent), "yaml-alias", 0),
                (nodes > NODES, "yaml-too-many", NODES),
                (depth > DEPTH, "yaml-too-deep", DEPTH),
                (length > TEXT, "yaml-too-long", TEXT),
            ):
                if refused:
                    raise CountermarkError(key, where=at(path, event.start_mark), most=most)


def check_scalar(node: yaml.Node, path: Path) -> None:
    """Raise CountermarkError at a merge key, and at a number that is too long or sexagesimal as `1:30`, which
    nobody means.
    """
    for refused, key in (
        (node.tag == _MERGE, "yaml-alias"),
        (node.tag in _NUMBERS and len(node.value) > NUMBER, "yaml-too-long"),
        (node.tag in _NUMBERS and ":" in node.value, "yaml-sexagesimal"),
    ):
        if refused:
            raise CountermarkError(key, where=at(path, node.start_mark), most=NUMBER)


def at(path: Path, mark: Any) -> str:
    """File and line of a mark; the file alone where there is none."""
    return f"{path}:{mark.line + 1}" if mark else str(path)
