"""Where the data is, and how YAML is read into typed values."""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec
import yaml

from countermark.errors import CountermarkError, Term, system_term
from countermark.misfit import misfit

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
    """The nodes of a YAML file, which know their lines; None for an empty file. Raises as `load_yaml`."""
    try:
        return yaml.compose(path.read_bytes(), Loader=LOADER)
    except OSError as error:
        raise CountermarkError("file-unreadable", path=path, reason=system_term(error)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = Term("yaml", getattr(error, "problem", None) or "not YAML")
        raise CountermarkError("yaml-broken", where=where, reason=problem) from error


def load_struct(path: Path, kind: type[S]) -> S:
    """A YAML file as `kind`. Raises CountermarkError as `load_yaml` and `to_struct` do."""
    return to_struct(load_yaml(path) or {}, kind, str(path))


def to_struct(content: Any, kind: type[S], where: str) -> S:
    """`content` as `kind`; `where` (a path, or path:line) leads the error's text.

    Raises CountermarkError where it does not fit; for an unknown key it names the nearest right one.
    """
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        unknown = re.match(r"Object contains unknown field `([^`]*)`(?: - at `\$\.?([^`]*)`)?", str(error))
        if not unknown:
            raise misfit(where, error) from error
        key, inside = unknown[1], unknown[2] or ""
        known = _known_keys(kind)
        close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        raise CountermarkError(
            "unknown-key-near" if close else "unknown-key",
            where=where,
            name=f"{inside}.{key}" if inside else key,
            nearest=close[0] if close else "",
            known=known,
        ) from error


def _known_keys(kind: type[msgspec.Struct]) -> list[str]:
    """All keys of a struct and of the structs inside it."""
    keys: dict[str, None] = {}
    seen: set[Any] = set()
    waiting: list[Any] = [kind]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, type) and issubclass(current, msgspec.Struct):
            if current not in seen:
                seen.add(current)
                keys.update(dict.fromkeys(current.__struct_encode_fields__))
                waiting.extend(get_type_hints(current).values())
        else:
            waiting.extend(get_args(current))
    return list(keys)
