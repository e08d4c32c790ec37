"""What does not fit in data that were read: the validator's words as an error of our own."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from countermark.support.errors import CatalogueWord, CountermarkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLACE = re.compile(r"(?P<says>.*?)(?: - at `(?:key` in `)?\$\.?(?P<place>[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"[^.\[\]]+|\.\.\.")
_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(?P<name>[^`]*)`")
_UNKNOWN_VALUE = re.compile(r"Invalid enum value '?(?P<value>[^']*)'?")
_FORMS = (
    (re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`"), "data-wrong-kind"),
    (re.compile(r"Object missing required field `(?P<name>[^`]*)`"), "data-missing-key"),
    (re.compile(r"Expected `str` matching regex '(?P<form>.*)'"), "data-wrong-form"),
    (re.compile(r"Expected `(?:array|object)` of length >= (?P<least>\d+)"), "data-too-few"),
    (re.compile(r"Expected `str` of length <= (?P<most>\d+)"), "yaml-too-long"),
    (re.compile(r"Expected `str` of length >= \d+"), "data-empty"),
    (re.compile(r"Expected `(?:int|float)` >= (?P<least>\d+)(?:\.0)?"), "data-too-low"),
    (re.compile(r"Expected `(?:int|float)` <= (?P<greatest>\d+)(?:\.0)?"), "data-too-high"),
    (re.compile(r"Invalid RFC3339 encoded date"), "data-no-date"),
    (re.compile(r"JSON is malformed.*|Input data was truncated"), "data-no-json"),
)
_NEAR = 0.5


def steps_of(error: Exception) -> tuple[str, ...]:
    """The keys and indices that lead to the place of which msgspec speaks in `error`; `...` stands for a
    key that it does not name."""
    return tuple(_STEP.findall(_said(error)[1]))


def validation_error(
    where: str, error: Exception, kind: type[msgspec.Struct] | None = None
) -> CountermarkError:
    """The error for what msgspec says in `error`; `where` (a path, or path:line) leads its text, with the
    place inside the data. Of a known `kind` of data it tells what may stand there."""
    says, place = _said(error)
    shapes = list(_shapes_at(kind, steps_of(error))) if kind else []
    unknown = _UNKNOWN_KEY.fullmatch(says)
    if unknown:
        return _unknown_key(where, place, unknown["name"], _keys(shapes))
    inside = f"{where}:{place}" if place else where
    wrong = _UNKNOWN_VALUE.fullmatch(says)
    if wrong:
        allowed = [str(value) for one in shapes for value in _values(one)]
        key = "data-not-one-of" if allowed else "data-unknown-value"
        return CountermarkError(key, where=inside, value=wrong["value"], allowed=allowed)
    for form, key in _FORMS:
        found = form.fullmatch(says)
        if found:
            words = found.groupdict()
            kinds = {name: _kinds(words.pop(name)) for name in ("expected", "found") if name in words}
            if "form" in words:
                words["form"] = CatalogueWord("forms", steps_of(error)[-1])
            return CountermarkError(key, where=inside, **words, **kinds)
    return CountermarkError("data-invalid", where=inside, reason=says)


def _said(error: Exception) -> tuple[str, str]:
    """What msgspec says, and the place of which it says it."""
    said = _PLACE.fullmatch(str(error))
    return (said["says"], said["place"] or "") if said else (str(error), "")


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
    """What may stand at a place in data of that kind."""
    shapes = _alternatives(inspect.type_info(kind))
    for step in steps:
        inner = [deeper for one in shapes for deeper in _inside(one, step)]
        shapes = [each for one in inner for each in _alternatives(one)]
    yield from shapes


def _alternatives(shape: inspect.Type) -> list[inspect.Type]:
    return list(shape.types) if isinstance(shape, inspect.UnionType) else [shape]


def _inside(shape: inspect.Type, step: str) -> Iterator[inspect.Type]:
    match shape:
        case inspect.StructType():
            yield from (one.type for one in shape.fields if one.encode_name == step)
        case inspect.VarTupleType() | inspect.ListType():
            yield shape.item_type
        case inspect.DictType():
            yield shape.value_type


def _keys(shapes: Sequence[inspect.Type]) -> list[str]:
    structs = [one for one in shapes if isinstance(one, inspect.StructType)]
    return [field.encode_name for one in structs for field in one.fields]


def _values(shape: inspect.Type) -> tuple[Any, ...]:
    """The values of a list of them."""
    match shape:
        case inspect.EnumType():
            return tuple(member.value for member in shape.cls)
        case inspect.LiteralType():
            return shape.values
        case inspect.DictType():
            return _values(shape.key_type)
    return ()
