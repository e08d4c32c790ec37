"""Metadata labels among document properties: sensitivity labels, classification fields, STANAG 4774."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from countermark.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from countermark.model import Property

_SENSITIVITY = re.compile(r"(?:\w+:)?MSIP_Label_([0-9A-Fa-f-]{36})_(\w+)")
_FIELDS = frozenset(("classification", "securityclassification", "protectivemarking", "sensitivity"))


def labels_from_properties(properties: Iterable[Property]) -> tuple[Label, ...]:
    """The labels that properties hold, in their order.

    A sensitivity label is spread over `MSIP_Label_<GUID>_Name`, `_Enabled` and others: it is one Label,
    its text the name, or the identifier where no name is stored. A label kept in two places alike is
    told once.
    """
    kept = list(properties)
    told: dict[tuple[str, str, bool], Label] = {}
    for label in (*_sensitivity_labels(kept), *_field_labels(kept)):
        told.setdefault((label.name.rsplit(":", 1)[-1], label.text, label.enabled), label)
    return tuple(told.values())


def _sensitivity_labels(properties: list[Property]) -> Iterator[Label]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for item in properties:
        match = _SENSITIVITY.fullmatch(item.name)
        if match:
            found.setdefault((match[1].lower(), item.source), {})[match[2].lower()] = item.value.strip()
    for (identifier, source), parts in found.items():
        yield Label(
            name=f"MSIP_Label_{identifier}",
            text=parts.get("name") or identifier,
            source=source,
            enabled=parts.get("enabled", "true").lower() != "false",
        )


def _field_labels(properties: list[Property]) -> Iterator[Label]:
    for item in properties:
        plain = item.name.rsplit(":", 1)[-1].replace(" ", "").replace("_", "").strip("/").lower()
        if plain in _FIELDS and item.value.strip():
            yield Label(name=item.name, text=item.value.strip(), source=item.source)
