"""The message catalogue: every text that a person reads, in English and in Japanese."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from countermark.model import (
    CompanionKind,
    Defect,
    Evidence,
    Reason,
    Severity,
    Stage,
    Status,
    Unseen,
    Verdict,
    Zone,
)
from countermark.support.built_in import compiled, data_folder, digest_of
from countermark.support.errors import CatalogueWord

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.support.errors import CountermarkError

LANGUAGES = ("en", "ja")
WORDS_OF: Mapping[str, type[StrEnum]] = {
    "reasons": Reason,
    "evidence": Evidence,
    "ui.severities": Severity,
    "ui.verdicts": Verdict,
    "ui.status": Status,
    "ui.stages": Stage,
    "ui.zones": Zone,
    "ui.unseen": Unseen,
    "ui.defects": Defect,
    "ui.companions": CompanionKind,
}
"""The sections of the catalogue that have a text for each member of an enumeration."""


@cache
def catalogue(lang: str) -> dict[str, Any]:
    """Return the nested texts of `rules/messages/{lang}.yaml`.

    Raises CatalogueError where a member of an enumeration has no text.
    """
    folder, name = data_folder() / "messages", f"{lang}.yaml"
    sources = digest_of(folder, name)
    return compiled(f"messages-{lang}", dict[str, Any], sources, lambda: _loaded(folder / name))


def _loaded(path: Path) -> dict[str, Any]:
    from countermark.support.yaml_files import load_yaml

    loaded: dict[str, Any] = load_yaml(path)
    for section, members in WORDS_OF.items():
        texts = _at(loaded, section)
        missing = [member.value for member in members if member.value not in texts]
        if missing:
            raise CatalogueError(f"{path}: {section} has no text for {', '.join(missing)}")
    return loaded


class CatalogueError(Exception):
    """A catalogue lacks texts; without it nothing can be said in its language."""


def _at(texts: Any, key: str) -> Any:
    for step in key.split("."):
        texts = texts[step]
    return texts


def text(lang: str, key: str, args: Mapping[str, object] | None = None) -> str:
    """Return the text that `key` names, as `ui.no_findings`, filled with `args`.

    Raises KeyError where the catalogue has no such text: a test holds every key that the code names against
    both languages.
    """
    return str(_at(catalogue(lang), key)).format_map(args or {})


def error_text(lang: str, error: CountermarkError) -> str:
    """Return what is wrong, in one line."""
    args = {name: _said(lang, value) for name, value in error.args_by_name.items()}
    return text(lang, f"errors.{error.key}", args)


def _said(lang: str, value: object) -> str:
    if isinstance(value, CatalogueWord):
        key = re.sub(r"[^A-Za-z0-9]+", "-", value.words).strip("-")
        return str(catalogue(lang)[value.section].get(key, value.words))
    if isinstance(value, (list, tuple)):
        return text(lang, "ui.between_items").join(_said(lang, item) for item in value)
    return str(value)


def filled(lang: str, words: str, args: Mapping[str, str], keys: Mapping[str, str]) -> str:
    """Return a rule's text filled with `args` and with the texts that `keys` name, several between blanks as
    a list.
    """
    between = text(lang, "ui.between_items")
    named = {name: between.join(text(lang, item, args) for item in key.split()) for name, key in keys.items()}
    return words.format_map({**args, **named}).rstrip()


def preferred_language() -> str:
    """Return the language of the user's environment: COUNTERMARK_LANG, else the locale, else English."""
    for name in ("COUNTERMARK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"
