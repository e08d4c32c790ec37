"""CEL expressions: compiled, looked into, evaluated."""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def _cel() -> Any:
    """Return the CEL library without its own command line, which it imports with a whole terminal toolkit.

    A quarter of a second in every worker.
    """
    sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
    import cel

    return cel


@cache
def compiled(expression: str) -> Any:
    """Return the program of an expression, with `execute(words)`. Raises ValueError where it is not CEL."""
    return _cel().compile(expression)


def variables(expression: str) -> set[str]:
    """Return the variables that an expression speaks of, those that it binds itself too.

    Raises ValueError where it is not CEL.
    """
    return set(compiled(expression).references()["variables"])


def activation(values: Mapping[str, Any]) -> Any:
    """Variables by name, made ready once for all expressions that are evaluated with them."""
    context = _cel().Context()
    for name, value in values.items():
        context.add_variable(name, value)
    return context
