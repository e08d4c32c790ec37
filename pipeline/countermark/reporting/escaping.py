"""What leaves in a report, with nothing in it that acts on a terminal or hides from a reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from countermark.support.console import escape_controls, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from countermark.model import DocumentReport
    from countermark.rendering.render import PageImages
    from countermark.reporting.summary import ReportInput

    T = TypeVar("T")


def escaped_run(run: ReportInput) -> ReportInput:
    """Return the run as forms that people read take it: every text in it is safe to show."""

    def pictures(_documents: Iterable[DocumentReport]) -> Mapping[str, PageImages]:
        return {escape_controls(name): images for name, images in run.pictures(run.documents).items()}

    return replace(run, overview=escaped(run.overview), documents=_Escaped(run.documents), pictures=pictures)


class _Escaped:
    """Documents, escaped one at a time, which can be gone through again and again."""

    def __init__(self, documents: Iterable[DocumentReport]) -> None:
        self._documents = documents

    def __iter__(self) -> Iterator[DocumentReport]:
        return (escaped(document) for document in self._documents)


def escaped(value: T) -> T:
    """Return a noun with all texts in it made safe to show."""
    try:
        characters = set(msgspec.json.encode(value).decode())
    except UnicodeEncodeError:  # a lone surrogate
        characters = {"\\"}
    return value if "\\" not in characters and all(map(is_plain, characters)) else _escaped(value)


def _escaped(value: Any) -> Any:
    if type(value) is str:
        return escape_controls(value)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(
            value, **{name: _escaped(getattr(value, name)) for name in value.__struct_fields__}
        )
    if isinstance(value, (tuple, list)):
        return type(value)(_escaped(member) for member in value)
    if isinstance(value, dict):
        return {_escaped(key): _escaped(member) for key, member in value.items()}
    return value


def json_of(content: object) -> bytes:
    """Return JSON that acts on no terminal: what could is written as `\\uXXXX`, which keeps its value."""
    try:
        text = msgspec.json.encode(content).decode()
    except UnicodeEncodeError:  # a lone surrogate, for which UTF-8 has no form
        text = msgspec.json.encode(_escaped(content)).decode()
    for acting in (character for character in set(text) if not is_plain(character)):
        text = text.replace(acting, _unicode_escape(acting))
    return text.encode()


def _unicode_escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
