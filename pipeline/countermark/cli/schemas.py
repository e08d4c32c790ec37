"""The JSON Schemas of what Countermark writes and of the YAML that it reads, made from the types that write
and read it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from countermark.config.policy import Config
from countermark.model import SCHEMA_VERSION, Report
from countermark.rules.packs import PackNations, PackSchemes
from countermark.rules.rule import RuleEntry
from countermark.standards.agreement import Agreement
from countermark.standards.standard import Standard

DIALECT = "https://json-schema.org/draft/2020-12/schema"


TYPES: dict[str, Any] = {
    "report": Report,
    "configuration": Config,
    "rules": tuple[RuleEntry, ...],
    "standard": Standard,
    "nations": PackNations,
    "schemes": PackSchemes,
    "agreement": Agreement,
}
"""What there is a schema of: the JSON report, and each kind of YAML file that a person writes."""


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `kind` names, a key of TYPES."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:countermark:{kind}:{SCHEMA_VERSION}",
        "title": f"Countermark {kind}",
        "version": SCHEMA_VERSION,
        **_published(msgspec.json.schema(TYPES[kind])),
    }


def _published(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without what a report has on its way only."""
    definitions = schema.get("$defs", {})
    definitions.get("DocumentReport", {}).get("properties", {}).pop("identity", None)
    if "DocumentReport" in definitions:
        for name in ("Identity", "EnclosureList", "Enclosure", "CopyNumber"):
            definitions.pop(name, None)
    return schema
