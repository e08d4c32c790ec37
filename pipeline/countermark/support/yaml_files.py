"""How YAML is read into typed values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import yaml

from countermark.support.built_in import data_folder as data_folder
from countermark.support.errors import CountermarkError
from countermark.support.library_messages import yaml_problem
from countermark.support.text_files import decoded, read_within
from countermark.support.validation_errors import steps_of, validation_error
from countermark.support.yaml_bounds import at, check_events, check_scalar, check_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

YAML_MIB = 1
"""How large a YAML file may be."""

S = TypeVar("S", bound=msgspec.Struct)


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file (safe tags only).

    Raises CountermarkError naming file, line and reason where it can't be read or is not YAML.
    """
    node = compose_yaml(path)
    return None if node is None else construct(node, str(path))


def construct(node: yaml.Node, where: str) -> Any:
    """Return the value of a YAML node (safe tags only); `where` leads the error's text.

    Raises CountermarkError where it has none, as an impossible date.
    """
    try:
        return LOADER("").construct_document(node)
    except (ValueError, TypeError) as error:
        raise CountermarkError("yaml-impossible", where=where) from error
    except yaml.YAMLError as error:
        raise CountermarkError("yaml-broken", where=where, reason=yaml_problem(error)) from error


def compose_yaml(path: Path) -> yaml.Node | None:
    """Return the nodes of a YAML file, which know their lines; None for an empty file.

    Raises as `load_yaml`, and where a key is there twice, of which one would be lost, or the file passes
    a bound.
    """
    text = decoded(read_within(path, YAML_MIB), path)
    check_text(text, path)
    try:
        check_events(yaml.parse(text, Loader=LOADER), path)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        where = at(path, getattr(error, "problem_mark", None))
        raise CountermarkError("yaml-broken", where=where, reason=yaml_problem(error)) from error
    for inner in _inside(node):
        check_scalar(inner, path)
        for twice in _twice(inner):
            raise CountermarkError("yaml-key-twice", where=place_of(path, twice), name=twice.value)
    return node


def _inside(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield a node and all below it, keys too."""
    waiting = [] if node is None else [node]
    while waiting:
        mapping = waiting.pop()
        yield mapping
        if isinstance(mapping, yaml.MappingNode):
            waiting.extend(half for pair in mapping.value for half in pair)
        elif isinstance(mapping, yaml.SequenceNode):
            waiting.extend(mapping.value)


def _twice(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield the keys that stand a second time in a mapping."""
    known = set()
    for key, _value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            if key.value in known:
                yield key
            known.add(key.value)


def load_struct(path: Path, kind: type[S]) -> S:
    """Return a YAML file as `kind`; an empty file is one without keys.

    Raises CountermarkError as `compose_yaml` and `struct_of` do.
    """
    node = compose_yaml(path)
    return struct_of(yaml.MappingNode("tag:yaml.org,2002:map", []) if node is None else node, kind, path)


def struct_of(node: yaml.Node, kind: type[S], path: Path) -> S:
    """Return a node of the file `path` as `kind`.

    Raises CountermarkError, which names file, line and what may stand there, where it does not fit.
    """
    content = construct(node, place_of(path, node))
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise validation_error(place_of(path, node_at(node, *steps_of(error))), error, kind) from error


def node_at(node: yaml.Node, *steps: str | int) -> yaml.Node:
    """Return the node that keys and indices lead to, as far as they do."""
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
    return at(path, node.start_mark)
