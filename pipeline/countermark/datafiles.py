"""Where the data is, and how YAML is read into typed values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import yaml

from countermark.errors import CountermarkError, Term, system_term
from countermark.misfit import misfit, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

S = TypeVar("S", bound=msgspec.Struct)


@cache
def data_folder() -> Path:
    """The folder of standards, agreements, checks and messages: `rules/` of the checkout, which the
    wheel carries as `countermark/data`."""
    package = Path(__file__).parent
    shipped = package / "data"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


def load_yaml(path: Path) -> Any:
    """The content of a YAML file (safe tags only).

    Raises CountermarkError naming file, line and reason where it can't be read or is not YAML.
    """
    node = compose_yaml(path)
    return None if node is None else construct(node, str(path))


def construct(node: yaml.Node, where: str) -> Any:
    """The value of a YAML node (safe tags only); `where` leads the error's text.

    Raises CountermarkError where it has none, as an impossible date.
    """
    try:
        return LOADER("").construct_document(node)
    except (ValueError, TypeError) as error:
        raise CountermarkError("yaml-impossible", where=where) from error
    except yaml.YAMLError as error:
        problem = str(getattr(error, "problem", None) or "not YAML").partition(" for the tag")[0]
        raise CountermarkError("yaml-broken", where=where, reason=Term("yaml", problem)) from error


def compose_yaml(path: Path) -> yaml.Node | None:
    """The nodes of a YAML file, which know their lines; None for an empty file. Raises as `load_yaml`, and
    where a key is there twice, of which one would be lost."""
    try:
        node = yaml.compose(path.read_bytes(), Loader=LOADER)
    except OSError as error:
        raise CountermarkError("file-unreadable", path=path, reason=system_term(error)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = Term("yaml", getattr(error, "problem", None) or "not YAML")
        raise CountermarkError("yaml-broken", where=where, reason=problem) from error
    for twice in _twice(node):
        raise CountermarkError("yaml-key-twice", where=place_of(path, twice), name=twice.value)
    return node


def _twice(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """The keys that stand a second time in one mapping."""
    waiting = [] if node is None else [node]
    seen = set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, yaml.MappingNode):
            known: set[object] = set()
            for key, value in one.value:
                if isinstance(key, yaml.ScalarNode) and key.value in known:
                    yield key
                known.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
                waiting.append(value)
        elif isinstance(one, yaml.SequenceNode):
            waiting.extend(one.value)


def load_struct(path: Path, kind: type[S]) -> S:
    """A YAML file as `kind`; an empty file is one without keys. Raises CountermarkError as `compose_yaml`
    and `struct_of` do."""
    node = compose_yaml(path)
    return struct_of(yaml.MappingNode("tag:yaml.org,2002:map", []) if node is None else node, kind, path)


def struct_of(node: yaml.Node, kind: type[S], path: Path) -> S:
    """A node of the file `path` as `kind`.

    Raises CountermarkError, which names file, line and what may stand there, where it does not fit.
    """
    content = construct(node, place_of(path, node))
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise misfit(place_of(path, node_at(node, *steps_of(error))), error, kind) from error


def node_at(node: yaml.Node, *steps: str | int) -> yaml.Node:
    """The node that keys and indices lead to, as far as they do."""
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and str(step).isdecimal():
            found = node.value[int(step)]
        else:
            found = None
        if found is None:
            break
        node = found
    return node


def place_of(path: Path, node: yaml.Node) -> str:
    """File and line of a node; the file alone where it is empty."""
    return f"{path}:{node.start_mark.line + 1}" if node.start_mark else str(path)
