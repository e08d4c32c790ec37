"""Every text that a person reads, by its key: the message catalogue's and the rules' own."""

from __future__ import annotations

from functools import cache
from typing import Any

from countermark.reporting.rule_page import texts_of
from countermark.rules.loader import load_rules
from countermark.support.messages import catalogue
from countermark.support.yaml_files import data_folder


def flat(texts: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Return nested texts by their full key, as `ui.no_findings`."""
    found: dict[str, str] = {}
    for key, value in texts.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found


@cache
def all_texts(lang: str) -> dict[str, str]:
    """Return the catalogue's texts, and a rule's as `rules.UK003.fix`."""
    rules = {rule.code: texts_of(rule, lang) for rule in load_rules(data_folder() / "checks")}
    return flat({**catalogue(lang), "rules": rules})
