"""What does not fit in data that were read: the validator's words as an error of our own."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from countermark.support.errors import CatalogueWord, CountermarkError
from countermark.support.library_messages import msgspec_misfit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STEP = re.compile(r"[^.\[\]]+|\.\.\.")
_NEAR = 0.5


def steps_of(error: Exception) -> tuple[str, ...]:
    """Return the keys and indices that lead to the place of which msgspec speaks in `error`.

    `...` is a key that it does not name.
    """
    return tuple(_STEP.findall(msgspec_misfit(error).place))


def validation_error(
    where: str, error: Exception, kind: type[msgspec.Struct] | None = None
) -> CountermarkError:
    """Return the error for what msgspec says in `error`.

    `where` (a path, or path:line) leads its text, with the place inside the data. Of a known `kind` of
    data it says what is allowed there.
    """
    says, place, key, words = msgspec_misfit(error)
    shapes = list(_shapes_at(kind, steps_of(error))) if kind else []
    inside = f"{where}:{place}" if place else where
    if key is None:
        return CountermarkError("data-invalid", where=inside, reason=says)
    if key == "unknown-key":
        return _unknown_key(where, place, words["name"], _keys(shapes))
    if key == "data-unknown-value":
        allowed = [str(value) for shape in shapes for value in _values(shape)]
        key = "data-not-one-of" if allowed else key
        return CountermarkError(key, where=inside, value=words["value"], allowed=allowed)
    kinds = {name: _kinds(words.pop(name)) for name in ("expected", "found") if name in words}
    forms = {"form": CatalogueWord("forms", steps_of(error)[-1])} if words.pop("form", None) else {}
    return CountermarkError(key, where=inside, **words, **kinds, **forms)


def _unknown_key(where: str, place: str, name: str, known: list[str]) -> CountermarkError:
    close = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    return CountermarkError(
        "unknown-key-near" if close else "unknown-key",
        where=where,
        name=f"{place}.{name}" if place else name,
        nearest=close[0] if close else "",
        known=known,
    )


def _kinds(words: str) -> tuple[CatalogueWord, ...]:
    """Kinds of values, as `str | null`, one by one."""
    return tuple(CatalogueWord("kinds", word) for word in words.split(" | "))


def _shapes_at(kind: type[msgspec.Struct], steps: Sequence[str]) -> Iterator[inspect.Type]:
    """Yield what may stand at a place in data of that kind."""
    shapes = _alternatives(inspect.type_info(kind))
    for step in steps:
        inner = [deeper for shape in shapes for deeper in _inside(shape, step)]
        shapes = [alternative for shape in inner for alternative in _alternatives(shape)]
    yield from shapes


def _alternatives(shape: inspect.Type) -> list[inspect.Type]:
    return list(shape.types) if isinstance(shape, inspect.UnionType) else [shape]


def _inside(shape: inspect.Type, step: str) -> Iterator[inspect.Type]:
    match shape:
        case inspect.StructType():
            yield from (field.type for field in shape.fields if field.encode_name == step)
        case inspect.VarTupleType() | inspect.ListType():
            yield shape.item_type
        case inspect.DictType():
            yield shape.value_type


def _keys(shapes: Sequence[inspect.Type]) -> list[str]:
    structs = [shape for shape in shapes if isinstance(shape, inspect.StructType)]
    return [field.encode_name for struct in structs for field in struct.fields]


def _values(shape: inspect.Type) -> tuple[Any, ...]:
    """Return the values of a list of them."""
    match shape:
        case inspect.EnumType():
            return tuple(member.value for member in shape.cls)
        case inspect.LiteralType():
            return shape.values
        case inspect.DictType():
            return _values(shape.key_type)
    return ()
