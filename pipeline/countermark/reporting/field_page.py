"""The fields that rules may use, as a Markdown page for their authors.

`python -m countermark.reporting.field_page docs` writes the page in both languages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec

from countermark.rules.facts.fields import VIEWS, fields_of
from countermark.support.messages import LANGUAGES, text
from countermark.support.yaml_files import data_folder, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Words = dict[str, str]
"""A text by language."""


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `rules/facts.yaml` says of a scope and of its fields."""

    about: Words
    fields: dict[str, Words]


def descriptions() -> dict[str, Scope]:
    """Return what each field means, by scope."""
    return msgspec.convert(load_yaml(data_folder() / "facts.yaml"), dict[str, Scope])


def field_page(lang: str) -> str:
    """Return the page of all scopes and fields in that language."""
    described = descriptions()
    parts = [f"# {text(lang, 'ui.fields.title')}", text(lang, "ui.fields.about")]
    for scope in ("exchange", *VIEWS):
        rows = [
            f"| `{name}` | {_type(kind, lang)} | {described[scope].fields[name][lang]} |"
            for name, kind in fields_of(scope).items()
        ]
        table = "\n".join((text(lang, "ui.fields.columns"), "|---|---|---|", *rows))
        parts += [f"## `{scope}`", described[scope].about[lang], table]
    return "\n\n".join(parts) + "\n"


def _type(kind: object, lang: str) -> str:
    name = kind.__name__ if isinstance(kind, type) and not get_args(kind) else "texts"
    return text(lang, f"ui.fields.types.{name}")


def field_pages() -> Iterator[tuple[str, str]]:
    """Yield each page with its path below the folder of documents."""
    for lang in LANGUAGES:
        yield ("" if lang == LANGUAGES[0] else f"{lang}/") + "rule-fields.md", field_page(lang)


if __name__ == "__main__":
    for path, content in field_pages():
        Path(sys.argv[1], path).write_text(content, encoding="utf-8", newline="\n")
