"""YAML files whose countries are named by any of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
import yaml

from countermark.standards.country_codes import code_of
from countermark.support.yaml_files import compose_yaml, struct_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    S = TypeVar("S", bound=msgspec.Struct)

_KEYED = ("correspondence", "national")
"""Keys of what has a key for each country."""
_NAMING = ("from", "to", "country")
"""Keys whose value is a country."""


def load_coded(path: Path, kind: type[S]) -> S:
    """Return a YAML file as `kind`, its countries by code; raises as `load_struct` does."""
    node = compose_yaml(path)
    empty = yaml.MappingNode("tag:yaml.org,2002:map", [])
    return struct_of(empty if node is None else coded(node), kind, path)


def coded(node: yaml.Node) -> yaml.Node:
    """Return the node, the countries that it names replaced by their codes."""
    for key, value in _pairs(node):
        if key.value in _NAMING and isinstance(value, yaml.ScalarNode):
            value.value = code_of(value.value)
        if key.value in _KEYED:
            entries = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for entry in entries:
                for name, _ in entry.value if isinstance(entry, yaml.MappingNode) else ():
                    name.value = code_of(name.value)
    return node


def _pairs(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Yield the keys and values of all mappings within a node, outermost first."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, yaml.MappingNode):
            yield from ((key, value) for key, value in inner.value if isinstance(key, yaml.ScalarNode))
            waiting += [value for _, value in inner.value]
        elif isinstance(inner, yaml.SequenceNode):
            waiting += inner.value
